"""Rows of registers as they stood before a posting and after it, so that they can be put back."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

Image = Mapping[str, Any]  # Any: what JSON holds

_NO_NEWS: Final = frozenset({"updated_at"})


@dataclass(frozen=True, slots=True)
class Before:
    """What some rows said before a posting (写入前的样子)."""

    images: Mapping[tuple[str, int], Image]


def taken(touched: Iterable[tuple[type[models.Model], Collection[int]]]) -> Before:
    """Keep what rows say now."""
    found: dict[tuple[str, int], Image] = {}
    for model, numbers in touched:
        for number, image in _images(model, numbers).items():
            found[model._meta.label_lower, number] = image
    return Before(found)


def changed_since(before: Before) -> list[list[Any]]:
    """Return, for every row that says something else now, its table, number, and both versions of that."""
    by_model: dict[str, list[int]] = {}
    for label, number in before.images:
        by_model.setdefault(label, []).append(number)
    found = []
    for label, numbers in by_model.items():
        for number, image in _images(apps.get_model(label), numbers).items():
            old = before.images[label, number]
            news = {column for column, value in image.items() if old.get(column) != value}
            if news - _NO_NEWS:
                was = {column: old.get(column) for column in news}
                found.append([label, number, was, {column: image[column] for column in news}])
    return found


def still_so(label: str, number: int, after: Image) -> bool:
    """Say whether a row still says what a posting made it say."""
    image = _images(apps.get_model(label), [number]).get(number)
    return image is not None and all(
        image.get(column) == value for column, value in after.items() if column not in _NO_NEWS
    )


def put_back(label: str, number: int, before: Image) -> None:
    """Let a row say again what it said."""
    model = apps.get_model(label)
    known = {field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{column}"' for column in before if column in known)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET ({columns}) = (SELECT {columns}"  # noqa: S608  names of our own tables
            f" FROM jsonb_populate_record(NULL::{table}, %s::jsonb)) WHERE id = %s",
            [json.dumps(before), number],
        )


def take_out(label: str, numbers: Collection[int], *, batch_id: int) -> None:
    """Take rows out of their table: they were made by the batch that is undone."""
    table = apps.get_model(label)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('juli.undoing', %s, true)", [str(batch_id)])
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [list(numbers)])  # noqa: S608
        cursor.execute("SELECT set_config('juli.undoing', '', true)")


def _images(model: type[models.Model], numbers: Collection[int]) -> dict[int, Image]:
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, to_jsonb(held)::text FROM {model._meta.db_table} AS held WHERE id = ANY(%s)",  # noqa: S608
            [list(numbers)],
        )
        return {number: json.loads(image) for number, image in cursor.fetchall()}
