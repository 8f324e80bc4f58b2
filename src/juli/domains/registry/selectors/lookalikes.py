"""Records that look alike: the queue, and two of them side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from juli.domains.registry.pairing import PERMISSIONS
from juli.engines.party.models import Employer, Lookalike, Person, Subject
from juli.kernel.actor import Actor, PathRange, merged
from juli.kernel.period import beijing_day

ORDER = ("rank", "pk")


@dataclass(frozen=True, slots=True)
class Half:
    """One of two records that look alike; out of reach it has neither name nor line (疑似记录)."""

    number: int
    name: str = ""
    line: str = ""

    @property
    def is_within_reach(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class LookalikeRow:
    """
    A pair in the queue (疑似重复列表行).

    ``elsewhere`` is the federation to ask about a half that is out of reach, and empty otherwise.
    """

    id: int
    subject: Subject
    first: Half
    second: Half
    elsewhere: str
    reasons: tuple[str, ...]
    score: int
    state: str
    state_label: str
    found_on: date

    @property
    def shown(self) -> Half:
        """The half to name the pair by."""
        return self.first if self.first.is_within_reach else self.second

    @property
    def other(self) -> Half:
        return self.second if self.shown is self.first else self.first


def reach_of(actor: Actor, subject: Subject | None = None) -> tuple[PathRange, ...]:
    """Return where the actor may merge: persons, employers, or either."""
    subjects = tuple(Subject) if subject is None else (subject,)
    return merged(each for one in subjects for each in actor.roots_for(PERMISSIONS[one]))


def pairs_in_reach(
    *, actor: Actor, subject: Subject | None, state: str, reason: str = ""
) -> "QuerySet[Lookalike]":
    """Return the pairs of which one half lies where the actor may merge, the likest first."""
    may = [one.value for one in Subject if actor.holds(PERMISSIONS[one])]
    subjects = may if subject is None else [subject.value]
    rows = Lookalike.objects.touching(reach_of(actor, subject)).filter(subject__in=subjects, state=state)
    if state != Lookalike.State.MERGED:
        rows = rows.standing()
    if reason:
        rows = rows.filter(reasons__contains=[reason])
    return rows.order_by(*ORDER)


def rows_of(pairs: Sequence[Lookalike]) -> list[LookalikeRow]:
    """Return pairs as lines of the queue, in their order."""
    numbers = {subject: _numbers(pairs, subject) for subject in Subject}
    halves = {
        Subject.PERSON: _persons(numbers[Subject.PERSON]),
        Subject.EMPLOYER: _employers(numbers[Subject.EMPLOYER]),
    }
    elsewhere = federations([pair.pk for pair in pairs if _is_cut(pair, halves[Subject(pair.subject)])])
    return [_row(pair, halves[Subject(pair.subject)], elsewhere.get(pair.pk, "")) for pair in pairs]


def federations(numbers: Sequence[int]) -> dict[int, str]:
    """Return whom to ask about the halves out of reach: a federation by name, and nothing else."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, federation FROM party_lookalikes_elsewhere(%s)", [list(numbers)])
        return dict(cursor.fetchall())


def _numbers(pairs: Iterable[Lookalike], subject: Subject) -> set[int]:
    return {number for pair in pairs if pair.subject == subject for number in (pair.first_id, pair.second_id)}


def _persons(numbers: set[int]) -> dict[int, Half]:
    if not numbers:
        return {}
    rows = Person.objects.filter(pk__in=numbers).only("name", "document_shown")
    return {row.pk: Half(row.pk, row.name, row.document_shown) for row in rows}


def _employers(numbers: set[int]) -> dict[int, Half]:
    if not numbers:
        return {}
    rows = Employer.objects.filter(pk__in=numbers).only("name", "uscc")
    return {row.pk: Half(row.pk, row.name, row.uscc) for row in rows}


def _is_cut(pair: Lookalike, halves: dict[int, Half]) -> bool:
    return pair.first_id not in halves or pair.second_id not in halves


def _row(pair: Lookalike, halves: dict[int, Half], elsewhere: str) -> LookalikeRow:
    labels = dict(Lookalike.Reason.choices)
    return LookalikeRow(
        id=pair.pk,
        subject=Subject(pair.subject),
        first=halves.get(pair.first_id, Half(pair.first_id)),
        second=halves.get(pair.second_id, Half(pair.second_id)),
        elsewhere=elsewhere,
        reasons=tuple(str(labels[reason]) for reason in pair.reasons),
        score=pair.score,
        state=pair.state,
        state_label=str(Lookalike.State(pair.state).label),
        found_on=beijing_day(pair.found_at),
    )
