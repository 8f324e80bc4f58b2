"""``juli import``: ledgers into the register."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from juli.config.cli import session

if TYPE_CHECKING:
    from juli.engines.sheet.models import ImportBatch
    from juli.engines.sheet.telling import Standing
    from juli.kernel.actor import Actor

ledgers = typer.Typer(help="导入台账：会员名册。", rich_markup_mode=None, no_args_is_help=False)
MACHINE = "命令行"


@ledgers.callback()
def _group() -> None:
    """导入台账。"""


@ledgers.command("members")
def members(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", exists=True, dir_okay=False, readable=True, help="xlsx、xls 或 csv 文件。"
        ),
    ],
    unit: Annotated[str, typer.Option(help="导入到哪个组织及以下，填组织编码；默认为整个总工会。")] = "",
    as_user: Annotated[
        str, typer.Option("--as", metavar="<登录名>", help="以哪个账号的权限和名义导入；默认为本机管理员。")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果，供程序读取。")] = False,
    errors: Annotated[
        Path | None, typer.Option(metavar="<文件>", help="错误清单存到哪里；默认与原文件同一目录。")
    ] = None,
) -> None:
    """导入会员名册：有错的行写入错误清单，其余的一次写入；同一份文件可以重复导入。"""
    with session.in_house():
        with Terminal() as terminal:
            batch = _imported(file, unit_code=unit, username=as_user, terminal=terminal)
        saved = _save_errors(batch, errors or file.with_name(f"{file.stem}－错误清单.xlsx"))
        if as_json:
            typer.echo(json.dumps(_told(batch, saved), ensure_ascii=False, indent=2))
        else:
            typer.echo(_sentence(batch, saved))
        if batch.state != batch.State.POSTED:
            raise typer.Exit(1)


def _imported(file: Path, *, unit_code: str, username: str, terminal: "Terminal") -> "ImportBatch":
    from django.utils import timezone

    from juli.domains.registry.roster import importing, receiving
    from juli.engines.scope import walls
    from juli.engines.sheet.telling import Teller

    actor = _actor(username)
    with walls.entered(actor), file.open("rb") as content:
        unit = receiving.unit_for(unit_code, actor=actor)
        batch = receiving.receive(content, name=file.name, org_unit=unit, actor=actor, at=timezone.now())
    with Teller(batch.pk, actor=actor, clock=timezone.now, also=terminal.tell) as teller:
        return importing.run(batch.pk, actor=actor, clock=timezone.now, teller=teller, at_hand=file)


def _actor(username: str) -> "Actor":
    from django.utils import timezone

    from juli.config.cli.user import NoSuchAccount
    from juli.engines.scope import reaching, walls
    from juli.engines.scope.models import Account
    from juli.kernel.actor import Door

    if not username:
        return walls.system(MACHINE)
    with walls.entered(walls.doorkeeper(door=Door.COMMAND)):
        account = Account.objects.filter(username__iexact=username, is_active=True).first()
        if account is None:
            raise NoSuchAccount(username=username)
        return reaching.actor_for(account, on=timezone.localdate(), door=Door.COMMAND)


def _save_errors(batch: "ImportBatch", path: Path) -> Path | None:
    from juli.engines.files import storing

    if batch.error_workbook is None:
        return None
    with storing.opened(batch.error_workbook) as plain:
        path.write_bytes(plain.read_bytes())
    return path


def _told(batch: "ImportBatch", saved: Path | None) -> dict[str, Any]:  # Any: what JSON holds
    return {
        "batch": batch.pk,
        "state": batch.state,
        "rows": batch.row_count,
        "added": batch.added_rows,
        "changed": batch.changed_rows,
        "unchanged": batch.unchanged_rows,
        "faulty": batch.faulty_rows,
        "error_workbook": str(saved) if saved else None,
        "reason": batch.reason or None,
    }


def _sentence(batch: "ImportBatch", saved: Path | None) -> str:
    if batch.state != batch.State.POSTED:
        return batch.reason
    told = (
        f"共 {batch.row_count:,} 行：新增 {batch.added_rows:,}，更新 {batch.changed_rows:,}，"
        f"未变 {batch.unchanged_rows:,}，错误 {batch.faulty_rows:,}。"
    )
    return told + (f"有错的行没有导入，已写入 {saved}，改正后可直接再次导入。" if saved else "")


class Terminal:
    """A progress bar on a terminal; plain lines, one for each phase, where the output is kept."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns) if sys.stderr.isatty() else None
        self._phase = ""
        self._task: Any = None  # Any: rich numbers its tasks with a type of its own

    def __enter__(self) -> "Terminal":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, standing: "Standing") -> None:
        """Show how far the import has come."""
        is_new = standing.phase != self._phase
        self._phase = standing.phase
        if self._bar is None:
            if is_new:
                session.tell(f"正在{standing.phase.label}……")
            return
        if is_new:
            if self._task is not None:
                self._bar.update(self._task, completed=1, total=1)
            self._task = self._bar.add_task(standing.phase.label, total=None)
        self._bar.update(self._task, completed=standing.done, total=standing.total or None)
