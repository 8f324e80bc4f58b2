"""What a timeline is made of: values that any page can draw."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Change:
    """
    What one column said before and after (变更).

    Sealed columns appear masked; a number that changed behind the same mask is told by
    ``is_masked``.
    """

    label: str
    old: str
    new: str
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """
    One entry: what happened on which day, why, and who wrote it down when (经过).

    ``kind`` is the code of a fact, or empty for a mere change of columns. ``is_late`` says that it
    was written down on a later day than it happened, ``is_reversal`` that it undoes another;
    ``attachment_id`` names the file that it is about.
    """

    kind: str
    verb: str
    on: date
    recorded_at: datetime
    by: str
    subject: str = ""
    reason: str = ""
    is_late: bool = False
    is_reversal: bool = False
    attachment_id: int | None = None
    changes: tuple[Change, ...] = field(default=())

    @property
    def is_correction(self) -> bool:
        """Whether it put something right rather than happened."""
        return self.kind.endswith("_corrected") or not self.kind


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    The newest entries of a record, newest first (时间线).

    ``is_cut`` says that there are older ones.
    """

    entries: tuple[Happening, ...]
    is_cut: bool = False
