"""
What a record should say of somebody: for each field who lacks it, who has it, and the share.

One ``Field`` declares three figures; they are counted among the same register by opposite conditions.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q

from juli.domains.registry.indicators import BASE_UNIONS, MEMBERS
from juli.domains.registry.models import Term
from juli.domains.registry.quality.wholes import EMPLOYERS, first
from juli.engines.indicator.declarations import AllBut, Ratio, Stock
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit
from juli.engines.party.models import Headcount, Person
from juli.engines.scope.models import OrgUnit

REAL_NAME: Final = "推进基层工会组织和工会会员实名制管理工作方案(总工办发〔2017〕14号)"
WHOLE_CODE: Final = "^[0-9A-Z]{18}$"
VILLAGE_DEPTH: Final = 3
"""How deep a village or park stands at least: federation, town, village."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a register and its three figures (字段).

    ``lacking`` is the list to work through, ``having`` the others, ``share`` the completeness.
    """

    noun: str
    lacking: Stock
    having: Stock
    share: Ratio


def _field(
    code: str,
    noun: str,
    whole: Stock,
    lacks: Callable[[date], Q],
    *,
    kind: str,
    of: str,
    source: str,
    remark: str = "",
) -> Field:
    """Declare a field: ``kind`` is the English plural in codes, ``of`` the Chinese word for the records."""

    def stock(way: str, label: str, definition: str, condition: Callable[[date], Q]) -> Stock:
        return Stock(
            code=f"registry.{kind}_{way}_{code}",
            label=label,
            unit=whole.unit,
            formula=f"截止日的{of}中{definition}的，逐个计数",
            source=source,
            versions=first(f"截止日的{of}中，{definition}的。以现登记为准，过去的登记不另留存。{remark}"),
            permission=whole.permission,
            records=Among(whole, condition),
            measure=whole.measure,
            evidence=whole.evidence,
        )

    lacking = stock("without", f"缺{noun}的{of}数", f"没有登记{noun}", lacks)
    having = stock("with", f"有{noun}的{of}数", f"已经登记{noun}", lambda day: ~lacks(day))
    share = Ratio(
        code=f"registry.{kind}_{code}_share",
        label=f"{of}{noun}完整率",
        unit=Unit.PERCENT,
        formula=f"有{noun}的{of} ÷ {of}",
        source=source,
        versions=first(f"截止日的{of}中，已经登记{noun}的所占的比例。{remark}"),
        permission=whole.permission,
        beside=(lacking.code,),
        numerator=having,
        denominator=whole,
    )
    return Field(noun, lacking, having, share)


def _of_members(code: str, noun: str, lacks: Q, *, remark: str = "") -> Field:
    return _field(
        code, noun, MEMBERS, lambda _day: lacks,
        kind="members", of="会员", source=REAL_NAME, remark=remark,
    )  # fmt: skip


def _of_persons(code: str, noun: str, lacks: Q, *, remark: str = "") -> Field:
    """Declare a field that stands with the person: nearly all have it, so those are all but the few."""
    field = _of_members(code, noun, lacks, remark=remark)
    having = replace(field.having, all_but=AllBut(MEMBERS, field.lacking.records))
    return replace(field, having=having, share=replace(field.share, numerator=having))


def _of_employers(code: str, noun: str, lacks: Callable[[date], Q], *, remark: str = "") -> Field:
    return _field(
        code, noun, EMPLOYERS, lacks,
        kind="employers", of="单位", source=REAL_NAME, remark=remark,
    )  # fmt: skip


def _of_unions(code: str, noun: str, lacks: Callable[[date], Q], *, source: str, remark: str = "") -> Field:
    return _field(
        code, noun, BASE_UNIONS, lacks, kind="unions", of="基层工会", source=source, remark=remark
    )  # fmt: skip


def _no_headcount(day: date) -> Q:
    counted = Headcount.objects.filter(
        employer_id=OuterRef("pk"), counted_on__gte=date(day.year - 1, 1, 1), counted_on__lte=day
    )
    return Q(~Exists(counted))


def _no_village(_day: date) -> Q:
    # A sub-query and not a join: an employer may lie in a territory that its union's town does not reach.
    above = OrgUnit.objects.filter(pk=OuterRef("territory_id"), depth__lt=VILLAGE_DEPTH)
    return Q(Exists(above))


def _no_term(day: date) -> Q:
    return Q(~Exists(Term.objects.filter(union_id=OuterRef("pk"), begins_on__lte=day)))


def _is_blank(name: str) -> Q:
    return Q(**{name: ""})


MEMBER_FIELDS: Final = (
    _of_persons("mobile", "手机号码", Q(person__mobile_digest__isnull=True)),
    _of_persons("document", "证件号码", _is_blank("person__document_shown")),
    _of_persons("birth_day", "出生日期", Q(person__born_on__isnull=True)),
    _of_persons("sex", "性别", Q(person__sex=Person.Sex.UNSTATED)),
    _of_members("employer", "工作单位", Q(employer__isnull=True)),
    _of_persons("education", "学历", Q(person__education=Person.Education.UNSTATED)),
    _of_persons("skill", "技能等级", Q(person__skill=Person.Skill.UNSTATED)),
    _of_persons("employment", "就业状态", Q(person__employment=Person.Employment.UNSTATED)),
    _of_persons("household", "户籍性质", Q(person__household=Person.Household.UNSTATED)),
    _of_persons(
        "migrant", "农民工标识", Q(person__is_migrant_worker__isnull=True),
        remark="登记为“不是农民工”也算已经登记。",
    ),
    _of_persons(
        "bank", "银行账号", Q(person__bank_digest__isnull=True),
        remark="银行账号只在发放待遇时需要，不是入会的条件。",
    ),
)  # fmt: skip

EMPLOYER_FIELDS: Final = (
    _of_employers(
        "credit_code", "统一社会信用代码", lambda _day: ~Q(uscc__regex=WHOLE_CODE),
        remark="不足18位的算没有登记。",
    ),
    _of_employers("industry", "国民经济行业", lambda _day: _is_blank("industry")),
    _of_employers("address", "地址", lambda _day: _is_blank("address")),
    _of_employers(
        "village", "所在村（社区）", _no_village,
        remark="只登记到镇街的算没有登记。",
    ),
    _of_employers(
        "headcount", "上年以来的职工人数", _no_headcount, remark="上年1月1日以后没有上报过的算没有登记。"
    ),
)  # fmt: skip

_LEGAL = "工会法(2021)第十五条；中国工会章程关于工会法人资格的规定"
UNION_FIELDS: Final = (
    _of_unions("code", "组织编码", lambda _day: _is_blank("code"), source=REAL_NAME),
    _of_unions(
        "approval", "批复文号", lambda _day: _is_blank("approval_number"), source="工会法(2021)第十二条"
    ),
    _of_unions(
        "legal_person", "法人资格登记",
        lambda _day: _is_blank("legal_uscc") | _is_blank("legal_certificate") | Q(legal_since__isnull=True),
        source=_LEGAL, remark="统一社会信用代码、证书号和登记日期缺一即算没有登记。",
    ),
    _of_unions("term", "届期", _no_term, source="工会法(2021)第十六条"),
)  # fmt: skip

FIELDS: Final = (*MEMBER_FIELDS, *EMPLOYER_FIELDS, *UNION_FIELDS)
