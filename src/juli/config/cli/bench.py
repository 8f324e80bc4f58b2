"""``juli bench``: what was promised about speed, measured on this machine."""

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import juli
from juli.config.cli import session
from juli.config.embedded.folders import data_folder
from juli.kernel.refusal import Refusal

ROOT = Path(juli.__file__).parents[2]
FOLDER = ROOT / "benchmarks"
RESULTS = FOLDER / "RESULTS.md"
OUTSIDE = ("JULI_DATABASE_URL", "JULI_DATABASE_OWNER_URL")


class Benchmark(StrEnum):
    """What can be measured, in the order in which it is (测速项)."""

    WALLS = "walls"
    TOWNS = "towns"
    SEARCH = "search"
    LISTS = "lists"
    FIGURES = "figures"
    EXPORTS = "exports"
    BULK = "bulk"
    ROSTER = "roster"
    LEDGERS = "ledgers"
    OFFICE_DAY = "office_day"
    FIRST_RUN = "first_run"


class NoBenchmarks(Refusal):
    """What measures lives beside the source, not in the package."""

    code = "cli.no_benchmarks"
    message = "测速脚本随源代码提供，这里没有。请在源代码目录里运行 make bench。"


class BenchmarkFailed(Refusal):
    """A benchmark ended before it had measured."""

    code = "cli.benchmark_failed"
    message = "测速项 {name} 没有跑完，原因见上面的输出。"


def bench(
    names: Annotated[
        list[Benchmark] | None, typer.Argument(metavar="[测速项]...", help="要测的项；默认全部。")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="装有全量样例的数据目录；默认用数据目录下的 bench，没有就先生成（约四分钟）。",
        ),
    ] = None,
) -> None:
    """逐项测速，把结果写入 benchmarks/RESULTS.md。"""
    if not FOLDER.is_dir():
        raise NoBenchmarks
    house = (data or data_folder() / "bench").resolve()
    outside = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    environment = outside | {"JULI_DATA": str(house), "PYTHONUTF8": "1"}
    session.tell(f"样例数据目录：{house}")
    _run(("juli", "sample", "panyu-2018"), environment, name="sample")
    _run(("juli", "migrate"), environment, name="migrate")
    for name in names or Benchmark:
        session.tell(f"正在测 {name}……")
        _run((f"benchmarks.{name}",), environment, name=name)
    typer.echo(f"结果已写入 {RESULTS}")


def _run(words: tuple[str, ...], environment: dict[str, str], *, name: str) -> None:
    ended = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environment, check=False)
    if ended.returncode:
        raise BenchmarkFailed(name=name)
