"""Unions by how their last term stands."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from juli.domains.registry.models import Term

WARNED_BEFORE: Final = timedelta(days=90)
"""So long before a term is over its re-election is to be prepared."""


class Standing(StrEnum):
    """How the last term of a union stands (届期状况)."""

    OVERDUE = "overdue"
    EXPIRING = "expiring"


def standing_of(expires_on: date, *, on: date) -> Standing | None:
    """Return how a last term stands on a day; None while there is time."""
    if expires_on <= on:
        return Standing.OVERDUE
    return Standing.EXPIRING if expires_on <= on + WARNED_BEFORE else None


def last_terms(on: date) -> "QuerySet[Term]":
    """Return the last registered term of every union that stands on a day."""
    later = Term.objects.filter(union_id=OuterRef("union_id"), expires_on__gt=OuterRef("expires_on"))
    stands = Q(union__ended_on__isnull=True) | Q(union__ended_on__gt=on)
    return Term.objects.filter(stands, ~Exists(later), union__approved_on__lte=on)


def last_term_is(standing: Standing, *, on: date) -> Q:
    """Return the condition that the last registered term of a union stands so on a day."""
    until = on + WARNED_BEFORE
    range_of = {
        Standing.OVERDUE: Q(expires_on__lte=on),
        Standing.EXPIRING: Q(expires_on__gt=on, expires_on__lte=until),
    }
    return Q(pk__in=last_terms(on).filter(range_of[standing]).values("union_id"))
