"""Terms of union committees (工会法(2021)第十六条)."""

from collections.abc import Collection
from datetime import date
from typing import Final

from juli.kernel.refusal import Refusal

BASE_TERM_RULE: Final = "registry.base_term_years"
LOCAL_TERM_RULE: Final = "registry.local_term_years"
_LOCAL: Final = frozenset({"federation", "town"})
WITHOUT_TERM: Final = frozenset({"sub", "group"})


class TermLengthUnlawful(Refusal):
    """The law names the years that a term lasts."""

    code = "registry.term_length_unlawful"
    message = "{level}每届任期应为 {years} 年（{citation}），请核对。"


class TermsOverlap(Refusal):
    """One term at a time."""

    code = "registry.terms_overlap"
    message = "与第 {number} 届（{begins} 至 {expires}）的任期重叠，请核对起止日期。"


class TermNumberTaken(Refusal):
    """Each term is counted once."""

    code = "registry.term_number_taken"
    message = "第 {number} 届已经登记过，请核对届次。"


class NoTermOfItsOwn(Refusal):
    """What lies below a base union has no committee of its own."""

    code = "registry.no_term_of_its_own"
    message = "{level}不单独换届，请在基层工会登记届期。"


def rule_for(level: str) -> str:
    """Return the code of the rule that says how long a term lasts."""
    return LOCAL_TERM_RULE if level in _LOCAL else BASE_TERM_RULE


def check_years(years: int, *, lawful: Collection[int], label: str, citation: str) -> None:
    """
    Let a term last so many years.

    :raises TermLengthUnlawful: the law names others.
    """
    if years not in lawful:
        allowed = " 或 ".join(str(each) for each in sorted(lawful))
        raise TermLengthUnlawful(level=label, years=allowed, citation=citation)


def expiry(begins_on: date, *, years: int) -> date:
    """Return the day on which a term is over; one begun on 29 February ends on the 28th."""
    try:
        return begins_on.replace(year=begins_on.year + years)
    except ValueError:
        return begins_on.replace(year=begins_on.year + years, day=28)
