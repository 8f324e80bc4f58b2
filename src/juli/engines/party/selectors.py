"""Questions about persons and employers that every domain asks."""

from dataclasses import dataclass

from django.db import connection

from juli.engines.party import vault


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """
    That a document is registered (证件登记情况).

    ``person_id`` is None where the person is out of reach: nothing of them is told.
    """

    person_id: int | None


def document_standing(number: str) -> DocumentStanding | None:
    """Return whether and where a document is registered, over every wall, without names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM party_document_is_known(%s)", [vault.document_digest(number)])
        found = cursor.fetchone()
    return DocumentStanding(found[0]) if found else None
