"""Who wrote something down, as colleagues are told."""

from collections.abc import Iterable

from django.db import connection

NOBODY_KNOWN = "本人或系统"


def labels_of(accounts: Iterable[int | None]) -> dict[int, str]:
    """
    Return what the colleagues behind accounts are called, with their units.

    Over the walls on purpose: whoever sees a record may know who acted on it. An account of a
    member has no such label.
    """
    wanted = sorted({account for account in accounts if account is not None})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, display_name, unit_name FROM scope_account_labels(%s)", [wanted])
        return {number: f"{name}（{unit}）" for number, name, unit in cursor.fetchall()}


def author(account_id: int | None, machine: str, labels: dict[int, str]) -> str:
    """Return the label of one author: a colleague, a machine by its name, or nobody known."""
    if account_id is not None:
        return labels.get(account_id, NOBODY_KNOWN)
    return machine or NOBODY_KNOWN
