"""What the records of a run are called, as far as the one who looks may see them."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from juli.engines.desk.bulk.declaring import BulkVerb
from juli.engines.desk.cells import Cell
from juli.engines.desk.lists.registers import AnyRegister
from juli.kernel.actor import Actor


def names_of(
    register: AnyRegister, verb: BulkVerb, numbers: Iterable[int], *, actor: Actor
) -> Mapping[int, Cell]:
    """Return the first column of the list for each record within reach, by its number."""
    wanted = set(numbers)
    if not wanted:
        return {}
    asked = register.narrowed(_without_usual(register), actor=actor)
    rows = list(register.rows(asked, actor=actor).filter(**{f"{verb.subject}__in": wanted}))
    lines = register.lines(rows, asked, actor=actor)
    first = register.columns[0]
    return {int(getattr(row, verb.subject)): first.cell(line) for row, line in zip(rows, lines, strict=True)}


def _without_usual(register: AnyRegister) -> QueryDict:
    """Return the query that lifts even what narrows the list when nothing is said."""
    query = QueryDict(mutable=True)
    for name in register.narrowing.usual:
        query[name] = register.narrowing.everything
    return query
