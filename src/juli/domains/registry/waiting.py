"""What of the register waits to be done, and where: counted as sets, one task for each unit and kind."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.models import Coverage, Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import terms
from juli.domains.registry.selectors.terms import Standing
from juli.engines.party.models import Employer, Lookalike, Person, Subject
from juli.engines.tasks import selectors as tasks
from juli.engines.tasks.actions import Waiting, renew_counted
from juli.engines.tasks.catalogue import Kind
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor

Counted = tuple[str, int, date | None]
"""The path of a unit, how many records wait there, and the first day by which they should be done."""


def _list_of(register: str, query: Mapping[str, str]) -> Callable[[Task], str]:
    def leads_to(task: Task) -> str:
        return f"{reverse(f'registry:{register}')}?{urlencode({**query, 'unit': task.org_unit_id})}"

    return leads_to


TERMS_OVERDUE: Final = Kind(
    "registry.terms_overdue", _("换届"), _("%(number)s 家工会已届满未换届"), icon="calendar-due",
    leads_to=_list_of("unions", {"level": "all", "term": Standing.OVERDUE}),
    permission=Permission.ARRANGE_UNIONS, is_counted=True,
)  # fmt: skip
TERMS_EXPIRING: Final = Kind(
    "registry.terms_expiring", _("换届"), _("%(number)s 家工会 90 天内届满"), icon="calendar-due",
    leads_to=_list_of("unions", {"level": "all", "term": Standing.EXPIRING}),
    permission=Permission.ARRANGE_UNIONS, is_counted=True,
)  # fmt: skip
UNVERIFIED: Final = Kind(
    "registry.unverified_members", _("核验"), _("%(number)s 名会员尚未实名"), icon="id",
    leads_to=_list_of("members", {"verification": Person.Verification.UNVERIFIED}),
    permission=Permission.EDIT_MEMBERS, is_counted=True,
)  # fmt: skip
UNCOVERED: Final = Kind(
    "registry.uncovered_employers", _("建会"), _("%(number)s 家经营中的单位还没有工会覆盖"), icon="flag",
    leads_to=_list_of("employers", {"covered": "no", "business": Employer.Business.OPERATING}),
    permission=Permission.ARRANGE_UNIONS, is_counted=True,
)  # fmt: skip
ALIKE_PERSONS: Final = Kind(
    "registry.alike_persons",
    _("查重"),
    _("%(number)s 对会员记录疑似重复"),
    icon="git-compare",
    leads_to=lambda _task: f"{reverse('registry:lookalikes')}?subject={Subject.PERSON.value}",
    permission=Permission.EDIT_MEMBERS,
    is_counted=True,
)
ALIKE_EMPLOYERS: Final = Kind(
    "registry.alike_employers",
    _("查重"),
    _("%(number)s 对单位记录疑似重复"),
    icon="git-compare",
    leads_to=lambda _task: f"{reverse('registry:lookalikes')}?subject={Subject.EMPLOYER.value}",
    permission=Permission.EDIT_EMPLOYERS,
    is_counted=True,
)
KINDS: Final = (TERMS_OVERDUE, TERMS_EXPIRING, UNVERIFIED, UNCOVERED, ALIKE_PERSONS, ALIKE_EMPLOYERS)


def renew_tasks(*, actor: Actor, at: datetime, today: date) -> int:
    """Count everything anew and bring the tasks up to date; return how many rows that changed."""
    by_standing = _terms(today)
    counted: tuple[tuple[Kind, Iterable[Counted]], ...] = (
        (TERMS_OVERDUE, by_standing[Standing.OVERDUE]),
        (TERMS_EXPIRING, by_standing[Standing.EXPIRING]),
        (UNVERIFIED, _unverified(today)),
        (UNCOVERED, _uncovered(today)),
    )
    changed = 0
    for kind, rows in counted:
        offices = tasks.offices_of(kind.permission, on=today)
        changed += renew_counted(kind.code, _at_offices(rows, offices), actor=actor, at=at)
    for kind, subject in ((ALIKE_PERSONS, Subject.PERSON), (ALIKE_EMPLOYERS, Subject.EMPLOYER)):
        offices = tasks.offices_of(kind.permission, on=today)
        found = _waiting_at(offices, _alike(subject, offices), {})
        changed += renew_counted(kind.code, found, actor=actor, at=at)
    return changed


def _at_offices(rows: Iterable[Counted], offices: Mapping[str, int]) -> Iterator[Waiting]:
    """Add the records up at every office above them: what an office sees there is what its list counts."""
    numbers: dict[str, int] = defaultdict(int)
    first: dict[str, date] = {}
    for path, number, due_on in rows:
        for above in _and_above(path):
            if above in offices:
                numbers[above] += number
                if due_on is not None:
                    first[above] = min(due_on, first.get(above, due_on))
    return _waiting_at(offices, numbers, first)


def _waiting_at(
    offices: Mapping[str, int], numbers: Mapping[str, int], first: Mapping[str, date]
) -> Iterator[Waiting]:
    for path, number in numbers.items():
        yield Waiting(offices[path], path, key=f"unit:{offices[path]}", number=number, due_on=first.get(path))


def _alike(subject: Subject, offices: Mapping[str, int]) -> Mapping[str, int]:
    """Count pairs at every office that reaches one half at least, each pair once."""
    numbers: dict[str, int] = defaultdict(int)
    pairs = Lookalike.objects.standing().filter(subject=subject, state=Lookalike.State.OPEN)
    for paths in pairs.values_list("first_path", "second_path"):
        for above in {each for path in paths for each in _and_above(path)} & offices.keys():
            numbers[above] += 1
    return numbers


def _and_above(path: str) -> Iterator[str]:
    """Yield a path and those it lies below: of ``/1/12/`` also ``/1/``."""
    place = path.find("/", 1)
    while place > 0:
        yield path[: place + 1]
        place = path.find("/", place + 1)


def _terms(today: date) -> Mapping[Standing, list[Counted]]:
    found: dict[Standing, list[Counted]] = defaultdict(list)
    for path, expires_on in terms.last_terms(today).values_list("path", "expires_on"):
        if standing := terms.standing_of(expires_on, on=today):
            found[standing].append((path, 1, expires_on))
    return found


def _unverified(today: date) -> Iterator[Counted]:
    rows = Membership.objects.in_force_on(today).filter(person__verification=Person.Verification.UNVERIFIED)
    for path, number in rows.order_by().values_list("path").annotate(number=Count("pk")):
        yield path, number, None


def _uncovered(today: date) -> Iterator[Counted]:
    covered = Coverage.objects.in_force_on(today).filter(employer_id=OuterRef("pk"))
    rows = Employer.objects.filter(~Exists(covered), business=Employer.Business.OPERATING)
    for path, number in rows.order_by().values_list("path").annotate(number=Count("pk")):
        yield path, number, None
