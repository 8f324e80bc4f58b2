"""The list of employers (单位名录)."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry import selectors
from juli.domains.registry.forms.filters import EmployerNarrowing
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import EmployerRow
from juli.domains.registry.selectors.employers import KEYS, rows_of
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.bulk_verbs import EMPLOYER_VERBS
from juli.domains.registry.views.lists.placed import PlacedList, is_narrowed_only_by, offered
from juli.domains.registry.views.showing import linked
from juli.domains.registry.views.states import business_state
from juli.engines.desk.cells import Cell, Day, Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.lists import ListColumn
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.pages import Action, Empty, Weight
from juli.engines.party.models import Employer
from juli.kernel.actor import Actor


class EmployerList(PlacedList[Employer, EmployerRow, EmployerNarrowing]):
    """Employers with who stands for their staff on a day, in the order of the tree."""

    code = "employers"
    title = gettext_lazy("单位")
    caption = gettext_lazy("单位名录")
    unit = gettext_lazy("家")
    address = "registry:employers"
    narrowing = EmployerNarrowing
    order = KEYS
    ledger = "employers"
    bulk = EMPLOYER_VERBS
    usual = (
        (gettext_lazy("全部"), ""),
        (gettext_lazy("已由工会覆盖"), "covered=yes"),
        (gettext_lazy("未由工会覆盖"), "covered=no"),
        (gettext_lazy("世界500强"), "mark=fortune_500"),
    )
    columns = (
        ListColumn(
            "name",
            gettext_lazy("单位名称"),
            lambda row: Name(row.name, record("employer", row.id)),
            plain=lambda row: row.name,
            keys=("name",),
        ),
        ListColumn("uscc", gettext_lazy("统一社会信用代码"), lambda row: Quiet(row.uscc)),
        ListColumn("ownership", gettext_lazy("经济类型"), lambda row: Text(row.ownership_label)),
        ListColumn("industry", gettext_lazy("行业代码"), lambda row: Quiet(row.industry), is_usual=False),
        ListColumn("territory", gettext_lazy("所在镇街"), lambda row: Quiet(row.territory_name)),
        ListColumn(
            "union", gettext_lazy("工会"), lambda row: _union_of(row), plain=lambda row: row.union_name
        ),
        ListColumn("employees", gettext_lazy("职工"), lambda row: _employees_of(row), is_numeric=True),
        ListColumn("counted_on", gettext_lazy("人数填报日"), lambda row: Day(row.counted_on), is_usual=False),
        ListColumn(
            "members",
            gettext_lazy("会员"),
            lambda row: _members_of(row),
            plain=lambda row: row.members,
            is_numeric=True,
        ),
        ListColumn(
            "business", gettext_lazy("状态"), lambda row: business_state(row.business, row.business_label)
        ),
    )

    def rows(self, asked: EmployerNarrowing, *, actor: Actor) -> "QuerySet[Employer]":
        return selectors.employers_in_reach(actor=actor, chosen=asked.filter()).defer("name_bigrams")

    def lines(
        self, rows: Sequence[Employer], asked: EmployerNarrowing, *, actor: Actor
    ) -> Sequence[EmployerRow]:
        return rows_of(list(rows), on=asked.day)

    def count(self, asked: EmployerNarrowing, *, actor: Actor) -> Total:
        """Return the exact number: employers are tens of thousands at most."""
        return exactly(self.rows(asked, actor=actor))

    def counted(self, asked: EmployerNarrowing) -> str:
        day = asked.day.isoformat()
        return _("登记在册的用人单位，精确计数；覆盖情况截至 %(day)s。") % {"day": day}

    def total_href(self, asked: EmployerNarrowing) -> str:
        is_figure = asked.chosen("covered") is True and is_narrowed_only_by(asked, "on", "covered")
        return figure("registry.covered_employers", on=asked.day) if is_figure else ""

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        new = Action(_("登记单位"), address("employer-new"), icon="plus", weight=Weight.PRIMARY)
        return offered(actor, Permission.EDIT_EMPLOYERS, new)

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        if is_narrowed:
            every = Action(_("看全部单位"), address("employers"), icon="building-factory-2")
            return Empty(_("没有符合条件的单位。去掉一两个条件再看看。"), every)
        first = next(iter(self.actions(actor=actor)), None)
        return Empty(_("这里列出您管理范围内的用人单位。先登记一家单位。"), first)

    def is_off(self, item: EmployerRow) -> bool:
        return item.business == Employer.Business.CLOSED


def _union_of(row: EmployerRow) -> Cell:
    if row.union_id:
        return linked(row.union_name, record("union", row.union_id))
    return State(_("未建会"), Tone.WARN, icon="circle-dashed")


def _employees_of(row: EmployerRow) -> Number:
    return Number(row.employees, _("人") if row.employees is not None else "")


def _members_of(row: EmployerRow) -> Number:
    href = address("members", query={"employer": row.id}) if row.members else ""
    return Number(row.members, _("人"), href=href)
