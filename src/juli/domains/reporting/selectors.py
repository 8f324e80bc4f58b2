"""What is registered of the committee of a unit: its terms, its sessions, and the reports heard there."""

from juli.domains.reporting.models import AnnualReport, CommitteeTerm, Plenary
from juli.engines.scope.models import OrgUnit


def terms_of(unit: OrgUnit) -> list[CommitteeTerm]:
    """Return the committees of a unit within reach, the latest first."""
    return list(CommitteeTerm.objects.filter(org_unit=unit).order_by("-number"))


def sessions_of(unit: OrgUnit) -> list[Plenary]:
    """Return the plenary sessions of a unit within reach, each with its term, the latest first."""
    return list(Plenary.objects.filter(org_unit=unit).select_related("term").newest_first())


def reports_of(unit: OrgUnit) -> list[AnnualReport]:
    """Return the annual reports of a unit within reach, each with its session, the latest first."""
    rows = AnnualReport.objects.filter(org_unit=unit).select_related("plenary__term")
    return list(rows.order_by("-year"))
