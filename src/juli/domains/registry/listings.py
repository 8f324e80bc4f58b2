"""How the records of the registry are listed as evidence of a figure, and where each is opened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import NoReverseMatch, reverse

from juli.domains.registry.models import Committee, Coverage, Membership, Union
from juli.engines.facts.models import Fact
from juli.engines.indicator.evidence import EvidenceColumns, Heading, Line
from juli.engines.party import merged
from juli.engines.party.models import Employer, Person, Subject
from juli.kernel.period import beijing_day

BEYOND_REACH = "（不在您的管理范围内）"


def _address(name: str, number: int | None) -> str:
    """Return where a record is opened; nothing where there is no such page or record."""
    if number is None:
        return ""
    try:
        return reverse(f"registry:{name}", args=[number])
    except NoReverseMatch:
        return ""


def _named(names: Mapping[int, str], number: int | None) -> str:
    return "" if number is None else names.get(number, BEYOND_REACH)


def _union_names(units: Iterable[int]) -> dict[int, str]:
    return dict(Union.objects.filter(org_unit_id__in=set(units)).values_list("org_unit_id", "name"))


def _person_names(numbers: Iterable[int | None]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in={each for each in numbers if each}).values_list("pk", "name"))


def _names_today(numbers: Iterable[int | None]) -> tuple[dict[int, str], dict[int, int]]:
    """Return the names of persons by the numbers of the day, and who stands for those merged since."""
    wanted = {each for each in numbers if each}
    kept = merged.standing_for(Subject.PERSON, wanted)
    names = _person_names(kept.get(each, each) for each in wanted)
    return {each: names[now] for each in wanted if (now := kept.get(each, each)) in names}, kept


def _employer_names(numbers: Iterable[int | None]) -> dict[int, str]:
    return dict(Employer.objects.filter(pk__in={each for each in numbers if each}).values_list("pk", "name"))


def _recorded_on(fact: Fact) -> date:
    return beijing_day(fact.recorded_at)


def _unions(rows: Sequence[Union]) -> list[Line]:
    return [
        Line(
            (row.name, row.get_level_display(), row.get_form_display(), row.approved_on),
            href=_address("union", row.pk),
        )
        for row in rows
    ]


def _coverages(rows: Sequence[Coverage]) -> list[Line]:
    employers = _employer_names(row.employer_id for row in rows)
    unions = _union_names(row.org_unit_id for row in rows)
    return [
        Line(
            (_named(employers, row.employer_id), _named(unions, row.org_unit_id), row.valid_from),
            href=_address("employer", row.employer_id if row.employer_id in employers else None),
        )
        for row in rows
    ]


def _memberships(rows: Sequence[Membership]) -> list[Line]:
    persons = _person_names(row.person_id for row in rows)
    unions = _union_names(row.org_unit_id for row in rows)
    return [
        Line(
            (
                _named(persons, row.person_id),
                row.number,
                _named(unions, row.org_unit_id),
                row.get_standing_display(),
                row.joined_on,
            ),
            href=_address("member", row.person_id if row.person_id in persons else None),
        )
        for row in rows
    ]


def _committees(rows: Sequence[Committee]) -> list[Line]:
    unions = _union_names(row.org_unit_id for row in rows)
    return [
        Line(
            (_named(unions, row.org_unit_id), row.get_kind_display(), row.valid_from),
            href=_address("union", row.union_id),
        )
        for row in rows
    ]


def _foundings(rows: Sequence[Fact]) -> list[Line]:
    unions = {union.pk: union for union in Union.objects.filter(pk__in={row.subject_id for row in rows})}
    lines = []
    for row in rows:
        union = unions.get(row.subject_id)
        name = BEYOND_REACH if union is None else union.name
        number = "" if union is None else union.approval_number
        lines.append(
            Line(
                (name, number, row.occurred_on, _recorded_on(row)),
                href=_address("union", union.pk if union else None),
            )
        )
    return lines


def _admissions(rows: Sequence[Fact]) -> list[Line]:
    persons, kept = _names_today(row.person_id for row in rows)
    unions = _union_names(row.org_unit_id for row in rows)
    return [
        Line(
            (
                _named(persons, row.person_id),
                _named(unions, row.org_unit_id),
                row.occurred_on,
                _recorded_on(row),
            ),
            href=_address(
                "member", kept.get(row.person_id, row.person_id) if row.person_id in persons else None
            ),
        )
        for row in rows
    ]


UNIONS = EvidenceColumns(
    noun="工会",
    headings=(Heading("工会"), Heading("层级"), Heading("建会形式"), Heading("批准日期")),
    order=("path", "pk"),
    lines=_unions,
)
COVERAGES = EvidenceColumns(
    noun="覆盖关系",
    headings=(Heading("单位"), Heading("工会"), Heading("覆盖起")),
    order=("path", "valid_from", "pk"),
    lines=_coverages,
)
MEMBERSHIPS = EvidenceColumns(
    noun="会籍",
    headings=(Heading("会员"), Heading("会员号"), Heading("工会"), Heading("会籍状态"), Heading("入会日期")),
    order=("path", "valid_from", "pk"),
    lines=_memberships,
)
COMMITTEES = EvidenceColumns(
    noun="专门委员会",
    headings=(Heading("工会"), Heading("类别"), Heading("设立日期")),
    order=("path", "pk"),
    lines=_committees,
)
FOUNDINGS = EvidenceColumns(
    noun="成立工会的记录",
    headings=(Heading("工会"), Heading("批复文号"), Heading("批准日期"), Heading("记录日期")),
    order=("path", "occurred_on", "id"),
    lines=_foundings,
)
ADMISSIONS = EvidenceColumns(
    noun="入会记录",
    headings=(Heading("会员"), Heading("工会"), Heading("入会日期"), Heading("记录日期")),
    order=("path", "occurred_on", "id"),
    lines=_admissions,
)
