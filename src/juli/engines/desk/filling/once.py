"""A form that is sent twice is carried out once."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from juli.engines.desk.filling.slips import Slip
from juli.engines.desk.models import SentForm

REMEMBERED_FOR: Final = timedelta(days=15)
"""Longer than a slip holds, so that none comes back after it was forgotten."""

# One statement: what is too old goes, and the nonce is taken. Somebody who sends the same form at the
# same moment waits here until the first has been carried out, or refused and undone.
_TAKE = """
WITH gone AS (DELETE FROM desk_sentform WHERE account_id = %(account)s AND sent_at < %(old)s)
INSERT INTO desk_sentform (account_id, nonce, led_to, sent_at)
VALUES (%(account)s, %(nonce)s, '', %(at)s) ON CONFLICT (nonce) DO NOTHING RETURNING id
"""


def is_first(slip: Slip, *, at: datetime) -> bool:
    """Take the form of a page as sent; False where it was sent and carried out before."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {"account": slip.account_id, "nonce": slip.nonce, "at": at, "old": at - REMEMBERED_FOR},
        )
        return cursor.fetchone() is not None


def remember(slip: Slip, *, led_to: str) -> None:
    """Keep where the form that was just carried out leads."""
    SentForm.objects.filter(account_id=slip.account_id, nonce=slip.nonce).update(led_to=led_to[:300])


def led_to(slip: Slip) -> str:
    """Return where the form led when it was carried out."""
    rows = SentForm.objects.filter(account_id=slip.account_id, nonce=slip.nonce)
    return rows.values_list("led_to", flat=True).first() or ""
