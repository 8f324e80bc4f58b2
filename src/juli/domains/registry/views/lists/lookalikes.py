"""The queue of records that may be of the same person or employer (疑似重复)."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry.forms.lookalikes import LookalikeNarrowing
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.lookalikes import ORDER, LookalikeRow, pairs_in_reach, rows_of
from juli.domains.registry.views.addresses import address
from juli.engines.desk import speaking
from juli.engines.desk.cells import Day, Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.lists import ListColumn, Register
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.pages import Action, Empty
from juli.engines.party.models import Lookalike, Subject
from juli.kernel.actor import Actor

_TONES = {
    Lookalike.State.OPEN: Tone.WARN,
    Lookalike.State.LATER: Tone.INFO,
    Lookalike.State.DIFFERENT: Tone.MUTE,
    Lookalike.State.MERGED: Tone.OK,
}


class LookalikeList(Register[Lookalike, LookalikeRow, LookalikeNarrowing]):
    """Pairs of records that look alike, the likest first."""

    code = "lookalikes"
    title = gettext_lazy("疑似重复")
    caption = gettext_lazy("疑似重复的记录")
    module = gettext_lazy("组建")
    unit = gettext_lazy("对")
    address = "registry:lookalikes"
    permission = Permission.EDIT_MEMBERS
    order = ORDER
    narrowing = LookalikeNarrowing
    usual = (
        (gettext_lazy("待处理"), ""),
        (gettext_lazy("会员"), "subject=person"),
        (gettext_lazy("单位"), "subject=employer"),
        (gettext_lazy("以后再说"), "state=later"),
        (gettext_lazy("不是同一个"), "state=different"),
        (gettext_lazy("已合并"), "state=merged"),
    )
    none_found = gettext_lazy("没有这样的疑似重复。换个条件看看。")
    columns = (
        ListColumn("pair", gettext_lazy("记录"), lambda row: _pair(row), plain=lambda row: row.shown.name),
        ListColumn("other", gettext_lazy("另一份"), lambda row: _other(row)),
        ListColumn(
            "score", gettext_lazy("相似程度"), lambda row: Number(row.score), keys=("rank",), is_numeric=True
        ),
        ListColumn("reasons", gettext_lazy("疑似原因"), lambda row: Text(speaking.listed(row.reasons))),
        ListColumn("subject", gettext_lazy("对象"), lambda row: Quiet(row.subject.label), is_usual=False),
        ListColumn(
            "found_on",
            gettext_lazy("发现日期"),
            lambda row: Day(row.found_on),
            keys=("found_at",),
            is_usual=False,
        ),
        ListColumn(
            "state",
            gettext_lazy("处理"),
            lambda row: State(row.state_label, _TONES[Lookalike.State(row.state)]),
            is_usual=False,
        ),
    )

    def rows(self, asked: LookalikeNarrowing, *, actor: Actor) -> "QuerySet[Lookalike]":
        subject = asked.chosen("subject")
        return pairs_in_reach(
            actor=actor,
            subject=Subject(subject) if subject else None,
            state=asked.chosen("state") or Lookalike.State.OPEN,
            reason=asked.chosen("reason") or "",
        )

    def lines(
        self, rows: Sequence[Lookalike], asked: LookalikeNarrowing, *, actor: Actor
    ) -> Sequence[LookalikeRow]:
        return rows_of(rows)

    def count(self, asked: LookalikeNarrowing, *, actor: Actor) -> Total:
        """Return the exact number: pairs are thousands at most."""
        return exactly(self.rows(asked, actor=actor))

    def counted(self, asked: LookalikeNarrowing) -> str:
        return _("每晚全册查一遍；系统只提出疑似，是不是同一个由您判断。")

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        return (Action(_("现在查一遍"), address("lookalike-search"), icon="refresh", is_post=True),)

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        if is_narrowed:
            return Empty(self.none_found, Action(_("看待处理的"), address("lookalikes"), icon="list"))
        return Empty(_("您的管理范围内没有待处理的疑似重复。"))

    def is_off(self, item: LookalikeRow) -> bool:
        return item.state in (Lookalike.State.DIFFERENT, Lookalike.State.MERGED)


def _pair(row: LookalikeRow) -> Name | Quiet:
    if not row.shown.is_within_reach:
        return Quiet(_("（不在您的管理范围内）"))
    return Name(f"{row.shown.name} {row.shown.line}", address("lookalike", row.id))


def _other(row: LookalikeRow) -> Text | Quiet:
    if row.elsewhere:
        return Quiet(_("在%(federation)s，请联系") % {"federation": row.elsewhere})
    if not row.other.is_within_reach:
        return Quiet(_("已并入"))
    return Text(f"{row.other.name} {row.other.line}")


LOOKALIKES = LookalikeList()
