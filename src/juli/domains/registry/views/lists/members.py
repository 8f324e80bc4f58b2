"""The list of members (会员名册)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry import selectors
from juli.domains.registry.actions.taking_out import take_out_in_full
from juli.domains.registry.forms.filters import MemberNarrowing
from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import MemberRow
from juli.domains.registry.selectors.members import KEYS, rows_of
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.bulk_verbs import MEMBER_VERBS
from juli.domains.registry.views.lists.placed import PlacedList, imports, is_narrowed_only_by, offered
from juli.domains.registry.views.showing import answer_of, linked, unless_empty
from juli.domains.registry.views.states import standing_state, verification_state
from juli.engines.desk.cells import Cell, Day, Link, Masked, Name, Quiet
from juli.engines.desk.lists import ListColumn
from juli.engines.desk.lists.columns import Plain
from juli.engines.desk.lists.totals import Total, up_to
from juli.engines.desk.pages import Action, Chip, Empty, Weight
from juli.engines.party.vault import Sealed
from juli.kernel.actor import Actor


class MemberList(PlacedList[Membership, MemberRow, MemberNarrowing]):
    """Memberships in force on a day, union by union."""

    code = "members"
    title = gettext_lazy("会员")
    caption = gettext_lazy("会员名册")
    unit = gettext_lazy("人")
    address = "registry:members"
    narrowing = MemberNarrowing
    order = KEYS
    ledger = "members"
    bulk = MEMBER_VERBS
    personal = frozenset({"document", "mobile"})
    reveals = Permission.REVEAL
    usual = (
        (gettext_lazy("全部"), ""),
        (gettext_lazy("待核验"), "verification=unverified"),
        (gettext_lazy("农民工"), "migrant=yes"),
        (gettext_lazy("保留会籍"), "standing=retained"),
    )
    columns = (
        ListColumn("name", gettext_lazy("姓名"), lambda row: _name(row), plain=lambda row: row.name),
        ListColumn(
            "number", gettext_lazy("会员号"), lambda row: Quiet(row.number), plain=lambda row: row.number
        ),
        ListColumn("sex", gettext_lazy("性别"), lambda row: Quiet(row.sex_label), is_usual=False),
        ListColumn(
            "document",
            gettext_lazy("证件号码"),
            lambda row: Masked(row.document_shown),
            plain=lambda row: row.document_shown,
        ),
        ListColumn(
            "mobile",
            gettext_lazy("手机"),
            lambda row: Masked(row.mobile_shown),
            plain=lambda row: row.mobile_shown,
        ),
        ListColumn(
            "union",
            gettext_lazy("工会"),
            lambda row: linked(row.union_name, record("union", row.union_id)),
            plain=lambda row: row.union_name,
        ),
        ListColumn(
            "employer",
            gettext_lazy("单位"),
            lambda row: unless_empty(row.employer_name),
            plain=lambda row: row.employer_name,
        ),
        ListColumn(
            "joined_on",
            gettext_lazy("入会日期"),
            lambda row: Day(row.joined_on),
            plain=lambda row: row.joined_on,
            keys=("joined_on",),
        ),
        ListColumn("valid_from", gettext_lazy("到本会日期"), lambda row: Day(row.valid_from), is_usual=False),
        ListColumn(
            "migrant",
            gettext_lazy("农民工"),
            lambda row: unless_empty(answer_of(row.is_migrant_worker)),
            plain=lambda row: answer_of(row.is_migrant_worker),
            is_usual=False,
        ),
        ListColumn(
            "standing",
            gettext_lazy("会籍"),
            lambda row: standing_state(row.standing, row.standing_label),
            plain=lambda row: row.standing_label,
        ),
        ListColumn(
            "verification",
            gettext_lazy("实名"),
            lambda row: verification_state(row.verification, row.verification_label),
            plain=lambda row: row.verification_label,
        ),
    )

    def rows(self, asked: MemberNarrowing, *, actor: Actor) -> "QuerySet[Membership]":
        return selectors.members_in_reach(actor=actor, chosen=asked.filter())

    def lines(
        self, rows: Sequence[Membership], asked: MemberNarrowing, *, actor: Actor
    ) -> Sequence[MemberRow]:
        return rows_of(list(rows))

    def in_full(
        self, items: Sequence[MemberRow], names: Sequence[str], *, reason: str, actor: Actor, at: datetime
    ) -> Mapping[str, Sequence[Plain]]:
        persons = [row.person_id for row in items]
        values = [Sealed(name) for name in names]
        found = take_out_in_full(persons, values=values, reason=reason, actor=actor, at=at)
        return {value.value: [found[value].get(person) for person in persons] for value in values}

    def count(self, asked: MemberNarrowing, *, actor: Actor) -> Total:
        """Return the exact number where the indexes of the register count it."""
        if is_narrowed_only_by(asked, "on", "unit", "standing", "employer"):
            return Total(selectors.members_counted(actor=actor, chosen=asked.filter()))
        return up_to(self.rows(asked, actor=actor))

    def counted(self, asked: MemberNarrowing) -> str:
        return _("按人去重，截至 %(day)s。") % {"day": asked.day.isoformat()}

    def total_href(self, asked: MemberNarrowing) -> str:
        return figure("registry.members", on=asked.day) if is_narrowed_only_by(asked, "on") else ""

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        new = Action(_("新增会员"), address("member-new"), icon="plus", weight=Weight.PRIMARY)
        return (
            *offered(actor, Permission.IMPORT, Action(_("导入名册"), imports(), icon="table-import")),
            *offered(actor, Permission.EDIT_MEMBERS, new),
        )

    def chips(self, asked: MemberNarrowing, *, actor: Actor) -> tuple[Chip, ...]:
        if asked.chosen("employer") is None:
            return asked.chips()
        rest = asked.query.copy()
        rest.pop("employer")
        return (*asked.chips(), Chip(_("单位"), _("指定的单位"), f"?{rest.urlencode()}"))

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        if is_narrowed:
            everybody = Action(_("看全部会员"), address("members"), icon="users")
            return Empty(_("没有符合条件的会员。去掉一两个条件再看看。"), everybody)
        roster = Action(_("导入名册"), imports(), icon="table-import")
        one = Link(_("逐个登记"), address("member-new")) if actor.holds(Permission.EDIT_MEMBERS) else None
        action = next(iter(offered(actor, Permission.IMPORT, roster)), None)
        return Empty(_("这里列出您管理范围内的会员。先把会员名册导进来。"), action, one)


def _name(row: MemberRow) -> Cell:
    if not row.name:
        return Quiet(_("（已转出您的管理范围）"))
    return Name(row.name, record("member", row.person_id))
