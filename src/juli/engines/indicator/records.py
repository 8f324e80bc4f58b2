"""The records behind a flow or a stock: of a unit, for a period, within the actor's reach."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, When

from juli.engines.facts.models import Fact
from juli.engines.facts.watermark import Mark
from juli.engines.indicator.declarations import Counted, Flow, Records, Stock, Term
from juli.engines.indicator.moves import Moves, in_range, part_below
from juli.engines.indicator.ranges import within
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor, PathRange, merged
from juli.kernel.period import Period, beijing_midnight


class Tree(StrEnum):
    """Whose tree a past figure is cut by (按哪天的隶属关系)."""

    OF_THE_DAY = "of_the_day"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class View:
    """
    Who asks about which unit and period, and by which tree (视角).

    With a ``mark`` what is counted may be remembered until the next fact.
    """

    unit: OrgUnit
    period: Period
    actor: Actor
    moves: Moves
    tree: Tree = Tree.OF_THE_DAY
    mark: Mark | None = None

    @classmethod
    def of(
        cls,
        unit: OrgUnit,
        *,
        period: Period,
        actor: Actor,
        tree: Tree = Tree.OF_THE_DAY,
        moves: Moves | None = None,
        mark: Mark | None = None,
    ) -> "View":
        """Return the view; asks once which branches have moved, unless the caller knows."""
        if tree is Tree.TODAY:
            moves = Moves.none()
        return cls(unit, period, actor, Moves.ever() if moves is None else moves, tree, mark)

    def is_partial(self, declared: Counted) -> bool:
        """Say whether the actor reaches less than the whole unit of that day."""
        if isinstance(declared, Stock) and self.moves.departed(self.unit.path, on=self.period.last_day):
            return True
        wanted = (PathRange.under(self.unit.path),) if self.tree is Tree.TODAY else self._wanted(declared)
        return within(wanted, self.actor.roots_for(declared.permission)) != merged(wanted)

    def records(self, declared: Counted) -> Records:
        """Return the records behind a figure."""
        reach = in_ranges(self.ranges(declared))
        match declared:
            case Stock():
                return declared.records(self.period.last_day).filter(reach)
            case Flow():
                facts = standing_facts(declared, root_id=self.unit.root_id, period=self.period).filter(reach)
                if self.tree is Tree.TODAY:
                    below = OrgUnit.objects.filter(in_range(PathRange.under(self.unit.path)))
                    facts = facts.filter(org_unit_id__in=below.values("pk"))
                return facts

    def ranges(self, declared: Counted) -> tuple[PathRange, ...]:
        """Return the ranges in which the records of the unit lie, as far as the actor reaches."""
        return within(self._wanted(declared), self.actor.roots_for(declared.permission))

    def key(self, declared: Counted) -> Hashable:
        """Return what the count of a figure depends on, besides what has happened."""
        actor = self.actor
        asked = (self.unit.path, self.period, self.tree, self.ranges(declared))
        return declared.code, declared.version, asked, actor.standing, actor.ranges

    def child(self, declared: Counted) -> Term:
        """Return the number, as text, of the child of the unit that each record belongs to."""
        if isinstance(declared, Stock):
            return self.moves.child_of(self.unit.path, on=self.period.last_day)
        if self.tree is Tree.TODAY:
            own = OrgUnit.objects.filter(pk=OuterRef("org_unit_id"))
            below = own.annotate(_child=part_below(self.unit.path)).values("_child")[:1]
            return Subquery(below, output_field=CharField())
        *earlier, latest = self._paths_of_facts()
        cases = [When(in_range(PathRange.under(path)), then=part_below(path)) for path in earlier]
        return (
            Case(*cases, default=part_below(latest), output_field=CharField())
            if cases
            else part_below(latest)
        )

    def _wanted(self, declared: Counted) -> tuple[PathRange, ...]:
        path = self.unit.path
        match declared:
            case Stock(is_of_unit_alone=True):
                return (PathRange.exactly(path),)
            case Stock():
                return self.moves.ranges_of(path, on=self.period.last_day)
            case Flow() if self.tree is Tree.TODAY:
                return (PathRange.everything(),)
            case Flow():
                return tuple(PathRange.under(each) for each in self._paths_of_facts())

    def _paths_of_facts(self) -> tuple[str, ...]:
        # All that the unit ever had: a fact bears the path of the day on which it was written down, which
        # may be later than the fact, and earlier than the recording of a move that goes further back.
        return self.moves.every_path(self.unit.path)


def standing_facts(flow: Flow, *, root_id: int, period: Period) -> "QuerySet[Fact]":
    """
    Return the facts of a flow that still stand: neither reversed nor reversals.

    A reversal is written on the day of the fact that it reverses, so both lie in the period.
    """
    facts = _standing(flow.kinds, root_id=root_id, period=period).filter(flow.where)
    if flow.unless_followed_by:
        followed = _standing(flow.unless_followed_by, root_id=root_id, period=period).filter(
            subject_kind=OuterRef("subject_kind"),
            subject_id=OuterRef("subject_id"),
            occurred_on__gte=OuterRef("occurred_on"),
        )
        facts = facts.filter(~Exists(followed))
    return facts


def recorded_late(period: Period) -> Q:
    """Return the condition that a fact was written down after the period had ended."""
    return Q(recorded_at__gte=beijing_midnight(period.end))


def _standing(kinds: tuple[str, ...], *, root_id: int, period: Period) -> "QuerySet[Fact]":
    facts = _within(root_id=root_id, period=period).filter(kind__in=kinds, reverses__isnull=True)
    # Few facts are ever reversed: their numbers are fetched once and not looked for beside every fact.
    return facts.exclude(id__in=_undone(root_id=root_id, period=period))


def _undone(*, root_id: int, period: Period) -> "QuerySet[Fact, int | None]":
    """Return the numbers of the reversed facts; a reversal that was itself reversed undoes nothing."""
    reversals = _within(root_id=root_id, period=period).filter(reverses__isnull=False)
    again = _within(root_id=root_id, period=period).filter(reverses=OuterRef("id"))
    return reversals.filter(~Exists(again)).values_list("reverses", flat=True)


def _within(*, root_id: int, period: Period) -> "QuerySet[Fact]":
    # The days stand in every sub-query, so that each reads the partitions of these years alone.
    return Fact.objects.filter(root_id=root_id, occurred_on__range=(period.start, period.last_day))
