"""The ledgers of the registry as menus show them."""

from typing import Final

from juli.domains.registry.permissions import Permission
from juli.engines.sheet.entries import Entry

_HERE: Final = "juli.domains.registry.ledgers"

ENTRIES: Final = (
    Entry(
        code="registry.members", word="members", label="会员名册", permissions=(Permission.IMPORT,),
        ledger="juli.domains.registry.roster.importing:MEMBERS",
        hint="登记和更新会员，最多一百万行。",
    ),
    Entry(
        code="registry.employers", word="employers", label="单位台账",
        permissions=(Permission.IMPORT, Permission.EDIT_EMPLOYERS),
        ledger=f"{_HERE}.employers:EMPLOYERS",
        hint="登记和更正用人单位。",
    ),
)  # fmt: skip
