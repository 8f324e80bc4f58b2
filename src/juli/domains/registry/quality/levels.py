"""Where the three levels below the district have gaps: towns, villages and unions, and posts nobody holds."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from juli.domains.registry import listings
from juli.domains.registry.indicators import UNIONS
from juli.domains.registry.models import Committee, Post, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality.listings import UNITS
from juli.domains.registry.quality.wholes import first, in_force, standing
from juli.engines.indicator.declarations import Stock
from juli.engines.indicator.measures import Count
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit
from juli.engines.scope.models import OrgUnit

THREE_LEVELS: Final = "工会法(2021)第十一条；小三级工会组织体系：镇（街）—村（社区）—企业"
WOMENS_BODIES: Final = (Committee.Kind.WOMEN, Committee.Kind.WOMEN_COMMISSIONER)


def _places(day: date) -> "QuerySet[OrgUnit]":
    return OrgUnit.objects.open_on(day).filter(kind__in=(Union.Level.TOWN, Union.Level.VILLAGE))


def _without_union(level: Union.Level) -> Callable[[date], Q]:
    def condition(day: date) -> Q:
        unions = Union.objects.filter(standing(day, prefix=""), org_unit_id=OuterRef("pk"))
        return Q(kind=level.value) & ~Q(Exists(unions))

    return condition


def _without_base_union(level: Union.Level) -> Callable[[date], Q]:
    def condition(day: date) -> Q:
        below = Union.objects.filter(
            standing(day, prefix=""),
            level=Union.Level.BASE,
            path__gt=OuterRef("path"),
            path__lt=Concat(OuterRef("path"), Value("~")),
        )
        return Q(level=level) & ~Q(Exists(below))

    return condition


def _without_village(day: date) -> Q:
    below = Union.objects.filter(
        standing(day, prefix=""),
        level__in=(Union.Level.VILLAGE, Union.Level.PARK),
        path__gt=OuterRef("path"),
        path__lt=Concat(OuterRef("path"), Value("~")),
    )
    return Q(level=Union.Level.TOWN) & ~Q(Exists(below))


def _without_holder(offices: Sequence[Post.Office]) -> Callable[[date], Q]:
    def condition(day: date) -> Q:
        holders = Post.objects.filter(in_force(day), union_id=OuterRef("pk"), office__in=offices)
        return ~Q(Exists(holders))

    return condition


def _without_committee(kinds: Sequence[Committee.Kind]) -> Callable[[date], Q]:
    def condition(day: date) -> Q:
        committees = Committee.objects.filter(in_force(day), union_id=OuterRef("pk"), kind__in=kinds)
        return ~Q(Exists(committees))

    return condition


PLACES: Final = Stock(
    code="registry.places",
    label="镇街和村社区数",
    unit=Unit.THING,
    formula="截止日组织架构中启用的镇（街）和村（社区），逐个计数",
    source=THREE_LEVELS,
    versions=first("截止日在组织架构中启用的镇（街）和村（社区），不论是否已经建立工会。"),
    permission=Permission.SEE,
    records=_places,
    measure=Count(),
    evidence=UNITS,
)


def _place(code: str, level: Union.Level, *, label: str, noun: str) -> Stock:
    return Stock(
        code=f"registry.{code}",
        label=label,
        unit=Unit.THING,
        formula=f"截止日组织架构中没有存续工会的{noun}，逐个计数",
        source=THREE_LEVELS,
        versions=first(f"截止日在组织架构中启用、而没有存续工会的{noun}。"),
        permission=Permission.SEE,
        records=Among(PLACES, _without_union(level)),
        measure=Count(),
        evidence=UNITS,
    )


def _among_unions(
    code: str, label: str, definition: str, condition: Callable[[date], Q], *, source: str = THREE_LEVELS
) -> Stock:
    return Stock(
        code=f"registry.{code}",
        label=label,
        unit=Unit.THING,
        formula=f"截止日{definition}，逐个计数",
        source=source,
        versions=first(f"截止日{definition}；分工会和工会小组不计。"),
        permission=Permission.SEE,
        dimensions=UNIONS.dimensions,
        records=Among(UNIONS, condition),
        measure=Count(),
        evidence=listings.UNIONS,
    )


TOWNS_WITHOUT_UNION: Final = _place(
    "towns_without_union", Union.Level.TOWN, label="没有总工会的镇街数", noun="镇（街）"
)
VILLAGES_WITHOUT_UNION: Final = _place(
    "villages_without_union", Union.Level.VILLAGE, label="没有工会联合会的村社区数", noun="村（社区）"
)
TOWNS_WITHOUT_VILLAGE: Final = _among_unions(
    "towns_without_village",
    "之下没有村级工会的镇街数",
    "之下没有村（社区）或园区工会联合会的镇街总工会",
    _without_village,
)
VILLAGES_WITHOUT_BASE_UNION: Final = _among_unions(
    "villages_without_base_union",
    "之下没有基层工会的村社区数",
    "之下没有基层工会的村（社区）工会联合会",
    _without_base_union(Union.Level.VILLAGE),
)
WITHOUT_CHAIR: Final = _among_unions(
    "unions_without_chair", "主席空缺的工会数", "没有在任主席的存续工会",
    _without_holder((Post.Office.CHAIR,)),
    source="中国工会章程关于各级委员会的规定",
)  # fmt: skip
WITHOUT_TREASURER: Final = _among_unions(
    "unions_without_treasurer", "财务负责人空缺的工会数", "没有在任财务负责人的存续工会",
    _without_holder((Post.Office.TREASURER,)),
    source="工会法(2021)第四十五条；基层工会经费收支管理办法关于财务人员的规定",
)  # fmt: skip
WITHOUT_WOMENS_BODY: Final = _among_unions(
    "unions_without_womens_body", "未建女职工组织的工会数", "没有女职工委员会、也没有女职工委员的存续工会",
    _without_committee(WOMENS_BODIES),
    source="工会法(2021)第十一条",
)  # fmt: skip
WITHOUT_AUDIT: Final = _among_unions(
    "unions_without_audit", "未建经审组织的工会数", "没有经费审查委员会的存续工会",
    _without_committee((Committee.Kind.AUDIT,)),
    source="工会法(2021)第四十五条",
)  # fmt: skip
GAPS: Final = (
    TOWNS_WITHOUT_UNION,
    VILLAGES_WITHOUT_UNION,
    TOWNS_WITHOUT_VILLAGE,
    VILLAGES_WITHOUT_BASE_UNION,
    WITHOUT_CHAIR,
    WITHOUT_TREASURER,
    WITHOUT_WOMENS_BODY,
    WITHOUT_AUDIT,
)
