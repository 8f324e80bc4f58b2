"""In which order data quality is laid out, and everything that a survey counts for it."""

from dataclasses import dataclass
from typing import Final

from juli.domains.registry.indicators import (
    BASE_UNIONS,
    MEMBERS,
    UNIONS,
    VERIFIED_MEMBERS,
    VERIFIED_SHARE,
)
from juli.domains.registry.quality import covering, levels, mobiles, orphans
from juli.domains.registry.quality.fields import EMPLOYER_FIELDS, FIELDS, MEMBER_FIELDS, UNION_FIELDS
from juli.domains.registry.quality.wholes import EMPLOYERS
from juli.engines.indicator.declarations import AnyIndicator, Ratio, Stock


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to put right: the list to work through, and the share in order, if there is one (问题)."""

    noun: str
    wrong: Stock
    share: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Lines that are read together (专题); ``whole`` is the register they are counted among, if it is one."""

    code: str
    label: str
    lines: tuple[Line, ...]
    whole: Stock | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A figure in a column of a table, under a short name (栏目)."""

    label: str
    figure: Stock | Ratio


def _of(*stocks: Stock) -> tuple[Line, ...]:
    return tuple(Line(stock.label, stock) for stock in stocks)


REAL_NAME: Final = Line("实名核验", mobiles.UNVERIFIED, VERIFIED_SHARE)
TOPICS: Final = (
    Topic(
        "names",
        "实名与手机",
        (REAL_NAME, *_of(mobiles.MISMATCHED, mobiles.STALE_MOBILES, mobiles.SHARED_MOBILES)),
        MEMBERS,
    ),
    Topic(
        "members",
        "会员资料",
        tuple(Line(each.noun, each.lacking, each.share) for each in MEMBER_FIELDS),
        MEMBERS,
    ),
    Topic(
        "employers",
        "单位资料",
        tuple(Line(each.noun, each.lacking, each.share) for each in EMPLOYER_FIELDS),
        EMPLOYERS,
    ),
    Topic(
        "unions",
        "基层工会资料",
        tuple(Line(each.noun, each.lacking, each.share) for each in UNION_FIELDS),
        BASE_UNIONS,
    ),
    Topic("orphans", "失去依托的记录", _of(*orphans.ORPHANS)),
    Topic("levels", "小三级组织与班子", _of(orphans.TERMS_OVERDUE, *levels.GAPS), UNIONS),
)
"""The page from top to bottom."""

MOBILE: Final = MEMBER_FIELDS[0]
SIDE_BY_SIDE: Final[tuple[Heading, ...]] = (
    Heading("实名率", VERIFIED_SHARE),
    Heading("手机完整率", MOBILE.share),
    Heading("手机久未确认", mobiles.STALE_MOBILES),
    Heading("手机多人共用", mobiles.SHARED_MOBILES),
    Heading("届满未换届", orphans.TERMS_OVERDUE),
    Heading("主席空缺", levels.WITHOUT_CHAIR),
    Heading("没有会员", orphans.UNIONS_WITHOUT_MEMBERS),
    Heading("达规模无工会", orphans.EMPLOYERS_TO_ORGANISE),
)
"""What stands side by side for the units below, and for the past weeks."""

OF_WEEKS: Final[tuple[Stock | Ratio, ...]] = (
    *(line.wrong for topic in TOPICS for line in topic.lines),
    *(each.figure for each in SIDE_BY_SIDE if isinstance(each.figure, Ratio)),
)
"""Of what the past weeks are shown."""

MARKER: Final = EMPLOYERS.code
"""A figure that surveys alone keep, by which the latest is found."""

INDICATORS: Final[tuple[AnyIndicator, ...]] = (
    EMPLOYERS,
    levels.PLACES,
    *(figure for each in FIELDS for figure in (each.share, each.lacking, each.having)),
    *mobiles.REAL_NAMES,
    *orphans.ORPHANS,
    orphans.TERMS_OVERDUE,
    *levels.GAPS,
    *(each for each in covering.COVERAGE if each is not EMPLOYERS),
)
"""What this part of the registry declares."""

_SHOWN: Final = (
    *(each for each in INDICATORS if isinstance(each, Stock | Ratio)),
    VERIFIED_SHARE,
    MEMBERS,
    UNIONS,
    BASE_UNIONS,
)
SURVEYED: Final[tuple[Stock, ...]] = tuple(
    each for each in (*_SHOWN, VERIFIED_MEMBERS) if isinstance(each, Stock)
)
"""What a survey counts."""

KEPT: Final[tuple[Stock | Ratio, ...]] = tuple(
    each for each in _SHOWN if each not in {field.having for field in FIELDS}
)
"""What is kept of it for the pages: those who have a field follow from the share."""
