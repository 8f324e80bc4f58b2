"""
A form that came in after the session had ended: its content waits, sealed, on the page of the sign-in.

Nothing of it is stored before somebody has signed in again. It goes only to the account whose page the
form stood on: at a shared machine nobody gets what somebody else has typed.
"""

import base64
import binascii
import json
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from juli.engines.desk.filling import drafts, slips
from juli.engines.desk.filling.slips import Slip
from juli.engines.party.vault import vault
from juli.kernel.crypto import NotSealed, SealBroken, UnknownKey

FIELD: Final = "kept"
_CONTEXT: Final = "desk.interrupted"


def slip_in(request: HttpRequest) -> Slip | None:
    """Return the slip of the form that a request sends, if it came from a page of ours."""
    return slips.read(request.POST.get(slips.FIELD, "")) if request.method == "POST" else None


def is_while_typing(request: HttpRequest) -> bool:
    """Say whether a page asks by itself, without being left."""
    return request.headers.get("HX-Request") == "true"


def sealed(request: HttpRequest) -> str:
    """Return what a request sends, sealed, as a hidden field of the sign-in carries it."""
    said = {name: request.POST.getlist(name) for name in request.POST}
    plain = json.dumps({"slip": request.POST[slips.FIELD], "said": said}, ensure_ascii=False)
    return base64.urlsafe_b64encode(vault().seal(plain, context=_CONTEXT)).decode()


def brought_back(text: str, *, account_id: int, at: datetime) -> str | None:
    """
    Keep as a draft what waited at the door; return the address where the form comes filled in.

    None where it is not this account's, or not ours at all. The caller stands in the account's walls.
    """
    try:
        told = json.loads(vault().open(base64.urlsafe_b64decode(text), context=_CONTEXT))
    except (binascii.Error, ValueError, NotSealed, SealBroken, UnknownKey):
        return None
    slip = slips.read(told["slip"])
    if slip is None or slip.account_id != account_id:
        return None
    drafts.keep(slip, told["said"], at=at)
    return with_draft(slip)


def with_draft(slip: Slip) -> str:
    """Return the address at which the form of a slip comes filled in with its draft."""
    return f"{slip.address}{'&' if '?' in slip.address else '?'}{drafts.FILLED_IN}=1"
