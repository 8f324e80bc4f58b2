"""
The slip that stands in every form: whose page it is, which form about which record, and what stood there.

It is signed and not stored. What comes back with it is known to come from a page of this house, even
where the session has ended meanwhile, and only there is it worth keeping.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final

from django.core import signing

FIELD: Final = "slip"
LONGEST: Final = timedelta(days=14)
_SALT: Final = "juli.desk.slip"
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Slip:
    """
    What a page says of the form on it (表单签条).

    ``subject`` is the record's number, empty where the form makes something new. ``kept`` names the
    fields that a draft may hold: no passwords. ``before`` is what stood in the fields when the page was
    made, or None where nothing is put right.
    """

    account_id: int
    form: str
    subject: str
    title: str
    about: str
    address: str
    nonce: str
    kept: tuple[str, ...]
    before: Mapping[str, str] | None = None

    def written(self) -> str:
        """Return the slip as the page carries it."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


def fresh_nonce() -> str:
    """Return what tells this page's form from every other page's."""
    return secrets.token_urlsafe(_NONCE_BYTES)


def read(text: str) -> Slip | None:
    """Return the slip that a form came with; None for none, for a forged one, and for one too old."""
    if not text:
        return None
    try:
        told = signing.loads(text, salt=_SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return Slip(**{**told, "kept": tuple(told["kept"])})
