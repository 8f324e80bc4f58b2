"""The few pieces of HTML that stand in every table: one function a kind of cell."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Final, assert_never

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from juli.engines.desk.cells import (
    Bar,
    Cell,
    Day,
    Icon,
    Link,
    Links,
    Masked,
    Moment,
    Name,
    Number,
    Quiet,
    State,
    Text,
    Tone,
)
from juli.engines.desk.homepage import Clock
from juli.engines.desk.pages import Column
from juli.engines.desk.speaking import said

SPRITE: Final = "vendor/icons.svg"

TONE_ICONS: Final = {
    Tone.OK: Icon("circle-check"),
    Tone.INFO: Icon("info-circle"),
    Tone.WARN: Icon("alert-triangle"),
    Tone.BAD: Icon("alert-circle"),
    Tone.MUTE: Icon("circle-minus"),
    Tone.HONOUR: Icon("award"),
}
"""The icon of a state that names none."""

_END: Final = mark_safe("</span>")
SPARK_WIDTH: Final = 92
SPARK_HEIGHT: Final = 32


@cache  # there are some eighty, and a page shows as many
def icon(name: str, extra: str = "") -> SafeString:
    """Return a line icon of the sprite; its word stands beside it, so it is hidden from readers."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static(SPRITE),
        name,
    )


def digits(value: int | Decimal) -> str:
    """Return a number with thousands separated; a Decimal keeps the places it came with."""
    return f"{value:,}"


def number(cell: Number) -> SafeString:
    """Return a number with its unit, as a figure link where it leads to records."""
    if cell.value is None:
        return _absent(gettext("未计"))
    written = digits(cell.value) if cell.is_grouped else str(cell.value)
    shown = (
        format_html('<a class="fig" href="{}">{}</a>', cell.href, written)
        if cell.href
        else format_html("{}", written)
    )
    unit = format_html('<span class="unit">{}</span>', said(cell.unit)) if cell.unit else ""
    return format_html("{}{}", shown, unit)


def state(cell: State, extra: str = "") -> SafeString:
    """Return an icon and a word."""
    head = _state_head(cell.tone, cell.icon or TONE_ICONS[cell.tone], extra)
    return head + conditional_escape(said(cell.label)) + _END


@cache
def _state_head(tone: Tone, name: str, extra: str) -> SafeString:
    return format_html('<span class="st {}{}">{}', tone, f" {extra}" if extra else "", icon(name))


def masked(cell: Masked) -> SafeString:
    """Return a value whose hidden middle is greyed, and the way to the whole of it."""
    if not cell.text:
        return _absent(gettext("未填"))
    head, stars, tail = _around_the_stars(cell.text)
    value = format_html('<span class="mask">{}<i>{}</i>{}</span>', head, stars, tail)
    if not cell.reveal_href:
        return value
    return format_html(
        '{} <a class="reveal" href="{}">{}</a>', value, cell.reveal_href, gettext("写明理由后显示")
    )


def day(on: date) -> str:
    """Return a day in full, as 2018-12-31."""
    return on.isoformat() if not isinstance(on, datetime) else timezone.localdate(on).isoformat()


def short_day(on: date) -> str:
    """Return a day without its year, as 12-31."""
    return day(on)[5:]


def moment(at: datetime) -> str:
    """Return a local time to the minute, as 2018-12-31 10:40."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def bar(share: float) -> SafeString:
    """Return a bar of this share; an SVG, because the page forbids style attributes."""
    width = f"{max(0.0, min(1.0, share)) * 100:.2f}%"
    return format_html(
        '<svg class="bar" aria-hidden="true" focusable="false"><rect class="track" width="100%" '
        'height="100%" rx="2"/><rect class="fill" width="{}" height="100%" rx="2"/></svg>',
        width,
    )


def sparkline(trend: Sequence[float]) -> SafeString:
    """Return a line through the values, oldest first; nothing for fewer than two."""
    if len(trend) < 2:
        return mark_safe("")
    low, high = min(trend), max(trend)
    height = high - low or 1.0
    step = (SPARK_WIDTH - 4) / (len(trend) - 1)
    points = [
        (2 + place * step, SPARK_HEIGHT - 3 - (value - low) / height * (SPARK_HEIGHT - 6))
        for place, value in enumerate(trend)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<polyline class="ln" points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        SPARK_WIDTH,
        SPARK_HEIGHT,
        line,
        f"{points[-1][0]:.1f}",
        f"{points[-1][1]:.1f}",
    )


def clock(value: Clock) -> SafeString:
    """Return a ring of the time that has gone, and in words what is left."""
    return format_html(
        '<span class="clk {}"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<circle class="t" cx="8" cy="8" r="6"/><circle class="v" cx="8" cy="8" r="6" pathLength="100" '
        'stroke-dasharray="{} 100"/></svg>{}</span>',
        value.standing,
        value.used,
        value.words,
    )


def cell(value: Cell) -> SafeString:
    """Return the HTML inside one place of a table or one value of a list of facts."""
    match value:
        case Text(text):
            return conditional_escape(said(text)) if text else _absent(gettext("未填"))
        case Quiet(text):
            return format_html('<span class="dim">{}</span>', said(text))
        case Name(text, href):
            return format_html('<a class="nm" href="{}">{}</a>', href, said(text))
        case Link(text, href):
            return format_html('<a href="{}">{}</a>', href, said(text))
        case Links(links):
            return format_html_join(
                " ", '<a class="nowrap" href="{}">{}</a>', [(each.href, said(each.text)) for each in links]
            )
        case Number():
            return number(value)
        case Day(on):
            return format_html("{}", day(on)) if on else _absent(gettext("未填"))
        case Moment(at):
            return format_html("{}", moment(at)) if at else _absent(gettext("未填"))
        case State():
            return state(value)
        case Masked():
            return masked(value)
        case Bar(share):
            return bar(share)
        case _:
            assert_never(value)


def heads(columns: Sequence[Column]) -> tuple[SafeString, ...]:
    """
    Return what each cell of a table says of its heading: on a telephone a row is a card.

    Once for a table, not once for a cell: a heading is looked up in the visitor's language.
    """
    return tuple(
        format_html(' data-label="{}"', said(column.label)) if column.label else mark_safe("")
        for column in columns
    )


def table_cells(cells: Sequence[Cell], columns: Sequence[Column], headed: Sequence[SafeString]) -> SafeString:
    """Return the cells of one row under their columns; the first one is the heading of the row."""
    parts = ['<th scope="row"', _class_of(cells[0], columns[0]), ">", cell(cells[0]), "</th>"]
    for value, column, head in zip(cells[1:], columns[1:], headed[1:], strict=True):
        parts += ("<td", _class_of(value, column), head, ">", cell(value), "</td>")
    return mark_safe("".join(parts))  # noqa: S308  each part is safe


def _class_of(value: Cell, column: Column) -> SafeString:
    if isinstance(value, Bar):
        return mark_safe(' class="bar-c"')
    if isinstance(value, Number) or column.is_numeric:
        return mark_safe(' class="num"')
    return mark_safe("")


def _absent(word: str) -> SafeString:
    return format_html('<span class="dim">{}</span>', word)


def _around_the_stars(text: str) -> tuple[str, str, str]:
    first, last = text.find("*"), text.rfind("*")
    if first < 0:
        return text, "", ""
    return text[:first], text[first : last + 1], text[last + 1 :]
