"""Three hundred damaged files: each is read or refused in words; nothing else ever happens."""

import random
import zipfile
from collections.abc import Callable, Iterator

import pytest

from juli.engines.sheet.judging import judge
from juli.engines.sheet.reading_ledger import Limits
from juli.engines.sheet.reading_refusals import LedgerRefused
from tests.sheet import files
from tests.sheet.files import HEADER, TODAY, good_rows, opened, shared_workbook, text_file
from tests.sheet.old_workbooks import old_workbook

MUTATED_FILES = 300
LIMITS = Limits(apart_bytes=1 << 30, apart_seconds=20)
ROWS = [
    ["会员名册"],
    [*HEADER, "性别", "职工人数", "备注"],
    *([*row, "男", "12", "注"] for row in good_rows(12)),
]
# Old workbooks are read in a process of their own, which takes a moment each.
SHARES = {"xlsx": 210, "csv": 40, "html": 20, "xls": 30}


def seeds(kind: str, folder) -> bytes:
    path = folder / f"seed.{kind}"
    match kind:
        case "xlsx":
            shared_workbook(path, ROWS, merged=("A1:D1",), sheets=("名册", "另表"))
        case "csv":
            text_file(path, ROWS, encoding="gbk")
        case "html":
            cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
            path.write_text(f"<html><table>{cells}</table></html>", encoding="utf-8")
        case "xls":
            path.write_bytes(old_workbook(ROWS, merged=[(0, 0, 0, 3)]))
    return path.read_bytes()


def flip_bits(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20, 200))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def cut_out(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 400) :]


def repeat_part(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    part = content[start : start + chance.randrange(1, 400)]
    return content[:start] + part * chance.randrange(2, 40) + content[start:]


def insert_bytes(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + chance.randbytes(chance.randrange(1, 60)) + content[start:]


ANYWHERE = (flip_bits, cut_off, cut_out, repeat_part, insert_bytes)


def swap_members(members: dict[str, bytes], chance: random.Random) -> None:
    one, other = chance.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]


def drop_member(members: dict[str, bytes], chance: random.Random) -> None:
    del members[chance.choice(sorted(members))]


def damage_member(members: dict[str, bytes], chance: random.Random) -> None:
    """Damage the XML and pack it well again, so that the damage reaches the reader of cells."""
    name = chance.choice([*sorted(members), *["xl/worksheets/sheet1.xml"] * 6])
    members[name] = chance.choice(ANYWHERE)(members[name] or b"x", chance)


def change_addresses(members: dict[str, bytes], chance: random.Random) -> None:
    sheet = members["xl/worksheets/sheet1.xml"]
    places = [place for place in range(len(sheet)) if sheet.startswith(b' r="', place)]
    place = chance.choice(places) + 4
    end = sheet.index(b'"', place)
    address = chance.choice(
        (b"XFD9", b"A0", b"", b"999", b"A99999999999", b"ZZZZ1", b"B2", b"-1", b"1048577")
    )
    members["xl/worksheets/sheet1.xml"] = sheet[:place] + address + sheet[end:]


def shuffle_header(members: dict[str, bytes], chance: random.Random) -> None:
    name = "xl/sharedStrings.xml"
    texts = members[name].split(b"<si>")
    head, rest = texts[0], texts[1:]
    rest[-1], tail = rest[-1].split(b"</sst>")
    chance.shuffle(rest)
    members[name] = head + b"".join(b"<si>" + text for text in rest) + b"</sst>" + tail


INSIDE = (swap_members, drop_member, damage_member, damage_member, change_addresses, shuffle_header)


def mutants(folder) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for kind, share in SHARES.items():
        seed = seeds(kind, folder)
        for number in range(share):
            chance = random.Random(f"{kind} {number}")
            if kind == "xlsx" and number % 3:
                path = folder / "inside.xlsx"
                path.write_bytes(seed)
                change = chance.choice(INSIDE)
                files.rezipped(path, lambda members, change=change, chance=chance: change(members, chance))
                yield f"{kind} {number} {change.__name__}", path.read_bytes()
            else:
                change = chance.choice(ANYWHERE)
                yield f"{kind} {number} {change.__name__}", change(seed, chance)


def outcome_of(path) -> str:
    """Read and judge a file as an import does, and say what came of it."""
    try:
        return f"{judge(opened(path, limits=LIMITS, filename='名册.xlsx'), on=TODAY).bad_rows} faults"
    except LedgerRefused as refusal:
        return refusal.sentence
    except BaseException as broken:  # noqa: BLE001 - a panic of a library is no Exception
        return repr(broken)


@pytest.mark.slow
def test_three_hundred_damaged_files_are_read_or_refused(tmp_path):
    path = tmp_path / "名册"
    outcomes = {}
    for name, content in mutants(tmp_path):
        path.write_bytes(content)
        outcomes[name] = outcome_of(path)
    assert len(outcomes) == MUTATED_FILES
    crashed = {name: said for name, said in outcomes.items() if not said.endswith(("。", "faults"))}
    assert crashed == {}
    read = sum(said.endswith("faults") for said in outcomes.values())
    assert MUTATED_FILES // 10 < read < MUTATED_FILES - MUTATED_FILES // 10


def test_the_seeds_themselves_are_read(tmp_path):
    for kind in SHARES:
        path = tmp_path / f"good.{kind}"
        path.write_bytes(seeds(kind, tmp_path))
        assert judge(opened(path), on=TODAY).rows.height == 12


def test_a_zip_of_the_seed_is_whole(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(seeds("xlsx", tmp_path))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
