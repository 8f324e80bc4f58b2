"""Drafts: what was filled in and not sent yet, sealed, seen by nobody but the account that filled it in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from juli.engines.desk.filling.slips import Slip
from juli.engines.desk.models import Draft
from juli.engines.party.vault import vault
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

KEPT_FOR: Final = timedelta(days=14)
MOST_SHOWN: Final = 20
FILLED_IN: Final = "draft"
"""The parameter of an address that has the form come filled in with the draft."""

_CONTEXT: Final = "desk.draft"
_LONGEST_ADDRESS, _LONGEST_TITLE = 300, 80

Said = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A draft, opened (草稿).

    ``about`` names the record, empty where the form makes something new; ``values`` are the fields as
    they were filled in; ``before`` is what stood there when the form was opened.
    """

    id: int
    form: str
    subject: str
    title: str
    about: str
    address: str
    saved_at: datetime
    values: Said = field(repr=False)
    before: Mapping[str, str] | None = field(repr=False, default=None)

    @property
    def href(self) -> str:
        """Where the form comes filled in with it."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{FILLED_IN}=1"


@transaction.atomic
def keep(slip: Slip, said: Said, *, at: datetime) -> None:
    """Keep what was filled in so far instead of an older draft; the caller stands in the account's walls."""
    filled = {
        "values": {name: said[name] for name in slip.kept if name in said},
        "before": dict(slip.before) if slip.before is not None else None,
        "about": slip.about,
    }
    Draft.objects.filter(account_id=slip.account_id, expires_at__lt=at).delete()
    Draft.objects.bulk_create(
        [
            Draft(
                account_id=slip.account_id,
                form=slip.form,
                subject=slip.subject,
                title=slip.title[:_LONGEST_TITLE],
                address=_fitting(slip.address),
                filled=vault().seal(json.dumps(filled, ensure_ascii=False), context=_CONTEXT),
                saved_at=at,
                expires_at=at + KEPT_FOR,
            )
        ],
        update_conflicts=True,
        unique_fields=["account", "form", "subject"],
        update_fields=["title", "address", "filled", "saved_at", "expires_at"],
    )


def found(*, form: str, subject: str, actor: Actor, at: datetime) -> Kept | None:
    """Return what the actor has kept of a form about a record, if anything."""
    if actor.account_id is None:
        return None
    rows = Draft.objects.filter(account_id=actor.account_id, form=form, subject=subject, expires_at__gt=at)
    return next(iter(_opened(rows)), None)


def mine(*, actor: Actor, at: datetime, most: int = MOST_SHOWN) -> tuple[Kept, ...]:
    """Return the drafts of the actor, the latest first."""
    if actor.account_id is None:
        return ()
    rows = Draft.objects.filter(account_id=actor.account_id, expires_at__gt=at)
    return tuple(_opened(rows.order_by("-saved_at", "-pk")[:most]))


def forget(slip: Slip) -> None:
    """Let go of what was kept of a form that has been sent."""
    Draft.objects.filter(account_id=slip.account_id, form=slip.form, subject=slip.subject).delete()


@transaction.atomic
def throw_away(draft_id: int, *, actor: Actor) -> str:
    """
    Let go of a draft; return the address of its form.

    :raises NotFound: the actor has no such draft.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id, account_id=actor.account_id or 0).first()
    if draft is None:
        raise NotFound
    draft.delete()
    return draft.address


def _opened(rows: Iterable[Draft]) -> Iterable[Kept]:
    for row in rows:
        filled = json.loads(vault().open(row.filled, context=_CONTEXT))
        yield Kept(
            row.pk, row.form, row.subject, row.title, filled["about"], row.address, row.saved_at,
            filled["values"], filled["before"],
        )  # fmt: skip


def _fitting(address: str) -> str:
    """Return an address as long as the column is: without its query rather than cut off in it."""
    return address if len(address) <= _LONGEST_ADDRESS else address.split("?", 1)[0][:_LONGEST_ADDRESS]
