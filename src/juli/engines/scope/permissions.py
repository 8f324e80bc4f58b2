"""What may be granted about accounts and the tree itself."""

from enum import StrEnum


class Permission(StrEnum):
    """Rights over units, accounts and grants."""

    SEE = "scope.see"
    ARRANGE = "scope.arrange"
    GRANT = "scope.grant"
