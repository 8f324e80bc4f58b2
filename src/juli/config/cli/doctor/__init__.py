"""``juli doctor``: examine the house, and say of everything how it is and how to mend it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from juli.config.cli import session
from juli.config.cli.doctor import machine
from juli.config.cli.doctor.findings import Finding, Word, bad
from juli.config.embedded import cluster, connection
from juli.config.embedded.folders import Folders, data_folder
from juli.kernel.refusal import Refusal

REACHING = "请确认数据库正在运行，连接地址和口令正确；详情见数据目录下 postgres/log。"


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")] = False,
) -> None:
    """检查运行环境，逐项说明问题和处理办法；有问题时退出码为 1。"""
    findings = list(_examine())
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=2))
    else:
        for each in findings:
            typer.echo(_line(each))
    if any(each.word is Word.BAD for each in findings):
        raise typer.Exit(1)


def _examine() -> Iterator[Finding]:
    data = data_folder()
    yield from machine.examine(data)
    if connection.is_embedded() and not cluster.exists(Folders(data)):
        yield bad("数据库", "还没有建立。", mend="请运行 juli init 或 juli sample panyu-2018。")
        return
    try:
        with session.in_house():
            yield from _examine_database()
    except Refusal as refusal:
        yield bad("数据库", refusal.sentence, mend="请处理后再次运行 juli doctor。")
    except Exception as error:
        if not session.is_database_down(error):
            raise
        yield bad("数据库", f"没有应答：{session.reason_of(error)}。", mend=REACHING)


def _examine_database() -> Iterator[Finding]:
    from django.db import OperationalError, ProgrammingError

    from juli.config.cli.doctor import database
    from juli.engines.scope import walls

    try:
        with walls.entered(walls.stranger()):
            yield from database.examine()
    except OperationalError as error:
        yield bad("数据库", f"没有应答：{session.reason_of(error)}。", mend=REACHING)
    except ProgrammingError as error:
        yield bad("数据库", f"结构不完整：{session.reason_of(error)}。", mend="请运行 juli migrate。")


def _line(finding: Finding) -> str:
    told = f"［{finding.word.label}］{finding.subject}：{finding.sentence}"
    return f"{told}{finding.mend}" if finding.mend else told
