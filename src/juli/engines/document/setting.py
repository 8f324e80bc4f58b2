"""The measures of GB/T 9704-2012, read from the rules of the day."""

from dataclasses import dataclass
from datetime import date
from math import floor

from juli.engines.rulebook import book

MM_TO_TWIPS = 1440 / 25.4
A4_MM = (210, 297)

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
"""Typefaces as offices have them; a machine without one shows its own substitute."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Page, grid and sizes; lengths in millimetres, sizes in points (版式)."""

    top: int
    left: int
    width: int
    height: int
    lines: int
    characters: int
    body_points: int
    title_points: int
    page_number_points: int

    @property
    def right(self) -> int:
        """What is left of the page at the right: 26 mm."""
        return A4_MM[0] - self.left - self.width

    @property
    def bottom(self) -> int:
        """What is left of the page below: 35 mm."""
        return A4_MM[1] - self.top - self.height

    @property
    def line_twips(self) -> int:
        """The height of one line of the grid in twentieths of a point: 580, or 29 points."""
        return round(self.height * MM_TO_TWIPS / self.lines)

    @property
    def character_twips(self) -> int:
        """
        What each character gives up so that a line holds exactly its number of them: five twentieths.

        In whole twentieths of a point, rounded so that the last character still fits; negative
        where characters draw closer. A grid of characters would say the same, but programs differ
        in whether a character may be wider than its cell.
        """
        pitch = self.width * MM_TO_TWIPS / self.characters
        return floor(pitch - self.body_points * 20)


def setting_on(day: date) -> Setting:
    """Return the setting that the rules prescribe on a day."""

    def whole(code: str) -> int:
        return book.rule(f"document.{code}", on=day).whole()

    area = book.rule("document.type_area_mm", on=day).value
    if not isinstance(area, tuple):
        raise TypeError("document.type_area_mm is a pair of millimetres")
    return Setting(
        top=whole("margin_top_mm"),
        left=whole("margin_left_mm"),
        width=area[0],
        height=area[1],
        lines=whole("lines_a_page"),
        characters=whole("characters_a_line"),
        body_points=whole("body_points"),
        title_points=whole("title_points"),
        page_number_points=whole("page_number_points"),
    )
