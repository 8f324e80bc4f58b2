"""Lists: each register declares its own in one short class, and the house does the rest."""

from juli.engines.desk.lists.columns import ListColumn
from juli.engines.desk.lists.registers import Register, declare, declared, register_of

__all__ = ["ListColumn", "Register", "declare", "declared", "register_of"]
