"""
Frames on their way into the register: a temporary table of the transaction, filled by COPY.

COPY into a table with a policy is refused, so rows land beside it first. The stage is a temporary
table and not a permanent unlogged one: no other session can ever see what is in it, it is not
written ahead, and nothing of it is left after the transaction, however that ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

import polars as pl
from django.db import connection

Definition = Mapping[str, str]
"""The columns of a stage and their types in SQL."""

Values = Mapping[str, str | int | date | datetime | None]
"""The parameters of a statement by name."""


def create(stage: str, columns: Definition) -> None:
    """Make an empty stage for this transaction; one of the same name goes."""
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{stage}")
        cursor.execute(f"CREATE TEMPORARY TABLE {stage} ({listed}) ON COMMIT DROP")


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """A frame as COPY reads it, made beforehand (待装载数据)."""

    columns: tuple[str, ...]
    rows: int
    text: bytes = field(repr=False)

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Load":
        """Write a frame out: bytes in hexadecimal, lists as arrays, null as nothing at all."""
        buffer = BytesIO()
        _literal(frame).write_csv(buffer, include_header=False)
        return cls(tuple(frame.columns), frame.height, buffer.getvalue())


def fill(stage: str, load: Load) -> None:
    """Copy rows to the stage's columns of the same names."""
    statement = f"COPY {stage} ({', '.join(load.columns)}) FROM STDIN (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(load.text)


def empty(stage: str) -> None:
    """Take all rows off the stage, to make room for the next."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE pg_temp.{stage}")


def run(statement: str, values: Values) -> int:
    """Run one statement and return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return max(int(cursor.rowcount), 0)


def query(statement: str, schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    """Return what a statement without parameters selects; by COPY, so that millions of rows are quick."""
    parts = BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy:
        for part in copy:
            parts.write(part)
    if not parts.tell():
        return pl.DataFrame(schema=schema)
    parts.seek(0)
    read_as = {name: pl.String if kind == pl.Boolean else kind for name, kind in schema.items()}
    frame = pl.read_csv(
        parts, has_header=False, new_columns=list(schema), schema_overrides=list(read_as.values())
    )
    truths = [pl.col(name) == "t" for name, kind in schema.items() if kind == pl.Boolean]
    return frame.with_columns(truths)


def _literal(frame: pl.DataFrame) -> pl.DataFrame:
    changed = []
    for name, kind in frame.schema.items():
        if kind == pl.Binary:
            changed.append((r"\x" + pl.col(name).bin.encode("hex")).alias(name))
        elif isinstance(kind, pl.List):
            joined = pl.col(name).cast(pl.List(pl.String)).list.join(",")
            changed.append(("{" + joined + "}").alias(name))
    return frame.with_columns(changed) if changed else frame
