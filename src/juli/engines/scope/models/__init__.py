"""Tables of the tree, of accounts and of grants."""

from juli.engines.scope.models.accounts import Account, Grant
from juli.engines.scope.models.units import OrgUnit, Placement, ScopedModel

__all__ = ["Account", "Grant", "OrgUnit", "Placement", "ScopedModel"]
