"""Write docs/coverage.md from docs/systems.toml: which system of work is done, and where.

python tools/coverage_table.py            write
python tools/coverage_table.py --check    say whether the page is current
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "systems.toml"
PAGE = ROOT / "docs" / "coverage.md"
STATUS = {"done": "已完成", "partial": "部分完成", "none": "未开始"}
SYSTEMS = 184


@dataclass(frozen=True, slots=True)
class System:
    """One system of work as a federation names it (工作事项)."""

    number: int
    name: str
    gloss: str
    domain: str
    status: str
    where: str


def systems() -> list[System]:
    """
    Return the systems in the order of their numbers.

    :raises ValueError: a number is missing, or a status is not one of the three, or a place is missing.
    """
    found = [System(**row) for row in tomllib.loads(DATA.read_text(encoding="utf-8"))["system"]]
    if [each.number for each in found] != list(range(1, SYSTEMS + 1)):
        raise ValueError(f"the systems are numbered 1 to {SYSTEMS}, each once, in order")
    for each in found:
        if each.status not in STATUS:
            raise ValueError(f"{each.number}: status {each.status!r} is none of {', '.join(STATUS)}")
        if (each.status == "none") != (not each.where):
            raise ValueError(f"{each.number}: say where it is done, and only when it is")
    return found


def page(rows: list[System]) -> str:
    """Return the page as Markdown."""
    counted = Counter(each.status for each in rows)
    summary = " · ".join(f"{word} {counted[status]}" for status, word in STATUS.items())
    lines = [
        "# 工作事项覆盖表 / Coverage",
        "",
        "Made by `make docs` from `docs/systems.toml`; do not edit by hand.",
        "",
        f"全部 {len(rows)} 项：{summary}。",
        "",
        "| 序号 | 工作事项 | In English | 所属模块 | 状态 | 在哪里办理 |",
        "|---:|---|---|---|---|---|",
        *(
            f"| {each.number} | {each.name} | {each.gloss} | `{each.domain}` | {STATUS[each.status]} "
            f"| {each.where or '—'} |"
            for each in rows
        ),
        "",
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    text = page(systems())
    if arguments == ["--check"]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
