"""
Which record stands for which: how numbers of the day are read after records were merged.

Facts, accesses and addresses keep the number under which something happened.
"""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, Expression, F, OuterRef, Subquery, When

from juli.engines.party.models import MergedInto, Subject


def kept_in_place_of(subject: Subject, number: int) -> int | None:
    """Return the record into which another was merged, or None."""
    rows = MergedInto.objects.filter(subject=subject, gone_id=number)
    return rows.values_list("kept_id", flat=True).first()


def numbers_of(subject: Subject, number: int) -> tuple[int, ...]:
    """Return a record's own number and those of all that were merged into it."""
    gone = MergedInto.objects.filter(subject=subject, kept_id=number).order_by("gone_id")
    return number, *gone.values_list("gone_id", flat=True)


def standing_for(subject: Subject, numbers: Iterable[int]) -> dict[int, int]:
    """Return, for those of the numbers that were merged away, the record that stands for each."""
    rows = MergedInto.objects.filter(subject=subject, gone_id__in=set(numbers))
    return dict(rows.values_list("gone_id", "kept_id"))


def resolved(subject: Subject, field: str) -> Expression:
    """
    Return the number in a field, or that of the record which stands for it today.

    The list of those merged away is read once and hashed; only what is in it is looked up.
    """
    gone = MergedInto.objects.filter(subject=subject)
    kept = gone.filter(gone_id=OuterRef(field)).values("kept_id")[:1]
    return Case(
        When(**{f"{field}__in": gone.values("gone_id")}, then=Subquery(kept)),
        default=F(field),
        output_field=BigIntegerField(),
    )
