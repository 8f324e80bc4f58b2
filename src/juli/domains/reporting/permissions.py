"""What may be granted over figures and reports."""

from enum import StrEnum


class Permission(StrEnum):
    """Rights over figures, committees and reports."""

    SEE = "reporting.see"
    WRITE = "reporting.write"


LABELS: dict[Permission, str] = {
    Permission.SEE: "查看指标与报告",
    Permission.WRITE: "登记全委会和工作报告",
}
