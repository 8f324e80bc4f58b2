"""Rules as they stand on a day, read from the files in ``rules/``. Imports no Django."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from juli.kernel.refusal import Refusal

RULES = Path(__file__).parent / "rules"
CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z][a-z0-9_]*")
DISTRICT = re.compile(r"(\d{2}){0,3}")

Value = int | Decimal | str | tuple[int, ...]


class UnknownRule(LookupError):
    """The code names no rule: a slip of the programmer, not of the user."""


class UnsoundRule(ValueError):
    """A rule in the files contradicts itself or cites nothing."""


class NoRuleInForce(Refusal):
    """The rule exists, but none of its versions covers the day and the place."""

    code = "rulebook.no_rule_in_force"
    message = "“{label}”在{day}没有可以适用的规定，请先在规则库中补充。"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule as it is worded for a time and a place (规则).

    ``district`` is the GB/T 2260 prefix of where it holds: empty for the whole country, ``44`` for
    a province. The period is half-open. ``is_confirmed`` says whether the source was read; a rule
    that was not is used all the same and shown as 待确认.
    """

    code: str
    label: str
    value: Value
    unit: str
    law: str
    article: str
    valid_from: date
    valid_until: date | None
    district: str
    is_confirmed: bool
    note: str

    @property
    def anchor(self) -> str:
        """Return where ``docs/rules.md`` explains the rule: ``docs/rules.md#anchor``."""
        return self.code.replace(".", "-").replace("_", "-")

    @property
    def citation(self) -> str:
        """Return law and article the way a document cites them."""
        return f"《{self.law}》{self.article}"

    def is_in_force(self, day: date, *, district: str = "") -> bool:
        """Say whether this wording holds on the day in the district."""
        is_begun = self.valid_from <= day
        is_over = self.valid_until is not None and day >= self.valid_until
        return is_begun and not is_over and district.startswith(self.district)

    def whole(self) -> int:
        """
        Return the value as a whole number.

        :raises TypeError: the rule is not a whole number.
        """
        if not isinstance(self.value, int):
            raise TypeError(f"{self.code} is not a whole number")
        return self.value

    def choices(self) -> tuple[int, ...]:
        """
        Return the whole numbers that the rule lets one choose from.

        :raises TypeError: the rule is not a choice of whole numbers.
        """
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.code} is not a choice")
        return self.value

    def text(self) -> str:
        """
        Return the value as words: the name of a standard, or a day of the year as MM-DD.

        :raises TypeError: the rule is a number.
        """
        if not isinstance(self.value, str):
            raise TypeError(f"{self.code} is not text")
        return self.value


def rule(code: str, *, on: date, district: str = "") -> Rule:
    """
    Return the rule as it is in force on a day; the nearest district's wording wins over the country's.

    :raises UnknownRule: no rule has this code.
    :raises NoRuleInForce: the rule does not cover this day and place.
    """
    versions = [each for each in every_rule() if each.code == code]
    if not versions:
        raise UnknownRule(code)
    held = [each for each in versions if each.is_in_force(on, district=district)]
    if not held:
        raise NoRuleInForce(label=versions[0].label, day=on.isoformat())
    return max(held, key=lambda each: len(each.district))


@cache
def every_rule() -> tuple[Rule, ...]:
    """
    Return every wording of every rule, in the order of the files.

    :raises UnsoundRule: a rule contradicts itself, overlaps another wording of itself or cites nothing.
    """
    found: list[Rule] = []
    for path in sorted(RULES.glob("*.toml")):
        found += read(tomllib.loads(path.read_text(encoding="utf-8"))["rule"])
    prove(found)
    return tuple(found)


def read(entries: Iterable[Mapping[str, Any]]) -> list[Rule]:  # Any: as TOML gives it, judged below
    """
    Return the wordings that a file's entries declare.

    :raises UnsoundRule: a field is missing or of the wrong kind.
    """
    try:
        return [_wording(entry, version) for entry in entries for version in entry["version"]]
    except KeyError as missing:
        raise UnsoundRule(f"a rule lacks {missing}") from missing


def prove(rules: Iterable[Rule]) -> None:
    """
    Check every rule by itself and against its other wordings.

    :raises UnsoundRule: something is wrong; the message says which rule and what.
    """
    seen: dict[tuple[str, str], list[Rule]] = {}
    for each in rules:
        if fault := _fault_of(each):
            raise UnsoundRule(f"{each.code}: {fault}")
        earlier = seen.setdefault((each.code, each.district), [])
        if any(_overlap(each, other) for other in earlier):
            raise UnsoundRule(f"{each.code}: two wordings hold on one day")
        earlier.append(each)


def _wording(entry: Mapping[str, Any], version: Mapping[str, Any]) -> Rule:
    value = version["value"]
    if isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, float):
        raise UnsoundRule(f"{entry['code']}: write {value} as a string and a unit, never as a float")
    if entry.get("is_decimal"):
        value = Decimal(value)
    return Rule(
        code=entry["code"],
        label=entry["label"],
        value=value,
        unit=entry.get("unit", ""),
        law=version["law"],
        article=version["article"],
        valid_from=version["valid_from"],
        valid_until=version.get("valid_until"),
        district=str(version.get("district", "")),
        is_confirmed=version["confirmed"],
        note=version.get("note", entry.get("note", "")),
    )


def _fault_of(each: Rule) -> str:
    if not CODE.fullmatch(each.code):
        return "the code is not app.thing"
    if not DISTRICT.fullmatch(each.district):
        return "the district is not a GB/T 2260 prefix"
    if not (each.label and each.law and each.article):
        return "it must say what it is and cite law and article"
    if each.valid_until is not None and each.valid_until <= each.valid_from:
        return "it ends before it begins"
    if not each.is_confirmed and not each.note:
        return "an unconfirmed rule says what is to be confirmed"
    return ""


def _overlap(one: Rule, other: Rule) -> bool:
    forever = date.max
    return one.valid_from < (other.valid_until or forever) and other.valid_from < (one.valid_until or forever)
