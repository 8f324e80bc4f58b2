"""What can be done to employers, and what is reported of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import report_lookalike
from juli.domains.registry.forms import employers as forms
from juli.domains.registry.forms.corrections import CorrectTerritory
from juli.domains.registry.forms.lookalikes import ReportEmployer
from juli.domains.registry.forms.unions import BeCovered, EndAsking
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import EmployerRow
from juli.domains.registry.views.acting import as_named, on_row
from juli.domains.registry.views.addresses import address
from juli.engines.desk.asking import Verb
from juli.engines.party.models import Employer, EmployerFlag, Subject

EDIT: Final = Permission.EDIT_EMPLOYERS


def _is_uncovered(employer: EmployerRow) -> bool:
    return employer.union_id is None


def _register(_subject: object, **said: object) -> object:
    return actions.register_employer(**said)  # type: ignore[arg-type]  # the form's own names


REGISTER: Final = Verb[None](
    "new", _("登记单位"), _("登记单位"), _("单位已登记。"), forms.RegisterEmployer, _register, EDIT,
    icon="plus", leads_to=lambda employer: address("employer", employer.pk),
)  # fmt: skip


def _report(employer: Employer, **said: object) -> object:
    return report_lookalike(employer.pk, subject=Subject.EMPLOYER, **said)  # type: ignore[arg-type]  # the form's


EMPLOYER_VERBS: Final[tuple[Verb[Employer], ...]] = (
    Verb("correction", _("更正登记事项"), _("更正登记事项"), _("登记事项已更正。"), forms.CorrectEmployer,
         on_row(actions.correct_employer), EDIT, icon="edit"),
    Verb("territory", _("更正属地"), _("更正属地"), _("属地已更正。"), CorrectTerritory,
         on_row(actions.correct_territory), EDIT, icon="map-pin",
         lead=_("没有工会覆盖的单位，会一并移到新的属地。")),
    Verb("headcounts", _("上报职工人数"), _("登记职工人数"), _("职工人数已登记。"), forms.ReportHeadcount,
         on_row(actions.report_headcount), EDIT, icon="users",
         lead=_("同一天再次上报的，以后一次为准。")),
    Verb("marks", _("加标识"), _("加上标识"), _("标识已加上。"), forms.FlagEmployer,
         on_row(actions.flag_employer), EDIT, icon="tag"),
    Verb("hazards", _("登记有害岗位"), _("登记有害岗位"), _("有害岗位已登记。"), forms.ReportHazard,
         on_row(actions.report_hazard), EDIT, icon="alert-triangle"),
    Verb("coverage", _("纳入工会覆盖"), _("登记覆盖"), _("单位已纳入覆盖。"), BeCovered,
         as_named("employer_id", actions.cover_employer), Permission.ARRANGE_UNIONS, icon="link",
         is_open=_is_uncovered, lead=_("一个单位同一时间只由一家工会覆盖。")),
    Verb("duplicate", _("指出重复记录"), _("逐项比对"), _("请逐项比对，再决定是否合并。"), ReportEmployer,
         _report, EDIT, icon="git-compare", leads_to=lambda pair: address("lookalike", pair.pk)),
)  # fmt: skip

UNFLAG: Final = Verb[EmployerFlag](
    "ending", _("取消标识"), _("取消标识"), _("标识已取消。"), EndAsking, on_row(actions.unflag_employer),
    EDIT, icon="tag-off",
)  # fmt: skip
