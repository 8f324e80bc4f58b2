"""One timeline per record: who did what, when and why, and what stood there before (时间线)."""

from juli.domains.registry.timeline.entries import Change, Happening, Timeline
from juli.domains.registry.timeline.records import (
    timeline_of_employer,
    timeline_of_person,
    timeline_of_union,
)

__all__ = [
    "Change",
    "Happening",
    "Timeline",
    "timeline_of_employer",
    "timeline_of_person",
    "timeline_of_union",
]
