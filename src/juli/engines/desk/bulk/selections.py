"""Which records a bulk action is for: the ticked ones, everything in the filter, or those of a run."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict

from juli.engines.desk.bulk.declaring import BulkVerb
from juli.engines.desk.lists.registers import AnyRegister
from juli.engines.desk.models import BulkItem, BulkRun
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

MOST_TICKED: Final = 1_000


class NothingChosen(Refusal):
    """No record was ticked, or none fits the filter any more."""

    code = "desk.nothing_chosen"
    message = "还没有选中任何记录，请先在列表里勾选，或选择“全部符合条件的”。"
    status = 422


@dataclass(frozen=True, slots=True)
class Selection:
    """
    The records of a bulk action as a page names them (选中的记录).

    ``ticked`` are numbers of rows; without any, everything that the query of the list finds is meant,
    or what ``undone`` did.
    """

    register: AnyRegister
    query: str = ""
    ticked: tuple[int, ...] = ()
    is_everything: bool = False
    undone: BulkRun | None = None

    @classmethod
    def of(cls, register: AnyRegister, said: QueryDict) -> "Selection":
        """Return the selection that a page sent: ``id`` for each ticked, ``all``, ``query``."""
        ticked = [int(each) for each in said.getlist("id") if each.isdecimal() and len(each) < 19]
        return cls(
            register,
            query=said.get("query", ""),
            ticked=tuple(dict.fromkeys(ticked))[:MOST_TICKED],
            is_everything=bool(said.get("all")),
        )

    def hidden(self) -> list[tuple[str, str]]:
        """Return what a form carries along to name the same records again."""
        if self.undone is not None:
            return []
        rows = [] if self.is_everything else [("id", str(each)) for each in self.ticked]
        return [*rows, *([("all", "1")] if self.is_everything else []), ("query", self.query)]

    def count(self, verb: BulkVerb, *, actor: Actor) -> int:
        """
        Return how many records are meant at this moment.

        :raises NotFound: a unit to look below is out of reach.
        """
        return self._subjects(verb, actor=actor).count()

    def freeze(self, run: BulkRun, verb: BulkVerb, *, actor: Actor) -> int:
        """
        Write the records down under a run in one statement, behind the wall; return how many.

        :raises NotFound: a unit to look below is out of reach.
        """
        sql, parameters = self._subjects(verb, actor=actor).query.sql_with_params()
        table = BulkItem._meta.db_table
        statement = f"""
            INSERT INTO {table} (run_id, account_id, subject_id, outcome, sentence)
            SELECT %s, %s, chosen.number, %s, '' FROM ({sql}) AS chosen (number)"""  # noqa: S608  of our own names
        given: list[Any] = [run.pk, run.account_id, BulkItem.Outcome.WAITING.value]
        with connection.cursor() as cursor:
            cursor.execute(statement, [*given, *parameters])
            return int(cursor.rowcount)

    def rows(self, *, actor: Actor) -> "QuerySet[Any]":
        """
        Return the rows of the list that are meant.

        :raises NotFound: a unit to look below is out of reach.
        """
        asked = self.register.narrowed(QueryDict(self.query), actor=actor)
        rows: QuerySet[Any] = self.register.rows(asked, actor=actor)
        return rows if self.is_everything else rows.filter(pk__in=self.ticked)

    def _subjects(self, verb: BulkVerb, *, actor: Actor) -> "QuerySet[Any, Any]":
        if self.undone is not None:
            done = BulkItem.objects.filter(run=self.undone, outcome=BulkItem.Outcome.DONE)
            return done.order_by().values_list("subject_id", flat=True)
        rows = self.rows(actor=actor)
        return rows.order_by().values_list(verb.subject, flat=True).distinct()
