"""The list of unions (工会名录)."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry import selectors
from juli.domains.registry.forms.filters import UnionNarrowing
from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import UnionRow
from juli.domains.registry.selectors.unions import KEYS, rows_of
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.bulk_verbs import UNION_VERBS
from juli.domains.registry.views.lists.placed import PlacedList, is_narrowed_only_by, offered
from juli.domains.registry.views.states import union_state
from juli.engines.desk.cells import Cell, Day, Name, Number, Quiet, Text
from juli.engines.desk.lists import ListColumn
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.pages import Action, Empty, Weight
from juli.kernel.actor import Actor

_COUNTED_BELOW = frozenset({Union.Level.BASE, Union.Level.SUB, Union.Level.GROUP})


class UnionList(PlacedList[Union, UnionRow, UnionNarrowing]):
    """Unions as they stood on a day, in the order of the tree."""

    code = "unions"
    title = gettext_lazy("基层工会")
    caption = gettext_lazy("工会名录")
    unit = gettext_lazy("家")
    address = "registry:unions"
    narrowing = UnionNarrowing
    order = KEYS
    ledger = "unions"
    bulk = UNION_VERBS
    usual = (
        (gettext_lazy("基层工会"), ""),
        (gettext_lazy("联合组建"), "form=joint"),
        (gettext_lazy("镇街总工会"), "level=town"),
        (gettext_lazy("全部层级"), "level=all"),
        (gettext_lazy("已终止"), "ended=yes"),
    )
    columns = (
        ListColumn(
            "name",
            gettext_lazy("工会名称"),
            lambda row: Name(row.name, record("union", row.id)),
            plain=lambda row: row.name,
            keys=("name",),
        ),
        ListColumn("code", gettext_lazy("编码"), lambda row: Quiet(row.code), keys=("code",)),
        ListColumn("level", gettext_lazy("层级"), lambda row: Text(row.level_label)),
        ListColumn("form", gettext_lazy("建会形式"), lambda row: Quiet(row.form_label)),
        ListColumn(
            "approved_on", gettext_lazy("批准日期"), lambda row: Day(row.approved_on), keys=("approved_on",)
        ),
        ListColumn("term_expires_on", gettext_lazy("届期止"), lambda row: Day(row.term_expires_on)),
        ListColumn(
            "employers",
            gettext_lazy("覆盖单位"),
            lambda row: Number(row.employers, _("家")),
            is_numeric=True,
        ),
        ListColumn(
            "members",
            gettext_lazy("会员"),
            lambda row: _members_of(row),
            plain=lambda row: row.members if row.level in _COUNTED_BELOW else None,
            is_numeric=True,
        ),
        ListColumn("state", gettext_lazy("状态"), lambda row: union_state(is_in_force=row.is_in_force)),
    )

    def rows(self, asked: UnionNarrowing, *, actor: Actor) -> "QuerySet[Union]":
        return selectors.unions_in_reach(actor=actor, chosen=asked.filter()).defer("name_bigrams")

    def lines(self, rows: Sequence[Union], asked: UnionNarrowing, *, actor: Actor) -> Sequence[UnionRow]:
        return rows_of(list(rows), on=asked.day)

    def count(self, asked: UnionNarrowing, *, actor: Actor) -> Total:
        """Return the exact number: unions are thousands, not hundreds of thousands."""
        return exactly(self.rows(asked, actor=actor))

    def title_for(self, asked: UnionNarrowing) -> str:
        return str(self.title) if asked.chosen("level") == Union.Level.BASE else _("工会")

    def counted(self, asked: UnionNarrowing) -> str:
        day = asked.day.isoformat()
        return _("精确计数，截至 %(day)s；联合工会不论覆盖多少单位只算一家。") % {"day": day}

    def total_href(self, asked: UnionNarrowing) -> str:
        is_base = asked.chosen("level") == Union.Level.BASE
        is_figure = is_base and is_narrowed_only_by(asked, "on", "level")
        return figure("registry.base_unions", on=asked.day) if is_figure else ""

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        new = Action(_("成立工会"), address("union-new"), icon="plus", weight=Weight.PRIMARY)
        return offered(actor, Permission.ARRANGE_UNIONS, new)

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        if is_narrowed:
            every = Action(_("看全部基层工会"), address("unions"), icon="building-community")
            return Empty(_("没有符合条件的工会。去掉一两个条件再看看。"), every)
        first = next(iter(self.actions(actor=actor)), None)
        return Empty(_("这里列出您管理范围内的基层工会。先登记一家批准成立的工会。"), first)

    def is_off(self, item: UnionRow) -> bool:
        return not item.is_in_force


def _members_of(row: UnionRow) -> Cell:
    """Only of base unions and what lies below them: above, members are counted on the union's own page."""
    if row.level not in _COUNTED_BELOW:
        return Quiet("")
    return Number(row.members, _("人"), href=address("members", query={"unit": row.org_unit_id}))
