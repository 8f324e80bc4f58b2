"""What can happen to committees, their sessions and reports."""

from enum import StrEnum


class Happened(StrEnum):
    """Kinds of fact of this app."""

    COMMITTEE_ELECTED = "reporting.committee_elected"
    PLENARY_HELD = "reporting.plenary_held"
    REPORT_DELIVERED = "reporting.report_delivered"


LABELS: dict[StrEnum, str] = {
    Happened.COMMITTEE_ELECTED: "委员会换届",
    Happened.PLENARY_HELD: "召开全委会",
    Happened.REPORT_DELIVERED: "作工作报告",
}
