"""What a row of a ledger says, on what occasion, and what came of posting it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils import timezone

from juli.engines.sheet.columns import Column
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor, PathRange

RECORD: Final = "record"
"""The code of the column that carries the record number (记录号): the number of the row in its table."""

RECORD_COLUMN: Final = Column(
    code=RECORD, label="记录号", max_length=20, width=12,
    note="导出时带有，用来认出原来的记录；新增的行不填",
)  # fmt: skip

SOURCE: Final = "台账导入"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who brings a ledger in, when, and where it may go (导入场合)."""

    actor: Actor
    at: datetime
    batch: ImportBatch
    ranges: tuple[PathRange, ...]

    @property
    def day(self) -> date:
        """The day of the import, in local time."""
        return timezone.localdate(self.at)

    @property
    def reason(self) -> str:
        """What stands on the timeline as the reason of a correction."""
        return f"{SOURCE}：{self.batch.file.name}"[:200]


@dataclass(frozen=True, slots=True)
class Said:
    """
    What one row says, beside what the register holds of it (台账行).

    ``values`` are the row's own where it has any, else the register's; ``given`` names the columns in which
    it says something, ``told`` those that are news. Columns that judging has added are there as well.
    """

    row_number: int
    record: int | None
    values: Mapping[str, Any] = field(repr=False)  # Any: cells of many types
    told: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()

    def __getitem__(self, code: str) -> Any:
        return self.values[code]

    def text(self, code: str) -> str:
        """Return a cell as text, empty where there is nothing."""
        return str(self.values.get(code) or "")


@dataclass(frozen=True, slots=True)
class Posted:
    """
    What posting a row has made (写入结果).

    ``made`` are the rows that are new, in the order in which they would have to go again; the first is
    what the ledger's row stands for. An empty one says that an existing row was altered.
    """

    subject_id: int
    made: tuple[models.Model, ...] = ()
