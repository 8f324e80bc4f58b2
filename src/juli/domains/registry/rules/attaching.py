"""With which records files are kept, and under which right."""

from typing import Final

from juli.domains.registry.permissions import Permission

KEEPING: Final[dict[str, Permission]] = {
    "party.person": Permission.EDIT_MEMBERS,
    "party.employer": Permission.EDIT_EMPLOYERS,
    "registry.union": Permission.ARRANGE_UNIONS,
}
"""Who may put files with a kind of record, and take them off."""
