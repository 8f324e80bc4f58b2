"""What a board of many figures and a map of tiles are made of."""

from dataclasses import dataclass

from juli.engines.desk.cells import Number, Words
from juli.engines.desk.figures import Headline
from juli.engines.desk.pages import Action, Listing, Note, Tab, Table


@dataclass(frozen=True, slots=True)
class Gauge:
    """
    One line of a board: how many records are wrong, and the share that is right (指标行).

    ``trend`` holds what the number was in past weeks, oldest first; ``moved`` says it in words.
    """

    label: Words
    number: Number
    share: Number | None = None
    bar: float = 0.0
    trend: tuple[float, ...] = ()
    moved: Words = ""

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left to do."""
        return self.number.value == 0


@dataclass(frozen=True, slots=True)
class GaugeGroup:
    """Lines that are read together, counted among ``whole`` (指标组)."""

    title: Words
    anchor: str
    gauges: tuple[Gauge, ...]
    whole: Number | None = None
    whole_label: Words = ""

    @property
    def has_shares(self) -> bool:
        """Whether any line says its share, so that the table needs the columns."""
        return any(gauge.share is not None for gauge in self.gauges)

    @property
    def has_trend(self) -> bool:
        """Whether any line has been kept for two weeks at least."""
        return any(len(gauge.trend) > 1 for gauge in self.gauges)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list of units to look at (可选组织)."""

    label: Words
    value: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """
    Many figures of one unit side by side, each leading to its records (看板).

    ``asked`` are the units to choose from; the form sends GET ``unit``. ``by_unit`` sets the units
    below side by side, ``by_week`` the past weeks.
    """

    title: Words
    line: Words
    groups: tuple[GaugeGroup, ...]
    asked: tuple[Choice, ...] = ()
    by_unit: Table | None = None
    by_week: Table | None = None
    weeks_line: Words = ""
    actions: tuple[Action, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """
    One unit on the map (瓦片).

    ``shade`` is 1 (the palest) to 5, or 0 where nothing can be said; ``word`` says the same in words.
    ``column`` and ``row`` begin with 1; without them the tile takes the next free place.
    """

    name: Words
    number: Number
    word: Words
    shade: int
    href: str = ""
    line: Words = ""
    column: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Legend:
    """What a shade means (图例)."""

    shade: int
    word: Words
    span: Words


@dataclass(frozen=True, slots=True)
class TileMap:
    """
    Units as tiles where they lie, shaded by one measure, with the table beside it (瓦片图).

    ``measures`` are the ways to shade it. Without tiles, ``employers`` are listed: nothing lies below.
    """

    title: Words
    line: Words
    caption: Words
    tiles: tuple[Tile, ...]
    measures: tuple[Tab, ...] = ()
    legend: tuple[Legend, ...] = ()
    table: Table | None = None
    headlines: tuple[Headline, ...] = ()
    asked: tuple[Choice, ...] = ()
    actions: tuple[Action, ...] = ()
    note: Note | None = None
    employers: Listing | None = None

    @property
    def placed(self) -> tuple[Tile, ...]:
        """The tiles that say where they lie."""
        return tuple(tile for tile in self.tiles if tile.column and tile.row)

    @property
    def unplaced(self) -> tuple[Tile, ...]:
        """The others, which stand in a plain grid."""
        return tuple(tile for tile in self.tiles if not (tile.column and tile.row))
