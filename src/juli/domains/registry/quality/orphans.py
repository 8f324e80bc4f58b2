"""Records that have lost what they hang on, and terms that have run out."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from juli.domains.registry import listings
from juli.domains.registry.indicators import BASE_UNIONS, MEMBERS, UNIONS
from juli.domains.registry.models import Coverage, Membership, Post, Term, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality.listings import POSTS, TERMS
from juli.domains.registry.quality.wholes import EMPLOYERS, first, in_force, is_covered
from juli.engines import rulebook
from juli.engines.indicator.declarations import Records, Stock
from juli.engines.indicator.measures import Count, CountDistinct
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit

FOUNDING: Final = "registry.founding_expected_employees"


def _at_an_ended_union(day: date) -> Q:
    return Q(org_unit_id__in=Union.objects.filter(ended_on__lte=day).values("org_unit_id"))


def _without_members(day: date) -> Q:
    below = Membership.objects.filter(
        in_force(day),
        path__gte=OuterRef("path"),
        path__lt=Concat(OuterRef("path"), Value("~")),
    )
    return Q(~Exists(below))


def _to_organise(day: date) -> Q:
    fewest = rulebook.rule(FOUNDING, on=day).whole()
    return Q(employees__gte=fewest) & ~Q(is_covered(day))


def _is_overdue(day: date) -> Q:
    terms = Term.objects.filter(union_id=OuterRef("pk"))
    return Q(Exists(terms.filter(expires_on__lte=day))) & ~Q(Exists(terms.filter(expires_on__gt=day)))


def _of_ended_unions(day: date) -> Records:
    ended = Union.objects.filter(ended_on__lte=day)
    return Coverage.objects.in_force_on(day).filter(union_id__in=ended.values("pk"))


def _posts_of_departed(day: date) -> "QuerySet[Post]":
    segments = Membership.objects.filter(person_id=OuterRef("person_id"), org_unit_id=OuterRef("org_unit_id"))
    # At this very union and not anywhere: whoever sees the post sees these segments, and no others.
    return (
        Post.objects.in_force_on(day)
        .filter(Q(union__ended_on__isnull=True) | Q(union__ended_on__gt=day))
        .filter(Exists(segments.filter(valid_until__lte=day)))
        .exclude(Exists(segments.filter(in_force(day))))
    )


MEMBERS_OF_ENDED_UNIONS: Final = Stock(
    code="registry.members_of_ended_unions",
    label="会籍仍在已终止工会的会员数",
    unit=Unit.PERSON,
    formula="截止日会籍所在工会已经终止的会员，去重计数",
    source="工会法(2021)第十三条；会籍管理办法(2016)第三条",
    versions=first(
        "截止日持有会籍、而会籍所在工会已经撤销或并入其他工会的人，应转入其他工会或保留会籍。按人去重。"
    ),
    permission=Permission.SEE,
    records=Among(MEMBERS, _at_an_ended_union),
    measure=MEMBERS.measure,
    evidence=listings.MEMBERSHIPS,
)
UNIONS_WITHOUT_MEMBERS: Final = Stock(
    code="registry.unions_without_members",
    label="没有会员的基层工会数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日本级及以下没有一名会员的存续基层工会，逐家计数",
    source="工会法(2021)第三条、第十一条",
    versions=first("截止日存续、连同分工会和工会小组没有一个有效会籍的基层工会。"),
    permission=Permission.SEE,
    records=Among(BASE_UNIONS, _without_members),
    measure=Count(),
    evidence=listings.UNIONS,
)
COVERED_BY_ENDED_UNIONS: Final = Stock(
    code="registry.covered_by_ended_unions",
    label="仍由已终止工会覆盖的单位数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日覆盖关系未解除、而工会已经终止的单位，去重计数",
    source="工会法(2021)第十三条；工会统计口径：涵盖单位",
    versions=first(
        "截止日仍登记由已经撤销或并入其他工会的工会覆盖的单位，应解除覆盖或改由其他工会覆盖。按单位去重。"
    ),
    permission=Permission.SEE,
    records=_of_ended_unions,
    measure=CountDistinct("employer_id"),
    evidence=listings.COVERAGES,
)
EMPLOYERS_TO_ORGANISE: Final = Stock(
    code="registry.employers_to_organise",
    label="达到规模仍无工会的单位数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日最近一次职工人数达到规定人数、没有工会覆盖的登记单位，逐家计数",
    source="工会法(2021)第十一条；docs/rules.md#registry-founding-expected-employees",
    versions=first(
        "截止日登记单位中，最近一次上报的职工人数达到规定人数、又没有存续工会覆盖的。"
        "人数见规则 registry.founding_expected_employees；从未上报职工人数的不计。"
    ),
    permission=Permission.SEE,
    dimensions=EMPLOYERS.dimensions,
    records=Among(EMPLOYERS, _to_organise),
    measure=Count(),
    evidence=EMPLOYERS.evidence,
)
POSTS_OF_DEPARTED: Final = Stock(
    code="registry.posts_of_departed",
    label="任职人已离开本工会的职务数",
    unit=Unit.THING,
    formula="截止日未离任、而任职人会籍已不在本工会的职务，逐个计数",
    source="工会法(2021)第九条、第十八条；会籍管理办法(2016)第三条",
    versions=first(
        "截止日登记为在任、而任职人在本工会的会籍已经终止（转出、退会、除名、去世）的职务，应办理离任或补选。"
        "会籍本来不在本工会的专职和社会化工作人员不计。"
    ),
    permission=Permission.SEE,
    records=_posts_of_departed,
    measure=Count(),
    evidence=POSTS,
)
TERMS_OVERDUE: Final = Stock(
    code="registry.terms_overdue",
    label="届满未换届的工会数",
    unit=Unit.THING,
    formula="截止日最近一届已经届满、没有新一届的存续工会，逐个计数",
    source="工会法(2021)第十六条；工会基层组织选举工作条例关于换届选举的规定",
    versions=first("截止日存续、登记过届期、而所有届期都已届满的工会。从未登记届期的另计为缺届期。"),
    permission=Permission.SEE,
    dimensions=UNIONS.dimensions,
    records=Among(UNIONS, _is_overdue),
    measure=Count(),
    evidence=TERMS,
)
ORPHANS: Final = (
    MEMBERS_OF_ENDED_UNIONS,
    UNIONS_WITHOUT_MEMBERS,
    COVERED_BY_ENDED_UNIONS,
    EMPLOYERS_TO_ORGANISE,
    POSTS_OF_DEPARTED,
)
