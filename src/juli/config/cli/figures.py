"""``juli figures``: the numbers of a report, each counted from its records."""

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from juli.config.cli import session

if TYPE_CHECKING:
    from rich.table import Table

    from juli.engines.indicator.figures import Amount, Part
    from juli.engines.indicator.sets import FigureSet, Quotation
    from juli.kernel.period import Period

WIDTH_OF_A_FILE = 160  # where no terminal says how wide it is
NOT_WIRED = "未接入"


class By(StrEnum):
    """What the figures may be broken down by (分组)."""

    TOWN = "town"
    EMPLOYER_CLASS = "employer_class"


def figures(
    name: Annotated[str, typer.Argument(metavar="指标集", help="指标集的名称，例如 annual-work。")],
    year: Annotated[int, typer.Option(help="统计年度，例如 2018。")],
    unit: Annotated[str, typer.Option(help="组织编码，例如 440113。")],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")] = False,
    by: Annotated[
        By | None, typer.Option(metavar="<town|employer_class>", help="再按镇街或单位经济类型分组。")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], metavar="<日期>", help="截止日，须在统计年度之内；默认为年末。"
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="把还没有接入记录的指标也列出来。")] = False,
) -> None:
    """列出一份报告要用的指标：准确数、报告中的写法，以及背后的记录数。"""
    with session.in_house():
        # The command gives a day, not an instant; nothing is converted.
        chosen, quotations = _work_out(name, year, unit, by, as_of.date() if as_of else None)
    if as_json:
        typer.echo(json.dumps([_entry(each) for each in quotations], ensure_ascii=False, indent=2))
        return
    _print(_table(chosen, quotations, everything=everything))
    if by is not None:
        for each in quotations:
            if each.figure.parts:
                _print(_parts_table(each))


def _work_out(
    name: str, year: int, unit_code: str, by: By | None, as_of: date | None
) -> "tuple[FigureSet, tuple[Quotation, ...]]":
    from django.utils import timezone

    from juli.engines.indicator import asking, sets
    from juli.engines.scope import walls

    at = timezone.now()
    chosen = sets.figure_set(name)
    period: Period = asking.period_of(year, as_of=as_of, today=timezone.localdate(at))
    with walls.entered(walls.system("命令行")) as actor:
        unit = asking.unit_of(unit_code)
        return chosen, sets.quote(
            chosen.slots, unit=unit, period=period, actor=actor, at=at, by=by.value if by else None
        )


def _entry(quotation: "Quotation") -> dict[str, Any]:  # Any: what JSON holds
    figure = quotation.figure
    entry: dict[str, Any] = {
        "slot": quotation.slot.key,
        "value": _plain(figure.value),
        "spoken": quotation.spoken,
        "unit": quotation.slot.unit,
        "indicator": figure.indicator.code,
        "version": figure.version,
        "evidence_count": figure.evidence_count,
        "as_of": figure.as_of.isoformat(),
        "note": quotation.note,
    }
    if figure.denominator is not None:
        entry |= {"numerator": _plain(figure.numerator), "denominator": _plain(figure.denominator)}
    if figure.parts:
        entry |= {
            "by": figure.by,
            "parts": [_part(part, by=figure.by) for part in figure.parts],
            "difference": _plain(figure.difference),
        }
    return entry


def _part(part: "Part", *, by: str) -> dict[str, Any]:  # Any: what JSON holds
    code = part.unit_code if by == By.TOWN else part.code
    return {
        "code": code,
        "label": part.label,
        "value": _plain(part.value),
        "evidence_count": part.evidence_count,
    }


def _plain(value: "Amount | None") -> int | str | None:
    """A count as a number; an amount or a share as text, so that no reader makes a float of it."""
    return value if value is None or isinstance(value, int) else str(value)


def _table(chosen: "FigureSet", quotations: "tuple[Quotation, ...]", *, everything: bool) -> "Table":
    from rich.table import Table

    by_key = {each.slot.key: each for each in quotations}
    table = Table(box=None, pad_edge=False)
    for heading, is_number in (
        ("数位", False), ("名称", False), ("准确数", True), ("单位", False), ("报告写法", False),
        ("记录数", True), ("指标", False), ("版本", True), ("截止日", False), ("说明", False),
    ):  # fmt: skip
        table.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for slot in chosen.slots:
        if (found := by_key.get(slot.key)) is not None:
            figure = found.figure
            table.add_row(
                slot.key, slot.label, _shown(figure.value), slot.unit, found.spoken,
                str(figure.evidence_count), figure.indicator.code, str(figure.version),
                figure.as_of.isoformat(), found.note,
            )  # fmt: skip
        elif everything:
            table.add_row(slot.key, slot.label, "", slot.unit, "", "", "", "", "", NOT_WIRED)
    return table


def _parts_table(quotation: "Quotation") -> "Table":
    from rich.table import Table

    figure = quotation.figure
    table = Table(
        title=f"\n{quotation.slot.label}（{quotation.slot.key}）",
        box=None,
        pad_edge=False,
        title_justify="left",
    )
    for heading, is_number in (("编码", False), ("分项", False), ("准确数", True), ("记录数", True)):
        table.add_column(heading, justify="right" if is_number else "left")
    for part in figure.parts:
        code = part.unit_code if figure.by == By.TOWN else part.code
        table.add_row(code, part.label, _shown(part.value), str(part.evidence_count))
    table.add_row("", "合计", _shown(figure.value), str(figure.evidence_count))
    if figure.difference:
        table.add_row("", "合计减各分项", _shown(figure.difference), "")
    return table


def _shown(value: "Amount | None") -> str:
    return "" if value is None else str(value)


def _print(table: "Table") -> None:
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE).print(table)
