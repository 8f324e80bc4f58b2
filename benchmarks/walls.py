"""
What the second wall costs: the statements of the lists and counts, by the owner and behind the policies.

Both run the same statement with the same literal ranges; only the role differs.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks import house
from benchmarks.timing import Times, in_turn, milliseconds
from benchmarks.verdicts import Verdict, publish, within

if TYPE_CHECKING:
    import psycopg
    from django.db.models import QuerySet

    from juli.kernel.actor import Actor

LEAST_RUNS, MOST_RUNS, SECONDS = 40, 400, 1.0
ONE_ROOT, THREE_ROOTS = 1.3, 2.0
Statement = tuple[str, tuple[Any, ...]]


def run() -> None:
    """Measure and write the section."""
    verdicts: list[Verdict] = []
    with house.standing():
        link = house.as_owner()
        version = house.version(link)
        house.tidied(link)
        for name, (actor, budget) in _actors(link).items():
            for what, statement in _statements(actor).items():
                verdicts.append(_compared(f"{what}, {name}", statement, actor, link, budget))
    publish("walls", "the price of the second wall", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
Medians of {LEAST_RUNS} to {MOST_RUNS} runs, the two in turn. The statements are those of the pages: the
first 51 rows of a list with all its columns, and the count of the whole list; sent as text without a
prepared plan, so that planning counts.
"""


def _actors(link: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, tuple["Actor", float]]:
    from juli.kernel.actor import PathRange

    whole = house.actor_of(house.DISTRICT)
    towns = [
        row[0] for row in link.execute("SELECT path FROM scope_orgunit WHERE kind = 'town' ORDER BY path")
    ]

    def at(*paths: str) -> "Actor":
        ranges = tuple(PathRange.under(path) for path in sorted(paths))
        return replace(whole, reaches=tuple((permission, ranges) for permission, _ in whole.reaches))

    return {
        "one root (district)": (whole, ONE_ROOT),
        "one root (town)": (at(towns[3]), ONE_ROOT),
        "three roots (towns)": (at(towns[2], towns[7], towns[11]), THREE_ROOTS),
    }


def _statements(actor: "Actor") -> dict[str, Statement]:
    from django.utils import timezone

    from juli.domains.registry.selectors import (
        EmployerFilter,
        MemberFilter,
        UnionFilter,
        employers_in_reach,
        members_in_reach,
        unions_in_reach,
    )

    def counted(rows: "QuerySet[Any]") -> Statement:
        sql, params = rows.order_by().values("pk").query.sql_with_params()
        return f"SELECT count(*) FROM ({sql}) AS rows", params

    def listed(rows: "QuerySet[Any]") -> Statement:
        sql, params = rows.query.sql_with_params()
        return f"{sql} LIMIT 51", params

    today: date = timezone.localdate()
    members = members_in_reach(actor=actor, chosen=MemberFilter(on=today))
    unions = unions_in_reach(actor=actor, chosen=UnionFilter(on=today)).defer("name_bigrams")
    employers = employers_in_reach(actor=actor, chosen=EmployerFilter(on=today)).defer("name_bigrams")
    return {
        "list of members": listed(members),
        "count of members, as their list counts": _asked(actor, today),
        "count of members, in one condition": counted(members),
        "list of unions": listed(unions),
        "count of unions": counted(unions),
        "list of employers": listed(employers),
        "count of employers": counted(employers),
    }


def _asked(actor: "Actor", day: date) -> Statement:
    """Return the statement that the list of members really counts with."""
    from juli.domains.registry.models import Membership
    from juli.engines.scope import walls

    with walls.entered(actor), house.listening() as ledger:
        Membership.objects.within_reach_of(actor, "registry.see").counted_on(day)
    return ledger.statements[0][0], tuple(ledger.parameters[0])


def _compared(
    what: str,
    statement: Statement,
    actor: "Actor",
    link: "psycopg.Connection[tuple[Any, ...]]",
    budget: float,
) -> Verdict:
    from django.db import connection

    from juli.engines.scope import walls

    with walls.entered(actor):
        raw = connection.connection
        assert raw.execute("SELECT current_user").fetchone()[0] == "juli_staff"
        rows: dict[str, Callable[[], object]] = {
            "walled": lambda: raw.execute(*statement).fetchall(),
            "plain": lambda: link.execute(*statement).fetchall(),
        }
        assert rows["walled"]() == rows["plain"]()
        runs = int(SECONDS * 1000 / milliseconds(rows["plain"]))
        times: dict[str, Times] = in_turn(rows, runs=min(max(runs, LEAST_RUNS), MOST_RUNS))
    walled, plain = times["walled"].median, times["plain"].median
    return within(what, walled / plain, budget, unit="×", beside=f"{plain:.2f} → {walled:.2f} ms")


if __name__ == "__main__":
    run()
