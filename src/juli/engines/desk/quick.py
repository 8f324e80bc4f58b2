"""What the palette shows: where one can go from anywhere."""

from dataclasses import dataclass

from juli.engines.desk.cells import Words
from juli.engines.desk.homepage import Recalled


@dataclass(frozen=True, slots=True)
class Found:
    """Records of one kind that match (找到的记录)."""

    title: Words
    lines: tuple[Recalled, ...]


@dataclass(frozen=True, slots=True)
class Palette:
    """Records that match or are kept at hand, and pages to go to (快速前往)."""

    query: str = ""
    is_asked: bool = False
    groups: tuple[Found, ...] = ()
    kept: tuple[Recalled, ...] = ()
    pages: tuple[Recalled, ...] = ()
    all_href: str = ""

    @property
    def number(self) -> int:
        """How many places there are to go to."""
        return sum(len(group.lines) for group in self.groups) + len(self.kept) + len(self.pages)
