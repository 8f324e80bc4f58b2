"""Figures of unions, the employers they cover, and members."""

from datetime import date

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When

from juli.domains.registry import listings
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Coverage, Membership, Union
from juli.domains.registry.permissions import Permission
from juli.engines.indicator.declarations import (
    AllBut,
    AnyIndicator,
    Dimension,
    Flow,
    Partition,
    Ratio,
    Records,
    Stock,
    Term,
    Version,
)
from juli.engines.indicator.measures import Count, CountDistinct
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit
from juli.engines.party.models import Employer, Person, Subject

JOINT = "joint"
FIRST_USED = date(2018, 1, 1)
TIERS = {
    Union.Level.TOWN: "town",
    Union.Level.VILLAGE: "village",
    Union.Level.PARK: "village",
    Union.Level.BASE: "employer",
}
"""The three levels below the district: town, village (a park stands on its level), employer."""

LEVELS = tuple(level for level in Union.Level if level not in (Union.Level.SUB, Union.Level.GROUP))
"""The levels that have a committee of their own; branches and groups below a base union have none."""

UNION_KINDS = (
    Happened.UNION_FOUNDED, Happened.UNION_CORRECTED, Happened.UNION_MOVED, Happened.UNION_MERGED,
    Happened.UNION_DISSOLVED,
)  # fmt: skip
COVERAGE_KINDS = (
    *UNION_KINDS, Happened.COVERAGE_BEGUN, Happened.COVERAGE_ENDED, Happened.ENTRY_CORRECTED,
    Happened.EMPLOYER_MERGED, Happened.EMPLOYER_PARTED,
)  # fmt: skip
CAREER_KINDS = (
    Happened.MEMBER_ADMITTED, Happened.MEMBER_TRANSFERRED_OUT, Happened.MEMBER_TRANSFERRED_IN,
    Happened.MEMBERSHIP_RETAINED, Happened.MEMBERSHIP_RESUMED, Happened.MEMBER_LEFT,
    Happened.MEMBER_EXPELLED, Happened.MEMBER_DIED, Happened.MEMBERSHIP_CORRECTED, Happened.UNION_MOVED,
    Happened.PERSON_MERGED, Happened.PERSON_PARTED,
)  # fmt: skip

PERSONS = CountDistinct("person_id", once=Q(valid_until__isnull=True))
"""Of segments that have not ended, the database lets a person have one (registry_membership_one_in_force)."""


def _class_labels() -> dict[str, str]:
    return {code: str(label) for code, label in Employer.Ownership.choices} | {JOINT: "联合组建"}


def _by_class(expression: Term) -> Dimension:
    return Dimension("employer_class", "单位经济类型", expression, _class_labels)


OF_A_UNION = _by_class(
    Case(
        When(form=Union.Form.JOINT, then=Value(JOINT)), default=F("employer_class"), output_field=CharField()
    )
)
OF_A_LEVEL = Dimension(
    "level", "工会层级", F("level"), lambda: {level.value: str(level.label) for level in LEVELS}
)
OF_A_FOUNDING = _by_class(
    Case(When(payload__form=JOINT, then=Value(JOINT)), default=F("category"), output_field=CharField())
)
OF_AN_ADMISSION = _by_class(F("category"))
OF_A_MEMBERSHIP = _by_class(F("employer_class"))
OF_STANDING = Dimension(
    "standing",
    "会籍状态",
    F("standing"),
    lambda: {code: str(label) for code, label in Membership.Standing.choices},
)
# A sub-query and not a join: an employer covered in two towns is registered in one of them, and the
# other town, which cannot open its record, must not lose the coverage from its own figure.
OF_A_COVERAGE = _by_class(
    Subquery(
        Employer.objects.filter(pk=OuterRef("employer_id")).values("ownership")[:1], output_field=CharField()
    )
)


def _unions(day: date) -> "QuerySet[Union]":
    return Union.objects.in_force_on(day).filter(level__in=LEVELS)


def _base(_day: date) -> Q:
    return Q(level=Union.Level.BASE)


def _tiers(day: date) -> "QuerySet[Union]":
    tier = Case(
        *(When(level=level, then=Value(tier)) for level, tier in TIERS.items()), output_field=CharField()
    )
    return Union.objects.in_force_on(day).filter(level__in=TIERS).annotate(tier=tier)


def _of_unions_in_force(day: date) -> Q:
    return Q(union__approved_on__lte=day) & (Q(union__ended_on__isnull=True) | Q(union__ended_on__gt=day))


def _coverages(day: date) -> Records:
    return Coverage.objects.filter(_of_unions_in_force(day)).in_force_on(day)


def _memberships(day: date) -> "QuerySet[Membership]":
    return Membership.objects.in_force_on(day)


def _members_counted(reach: Q, day: date) -> tuple[int, int]:
    return Membership.objects.filter(reach).tallied_on(day)


def _active(day: date) -> "QuerySet[Membership]":
    return _memberships(day).filter(standing=Membership.Standing.ACTIVE)


def _retained(day: date) -> "QuerySet[Membership]":
    return _memberships(day).filter(standing=Membership.Standing.RETAINED)


def _verified(day: date) -> Q:
    return Q(person__verification=Person.Verification.VERIFIED, person__verified_on__lte=day)


def _not_verified(day: date) -> "QuerySet[Membership]":
    # Without a join's outer side: each half is a look into an index, however many persons there are.
    verified_later = Q(person__verified_on__gt=day)
    others = [each for each in Person.Verification if each is not Person.Verification.VERIFIED]
    return _memberships(day).filter(verified_later | Q(person__verification__in=others))


def _women_committees(day: date) -> Records:
    kinds = (Committee.Kind.WOMEN, Committee.Kind.WOMEN_COMMISSIONER)
    return Committee.objects.filter(
        _of_unions_in_force(day), union__level=Union.Level.BASE, kind__in=kinds
    ).in_force_on(day)


def _first(definition: str) -> tuple[Version, ...]:
    return (Version(1, FIRST_USED, definition),)


UNIONS = Stock(
    code="registry.unions",
    label="工会组织数",
    unit=Unit.THING,
    formula="截止日存续的区、镇街、村社区、园区、行业和基层工会，逐个计数",
    source="工会法(2021)第十一条、第十二条",
    versions=_first("截止日存续、设有委员会的各级工会组织；分工会和工会小组不计。"),
    permission=Permission.SEE,
    dimensions=(OF_A_LEVEL,),
    records=_unions,
    measure=Count(),
    evidence=listings.UNIONS,
    moved_by=UNION_KINDS,
)
BASE_UNIONS = Stock(
    code="registry.base_unions",
    label="基层工会数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日存续的基层工会逐家计数",
    source="工会统计口径；工会法(2021)第十一条、第十二条",
    versions=_first(
        "截止日已经上一级工会批准成立、尚未撤销或并入其他工会的基层工会。单独组建和联合组建各算一家，"
        "联合基层工会不论涵盖多少单位都只算一家；分工会和工会小组不计。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_A_UNION,),
    records=Among(UNIONS, _base),
    measure=Count(),
    evidence=listings.UNIONS,
    moved_by=UNION_KINDS,
)
COVERED_EMPLOYERS = Stock(
    code="registry.covered_employers",
    label="涵盖单位数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日与存续工会有覆盖关系的单位，去重计数",
    source="工会统计口径：基层工会数与涵盖单位数分列",
    versions=_first(
        "截止日由存续工会覆盖的用人单位，按单位去重：一家单位同时由两个工会覆盖，只算一家。"
        "经济类型以单位现登记为准。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_A_COVERAGE,),
    records=_coverages,
    measure=CountDistinct("employer_id"),
    evidence=listings.COVERAGES,
    moved_by=COVERAGE_KINDS,
)
MEMBERS = Stock(
    code="registry.members",
    label="会员数",
    unit=Unit.PERSON,
    formula="截止日有有效会籍的人，去重计数",
    source="会籍管理办法(2016)第三条；中国工会章程关于保留会籍的规定",
    versions=_first("截止日持有会籍的人，含保留会籍；转出途中、退会、除名和去世的不计。按人去重。"),
    permission=Permission.SEE,
    dimensions=(OF_A_MEMBERSHIP, OF_STANDING),
    records=_memberships,
    counted=_members_counted,
    measure=PERSONS,
    evidence=listings.MEMBERSHIPS,
    moved_by=CAREER_KINDS,
)
ACTIVE_MEMBERS = Stock(
    code="registry.active_members",
    label="在籍会员数",
    unit=Unit.PERSON,
    formula="截止日会籍状态为在籍的人，去重计数",
    source="会籍管理办法(2016)第三条",
    versions=_first("截止日会籍状态为“在籍”的人，不含保留会籍。按人去重。"),
    permission=Permission.SEE,
    dimensions=(OF_A_MEMBERSHIP,),
    records=_active,
    measure=PERSONS,
    evidence=listings.MEMBERSHIPS,
    moved_by=CAREER_KINDS,
)
RETAINED_MEMBERS = Stock(
    code="registry.retained_members",
    label="保留会籍人数",
    unit=Unit.PERSON,
    formula="截止日会籍状态为保留会籍的人，去重计数",
    source="中国工会章程关于保留会籍的规定",
    versions=_first(
        "截止日会籍状态为“保留会籍”的人，如退休、失业和单位终止后会籍由上级工会保留的会员。按人去重。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_A_MEMBERSHIP,),
    records=_retained,
    measure=PERSONS,
    evidence=listings.MEMBERSHIPS,
    moved_by=CAREER_KINDS,
)
MEMBER_PARTITION = Partition(
    code="registry.member_partition",
    label="会员构成",
    unit=Unit.PERSON,
    formula="在籍 ＋ 保留会籍 ＝ 会员",
    source="会籍管理办法(2016)第三条",
    versions=_first("截止日的会员按会籍状态分为在籍和保留会籍两部分，两部分之和应等于会员数。"),
    permission=Permission.SEE,
    whole=MEMBERS,
    parts=(ACTIVE_MEMBERS, RETAINED_MEMBERS),
)
NEW_UNIONS = Flow(
    code="registry.new_unions",
    label="新建基层工会数",
    unit=Unit.ESTABLISHMENT,
    formula="期内批准成立且期末存续的基层工会，去重计数",
    source="工会法(2021)第十二条；工会统计口径：本期批准成立",
    versions=_first(
        "报告期内经上一级工会批准成立的基层工会，按批准日期计入；期末前已撤销或并入其他工会的不计，"
        "冲销的登记不计。所属镇街按批准当日的隶属关系。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_A_FOUNDING,),
    beside=("registry.founded_unions",),
    kinds=(Happened.UNION_FOUNDED,),
    where=Q(payload__level=Union.Level.BASE.value),
    unless_followed_by=(Happened.UNION_DISSOLVED, Happened.UNION_MERGED),
    measure=CountDistinct("subject_id"),
    evidence=listings.FOUNDINGS,
)
FOUNDED_UNIONS = Flow(
    code="registry.founded_unions",
    label="批准成立基层工会数",
    unit=Unit.ESTABLISHMENT,
    formula="期内批准成立的基层工会，去重计数",
    source="工会法(2021)第十二条",
    versions=_first("报告期内经上一级工会批准成立的基层工会，不论期末是否仍然存续；冲销的登记不计。"),
    permission=Permission.SEE,
    dimensions=(OF_A_FOUNDING,),
    beside=("registry.new_unions",),
    kinds=(Happened.UNION_FOUNDED,),
    where=Q(payload__level=Union.Level.BASE.value),
    measure=CountDistinct("subject_id"),
    evidence=listings.FOUNDINGS,
)
NEW_MEMBERS = Flow(
    code="registry.new_members",
    label="发展会员数",
    unit=Unit.PERSON,
    formula="期内入会的人，去重计数",
    source="会籍管理办法(2016)第三条",
    versions=_first("报告期内批准入会的人，按人去重；转入、恢复在籍不是入会，不计；冲销的登记不计。"),
    permission=Permission.SEE,
    dimensions=(OF_AN_ADMISSION,),
    beside=("registry.new_migrant_members",),
    kinds=(Happened.MEMBER_ADMITTED,),
    measure=CountDistinct("person_id", of=Subject.PERSON),
    evidence=listings.ADMISSIONS,
)
NEW_MIGRANT_MEMBERS = Flow(
    code="registry.new_migrant_members",
    label="发展农民工会员数",
    unit=Unit.PERSON,
    formula="期内入会且入会时登记为农民工的人，去重计数",
    source="会籍管理办法(2016)第三条；保障农民工工资支付条例第二条",
    versions=_first(
        "报告期内批准入会、入会时登记为农民工的人，按人去重，一年内两次入会只算一人。"
        "农民工以入会当日的登记为准，不由身份证号码推断；冲销的登记不计。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_AN_ADMISSION,),
    beside=("registry.new_members",),
    kinds=(Happened.MEMBER_ADMITTED,),
    where=Q(payload__migrant=True),
    measure=CountDistinct("person_id", of=Subject.PERSON),
    evidence=listings.ADMISSIONS,
)
VERIFIED_MEMBERS = Stock(
    code="registry.verified_members",
    label="已实名会员数",
    unit=Unit.PERSON,
    formula="截止日有有效会籍且已实名核验的人，去重计数",
    source="推进基层工会组织和工会会员实名制管理工作方案(总工办发〔2017〕14号)",
    versions=_first("截止日持有会籍、核验日期不晚于截止日且现为“已实名”的人。按人去重。"),
    permission=Permission.SEE,
    dimensions=(OF_A_MEMBERSHIP,),
    records=Among(MEMBERS, _verified),
    all_but=AllBut(MEMBERS, _not_verified),
    measure=PERSONS,
    evidence=listings.MEMBERSHIPS,
    moved_by=(*CAREER_KINDS, Happened.PERSON_VERIFIED, Happened.PERSON_CORRECTED),
)
VERIFIED_SHARE = Ratio(
    code="registry.verified_share",
    label="会员实名率",
    unit=Unit.PERCENT,
    formula="已实名会员 ÷ 会员",
    source="推进基层工会组织和工会会员实名制管理工作方案(总工办发〔2017〕14号)",
    versions=_first("截止日已实名核验的会员占全部会员（含保留会籍）的比例。"),
    permission=Permission.SEE,
    dimensions=(OF_A_MEMBERSHIP,),
    numerator=VERIFIED_MEMBERS,
    denominator=MEMBERS,
)
WOMEN_COMMITTEES = Stock(
    code="registry.women_committees",
    label="建立女职工组织的基层工会数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日设有女职工委员会或女职工委员的存续基层工会，去重计数",
    source="工会法(2021)第十一条",
    versions=_first("截止日设有女职工委员会，或在委员会中设有女职工委员的存续基层工会。一家工会只算一次。"),
    permission=Permission.SEE,
    records=_women_committees,
    measure=CountDistinct("union_id"),
    evidence=listings.COMMITTEES,
    moved_by=(*UNION_KINDS, Happened.COMMITTEE_FORMED, Happened.COMMITTEE_ENDED, Happened.ENTRY_CORRECTED),
)
WOMEN_COMMITTEE_SHARE = Ratio(
    code="registry.women_committee_share",
    label="女职工组织组建率",
    unit=Unit.PERCENT,
    formula="建立女职工组织的基层工会 ÷ 基层工会",
    source="工会法(2021)第十一条",
    versions=_first("截止日建立女职工委员会或设女职工委员的基层工会占全部基层工会的比例。"),
    permission=Permission.SEE,
    numerator=WOMEN_COMMITTEES,
    denominator=BASE_UNIONS,
)
ORG_LEVELS = Stock(
    code="registry.org_levels",
    label="小三级工会组织层级数",
    unit=Unit.LEVEL,
    formula="截止日存续工会所属的“镇（街）—村（社区）—企业”层级，去重计数",
    source="工会法(2021)第十一条；小三级工会组织体系",
    versions=_first(
        "截止日在所查组织之下实际存在的小三级层级：镇街总工会为一级，村（社区）和园区工会联合会为一级，"
        "基层工会为一级。"
    ),
    permission=Permission.SEE,
    records=_tiers,
    measure=CountDistinct("tier"),
    evidence=listings.UNIONS,
    moved_by=UNION_KINDS,
)

INDICATORS: tuple[AnyIndicator, ...] = (
    UNIONS, BASE_UNIONS, COVERED_EMPLOYERS, MEMBERS, ACTIVE_MEMBERS, RETAINED_MEMBERS, MEMBER_PARTITION,
    NEW_UNIONS, FOUNDED_UNIONS, NEW_MEMBERS, NEW_MIGRANT_MEMBERS, VERIFIED_MEMBERS, VERIFIED_SHARE,
    WOMEN_COMMITTEES, WOMEN_COMMITTEE_SHARE, ORG_LEVELS,
)  # fmt: skip
