"""The bare floor: the same file read, checked as columns and indexed,
with nothing of what a register owes people."""

import io
import json
import sys
import time
from datetime import datetime

import numpy as np
import polars as pl

from juli.config.cli import session

_INDEXES = ("证件号码", "手机号码", "姓名", "工会编码", "入会日期")
_MOBILE = r"^1[3-9]\d{9}$"
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_CHOICES = {
    "性别": ["男", "女"],
    "户籍性质": ["农村", "城镇"],
    "农民工": ["是", "否"],
    "会籍状态": ["在籍", "保留会籍"],
}


def measured(file: str) -> dict[str, float]:
    """Read with Polars and calamine, check nine rules, COPY,
    primary key and five indexes; return the seconds."""
    steps, start = {}, time.perf_counter()

    def step(name: str) -> None:
        steps[name] = round(time.perf_counter() - start - sum(steps.values()), 3)

    frame = pl.read_excel(file, engine="calamine", infer_schema_length=0)
    step("read")
    bad = _checked(frame)
    step("check")
    with session.in_house():
        _loaded(frame, step)
    return {"seconds": round(sum(steps.values()), 3), "rows": frame.height, "bad": bad, **steps}


def _checked(frame: pl.DataFrame) -> int:
    numbers = frame["证件号码"]
    digits = np.frombuffer("".join(numbers.to_list()).encode(), np.uint8).reshape(len(numbers), 18)
    values = np.where(digits == ord("X"), 10, digits - 48)
    is_wrong = ((values[:, :17] * _WEIGHTS).sum(axis=1) + values[:, 17]) % 11 != 1
    born = frame["出生日期"].str.to_date("%Y-%m-%d", strict=False)
    joined = frame["入会日期"].str.head(10).str.to_date("%Y-%m-%d", strict=False)
    today = datetime.now().astimezone().date()
    rules = [
        pl.Series(is_wrong),
        numbers.is_duplicated(),
        ~frame["手机号码"].str.contains(_MOBILE),
        born.is_null(),
        joined.is_null() | (joined > today),
        *(~frame[name].is_in(words) for name, words in _CHOICES.items()),
    ]
    return int(
        pl.DataFrame([rule.alias(str(place)) for place, rule in enumerate(rules)]).sum_horizontal().sum()
    )


def _loaded(frame: pl.DataFrame, step: object) -> None:
    import psycopg

    from juli.config.embedded import connection as links

    columns = ", ".join(f'"{name}" text' for name in frame.columns)
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=False)
    with psycopg.connect(psycopg.conninfo.make_conninfo(**links.parameters(as_owner=True))) as link:
        link.execute(f"CREATE TABLE floor_roster (id bigint GENERATED ALWAYS AS IDENTITY, {columns})")
        named = ", ".join(f'"{name}"' for name in frame.columns)
        with link.cursor().copy(f"COPY floor_roster ({named}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(buffer.getbuffer())
        step("copy")
        link.execute("ALTER TABLE floor_roster ADD PRIMARY KEY (id)")
        for name in _INDEXES:
            link.execute(f'CREATE INDEX ON floor_roster ("{name}")')
        link.commit()
        step("indexes")
        link.execute("DROP TABLE floor_roster")


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
