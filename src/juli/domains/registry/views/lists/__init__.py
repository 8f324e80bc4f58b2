"""What the registry lists: each register in a class of its own."""

from juli.domains.registry.views.lists.employers import EmployerList
from juli.domains.registry.views.lists.members import MemberList
from juli.domains.registry.views.lists.unions import UnionList

MEMBERS, UNIONS, EMPLOYERS = MemberList(), UnionList(), EmployerList()
REGISTERS = (MEMBERS, UNIONS, EMPLOYERS)

__all__ = ["EMPLOYERS", "MEMBERS", "REGISTERS", "UNIONS"]
