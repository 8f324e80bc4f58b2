"""Where the units of a district lie on its map of tiles, and how a measure shades them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from juli.domains.registry.quality import covering
from juli.engines.indicator.declarations import Ratio, Stock
from juli.engines.indicator.figures import Amount

LAYOUTS: Final = Path(__file__).parent / "layouts"
SHADES: Final = 5
STEPS_OF_A_SHARE: Final = (40, 60, 80, 95)
"""From these percentages on a share is one shade darker."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A column and a row, both from 1 (位置)."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Measure:
    """By what the map is shaded (图示指标)."""

    code: str
    label: str
    figure: Stock | Ratio


MEASURES: Final = (
    Measure("union", "有无工会", covering.UNCOVERED_EMPLOYERS),
    Measure("employees", "职工人数", covering.EMPLOYEES),
    Measure("coverage", "覆盖率", covering.EMPLOYEE_COVERAGE),
    Measure("membership", "会员率", covering.MEMBERSHIP_RATE),
)
"""The first one is shown unless another is asked for."""


def measure_of(code: str) -> Measure:
    """Return the measure of a code, or the first."""
    return next((each for each in MEASURES if each.code == code), MEASURES[0])


def spot_of(name: str, *, district: str) -> Spot | None:
    """Return where a unit lies on the map of its district; None where nobody has said so."""
    fitting = [each for each in _layout(district) if name.startswith(each)]
    return _layout(district)[max(fitting, key=len)] if fitting else None


@dataclass(frozen=True, slots=True)
class Scale:
    """How values become shades; ``bounds`` are the values from which the next shade begins (色阶)."""

    bounds: tuple[int, ...]
    is_share: bool

    def shade(self, value: Amount | None) -> int:
        """Return the shade of a value, 1 to ``SHADES``; 0 of none."""
        return 0 if value is None else 1 + sum(value >= bound for bound in self.bounds)


def scale_of(figure: Stock | Ratio, values: Sequence[Amount | None]) -> Scale:
    """Return fixed steps for a share, and even steps up to the largest for a count."""
    if isinstance(figure, Ratio):
        return Scale(STEPS_OF_A_SHARE, is_share=True)
    largest = int(max((value for value in values if value is not None), default=0))
    return Scale(tuple(max(1, -(-largest * step // SHADES)) for step in range(1, SHADES)), is_share=False)


@cache
def _layout(district: str) -> dict[str, Spot]:
    path = LAYOUTS / f"{district}.toml"
    if not district.isalnum() or not path.exists():
        return {}
    return read(tomllib.loads(path.read_text(encoding="utf-8")))


def read(entry: dict[str, Any]) -> dict[str, Spot]:  # Any: as TOML gives it
    """
    Return the spots that a file declares, by the beginning of a name.

    :raises ValueError: two units lie on one spot.
    """
    spots = {each["name"]: Spot(each["column"], each["row"]) for each in entry["tile"]}
    if len(set(spots.values())) < len(spots):
        raise ValueError("two tiles lie on one spot")
    return spots
