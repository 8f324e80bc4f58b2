"""
Row history of the registers: what a row said before each change.

The first state needs no copy, since it stands in the row until the first change; nothing is deleted but
what an import brought that is undone. So only updates are kept, each with the old values and with who
changed them through which door (``walls`` hands that to the trigger).
"""

from collections.abc import Callable, Iterable

import pghistory
from django.db import models


def kept(*, exclude: Iterable[str] = ()) -> Callable[[type[models.Model]], type[models.Model]]:
    """Return the class decorator that keeps a table's history, without columns that are derived."""
    return pghistory.track(  # type: ignore[no-any-return]  # the library is untyped here
        pghistory.UpdateEvent("changed", row=pghistory.Old), exclude=list(exclude) or None
    )
