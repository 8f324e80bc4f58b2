"""The work report: a text with places for figures, filled from records."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from juli.engines.indicator import sets
from juli.engines.indicator.sets import FigureSet, Quotation
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.period import Period
from juli.kernel.refusal import Refusal

FOLDER = Path(__file__).parent / "report_texts"
PLACE = re.compile(r"\{([a-z_0-9]+)\}")
NOT_REGISTERED = "（尚未登记）"


class UnknownReport(Refusal):
    """There is no report of that name."""

    code = "reporting.unknown_report"
    message = "没有名为 {name} 的报告，可用的有：{known}。"
    status = 404


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure as it stands in a sentence; the same figure may stand in several (引用)."""

    quotation: Quotation

    @property
    def text(self) -> str:
        """The words of the report; where nothing is registered it says so."""
        return self.quotation.spoken or NOT_REGISTERED


Run: TypeAlias = str | Quoted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its leading words, then words and figures in order (段落)."""

    lead: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report (章)."""

    anchor: str
    title: tuple[Run, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        """The figures in the chapter, in the order of the text."""
        runs = [*self.title, *(run for each in self.paragraphs for run in each.runs)]
        return tuple(run for run in runs if isinstance(run, Quoted))


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report, worked out (报告)."""

    code: str
    figure_set: FigureSet
    unit: OrgUnit
    period: Period
    title: tuple[tuple[Run, ...], ...]
    subtitle: tuple[Run, ...]
    addressee: str
    chapters: tuple[Chapter, ...]

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every figure of the text once, in the order in which it first appears."""
        runs = [run for line in self.title for run in line] + list(self.subtitle)
        quoted = [run for run in runs if isinstance(run, Quoted)]
        quoted += [each for chapter in self.chapters for each in chapter.quoted]
        return tuple({each.quotation.slot.key: each.quotation for each in quoted}.values())


def plain(runs: tuple[Run, ...]) -> str:
    """Return the words of some runs without their evidence."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


def compose(name: str, *, unit: OrgUnit, period: Period, actor: Actor, at: datetime) -> Report:
    """
    Work out every figure of a report and put them into its sentences.

    :raises UnknownReport: there is no text of that name.
    """
    text = _text(name)
    chosen = sets.figure_set(text["figure_set"])
    wanted = set(_places(text))
    slots = tuple(slot for slot in chosen.wired if slot.key in wanted)
    quotations = sets.quote(slots, unit=unit, period=period, actor=actor, at=at)
    filled = _Filler({each.slot.key: each for each in quotations}, unit=unit, as_of=period.last_day)
    return Report(
        code=name,
        figure_set=chosen,
        unit=unit,
        period=period,
        title=tuple(filled(line) for line in text["title"]),
        subtitle=filled(text["subtitle"]),
        addressee=text["addressee"],
        chapters=tuple(
            Chapter(
                anchor=chapter["anchor"],
                title=filled(chapter["title"]),
                paragraphs=tuple(
                    Paragraph(each["lead"], filled(each["text"])) for each in chapter["paragraph"]
                ),
            )
            for chapter in text["chapter"]
        ),
    )


@dataclass(frozen=True, slots=True)
class _Filler:
    quotations: Mapping[str, Quotation]
    unit: OrgUnit
    as_of: date

    def __call__(self, sentence: str) -> tuple[Run, ...]:
        words = {
            "unit": self.unit.name,
            "as_of": f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日",
        }
        runs: list[Run] = []
        for position, piece in enumerate(PLACE.split(sentence)):
            if position % 2 == 0:
                runs.append(piece)
            else:
                runs.append(words[piece] if piece in words else Quoted(self.quotations[piece]))
        return tuple(run for run in runs if run)


@cache
def every_report() -> tuple[str, ...]:
    """Return the names of the reports there are texts for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def _text(name: str) -> dict[str, Any]:  # Any: as TOML gives it
    if name not in every_report():
        raise UnknownReport(name=name, known="、".join(every_report()))
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _places(text: Mapping[str, Any]) -> Iterator[str]:  # Any: as TOML gives it
    sentences = [*text["title"], text["subtitle"]]
    for chapter in text["chapter"]:
        sentences += [chapter["title"], *(each["text"] for each in chapter["paragraph"])]
    for sentence in sentences:
        yield from PLACE.findall(sentence)
