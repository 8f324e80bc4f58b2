"""Mobile numbers that can hardly be right: not confirmed for long, or the same for many; and real names."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Window

from juli.domains.registry.indicators import MEMBERS
from juli.domains.registry.quality.fields import REAL_NAME
from juli.domains.registry.quality.listings import MOBILES
from juli.domains.registry.quality.wholes import first
from juli.engines import rulebook
from juli.engines.indicator.declarations import Stock
from juli.engines.indicator.evidence import EvidenceColumns
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit
from juli.engines.party.models import Person

STALE: Final = "registry.stale_mobile_months"
SHARED: Final = "registry.shared_mobile_persons"
CHINA: Final = ZoneInfo("Asia/Shanghai")
MONTHS_OF_A_YEAR: Final = 12


def months_before(day: date, months: int) -> date:
    """Return the same day so many months ago, or the last day of that month."""
    counted = day.year * MONTHS_OF_A_YEAR + day.month - 1 - months
    year, month = divmod(counted, MONTHS_OF_A_YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _unverified(_day: date) -> Q:
    return ~Q(person__verification=Person.Verification.VERIFIED)


def _mismatched(_day: date) -> Q:
    return Q(person__verification=Person.Verification.MISMATCHED)


def _stale(day: date) -> Q:
    months = rulebook.rule(STALE, on=day).whole()
    since = months_before(day, months)
    untouched = Q(person__updated_at__lt=datetime.combine(since, time.min, tzinfo=CHINA))
    unseen = Q(person__verified_on__isnull=True) | Q(person__verified_on__lt=since)
    return Q(person__mobile_digest__isnull=False) & untouched & unseen


def _shared(day: date) -> Q:
    # Within one union and not over all: whoever sees a member sees their whole union, so everybody
    # counts the same; and a number given for many is mostly that of the office that filled the form in.
    fewest = rulebook.rule(SHARED, on=day).whole()
    registered = Person.objects.filter(mobile_digest__isnull=False)
    together = Window(Count("pk"), partition_by=["mobile_digest", "path"])
    sharing = registered.annotate(persons=together).filter(persons__gte=fewest)
    return Q(person_id__in=sharing.order_by().values("pk"))


def _of_members(
    code: str,
    label: str,
    definition: str,
    condition: Callable[[date], Q],
    *,
    formula: str,
    source: str = REAL_NAME,
    evidence: EvidenceColumns = MEMBERS.evidence,
) -> Stock:
    return Stock(
        code=f"registry.{code}",
        label=label,
        unit=Unit.PERSON,
        formula=formula,
        source=source,
        versions=first(definition),
        permission=MEMBERS.permission,
        records=Among(MEMBERS, condition),
        measure=MEMBERS.measure,
        evidence=evidence,
    )


UNVERIFIED: Final = _of_members(
    "members_unverified",
    "未实名会员数",
    "截止日持有会籍、实名状态不是“已实名”的人，含待核验和核验不一致。实名状态以现登记为准。按人去重。",
    _unverified,
    formula="截止日有有效会籍、尚未实名核验的人，去重计数",
)
MISMATCHED: Final = _of_members(
    "members_mismatched",
    "核验不一致会员数",
    "截止日持有会籍、实名状态为“核验不一致”的人。实名状态以现登记为准。按人去重。",
    _mismatched,
    formula="截止日有有效会籍、实名核验不一致的人，去重计数",
)
STALE_MOBILES: Final = _of_members(
    "stale_mobiles",
    "手机号码久未确认的会员数",
    "截止日持有会籍、登记有手机号码，但档案最近一次更新和实名核验都早于规定月数之前的人。"
    "月数见规则 registry.stale_mobile_months。按人去重。",
    _stale,
    formula="截止日有手机号码、超过规定月数没有更新也没有核验的会员，去重计数",
    source="个人信息保护法第八条（保证个人信息的质量）；docs/rules.md#registry-stale-mobile-months",
    evidence=MOBILES,
)
SHARED_MOBILES: Final = _of_members(
    "shared_mobiles",
    "多人共用手机号码的会员数",
    "截止日持有会籍、所留手机号码在同一工会登记的人中达到规定人数的人。"
    "人数见规则 registry.shared_mobile_persons；跨工会相同的号码不计。按人去重。",
    _shared,
    formula="截止日所留手机号码与同一工会其他人相同、达到规定人数的会员，去重计数",
    source="个人信息保护法第八条（保证个人信息的质量）；docs/rules.md#registry-shared-mobile-persons",
    evidence=MOBILES,
)
REAL_NAMES: Final = (UNVERIFIED, MISMATCHED, STALE_MOBILES, SHARED_MOBILES)
