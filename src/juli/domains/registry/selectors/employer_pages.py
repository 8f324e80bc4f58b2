"""Everything that the page of one employer shows, as values."""

from dataclasses import dataclass
from datetime import date

from juli.domains.registry.models import Coverage
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling
from juli.domains.registry.selectors.employers import rows_of
from juli.domains.registry.selectors.lineage import Ancestor, lineage_of
from juli.domains.registry.selectors.rows import EmployerRow
from juli.engines.party.models import Employer
from juli.engines.party.particulars import Business
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """Which union stood for an employer, and when; the name is empty out of reach (覆盖沿革)."""

    id: int
    union_id: int
    union_name: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class HeadcountOn:
    """How many people worked for an employer on a day (职工人数)."""

    id: int
    counted_on: date
    employees: int
    migrant_workers: int | None
    women: int | None
    source: str


@dataclass(frozen=True, slots=True)
class MarkBorne:
    """A mark that an employer bears or bore (单位标识)."""

    id: int
    mark: str
    label: str
    source: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class HazardAt:
    """A post at an employer that exposes workers to a hazard (有害岗位)."""

    id: int
    title: str
    hazard: str
    hazard_label: str
    workers: int
    is_checked_by_employer: bool | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """What the page of an employer shows (单位详情)."""

    row: EmployerRow
    details: Business
    territory_id: int
    source: str
    registered_on: date
    lineage: tuple[Ancestor, ...]
    coverages: tuple[CoveredBy, ...]
    headcounts: tuple[HeadcountOn, ...]
    marks: tuple[MarkBorne, ...]
    hazards: tuple[HazardAt, ...]


def employer_page(employer_id: int, *, actor: Actor, on: date) -> EmployerPage:
    """
    Return what there is to show of an employer on a day.

    :raises NotFound: it is out of reach.
    """
    within = Employer.objects.within_reach_of(actor, Permission.SEE).defer("name_bigrams")
    employer = within.filter(pk=employer_id).first()
    if employer is None:
        raise NotFound
    return EmployerPage(
        row=rows_of([employer], on=on)[0],
        details=_details(employer),
        territory_id=employer.territory_id,
        source=employer.source,
        registered_on=employer.registered_on,
        lineage=lineage_of(employer.org_unit_id),
        coverages=_coverages(employer),
        headcounts=_headcounts(employer),
        marks=_marks(employer),
        hazards=_hazards(employer),
    )


def _details(employer: Employer) -> Business:
    return Business(
        name=employer.name,
        ownership=Employer.Ownership(employer.ownership),
        industry=employer.industry,
        address=employer.address,
        business=Employer.Business(employer.business),
        business_as_of=employer.business_as_of,
    )


def _coverages(employer: Employer) -> tuple[CoveredBy, ...]:
    rows = list(Coverage.objects.filter(employer_id=employer.pk).order_by("-valid_from", "-pk"))
    names = labelling.unions_at(row.org_unit_id for row in rows)
    return tuple(
        CoveredBy(
            row.pk,
            row.union_id,
            names[row.org_unit_id].name if row.org_unit_id in names else "",
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    )


def _headcounts(employer: Employer) -> tuple[HeadcountOn, ...]:
    return tuple(
        HeadcountOn(row.pk, row.counted_on, row.employees, row.migrant_workers, row.women, row.source)
        for row in employer.headcounts.order_by("-counted_on", "-pk")
    )


def _marks(employer: Employer) -> tuple[MarkBorne, ...]:
    return tuple(
        MarkBorne(row.pk, row.flag, row.get_flag_display(), row.source, row.valid_from, row.valid_until)
        for row in employer.flags.order_by("-valid_from", "-pk")
    )


def _hazards(employer: Employer) -> tuple[HazardAt, ...]:
    return tuple(
        HazardAt(
            row.pk,
            row.title,
            row.hazard,
            row.get_hazard_display(),
            row.workers,
            row.is_checked_by_employer,
            row.valid_from,
            row.valid_until,
        )
        for row in employer.hazardous_posts.order_by("-valid_from", "-pk")
    )
