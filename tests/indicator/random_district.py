"""
A district made by chance, and what its figures must be: counted in Python from what was done to it.

The count knows nothing of paths: it follows parents, day by day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Union
from juli.engines.facts import recording
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.scope import actions as scope
from juli.engines.scope.models import OrgUnit
from tests.world import MAY_9, machine

FIRST, LAST = date(2016, 1, 1), date(2018, 5, 1)
_serials = count(1)


@dataclass
class Segment:
    """What the count remembers of one membership."""

    person: int
    unit: int
    starts: date
    row: Membership
    ends: date | None = None


@dataclass
class Founding:
    """What the count remembers of one base union."""

    unit: int
    on: date
    row: Union
    ended: date | None = None


@dataclass
class Admission:
    """What the count remembers of one admission: the place in the tree is that of its day."""

    person: int
    above: frozenset[int]
    on: date
    is_migrant: bool
    fact: int
    is_reversed: bool = False


@dataclass
class Event:
    """What happened, as the wiring would tell it to the job that keeps the cache."""

    unit: int
    kinds: tuple[str, ...]
    day: date


@dataclass
class District:
    """A root, towns, villages and base unions, and everything done to them."""

    chance: Random
    parents: dict[int, list[tuple[date, int | None]]] = field(default_factory=dict)
    root: int = 0
    towns: list[int] = field(default_factory=list)
    villages: list[int] = field(default_factory=list)
    unions: list[Founding] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    admissions: list[Admission] = field(default_factory=list)
    last_move: date = FIRST

    # ── what is done ────────────────────────────────────────────────────────────────────────────

    @classmethod
    def grown(cls, chance: Random) -> "District":
        district = cls(chance)
        district.root = district._unit(None, "federation")
        district.towns = [district._unit(district.root, "town") for _ in range(3)]
        district.villages = [district._unit(chance.choice(district.towns), "village") for _ in range(3)]
        for _ in range(4):
            district.found()
        for _ in range(8):
            district.admit()
        return district

    def happen(self) -> Event:
        """Let something happen by chance."""
        verbs = (
            self.found,
            self.admit,
            self.admit,
            self.dissolve,
            self.leave,
            self.transfer,
            self.undo,
            self.move,
        )
        return self.chance.choice(verbs)()

    def found(self) -> Event:
        on = self._day()
        unit = self._unit(self.chance.choice([self.root, *self.towns, *self.villages]), "base", opened_on=on)
        row = OrgUnit.objects.get(pk=unit)
        union = Union.objects.create(
            org_unit=row, path=row.path, name=row.name, code=row.code, level="base",
            form=self.chance.choice(["own", "joint"]), employer_class="private", approved_on=on,
            updated_at=MAY_9,
        )  # fmt: skip
        self.unions.append(Founding(unit, on, union))
        recording.record(
            Happened.UNION_FOUNDED, subject=union, org_unit=row, occurred_on=on, category="private",
            payload={"level": "base", "form": union.form}, actor=machine(), at=MAY_9,
        )  # fmt: skip
        return Event(unit, (Happened.UNION_FOUNDED,), on)

    def dissolve(self) -> Event:
        living = [each for each in self.unions if each.ended is None]
        if not living:
            return self.found()
        founding = self.chance.choice(living)
        founding.ended = self._day(founding.on)
        Union.objects.filter(pk=founding.row.pk).update(ended_on=founding.ended, ending="dissolved")
        recording.record(
            Happened.UNION_DISSOLVED, subject=founding.row, org_unit=OrgUnit.objects.get(pk=founding.unit),
            occurred_on=founding.ended, actor=machine(), at=MAY_9,
        )  # fmt: skip
        return Event(founding.unit, (Happened.UNION_DISSOLVED,), founding.ended)

    def admit(self) -> Event:
        unit = OrgUnit.objects.get(pk=self.chance.choice(self.unions).unit)
        serial, on, is_migrant = next(_serials), self._day(), self.chance.random() < 0.5
        person = Person.objects.create(
            org_unit=unit, path=unit.path, name="某人", document_sealed=b"", document_shown="",
            document_digest=f"随机{serial}".encode(), registered_on=on, updated_at=MAY_9,
        )  # fmt: skip
        row = Membership.objects.create(
            org_unit=unit, path=unit.path, person=person, number=f"R{serial}", joined_on=on, valid_from=on,
            employer_class=self.chance.choice(["private", "state"]),
            standing=self.chance.choice(["active", "active", "retained"]),
        )  # fmt: skip
        fact = recording.record(
            Happened.MEMBER_ADMITTED, subject=row, org_unit=unit, occurred_on=on, person_id=person.pk,
            category=row.employer_class, payload={"migrant": is_migrant}, actor=machine(), at=MAY_9,
        )  # fmt: skip
        # The fact keeps the place where the unit stands when it is recorded.
        above = frozenset(int(number) for number in unit.path.strip("/").split("/"))
        self.segments.append(Segment(person.pk, unit.pk, on, row))
        self.admissions.append(Admission(person.pk, above, on, is_migrant, fact.id))
        return Event(unit.pk, (Happened.MEMBER_ADMITTED,), on)

    def leave(self, closing: str = "left") -> Event:
        current = [each for each in self.segments if each.ends is None]
        if not current:
            return self.admit()
        segment = self.chance.choice(current)
        segment.ends = self._day(segment.starts)
        Membership.objects.filter(pk=segment.row.pk).update(valid_until=segment.ends, closing=closing)
        return Event(segment.unit, (Happened.MEMBER_LEFT,), segment.ends)

    def transfer(self) -> Event:
        current = [each for each in self.segments if each.ends is None]
        if not current:
            return self.admit()
        segment, unit = (
            self.chance.choice(current),
            OrgUnit.objects.get(pk=self.chance.choice(self.unions).unit),
        )
        segment.ends = self._day(segment.starts)
        Membership.objects.filter(pk=segment.row.pk).update(
            valid_until=segment.ends, closing="transferred_out"
        )
        row = Membership.objects.create(
            org_unit=unit, path=unit.path, person_id=segment.person, number=segment.row.number,
            joined_on=segment.row.joined_on, valid_from=segment.ends, opening="transferred_in",
            employer_class=segment.row.employer_class,
        )  # fmt: skip
        self.segments.append(Segment(segment.person, unit.pk, segment.ends, row))
        # Two units are moved by it, and the job is told of the one above both.
        return Event(
            self.root, (Happened.MEMBER_TRANSFERRED_OUT, Happened.MEMBER_TRANSFERRED_IN), segment.ends
        )

    def undo(self) -> Event:
        standing = [each for each in self.admissions if not each.is_reversed]
        if not standing:
            return self.admit()
        admission = self.chance.choice(standing)
        admission.is_reversed = True
        fact = Fact.objects.get(id=admission.fact)
        recording.reverse(fact, reason="录错", actor=machine(), at=MAY_9)
        return Event(fact.org_unit_id, (Happened.MEMBER_ADMITTED,), fact.occurred_on)

    def move(self) -> Event:
        unit = self.chance.choice([*self.villages, *(each.unit for each in self.unions)])
        is_village = unit in self.villages
        target = self.chance.choice(self.towns if is_village else [*self.towns, *self.villages])
        on = self.last_move = self._day(self.last_move)
        if target != self.parents[unit][-1][1] and on > self.parents[unit][-1][0]:
            scope.move_unit(unit, to_parent_id=target, on=on, actor=machine(), at=MAY_9)
            self.parents[unit].append((on, target))
        return Event(unit, (Happened.UNION_MOVED,), on)

    def _unit(self, parent: int | None, kind: str, *, opened_on: date = FIRST) -> int:
        serial = next(_serials)
        words = {"name": f"{kind}{serial}", "code": f"R{serial:06d}", "kind": kind, "opened_on": opened_on}
        if parent is None:
            unit = scope.plant_tree(**words, actor=machine(), at=MAY_9)
        else:
            unit = scope.open_unit(parent_id=parent, **words, actor=machine(), at=MAY_9)
        self.parents[unit.pk] = [(opened_on, parent)]
        return unit.pk

    def _day(self, after: date = FIRST) -> date:
        return after + timedelta(self.chance.randrange(max(1, (LAST - after).days)))

    # ── what must come out ──────────────────────────────────────────────────────────────────────

    def above(self, unit: int, day: date) -> set[int]:
        """Return the unit itself and those above it on a day."""
        found: set[int] = set()
        each: int | None = unit
        while each is not None:
            found.add(each)
            history = self.parents[each]
            each = [parent for since, parent in history if since <= day or since == history[0][0]][-1]
        return found

    def base_unions(self, unit: int, day: date) -> int:
        return sum(
            each.on <= day and (each.ended is None or day < each.ended) and unit in self.above(each.unit, day)
            for each in self.unions
        )

    def members(self, unit: int, day: date) -> int:
        return len(
            {
                each.person
                for each in self.segments
                if each.starts <= day
                and (each.ends is None or day < each.ends)
                and unit in self.above(each.unit, day)
            }
        )

    def new_migrant_members(self, unit: int, first: date, last: date) -> int:
        return len(
            {
                each.person
                for each in self.admissions
                if each.is_migrant
                and not each.is_reversed
                and first <= each.on <= last
                and unit in each.above
            }
        )
