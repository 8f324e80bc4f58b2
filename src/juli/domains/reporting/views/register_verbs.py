"""What can be registered of a unit: a new committee, a plenary session, an annual report."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juli.domains.reporting import actions, forms
from juli.domains.reporting.permissions import Permission
from juli.engines.desk.asking import Verb
from juli.engines.scope.models import OrgUnit


def _elect(unit: OrgUnit, **said: object) -> object:
    return actions.elect_committee(unit.pk, **said)  # type: ignore[arg-type]  # the form's own names


def _hold(_unit: OrgUnit, **said: object) -> object:
    return actions.hold_plenary(**said)  # type: ignore[arg-type]  # the form's own names


def _deliver(_unit: OrgUnit, **said: object) -> object:
    return actions.deliver_report(**said)  # type: ignore[arg-type]  # the form's own names


VERBS: Final[tuple[Verb[OrgUnit], ...]] = (
    Verb("term", _("登记换届"), _("登记新一届委员会"), _("新一届委员会已登记。"), forms.ElectCommittee,
         _elect, Permission.WRITE, icon="users-group", lead=_("上一届委员会同日卸任。")),
    Verb("plenary", _("登记全委会"), _("登记全委会"), _("全委会已登记。"), forms.HoldPlenary, _hold,
         Permission.WRITE, icon="calendar-event"),
    Verb("annual-report", _("登记年度工作报告"), _("登记年度工作报告"), _("年度工作报告已登记。"),
         forms.DeliverReport, _deliver, Permission.WRITE, icon="file-text",
         lead=_("报告回顾一年的工作，并计划下一年。")),
)  # fmt: skip


def address_of(unit: OrgUnit) -> str:
    """Return the address at which the registers of a unit are shown."""
    return f"{reverse('reporting:registers')}?unit={unit.code}"
