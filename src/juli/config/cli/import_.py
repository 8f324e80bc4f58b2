"""``juli import``: ledgers into the register."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from juli.config.cli import session

if TYPE_CHECKING:
    from juli.engines.sheet.entries import Entry
    from juli.engines.sheet.models import ImportBatch
    from juli.engines.sheet.telling import Standing
    from juli.kernel.actor import Actor

ledgers = typer.Typer(help="导入台账，或撤回一批。", rich_markup_mode=None, no_args_is_help=False)
MACHINE = "命令行"
WORDS = {
    "members": "会员名册", "unions": "工会台账", "employers": "单位台账", "coverage": "覆盖台账",
    "headcounts": "职工人数台账", "hazards": "有害岗位台账", "posts": "任职台账", "persons": "人员台账",
    "grants": "授权台账",
}  # fmt: skip
"""The ledgers by the words of the command line; a test compares them with what is declared."""


@ledgers.callback()
def _group() -> None:
    """导入台账，或撤回一批。"""


File = Annotated[
    Path,
    typer.Argument(
        metavar="文件", exists=True, dir_okay=False, readable=True, help="xlsx、xls 或 csv 文件。"
    ),
]
Unit = Annotated[str, typer.Option(help="导入到哪个组织及以下，填组织编码；默认为整个总工会。")]
AsUser = Annotated[
    str, typer.Option("--as", metavar="<登录名>", help="以哪个账号的权限和名义导入；默认为本机管理员。")
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出结果，供程序读取。")]
Errors = Annotated[
    Path | None, typer.Option(metavar="<文件>", help="错误清单存到哪里；默认与原文件同一目录。")
]
Preview = Annotated[bool, typer.Option("--preview", help="只核对，不写入；到页面上修改并确认。")]
Preset = Annotated[str, typer.Option(metavar="<表样>", help="文件是哪种外来表样；默认为本系统的台账。")]


def _command(word: str, label: str) -> None:
    """Let ``juli import <word>`` bring one ledger in."""

    def bring_in(
        file: File, unit: Unit = "", as_user: AsUser = "", as_json: AsJson = False, errors: Errors = None,
        preview: Preview = False, preset: Preset = "",
    ) -> None:  # fmt: skip
        with session.in_house():
            with Terminal() as terminal:
                batch = _imported(
                    file, unit_code=unit, username=as_user, terminal=terminal, word=word,
                    asking_first=preview, preset=preset,
                )  # fmt: skip
            saved = _save_errors(batch, errors or file.with_name(f"{file.stem}－错误清单.xlsx"))
            if as_json:
                typer.echo(json.dumps(_told(batch, saved), ensure_ascii=False, indent=2))
            else:
                typer.echo(_sentence(batch, saved))
            if batch.state not in {batch.State.POSTED, batch.State.PREVIEWED}:
                raise typer.Exit(1)

    bring_in.__doc__ = f"导入{label}：有错的行写入错误清单，其余的写入登记册；同一份文件可以重复导入。"
    ledgers.command(word)(bring_in)


for _word, _label in WORDS.items():
    _command(_word, _label)


@ledgers.command("template")
def template(
    ledger: Annotated[str, typer.Argument(metavar="台账", help="、".join(WORDS))],
    file: Annotated[Path, typer.Argument(metavar="文件", help="空白模板存到哪里，xlsx。")],
) -> None:
    """写出一种台账的空白模板，带下拉选项和示例行。"""
    with session.in_house():
        from juli.engines.sheet import writing

        writing.write_template(_entry(ledger).loaded().form, file)
        typer.echo(f"模板已写入 {file}")


@ledgers.command("undo")
def undo(
    batch: Annotated[
        int, typer.Argument(metavar="批次", help="批次编号，导入时的 JSON 输出和页面地址里都有。")
    ],
    as_user: AsUser = "",
    as_json: AsJson = False,
) -> None:
    """撤回一批：没有别的记录依靠的行从登记册移出或恢复原样，其余的说明原因。"""
    with session.in_house():
        with Terminal() as terminal:
            found = _undone(batch, username=as_user, terminal=terminal)
        kept = (found.added_rows or 0) + (found.changed_rows or 0) - (found.undone_rows or 0)
        if as_json:
            told = {"batch": found.pk, "undone": found.undone_rows, "kept": kept}
            typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            rest = f"另有 {kept:,} 行有别的记录依靠它们，没有撤回，原因见批次页面。" if kept else ""
            typer.echo(f"撤回了 {found.undone_rows or 0:,} 行。{rest}")


def _undone(number: int, *, username: str, terminal: "Terminal") -> "ImportBatch":
    from django.utils import timezone

    from juli.engines.scope import walls
    from juli.engines.sheet import batches
    from juli.engines.sheet.entries import entry_of
    from juli.engines.sheet.models import ImportBatch
    from juli.engines.sheet.telling import Teller
    from juli.kernel.refusal import NotFound, NotPermitted

    actor = _actor(username)
    with walls.entered(actor):
        batch = ImportBatch.objects.select_related("file", "org_unit").filter(pk=number).first()
        if batch is None:
            raise NotFound
        if not entry_of(batch.ledger).may_go_to(batch.path, actor=actor):
            raise NotPermitted
        batches.begin_undoing(batch, actor=actor, at=timezone.now())
    ledger = entry_of(batch.ledger).loaded()
    with (
        Teller(batch.pk, actor=actor, clock=timezone.now, also=terminal.tell) as teller,
        batches.at_work(batch.pk, actor=actor),
    ):
        ledger.undo(batch, actor=actor, clock=timezone.now, teller=teller)
    return batch


def _entry(word: str) -> "Entry":
    from juli.engines.sheet.entries import entry_of

    if word not in WORDS:
        raise typer.BadParameter(f"没有“{word}”这种台账，可以是：{'、'.join(WORDS)}。")
    return entry_of(word)


def _imported(
    file: Path, *, unit_code: str, username: str, terminal: "Terminal", word: str = "members",
    asking_first: bool = False, preset: str = "",
) -> "ImportBatch":  # fmt: skip
    from django.utils import timezone

    from juli.engines.scope import walls
    from juli.engines.sheet import receiving, working
    from juli.engines.sheet.telling import Teller

    actor, entry = _actor(username), _entry(word)
    with walls.entered(actor), file.open("rb") as content:
        unit = receiving.unit_for(unit_code, entry=entry, actor=actor)
        batch = receiving.receive(
            content, name=file.name, entry=entry, org_unit=unit, actor=actor, at=timezone.now(),
            asking_first=asking_first, preset=preset,
        )  # fmt: skip
    with Teller(batch.pk, actor=actor, clock=timezone.now, also=terminal.tell) as teller:
        return working.run(batch.pk, actor=actor, clock=timezone.now, teller=teller, at_hand=file)


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
        "duplicate": batch.duplicate_rows,
        "error_workbook": str(saved) if saved else None,
        "reason": batch.reason or None,
    }


def _sentence(batch: "ImportBatch", saved: Path | None) -> str:
    if batch.state not in {batch.State.POSTED, batch.State.PREVIEWED}:
        return batch.reason
    told = (
        f"共 {batch.row_count:,} 行：新增 {batch.added_rows:,}，更新 {batch.changed_rows:,}，"
        f"未变 {batch.unchanged_rows:,}，错误 {batch.faulty_rows:,}。"
    )
    if batch.state == batch.State.PREVIEWED:
        told = f"已核对，还没有写入。{told}请到“台账导入”页面查看批次 {batch.pk} 并确认。"
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
