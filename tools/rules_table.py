"""Write docs/rules.md from the rulebook: every rule with its value, period and source.

python tools/rules_table.py            write
python tools/rules_table.py --check    say whether the page is current
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from juli.engines import rulebook

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"


def worded(rule: rulebook.Rule) -> str:
    """Return the value with its unit, as a reader expects it."""
    if isinstance(rule.value, tuple):
        joint = " × " if rule.code == "document.type_area_mm" else " 或 "
        return joint.join(map(str, rule.value)) + f" {rule.unit}"
    return f"{rule.value} {rule.unit}".strip()


def section(code: str, wordings: list[rulebook.Rule]) -> list[str]:
    """Return one rule's part of the page; a comment in the code cites it by its anchor."""
    first = wordings[0]
    lines = [
        f'<a id="{first.anchor}"></a>',
        "",
        f"## {first.label}",
        "",
        f"`{code}`",
        "",
        "| 数值或口径 | 适用时间 | 适用地区 | 出处 | 查证 |",
        "|---|---|---|---|---|",
    ]
    for each in wordings:
        until = each.valid_until.isoformat() if each.valid_until else "至今"
        period = f"{each.valid_from.isoformat()} – {until}"
        place = each.district or "全国"
        proof = "已查证" if each.is_confirmed else "**待确认**"
        lines.append(f"| {worded(each)} | {period} | {place} | {each.citation} | {proof} |")
    notes = list(dict.fromkeys(each.note for each in wordings if each.note))
    return [*lines, "", *(line for note in notes for line in (note, ""))]


def page() -> str:
    """Return the page as Markdown."""
    rules = sorted(rulebook.every_rule(), key=lambda each: (each.code, each.district, each.valid_from))
    lines = [
        "# 规则库 / Rules",
        "",
        "Made by `make docs` from the rulebook (`src/juli/engines/rulebook/rules/`); do not edit by hand.",
        "",
        "业务发生在哪一天，就适用哪一天有效的规定；终止日期当天不再适用。标明“待确认”的，是尚未核对原文的"
        "默认值，使用前请本级总工会核定。",
        "",
    ]
    for code, wordings in groupby(rules, key=lambda each: each.code):
        lines += section(code, list(wordings))
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    text = page()
    if arguments == ["--check"]:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
