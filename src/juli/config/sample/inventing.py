"""Invented names and codes, whole columns at a time. Nobody and no enterprise here is real."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

Random = np.random.Generator
Numbers = NDArray[np.int64]

SURNAMES = (
    "陈梁黄何李冯郭罗林吴张周麦谢区邓曾苏卢黎叶潘刘杨王赵许胡朱高郑钟彭蔡袁邱石姚谭廖范汪陆金方孔白崔康毛"
    "江史顾侯邵孟龙万段雷钱汤尹易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志建国文辉力健雪梅琳雯嘉豪俊浩宇轩子涵欣怡思颖"
    "慧婷彤晓东海波宁旭阳春夏秋冬松柏青山河川云天星月晨曦光亮辰博学书画琴棋礼义仁智信诚恒毅坚韧安康健泰和"
    "顺祥瑞福禄寿喜庆欢乐悦美妍妙婉柔淑贞洁雅芝莲荷菊竹萍蓉薇蕾莹珍珠宝玲珑琪瑶璇璐"
)
RARE_GIVEN = ("𠮷", "䶮", "㛃", "𬭎", "喆", "堃", "昇", "頔")

# Divisions that the standard never gave out, so that no number can be anybody's.
AREAS = tuple(
    f"{prefix}{suffix}"
    for prefix in ("4401", "4407", "4412", "4415", "4509", "4325", "5116", "4211", "3607", "4110")
    for suffix in ("96", "97", "98", "99")
)
DAYS = 17_000  # days of birth between 1954 and 2000

FIRST = "恒晟裕丰联兴嘉利顺祥锦华鸿泰瑞信格言启明合盛安达天河明德新力宏远万通益康佳美正大同益广誉海晏卓凡"
SECOND = "晖域澜沣珞翊垚霖烁琨峤煦骁瀚沅旻铄炜"
TRADES = (
    ("电子厂", "C39"),
    ("服装制衣厂", "C18"),
    ("五金制品厂", "C33"),
    ("塑料制品有限公司", "C29"),
    ("灯饰有限公司", "C38"),
    ("珠宝首饰有限公司", "C24"),
    ("机械设备有限公司", "C34"),
    ("物流有限公司", "G59"),
    ("餐饮管理有限公司", "H62"),
    ("劳务派遣有限公司", "L72"),
    ("实验学校", "P83"),
    ("物业服务有限公司", "K70"),
    ("信息科技有限公司", "I65"),
    ("百货商场", "F52"),
    ("汽车配件有限公司", "C36"),
    ("鞋业有限公司", "C19"),
)

_ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_ID_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_USCC_SIGNS = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_USCC_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])


def _series(matrix: NDArray[np.uint8]) -> pl.Series:
    """Turn a matrix of ASCII codes, a row a text, into a column."""
    width = matrix.shape[1]
    return pl.Series(np.ascontiguousarray(matrix).view(f"S{width}").ravel().astype(f"U{width}"))


def person_names(random: Random, count: int) -> pl.Series:
    """Return names of two or three characters, a few with characters beyond the common plane."""
    surnames = pl.Series(list(SURNAMES))
    weights = 1.0 / (np.arange(len(SURNAMES)) + 6)
    given = pl.Series(list(GIVEN))
    first = surnames.gather(random.choice(len(SURNAMES), count, p=weights / weights.sum()))
    middle = given.gather(random.integers(0, len(GIVEN), count))
    last = pl.select(
        pl.when(pl.lit(pl.Series(random.random(count) < 0.86)))
        .then(given.gather(random.integers(0, len(GIVEN), count)))
        .otherwise(pl.lit(""))
    ).to_series()
    rare = pl.Series(list(RARE_GIVEN)).gather(random.integers(0, len(RARE_GIVEN), count))
    last = pl.select(
        pl.when(pl.lit(pl.Series(random.random(count) < 0.0004))).then(rare).otherwise(last)
    ).to_series()
    return first + middle + last


def identity_numbers(random: Random, start: int, count: int) -> pl.Series:
    """
    Return valid resident identity numbers, all different for different positions.

    Area and day of birth alone tell any two of the first 680,000 apart; beyond, the order number does.
    """
    position = np.arange(start, start + count, dtype=np.int64)
    shuffled = (position * 446_881) % (len(AREAS) * DAYS)
    turn = position // (len(AREAS) * DAYS)
    areas = np.array([[ord(sign) for sign in area] for area in AREAS], dtype=np.uint8)
    born = np.datetime64("1954-01-01") + (shuffled // len(AREAS)).astype("timedelta64[D]")
    digits = np.char.replace(born.astype("datetime64[D]").astype("U10"), "-", "")
    matrix = np.empty((count, 18), dtype=np.uint8)
    matrix[:, :6] = areas[shuffled % len(AREAS)]
    matrix[:, 6:14] = np.array(digits, dtype="S8").view(np.uint8).reshape(count, 8)
    order = (turn * 200 + random.integers(0, 200, count)) % 1000
    for place, power in enumerate((100, 10, 1)):
        matrix[:, 14 + place] = 48 + (order // power) % 10
    sums = ((matrix[:, :17].astype(np.int64) - 48) * _ID_WEIGHTS).sum(axis=1) % 11
    matrix[:, 17] = _ID_CHECKS[sums]
    return _series(matrix)


def mobiles(start: int, count: int) -> pl.Series:
    """Return numbers of the range that machines use, so that no sample message could reach anybody."""
    position = np.arange(start, start + count, dtype=np.int64)
    return _padded("140", (position * 7_368_787 + 13) % 100_000_000, 8)


def _padded(prefix: str, numbers: Numbers, width: int) -> pl.Series:
    return pl.select(pl.lit(prefix) + pl.lit(pl.Series(numbers)).cast(pl.String).str.zfill(width)).to_series()


def credit_codes(start: int, count: int, *, code: str) -> pl.Series:
    """Return valid unified social credit codes of a district, with a body that no office gave out."""
    position = np.arange(start, start + count, dtype=np.int64)
    matrix = np.empty((count, 18), dtype=np.uint8)
    matrix[:, :8] = np.frombuffer(f"91{code}".encode(), dtype=np.uint8)
    matrix[:, 8:10] = np.frombuffer(b"JU", dtype=np.uint8)
    for place in range(7):
        matrix[:, 10 + place] = 48 + (position // 10 ** (6 - place)) % 10
    values = np.searchsorted(_USCC_SIGNS, matrix[:, :17])
    matrix[:, 17] = _USCC_SIGNS[(31 - (values * _USCC_WEIGHTS).sum(axis=1) % 31) % 31]
    return _series(matrix)


def enterprises(random: Random, places: pl.Series) -> pl.DataFrame:
    """Return a name and an industry for an enterprise at each place, all names different."""
    count = len(places)
    trade = random.integers(0, len(TRADES), count)
    first = pl.Series([FIRST[at : at + 2] for at in range(0, len(FIRST) - 1, 2)])
    name = (
        places.str.replace(r"(村|社区|街|镇)$", "")
        + first.gather(random.integers(0, len(first), count))
        + pl.Series(list(SECOND)).gather(random.integers(0, len(SECOND), count))
        + pl.Series([each for each, _ in TRADES]).gather(trade)
    )
    frame = pl.DataFrame({"name": name, "industry": pl.Series([code for _, code in TRADES]).gather(trade)})
    repeat = pl.int_range(pl.len()).over("name")
    return frame.with_columns(
        pl.when(repeat == 0)
        .then(pl.col("name"))
        .otherwise(pl.col("name") + "（" + (repeat + 1).cast(pl.String) + "）")
    )


def spread(total: int, weights: NDArray[np.float64], *, least: int = 0) -> Numbers:
    """Split a total over weights into whole numbers, each at least ``least``, by largest remainder."""
    free = total - least * len(weights)
    exact = free * weights / weights.sum()
    shares = np.floor(exact).astype(np.int64)
    missing = free - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:missing]] += 1
    result: Numbers = shares + least
    return result
