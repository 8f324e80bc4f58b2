"""A made-up district and the roster of its members, at any size (合成名册). Nobody in it is real."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

MEMBERS, UNIONS, EMPLOYERS, TOWNS = 597_500, 5_184, 13_274, 16
ROOT_CODE = "990113"
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_CHECK = np.array(list("10X98765432"))
_USCC = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
_SURNAMES = np.array(
    list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁")
)
_GIVEN = np.array(
    list("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华玉梅鹏志红斌凤玲丹萍宁婷雪琴云峰龙")
)
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class District:
    """Frames as ``registry.posting`` takes them (合成区县)."""

    unions: pl.DataFrame
    employers: pl.DataFrame
    coverages: pl.DataFrame


def district(*, unions: int = UNIONS, employers: int = EMPLOYERS, seed: int = 1) -> District:
    """Return a district: towns, base unions in them, and the employers that those cover."""
    chance = np.random.default_rng(seed)
    towns = [f"{ROOT_CODE}T{town:02d}" for town in range(TOWNS)]
    of_town = [towns[number % TOWNS] for number in range(unions)]
    codes = [f"{ROOT_CODE}U{number:05d}" for number in range(unions)]
    founded = pl.Series(chance.integers(7_300, 14_000, unions).astype("int32")).cast(pl.Date)
    rows = pl.concat(
        [
            pl.DataFrame(
                {
                    "code": [ROOT_CODE],
                    "parent_code": [None],
                    "name": ["澜江区总工会"],
                    "level": ["federation"],
                    "form": ["not_applicable"],
                    "employer_class": [""],
                    "approved_on": [date(1985, 1, 1)],
                },
                schema_overrides={"parent_code": pl.String},
            ),
            pl.DataFrame(
                {
                    "code": towns,
                    "parent_code": ROOT_CODE,
                    "name": [f"第{town + 1}镇总工会" for town in range(TOWNS)],
                    "level": "town",
                    "form": "not_applicable",
                    "employer_class": "",
                    "approved_on": date(1986, 1, 1),
                }
            ),
            pl.DataFrame(
                {
                    "code": codes,
                    "parent_code": of_town,
                    "name": [f"澜江第{number}基层工会委员会" for number in range(unions)],
                    "level": "base",
                    "form": np.where(np.arange(unions) % 3 == 0, "joint", "own"),
                    "employer_class": "private",
                    "approved_on": founded,
                }
            ),
        ]
    )
    owner = np.arange(employers) % unions
    uscc = credit_codes(employers)
    firms = pl.DataFrame(
        {
            "uscc": uscc,
            "name": [f"澜江第{number}制造有限公司" for number in range(employers)],
            "ownership": np.array(["private", "state", "foreign", "hmt"])[chance.integers(0, 4, employers)],
            "unit_code": [codes[each] for each in owner],
            "territory_code": [of_town[each] for each in owner],
            "registered_on": date(2010, 1, 1),
        }
    )
    covers = pl.DataFrame(
        {"union_code": [codes[each] for each in owner], "uscc": uscc, "valid_from": date(2010, 1, 1)}
    )
    return District(rows, firms, covers)


def roster(place: District, *, rows: int = MEMBERS, seed: int = 2) -> pl.DataFrame:
    """Return a roster as an office keeps it: Chinese headings and labels, all text but the day of joining."""
    chance = np.random.default_rng(seed)
    pick = chance.integers(0, place.coverages.height, rows)
    men = chance.random(rows) < 0.55
    numbers = identity_numbers(rows, men)
    mobiles = 13_000_000_000 + chance.permutation(rows).astype(np.int64) * 11_003
    joined = pl.Series(chance.integers(14_610, 17_890, rows).astype("int32")).cast(pl.Date)
    return pl.DataFrame(
        {
            "姓名": _names(chance, rows),
            "性别": np.where(men, "男", "女"),
            "证件类型": "居民身份证",
            "证件号码": numbers,
            "出生日期": numbers.str.slice(6, 4)
            + "-"
            + numbers.str.slice(10, 2)
            + "-"
            + numbers.str.slice(12, 2),
            "手机号码": pl.Series(mobiles).cast(pl.String),
            "户籍性质": _one_of(chance, rows, ["农村", "城镇"]),
            "农民工": _one_of(chance, rows, ["是", "否", "是"]),
            "学历": _one_of(chance, rows, ["初中", "高中", "大学专科", "大学本科", "中专中技"]),
            "技能等级": _one_of(chance, rows, ["无", "初级工", "中级工", "高级工"]),
            "就业状态": _one_of(chance, rows, ["在职", "在职", "灵活就业"]),
            "工会编码": place.coverages["union_code"].gather(pick),
            "单位统一社会信用代码": place.coverages["uscc"].gather(pick),
            "入会日期": joined,
            "会籍状态": "在籍",
            "政治面貌": _one_of(chance, rows, ["群众", "群众", "中共党员", "共青团员"]),
        }
    )


def changed(frame: pl.DataFrame, *, share: float = 0.01, seed: int = 3) -> pl.DataFrame:
    """Return the roster with some rows changed: mobile and education of the chosen ones."""
    chosen = pl.Series(np.random.default_rng(seed).random(frame.height) < share)
    other = pl.when(pl.col("学历") == "高中").then(pl.lit("大学专科")).otherwise(pl.lit("高中"))
    mobile = "19" + pl.col("手机号码").str.tail(9)
    return frame.with_columns(
        pl.when(chosen).then(mobile).otherwise(pl.col("手机号码")).alias("手机号码"),
        pl.when(chosen).then(other).otherwise(pl.col("学历")).alias("学历"),
    )


def identity_numbers(rows: int, men: npt.NDArray[np.bool_]) -> pl.Series:
    """Return identity numbers of nobody: distinct, with valid days of birth, sexes and check digits."""
    at = np.arange(rows)
    days = np.datetime64("1962-01-01") + at % 15_000
    born = np.char.replace(days.astype("datetime64[D]").astype(str), "-", "")
    serial = at // 15_000 * 2 % 998 + np.where(men, 1, 0)
    first = np.char.add(np.char.add("440113", born), np.char.zfill(serial.astype(str), 3))
    digits = np.frombuffer("".join(first).encode(), np.uint8).reshape(rows, 17) - 48
    return pl.Series(np.char.add(first, _CHECK[(digits * _WEIGHTS).sum(axis=1) % 11]))


def credit_codes(rows: int) -> pl.Series:
    """Return credit codes of nobody: distinct, with valid check characters."""
    first = pl.Series(np.arange(rows)).cast(pl.String).str.zfill(9)
    stems = ("91440113" + first).to_list()
    places = {character: place for place, character in enumerate(_USCC)}
    weights = [pow(3, place, 31) for place in range(17)]
    sums = [
        sum(places[character] * weight for character, weight in zip(stem, weights, strict=True))
        for stem in stems
    ]
    return pl.Series([stem + _USCC[-total % 31] for stem, total in zip(stems, sums, strict=True)])


def write_workbook(frame: pl.DataFrame, path: Path) -> None:
    """Write a roster as a spreadsheet program does: shared strings, days as numbers with a date format."""
    strings = pl.concat([frame[name].unique() for name in frame.columns if frame[name].dtype == pl.String])
    heads = pl.Series(frame.columns)
    table = pl.concat([heads, strings]).unique(maintain_order=True)
    index = pl.DataFrame({"text": table, "at": np.arange(len(table))})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in _PARTS.items():
            book.writestr(name, text)
        with book.open("xl/sharedStrings.xml", "w") as part:
            cells = frame.width * frame.height
            part.write(f'{_XML}<sst xmlns="{_MAIN}" count="{cells}" uniqueCount="{len(table)}">'.encode())
            part.write(_joined("<si><t>" + table + "</t></si>"))
            part.write(b"</sst>")
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            reference = f"A1:{_letters(frame.width - 1)}{frame.height + 1}"
            part.write(f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="{reference}"/><sheetData>'.encode())
            part.write(_rows(pl.DataFrame([heads.to_list()], schema=frame.columns, orient="row"), 1, index))
            for start in range(0, frame.height, 50_000):
                part.write(_rows(frame.slice(start, 50_000), start + 2, index))
            part.write(b"</sheetData></worksheet>")


def _rows(frame: pl.DataFrame, first: int, index: pl.DataFrame) -> bytes:
    number = pl.Series(np.arange(first, first + frame.height)).cast(pl.String)
    line = '<row r="' + number + '">'
    for place, name in enumerate(frame.columns):
        column, letters = frame[name], _letters(place)
        if column.dtype == pl.Date:
            day = (column.cast(pl.Int32) + 25_569).cast(pl.String)
            line = line + f'<c r="{letters}' + number + '" s="1"><v>' + day + "</v></c>"
        else:
            at = (
                column.to_frame("text")
                .join(index, on="text", how="left", maintain_order="left")["at"]
                .cast(pl.String)
            )
            line = line + f'<c r="{letters}' + number + '" t="s"><v>' + at + "</v></c>"
    return _joined(line + "</row>")


def _joined(lines: pl.Series) -> bytes:
    buffer = BytesIO()
    for piece in lines.to_frame("line").iter_slices(100_000):
        buffer.write("".join(piece["line"].to_list()).encode())
    return buffer.getvalue()


def _letters(place: int) -> str:
    return ("" if place < 26 else chr(64 + place // 26)) + chr(65 + place % 26)


def _names(chance: np.random.Generator, rows: int) -> pl.Series:
    surname, first = chance.choice(_SURNAMES, rows), chance.choice(_GIVEN, rows)
    second = np.where(chance.random(rows) < 0.8, chance.choice(_GIVEN, rows), "")
    return pl.Series(np.char.add(np.char.add(surname, first), second))


def _one_of(chance: np.random.Generator, rows: int, words: Sequence[str]) -> npt.NDArray[np.str_]:
    return np.array(words)[chance.integers(0, len(words), rows)]


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f"""{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"
 ContentType="application/xml"/><Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override
 PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override
 PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override
 PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>""",
    "_rels/.rels": f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets><sheet
 name="会员名册" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship
 Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2"
 Type="{_DOCUMENT}/styles"
 Target="styles.xml"/><Relationship Id="rId3" Type="{_DOCUMENT}/sharedStrings"
 Target="sharedStrings.xml"/></Relationships>""",
    "xl/styles.xml": f"""{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164"
 formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts
 count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills
 count="1"><fill><patternFill patternType="none"/></fill></fills><borders
 count="1"><border/></borders><cellStyleXfs
 count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"
 xfId="0"/><xf numFmtId="164" xfId="0"
 applyNumberFormat="1"/></cellXfs></styleSheet>""",
}
