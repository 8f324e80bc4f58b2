"""What the database refuses, said in the words of the trade."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from juli.kernel.refusal import Refusal


@contextmanager
def refused_by(constraint: str, refusal: Refusal) -> Iterator[None]:
    """
    Write within the block; where the named constraint objects, raise the refusal instead.

    A look before the leap could not see rows out of reach, nor those of a transaction under way.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.constraint_name != constraint:
            raise
        raise refusal from None
