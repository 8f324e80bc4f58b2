"""``juli report``: the work report as an official document."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from juli.config.cli import session
from juli.kernel.refusal import Refusal

if TYPE_CHECKING:
    from juli.domains.reporting.reports import Report


class NotWritable(Refusal):
    """The file cannot be written there."""

    code = "cli.not_writable"
    message = "无法写入 {path}：{reason}。请换一个位置，或先关闭正在打开的同名文件。"


def report(
    name: Annotated[str, typer.Argument(metavar="报告", help="报告的名称，例如 annual-work。")],
    year: Annotated[int, typer.Option(help="回顾年度，例如 2018。")],
    unit: Annotated[str, typer.Option(help="组织编码，例如 440113。")],
    out: Annotated[Path, typer.Option(metavar="文件", help="写到哪个文件，以 .docx 结尾。")],
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], metavar="<日期>", help="截止日，须在回顾年度之内；默认为年末。"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")] = False,
) -> None:
    """生成工作报告：每个数字都从记录数出，文后附数字索引。"""
    if out.suffix.lower() != ".docx":
        raise typer.BadParameter("文件名应以 .docx 结尾，例如 report.docx", param_hint="--out")
    with session.in_house():
        made = _composed(name, year, unit, as_of)
        _write(made, out)
    if as_json:
        numbers = {each.slot.key: each.spoken for each in made.quotations}
        typer.echo(json.dumps({"file": str(out), "figures": numbers}, ensure_ascii=False))
        return
    typer.echo(f"已生成《{_title(made)}》，正文有 {len(made.quotations)} 个数字：{out}")


def _composed(name: str, year: int, unit_code: str, as_of: datetime | None) -> "Report":
    from django.utils import timezone

    from juli.domains.reporting import reports
    from juli.engines.indicator import asking
    from juli.engines.scope import walls

    at = timezone.now()
    period = asking.period_of(year, as_of=as_of.date() if as_of else None, today=timezone.localdate(at))
    with walls.entered(walls.system("命令行")) as actor:
        unit = asking.unit_of(unit_code)
        return reports.compose(name, unit=unit, period=period, actor=actor, at=at)


def _write(made: "Report", out: Path) -> None:
    from juli.domains.reporting import papers

    try:
        papers.write(made, out)
    except OSError as error:
        raise NotWritable(path=out, reason=error.strerror or "写入失败") from error


def _title(made: "Report") -> str:
    from juli.domains.reporting.reports import plain

    return "".join(plain(line) for line in made.title)
