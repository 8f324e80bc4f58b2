"""``juli sample``: a synthetic district to try the house with."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from juli.config.cli import migrate, session

NAME = "panyu-2018"


def sample(
    name: Annotated[str, typer.Argument(help="样例名称。")] = NAME,
    scale: Annotated[float, typer.Option(min=0.001, max=1, help="缩小到几分之几，例如 0.01。")] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="随机种子；同一种子生成同一个样例。")] = 2018,
    totals: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="另一份总数文件（TOML）。")
    ] = None,
    only_first: Annotated[
        bool, typer.Option("--only-first", help="只装入组织、单位和第一批会员，其余以后再装。")
    ] = False,
) -> None:
    """装入样例区：真实的地名，虚构的单位和个人；中断后再次运行会接着装。"""
    from juli.config.sample.recipe import Recipe, read

    kept = read()
    recipe = kept or Recipe(name, seed, scale, str(totals.resolve()) if totals else "")
    recipe.district()
    with session.in_new_house(as_owner=kept is None):
        if kept is None:
            migrate.apply()
        _load(recipe, is_new=kept is None, only_first=only_first)


def _load(recipe: "Recipe", *, is_new: bool, only_first: bool) -> None:  # type: ignore[name-defined]  # noqa: F821
    from juli.config.sample import accounts
    from juli.config.sample.loading import FIRST_SLICE, Sample

    with Terminal() as terminal:
        made = Sample(recipe, terminal.tell)
        if is_new:
            made.load_district()
            made.load_members(most=FIRST_SLICE)
            _furnish(recipe)
        done = made.load_members(most=0 if only_first else None)
    typer.echo(f"样例已装入 {done:,} 名会员。")
    typer.echo(
        "登录名：qu（区总）、zhen（镇街）、jiceng（基层）、shenji（审计）、zhigong（职工）；"
        f"密码均为 {accounts.PASSWORD}"
    )


def _furnish(recipe: "Recipe") -> None:  # type: ignore[name-defined]  # noqa: F821
    from django.utils import timezone

    from juli.config.sample import accounts, lively
    from juli.engines.scope import walls

    with walls.entered(walls.system("样例")) as actor:
        at = timezone.now()
        accounts.open_all(recipe.district(), actor=actor, at=at)
        lively.enliven(recipe.district(), actor=actor, at=at)


class Terminal:
    """A progress bar on a terminal; plain lines where the output is kept."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns) if sys.stderr.isatty() else None
        self._tasks: dict[str, object] = {}

    def __enter__(self) -> "Terminal":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *problem: object) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, label: str, done: int, whole: int) -> None:
        """Show how far a part has come."""
        if self._bar is None:
            session.tell(f"正在装入{label}：{done:,} / {whole:,}")
            return
        if label not in self._tasks:
            self._tasks[label] = self._bar.add_task(f"正在装入{label}", total=whole)
        self._bar.update(self._tasks[label], completed=done)  # type: ignore[arg-type]  # rich's own id
