"""Rosters as an office would write them about the district, and their way into it."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.roster import importing, receiving
from juli.engines.files import storing
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.telling import Phase, Teller
from juli.kernel.actor import Actor
from tests.world import MAY_9, machine, resident_number

HEADER = (
    "姓名", "证件号码", "手机号码", "农民工", "学历", "工会编码", "单位统一社会信用代码", "入会日期",
    "会籍状态",
)  # fmt: skip
Row = Mapping[str, object]


@dataclass
class Quiet(Teller):
    """Keeps what it is told and writes nothing: a test's transaction is seen by nobody else."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []

    def __enter__(self) -> "Quiet":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        if not self.phases or self.phases[-1] != phase:
            self.phases.append(phase)


def person(union: Union, name: str = "何小明", **said: object) -> dict[str, object]:
    """Return a good row about somebody new, with what is said otherwise."""
    return {
        "姓名": name, "证件号码": resident_number(), "手机号码": "", "农民工": "", "学历": "",
        "工会编码": union.code, "单位统一社会信用代码": "", "入会日期": "2016-03-01", "会籍状态": "",
    } | said  # fmt: skip


def text(rows: Iterable[Row], header: Iterable[str] = HEADER) -> str:
    written = io.StringIO()
    names = list(header)
    writer = csv.DictWriter(written, names, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def as_csv(rows: Iterable[Row], header: Iterable[str] = HEADER, *, encoding: str = "utf-8-sig") -> bytes:
    return text(rows, header).encode(encoding)


def as_workbook(rows: Iterable[Row], header: Iterable[str] = HEADER) -> bytes:
    book, names = openpyxl.Workbook(), list(header)
    sheet = book.active
    sheet.title = "会员名册"
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def received(
    content: bytes, *, actor: Actor | None = None, at_unit: Union | None = None, name: str = "名册.csv",
    at: datetime = MAY_9,
) -> ImportBatch:  # fmt: skip
    """Hand a file in, as the page and the command do."""
    who = actor or machine()
    with walls.entered(who):
        unit = OrgUnit.objects.get(pk=at_unit.org_unit_id) if at_unit else receiving.unit_for("", actor=who)
        return receiving.receive(io.BytesIO(content), name=name, org_unit=unit, actor=who, at=at)


def imported(
    content: bytes, *, actor: Actor | None = None, at_unit: Union | None = None, name: str = "名册.csv",
    at: datetime = MAY_9,
) -> ImportBatch:  # fmt: skip
    """Hand a file in and bring it to its end."""
    who = actor or machine()
    batch = received(content, actor=who, at_unit=at_unit, name=name, at=at)
    importing.run(batch.pk, actor=who, clock=lambda: at, teller=Quiet())
    with walls.entered(who):
        return ImportBatch.objects.get(pk=batch.pk)


def counts(batch: ImportBatch) -> tuple[int | None, ...]:
    """Return 新增, 更新, 未变 and 错误."""
    return (batch.added_rows, batch.changed_rows, batch.unchanged_rows, batch.faulty_rows)


def faults(batch: ImportBatch) -> list[tuple[int, str, str]]:
    """Return row, column and reason of everything that was wrong."""
    return list(batch.faults.order_by("row_number", "pk").values_list("row_number", "column", "reason"))


def error_workbook(batch: ImportBatch) -> bytes:
    with storing.opened(batch.error_workbook) as path:
        return Path(path).read_bytes()


def rows_of(workbook: bytes) -> list[dict[str, object]]:
    lines = openpyxl.load_workbook(io.BytesIO(workbook)).active.iter_rows(values_only=True)
    header = next(lines)
    return [dict(zip(header, line, strict=True)) for line in lines]


def member_named(name: str) -> Membership:
    return Membership.objects.select_related("person", "employer").get(person__name=name, valid_until=None)


JOINED = date(2016, 3, 1)
