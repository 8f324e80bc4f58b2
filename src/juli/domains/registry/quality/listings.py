"""How employers, posts, coverages and units are listed, so that a list can be worked through."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.urls import reverse

from juli.domains.registry.listings import BEYOND_REACH
from juli.domains.registry.models import Membership, Post, Term, Union
from juli.engines.indicator.evidence import EvidenceColumns, Heading, Line
from juli.engines.party.models import Person
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import beijing_day


def _unit_names(numbers: Iterable[int | None]) -> dict[int, str]:
    return dict(OrgUnit.objects.filter(pk__in={each for each in numbers if each}).values_list("pk", "name"))


def _employers(rows: Sequence[Any]) -> list[Line]:  # Any: employers with the count of their employees
    territories = _unit_names(row.territory_id for row in rows)
    return [
        Line(
            (
                row.name,
                row.uscc,
                row.get_ownership_display(),
                getattr(row, "employees", None),
                territories.get(row.territory_id, BEYOND_REACH),
            ),
            href=reverse("registry:employer", args=[row.pk]),
        )
        for row in rows
    ]


def _posts(rows: Sequence[Post]) -> list[Line]:
    persons = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    unions = dict(Union.objects.filter(pk__in={row.union_id for row in rows}).values_list("pk", "name"))
    return [
        Line(
            (
                unions.get(row.union_id, BEYOND_REACH),
                row.get_office_display(),
                persons.get(row.person_id, BEYOND_REACH),
                row.valid_from,
            ),
            href=reverse("registry:union", args=[row.union_id]),
        )
        for row in rows
    ]


def _units(rows: Sequence[OrgUnit]) -> list[Line]:
    above = _unit_names(row.parent_id for row in rows)
    unions = dict(
        Union.objects.filter(org_unit_id__in={row.pk for row in rows}).values_list("org_unit_id", "pk")
    )
    return [
        Line(
            (row.name, row.code, above.get(row.parent_id or 0, ""), row.opened_on),
            href=reverse("registry:union", args=[unions[row.pk]]) if row.pk in unions else "",
        )
        for row in rows
    ]


def _terms(rows: Sequence[Union]) -> list[Line]:
    terms = Term.objects.filter(union_id__in={row.pk for row in rows}).values_list("union_id")
    last = dict(terms.annotate(last=Max("expires_on")).order_by())
    return [
        Line(
            (row.name, row.get_level_display(), last.get(row.pk)),
            href=reverse("registry:union", args=[row.pk]),
        )
        for row in rows
    ]


def _mobiles(rows: Sequence[Membership]) -> list[Line]:
    persons = Person.objects.only("name", "mobile_shown", "verified_on", "updated_at").in_bulk(
        {row.person_id for row in rows}
    )
    unions = dict(
        Union.objects.filter(org_unit_id__in={row.org_unit_id for row in rows}).values_list(
            "org_unit_id", "name"
        )
    )
    return [
        _of_mobile(persons.get(row.person_id), union=unions.get(row.org_unit_id, BEYOND_REACH))
        for row in rows
    ]


def _of_mobile(person: Person | None, *, union: str) -> Line:
    if person is None:
        return Line((BEYOND_REACH, "", union, None, None))
    return Line(
        (person.name, person.mobile_shown, union, person.verified_on, beijing_day(person.updated_at)),
        href=reverse("registry:member", args=[person.pk]),
    )


EMPLOYERS = EvidenceColumns(
    noun="单位",
    headings=(
        Heading("单位"),
        Heading("统一社会信用代码"),
        Heading("经济类型"),
        Heading("职工人数", is_number=True),
        Heading("所在镇街或村社区"),
    ),
    order=("path", "pk"),
    lines=_employers,
)
POSTS = EvidenceColumns(
    noun="任职",
    headings=(Heading("工会"), Heading("职务"), Heading("任职人"), Heading("任职起")),
    order=("path", "pk"),
    lines=_posts,
)
UNITS = EvidenceColumns(
    noun="组织",
    headings=(Heading("组织"), Heading("编码"), Heading("上级组织"), Heading("启用日期")),
    order=("path", "pk"),
    lines=_units,
)
TERMS = EvidenceColumns(
    noun="届期",
    headings=(Heading("工会"), Heading("层级"), Heading("最近一届届满")),
    order=("path", "pk"),
    lines=_terms,
)
MOBILES = EvidenceColumns(
    noun="手机号码",
    headings=(
        Heading("会员"),
        Heading("手机号码"),
        Heading("工会"),
        Heading("核验日期"),
        Heading("最近更新"),
    ),
    order=("path", "valid_from", "pk"),
    lines=_mobiles,
)
