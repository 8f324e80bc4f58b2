"""The ledger of grants as menus show it, without what stands behind it."""

from typing import Final

from juli.engines.scope.permissions import Permission
from juli.engines.sheet.entries import Entry

ENTRY: Final = Entry(
    code="scope.grants", word="grants", label="授权台账", permissions=(Permission.GRANT,),
    ledger="juli.config.accounts.ledger:GRANTS", hint="授予和停止账号的权限，不能超出自己的权限和范围。",
)  # fmt: skip
