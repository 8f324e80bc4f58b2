"""What was measured beside what was promised, written into RESULTS.md: one section a benchmark."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from benchmarks import machine

PAGE = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

What was promised and what was measured, by `juli bench` (see README.md). Each section is written anew by its
own benchmark and names the machine, the load it was under and the day. Other work may run on the machine:
trust ratios before milliseconds.
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One measurement; without a budget it stands there for information (结论)."""

    what: str
    measured: str
    budget: str = ""
    is_met: bool | None = None

    @property
    def mark(self) -> str:
        return {True: "met", False: "**missed**", None: ""}[self.is_met]


def within(what: str, value: float, budget: float, *, unit: str = "ms", beside: str = "") -> Verdict:
    """Return the verdict on something of which there may be so much and no more."""
    return Verdict(what, _said(value, unit, beside), f"≤ {_number(budget, unit)}", value <= budget)


def at_least(what: str, value: float, budget: float, *, unit: str = "×", beside: str = "") -> Verdict:
    """Return the verdict on something of which there must be so much or more."""
    return Verdict(what, _said(value, unit, beside), f"≥ {_number(budget, unit)}", value >= budget)


def noted(what: str, measured: str) -> Verdict:
    """Return a measurement that nobody promised anything about."""
    return Verdict(what, measured)


def publish(name: str, title: str, verdicts: list[Verdict], *, notes: str = "", postgresql: str = "") -> None:
    """Write one benchmark's section, keep its raw numbers, and show it on the terminal."""
    section = _section(name, title, verdicts, notes=notes.strip(), postgresql=postgresql)
    PAGE.write_text(_with(name, section), "utf-8")
    machine.written(name, {"verdicts": [asdict(each) for each in verdicts], "postgresql": postgresql})
    print(section)


def _with(name: str, section: str) -> str:
    """Return the page with one section put in or replaced; the others stay as they are."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else HEAD
    kept = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    mark = f"## {name}:"
    if any(each.startswith(mark) for each in kept):
        kept = [section + "\n" if each.startswith(mark) else each for each in kept]
    else:
        kept = [kept[0].rstrip() + "\n\n", *kept[1:], section + "\n"] if kept else [HEAD, section]
    return "\n\n".join(each.strip() for each in kept) + "\n"


def _section(name: str, title: str, verdicts: list[Verdict], *, notes: str, postgresql: str) -> str:
    here = machine.Machine.here()
    when = datetime.now().astimezone()
    where = (
        f"{when:%Y-%m-%d %H:%M %Z}; {here.processor}, {here.cores} cores, {here.memory_gib} GiB, "
        f"load {here.load}; {f'PostgreSQL {postgresql}, ' if postgresql else ''}Python {here.python}"
    )
    rows = [f"| {each.what} | {each.measured} | {each.budget} | {each.mark} |" for each in verdicts]
    table = "\n".join(["| what | measured | budget | |", "|---|---|---|---|", *rows])
    return "\n\n".join(part for part in (f"## {name}: {title}", where, table, notes) if part) + "\n"


def _said(value: float, unit: str, beside: str) -> str:
    return f"{_number(value, unit)}{f' ({beside})' if beside else ''}"


def _number(value: float, unit: str) -> str:
    digits = 2 if value < 10 and value != int(value) else 1 if value < 100 and value != int(value) else 0
    return f"{value:,.{digits}f} {unit}"
