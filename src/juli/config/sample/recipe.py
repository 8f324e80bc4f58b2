"""What this house's sample was made from, and how far it has come: one small file in the data folder."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from juli.config.embedded.folders import data_folder
from juli.config.sample import district
from juli.config.sample.district import District


@dataclass(frozen=True, slots=True)
class Recipe:
    """Name, seed and scale, from which the same sample can be made again; and the members so far."""

    name: str
    seed: int
    scale: float
    totals_file: str = ""
    members_done: int = 0
    members_whole: int = 0

    @property
    def is_finished(self) -> bool:
        """Whether every member has been posted."""
        return 0 < self.members_whole <= self.members_done

    def district(self) -> District:
        """
        Read the district of this recipe.

        :raises UnknownDistrict: no sample bears the name.
        :raises TotalsDoNotFit: the totals contradict each other.
        """
        other = Path(self.totals_file) if self.totals_file else None
        return district.read(self.name, totals_file=other, scale=self.scale)

    def with_progress(self, done: int, whole: int) -> "Recipe":
        """Return the recipe with how far it has come."""
        return replace(self, members_done=done, members_whole=whole)


def place() -> Path:
    """Return where the recipe of this house is kept."""
    return data_folder() / "sample.json"


def read() -> Recipe | None:
    """Return the recipe of this house, or None where no sample was made."""
    try:
        return Recipe(**json.loads(place().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep(recipe: Recipe) -> None:
    """Write the recipe, whole or not at all."""
    unfinished = place().with_suffix(".unfinished")
    unfinished.write_text(json.dumps(asdict(recipe), ensure_ascii=False), encoding="utf-8")
    unfinished.replace(place())
