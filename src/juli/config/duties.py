"""
Duties: bundles of permissions that are granted together, by the names offices know (岗位).

A duty is a convenience of granting. What counts afterwards is each permission with its unit,
extent and days; changing a bundle here changes nobody's grants.
"""

from dataclasses import dataclass
from typing import Final

from juli.domains.registry.permissions import Permission as Registry
from juli.engines.scope.permissions import Permission as Scope


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty and what goes with it (岗位)."""

    code: str
    label: str
    permissions: tuple[str, ...]


_REPORTING_SEE, _REPORTING_WRITE = "reporting.see", "reporting.write"

DUTIES: Final = (
    Duty(
        "federation_officer",
        "区总工会业务人员",
        (*Registry, Scope.SEE, Scope.ARRANGE, Scope.GRANT, _REPORTING_SEE, _REPORTING_WRITE),
    ),
    Duty(
        "town_officer",
        "镇街工会业务人员",
        (*Registry, Scope.SEE, Scope.ARRANGE, Scope.GRANT, _REPORTING_SEE),
    ),
    Duty(
        "base_officer",
        "基层工会主席、专干",
        (Registry.SEE, Registry.EDIT_MEMBERS, Registry.IMPORT, _REPORTING_SEE),
    ),
    Duty("reader", "只读查看", (Registry.SEE, _REPORTING_SEE)),
    Duty("audit_administrator", "审计管理员", (Scope.SEE, "audit.see")),
)
BY_CODE: Final = {duty.code: duty for duty in DUTIES}
