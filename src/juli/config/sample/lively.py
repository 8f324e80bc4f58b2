"""What makes some records of a sample lively: terms, posts, committees, marks and hazards, by the actions."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from juli.config.sample.district import District
from juli.domains.registry import actions
from juli.domains.registry.actions.offices import CommitteeKind, Office
from juli.domains.registry.facts import Happened
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Person
from juli.kernel.actor import Actor

UNIONS, EMPLOYERS = 150, 150
YEARS = 5
SOURCE = "样例"
FLAG_OF_INDUSTRY = {
    "H62": EmployerFlag.Flag.CATERING,
    "L72": EmployerFlag.Flag.LABOUR_DISPATCH,
    "P83": EmployerFlag.Flag.PRIVATE_SCHOOL,
}
HAZARD_OF_INDUSTRY = {
    "C33": ("打磨工", HazardousPost.Hazard.DUST),
    "C29": ("注塑工", HazardousPost.Hazard.CHEMICAL),
    "C38": ("焊接工", HazardousPost.Hazard.PHYSICAL),
}


def enliven(district: District, *, actor: Actor, at: datetime) -> None:
    """Give some unions their officers and some employers their marks; as many as a visitor will open."""
    for person, union_id, founded_on in _first_members(district):
        _elect(person, union_id, founded_on, actor=actor, at=at)
    since = date(district.year, 1, 1)
    industries = {*FLAG_OF_INDUSTRY, *HAZARD_OF_INDUSTRY}
    for employer in Employer.objects.filter(industry__in=industries).order_by("pk")[:EMPLOYERS]:
        if mark := FLAG_OF_INDUSTRY.get(employer.industry):
            actions.flag_employer(employer.pk, mark=mark, on=since, source=SOURCE, actor=actor, at=at)
        else:
            title, hazard = HAZARD_OF_INDUSTRY[employer.industry]
            actions.report_hazard(
                employer.pk,
                title=title,
                hazard=hazard,
                workers=3 + employer.pk % 20,
                on=since,
                actor=actor,
                at=at,
            )


def _first_members(district: District) -> Iterator[tuple[Person, int, date]]:
    """Yield one member in force of each of the first unions, with the union and its founding day."""
    founded = {
        fact.org_unit_id: (fact.subject_id, fact.occurred_on)
        for fact in Fact.objects.filter(
            kind=Happened.UNION_FOUNDED,
            occurred_on__lt=date(district.year - YEARS, 1, 1),
            payload__level="base",
        )
    }
    gone = set(Fact.objects.filter(kind=Happened.MEMBER_LEFT).values_list("person_id", flat=True))
    seen: set[int] = set()
    for person in Person.objects.filter(employment=Person.Employment.EMPLOYED).order_by("pk"):
        if person.org_unit_id in founded.keys() - seen and person.pk not in gone:
            seen.add(person.org_unit_id)
            yield person, *founded[person.org_unit_id]
        if len(seen) == UNIONS:
            return


def _elect(person: Person, union_id: int, founded_on: date, *, actor: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    terms = (today.year - founded_on.year) // YEARS
    begins_on = founded_on.replace(year=founded_on.year + terms * YEARS, day=min(founded_on.day, 28))
    begins_on = begins_on if begins_on <= today else begins_on.replace(year=begins_on.year - YEARS)
    begins_on = max(begins_on, founded_on)
    actions.begin_term(union_id, begins_on=begins_on, years=YEARS, number=terms + 1, actor=actor, at=at)
    actions.take_post(
        union_id=union_id, person_id=person.pk, office=Office.CHAIR, on=begins_on, actor=actor, at=at
    )
    for kind in (CommitteeKind.AUDIT, CommitteeKind.WOMEN):
        actions.form_committee(union_id=union_id, kind=kind, on=begins_on, actor=actor, at=at)
