"""Keyset paging: the next page begins after the last row, whatever came or went meanwhile."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE_SIZE = 50

Row = TypeVar("Row", bound=models.Model)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where to go on: after one row or before one; at the start without either (翻页位置).

    The marks come from ``Page``; one that was tampered with means the start.
    """

    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """
    Some rows of a list (页).

    ``after`` leads to the next page and ``before`` to the one before; empty means there is none.
    ``total`` is exact, and counted only where there is more than this page.
    """

    items: tuple[Item, ...]
    total: int = 0
    after: str = ""
    before: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.items


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """The rows of one page as they came from the table (切片)."""

    rows: list[Row]
    after: str
    before: str

    def page(self, items: Sequence[Item], *, counted: Callable[[], int]) -> "Page[Item]":
        """Return the page of what was made of the rows, with how many rows there are."""
        is_all = not (self.after or self.before)
        total = len(self.rows) if is_all else counted()
        return Page(tuple(items), total=total, after=self.after, before=self.before)


START = Place()


def slice_of(
    rows: "QuerySet[Row]",
    *,
    keys: tuple[str, ...],
    place: Place = START,
    size: int = PAGE_SIZE,
    is_falling: bool = False,
) -> Slice[Row]:
    """
    Return one page of rows in the order of their keys, the last of which is ``pk``.

    The keys are fields of the rows that are never empty. An index over them makes every page cost the
    same.
    """
    values = _opened(place.after or place.before, rows.model, keys)
    is_back = bool(place.before and not place.after and values)
    found = list(_beyond(rows, keys, values, is_down=is_back != is_falling)[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    has_next = bool(found) and (is_back or has_more)
    has_previous = bool(found) and bool(values) and (has_more if is_back else True)
    return Slice(
        found,
        after=_sealed(found[-1], keys) if has_next else "",
        before=_sealed(found[0], keys) if has_previous else "",
    )


def _beyond(
    rows: "QuerySet[Row]", keys: tuple[str, ...], values: list[object], *, is_down: bool
) -> "QuerySet[Row]":
    ordered = rows.order_by(*(f"-{key}" if is_down else key for key in keys))
    if not values:
        return ordered
    compare: Callable[..., models.Expression] = TupleLessThan if is_down else TupleGreaterThan
    return ordered.filter(compare(Tuple(*keys), tuple(values)))


def _sealed(row: models.Model, keys: tuple[str, ...]) -> str:
    values = [getattr(row, key) for key in keys]
    plain = json.dumps([value.isoformat() if isinstance(value, date) else value for value in values])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _opened(mark: str, model: type[models.Model], keys: tuple[str, ...]) -> list[object]:
    """Return the values in a mark; none of one that nobody here has made."""
    if not mark:
        return []
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (binascii.Error, ValueError):
        return []
    if not isinstance(values, list) or len(values) != len(keys) or not all(map(_is_plain, values)):
        return []
    try:
        return [_field(model, key).to_python(value) for key, value in zip(keys, values, strict=True)]
    except (ValidationError, TypeError):
        return []


def _is_plain(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**63)


def _field(model: type[models.Model], key: str) -> "models.Field[Any, Any]":
    if key == "pk":
        return model._meta.pk
    field = model._meta.get_field(key)
    assert isinstance(field, models.Field)  # noqa: S101  a key of the code, never of a request
    return field
