"""
Rosters that something happened to: on their way (bits), inside the package (parts), by hand (cells).

Every mutant is drawn from its number alone: the same number is the same file for ever.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.roster.importing import HEADER, Row, as_csv, person
from tests.sheet import files
from tests.sheet.test_mutations import ANYWHERE, INSIDE
from tests.world import World

KINDS = ("xlsx", "csv")
# What people paste, and what somebody writes who means no good.
NASTY = (
    "", " ", "　", "\t", "0", "-1", "1e400", "NaN", "=1+1", "=HYPERLINK(\"http://x\",\"x\")", "@SUM(A1)", "'",
    "\"", "a\"b,c", "一" * 3000, "x" * 40000, "\u202e反", "\ufeff", "\ufffd", "𠮷𠮷", "é́́́", "null", "None",
    "#N/A", "#REF!", "2018-02-30", "0000-00-00", "9999-12-31", "2018年13月1日", "43101", "43101.5",
    "1900-02-29", "99999999999999999999", "440101199001011234567", "44010119900101123X", "13800138000138",
    "+86 138 0013 8000", "'; DROP TABLE registry_membership; --", "<script>alert(1)</script>", "{{ 7*7 }}",
    "%s%s%n", "../../etc",
    "是否", "在籍（保留）", "TRUE", "1/2", "٣٤", "１２３", "男\n女", "男\r女", "\v", "\x1f",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with its name, and what was done to it."""

    kind: str
    number: int
    done: str
    content: bytes

    @property
    def filename(self) -> str:
        return f"名册 {self.number}.{self.kind}"


def mutants(world: World, kind: str, numbers: range, folder) -> Iterator[Mutant]:
    """Yield the mutants of a kind with these numbers; each third is damaged in another way."""
    rows = good_rows(world)
    whole = written(kind, [HEADER, *([str(row[name]) for name in HEADER] for row in rows)], folder)
    for number in numbers:
        chance = random.Random(f"{kind} {number}")
        match number % 3:
            case 0:
                change = chance.choice(ANYWHERE)
                yield Mutant(kind, number, change.__name__, change(whole, chance))
            case 1 if kind == "xlsx":
                yield Mutant(kind, number, *_inside(whole, chance, folder))
            case _:
                yield Mutant(kind, number, *_by_hand(kind, rows, chance, folder))


def good_rows(world: World) -> list[Row]:
    """Return rows that would all be taken in."""
    unions = (world.bearing_union, world.traders_union, world.electronics_union)
    return [person(unions[number % 3], f"何小{'明芳强丽伟'[number % 5]}") for number in range(12)]


def _inside(whole: bytes, chance: random.Random, folder) -> tuple[str, bytes]:
    change = chance.choice(INSIDE)
    path = folder / "inside.xlsx"
    path.write_bytes(whole)
    files.rezipped(path, lambda members: change(members, chance))
    return change.__name__, path.read_bytes()


def _by_hand(kind: str, rows: list[Row], chance: random.Random, folder) -> tuple[str, bytes]:
    """Do a few of the things to the cells that people do."""
    table = [list(HEADER), *([str(row[name]) for name in HEADER] for row in rows)]
    done = []
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        change = chance.choice((_paste, _paste, _paste, _head, _shift, _twice, _cut_row, _swap, _empty))
        change(table, chance)
        done.append(change.__name__.strip("_"))
    if kind == "csv" and chance.random() < 0.3:
        encoding = chance.choice(("gbk", "gb18030", "utf-16", "big5", "latin-1"))
        separator = chance.choice((",", "\t", ";", "|"))
        text = "\r\n".join(separator.join(row) for row in table)
        return f"{'+'.join(done)} {encoding}", text.encode(encoding, "replace")
    return "+".join(done), written(kind, table, folder)


def written(kind: str, table: list[list[str]], folder) -> bytes:
    if kind == "csv":
        head, *rows = table
        names = [f"{place}" for place in range(max(map(len, table)))]
        named = [dict(zip(names, row, strict=False)) for row in [head, *rows]]
        return as_csv(named, names).split(b"\r\n", 1)[1]
    path = folder / "written.xlsx"
    files.shared_workbook(path, [[cell[:32767] for cell in row] for row in table])
    return path.read_bytes()


def _place(table: list[list[str]], chance: random.Random) -> tuple[int, int]:
    row = chance.randrange(1, len(table)) if len(table) > 1 else 0
    return row, chance.randrange(len(table[row])) if table[row] else 0


def _paste(table: list[list[str]], chance: random.Random) -> None:
    row, column = _place(table, chance)
    if table[row]:
        table[row][column] = chance.choice(NASTY)


def _head(table: list[list[str]], chance: random.Random) -> None:
    if table[0]:
        table[0][chance.randrange(len(table[0]))] = chance.choice((*NASTY, *HEADER))


def _shift(table: list[list[str]], chance: random.Random) -> None:
    row, column = _place(table, chance)
    table[row].insert(column, "")


def _twice(table: list[list[str]], chance: random.Random) -> None:
    table.append(list(table[_place(table, chance)[0]]))


def _cut_row(table: list[list[str]], chance: random.Random) -> None:
    row, column = _place(table, chance)
    del table[row][column:]


def _swap(table: list[list[str]], chance: random.Random) -> None:
    one, other = _place(table, chance)[0], _place(table, chance)[0]
    table[one], table[other] = table[other], table[one]


def _empty(table: list[list[str]], chance: random.Random) -> None:
    table.insert(_place(table, chance)[0], [""] * len(HEADER))
