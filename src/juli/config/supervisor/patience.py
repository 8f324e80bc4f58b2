"""How long to wait before a child that ended is started again (退避)."""

from dataclasses import dataclass

DELAYS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
# A child that has lived so long has recovered: its next end is a new story.
STEADY_SECONDS = 60.0


@dataclass(slots=True)
class Patience:
    """Grows with every end in a row."""

    ends_in_a_row: int = 0

    def after_an_end(self, *, lived_seconds: float) -> float:
        """Note that the child ended after living so long, and return the seconds to wait."""
        if lived_seconds >= STEADY_SECONDS:
            self.ends_in_a_row = 0
        delay = DELAYS[min(self.ends_in_a_row, len(DELAYS) - 1)]
        self.ends_in_a_row += 1
        return delay
