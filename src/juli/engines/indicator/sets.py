"""Sets of figures as data: which numbers a report quotes, and in which words it may say them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from juli.engines.facts import watermark
from juli.engines.indicator import catalogue
from juli.engines.indicator.declarations import AnyIndicator, Listed, Partition, Ratio, Stock
from juli.engines.indicator.figures import Figure
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.records import Tree
from juli.engines.indicator.working import TOWN, work_out
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.period import Period
from juli.kernel.refusal import Refusal
from juli.kernel.spoken import FigureKind, NotJustified, Style, speak, speak_or_exact, style_of

FOLDER = Path(__file__).parent / "figure_sets"

NOTHING_REGISTERED = "没有登记"
NOTHING_TO_DIVIDE = "没有可以相除的数"
WITHHELD = "数目过小，不予显示"
PARTIAL = "只含管理范围内的部分"
NOT_JUSTIFIED = "准确数不支持“{manner}”的说法，照准确数写"
MANNERS = {
    FigureKind.APPROX_OVER: "多",
    FigureKind.APPROX_UNDER: "近",
    FigureKind.APPROX: "约",
    FigureKind.EXACT_ROUNDED: "以万计",
    FigureKind.ROUNDED_TO_100: "以万计",
}


class UnknownFigureSet(Refusal):
    """There is no set of that name."""

    code = "indicator.unknown_figure_set"
    message = "没有名为 {name} 的指标集，可用的有：{known}。"
    status = 404


@dataclass(frozen=True, slots=True)
class Group:
    """A heading under which figures of a set stand (分类)."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One number of a report (数位).

    ``kind`` says how the report words it; without an ``indicator`` it is not wired to records yet.
    """

    key: str
    label: str
    unit: str
    kind: FigureKind
    system: int
    group: str
    indicator: str = ""
    step: Decimal | None = None

    @property
    def is_wired(self) -> bool:
        """Whether the number is counted from records."""
        return bool(self.indicator)

    @property
    def style(self) -> Style:
        """The words in which a report says the number."""
        return style_of(self.kind, unit=self.unit, step=self.step)


@dataclass(frozen=True, slots=True)
class FigureSet:
    """The numbers of one report, in the order of its text (指标集)."""

    code: str
    label: str
    groups: tuple[Group, ...]
    slots: tuple[Slot, ...]

    @property
    def wired(self) -> tuple[Slot, ...]:
        """The numbers that are counted from records."""
        return tuple(slot for slot in self.slots if slot.is_wired)

    def slot_of(self, indicator: str) -> Slot | None:
        """Return the slot that quotes an indicator, if one does."""
        return next((slot for slot in self.slots if slot.indicator == indicator), None)


@dataclass(frozen=True, slots=True)
class Quotation:
    """
    A slot with its figure, and how a report says it (引用).

    ``spoken`` is empty where there is no number; ``note`` says why the words are not the usual ones.
    """

    slot: Slot
    figure: Figure
    spoken: str
    note: str = ""


def figure_set(code: str) -> FigureSet:
    """
    Return the set of a code.

    :raises UnknownFigureSet: there is none.
    """
    known = every_set()
    if code not in known:
        raise UnknownFigureSet(name=code, known="、".join(known))
    return known[code]


@cache
def every_set() -> dict[str, FigureSet]:
    """Return every set by its code."""
    sets = (read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml")))
    return {each.code: each for each in sets}


def read(entry: Mapping[str, Any]) -> FigureSet:  # Any: as TOML gives it
    """
    Return the set that a file declares.

    :raises ValueError: a slot names no group or stands twice.
    """
    groups = tuple(Group(each["code"], each["label"]) for each in entry["group"])
    slots = tuple(_slot(each) for each in entry["slot"])
    keys = [slot.key for slot in slots]
    if len(set(keys)) < len(keys):
        raise ValueError(f"{entry['code']}: a slot stands twice")
    if strange := {slot.group for slot in slots} - {group.code for group in groups}:
        raise ValueError(f"{entry['code']}: no group {', '.join(sorted(strange))}")
    return FigureSet(entry["code"], entry["label"], groups, slots)


def quote(
    slots: tuple[Slot, ...],
    *,
    unit: OrgUnit,
    period: Period,
    actor: Actor,
    at: datetime,
    by: str | None = None,
    tree: Tree = Tree.OF_THE_DAY,
) -> tuple[Quotation, ...]:
    """
    Work out the wired ones of some slots, in their order; the tree's moves are asked for once.

    What this process counted since the last fact is not counted again.

    A figure that cannot be broken down as asked comes without parts.
    """
    mark = watermark.mark()
    moves = Moves.ever() if tree is Tree.OF_THE_DAY else Moves.none()
    quotations = []
    for slot in slots:
        if slot.is_wired:
            declared = catalogue.indicator(slot.indicator)
            wanted = by if by is not None and can_be_broken_down(declared, by=by) else None
            figure = work_out(
                declared, unit=unit, period=period, actor=actor, at=at, by=wanted, tree=tree, moves=moves,
                mark=mark,
            )  # fmt: skip
            quotations.append(spoken_for(slot, figure))
    return tuple(quotations)


def can_be_broken_down(declared: AnyIndicator, *, by: str) -> bool:
    """Say whether a figure may be broken down that way."""
    match declared:
        case Listed() | Partition():
            return False
        case Stock(is_of_unit_alone=True):
            return False
        case Ratio():
            return all(can_be_broken_down(each, by=by) for each in (declared.numerator, declared.denominator))
        case _:
            return by == TOWN or declared.dimension(by) is not None


def spoken_for(slot: Slot, figure: Figure) -> Quotation:
    """Put a figure into the words of its slot; where they are not justified, say it exactly and say why."""
    if figure.value is None:
        reason = NOTHING_TO_DIVIDE if isinstance(figure.indicator, Ratio) else NOTHING_REGISTERED
        return Quotation(slot, figure, "", WITHHELD if figure.is_withheld else reason)
    note = PARTIAL if figure.is_partial else ""
    try:
        return Quotation(slot, figure, speak(figure.value, slot.style), note)
    except NotJustified:
        reason = NOT_JUSTIFIED.format(manner=MANNERS.get(slot.kind, slot.kind))
        exact = speak_or_exact(figure.value, slot.style)
        return Quotation(slot, figure, exact, "；".join(each for each in (note, reason) if each))


def _slot(entry: Mapping[str, Any]) -> Slot:  # Any: as TOML gives it
    step = entry.get("step")
    return Slot(
        key=entry["key"],
        label=entry["label"],
        unit=entry["unit"],
        kind=FigureKind(entry["kind"]),
        system=entry["system"],
        group=entry["group"],
        indicator=entry.get("indicator", ""),
        step=None if step is None else Decimal(step),
    )
