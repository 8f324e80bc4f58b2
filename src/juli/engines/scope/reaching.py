"""From an account's grants to an actor."""

from collections import defaultdict
from datetime import date

from juli.engines.scope.models import Account, Grant
from juli.kernel.actor import Actor, Door, PathRange, Standing, merged


def ranges_of(grant: Grant) -> tuple[PathRange, ...]:
    """Return the ranges a grant opens; one's own records are reached by person, not by range."""
    match Grant.Extent(grant.extent):
        case Grant.Extent.EVERYTHING:
            return (PathRange.everything(),)
        case Grant.Extent.SUBTREE:
            return (PathRange.under(grant.path),)
        case Grant.Extent.UNIT | Grant.Extent.CHOSEN:
            return (PathRange.exactly(grant.path),)
        case Grant.Extent.OWN:
            return ()


def actor_for(account: Account, *, on: date, door: Door) -> Actor:
    """
    Return the actor behind an account, with what was granted to it on a day.

    Must be asked at the door (``walls.doorkeeper``), where grants can be read. An account
    without a single range, but with a person, stands for that person alone.
    """
    reaches: dict[str, list[PathRange]] = defaultdict(list)
    for grant in Grant.objects.filter(account_id=account.pk).in_force_on(on):
        reaches[grant.permission].extend(ranges_of(grant))
    has_range = any(reaches.values())
    return Actor(
        name=account.display_name,
        standing=Standing.STAFF if has_range or account.person_id is None else Standing.SELF,
        door=door,
        account_id=account.pk,
        reaches=tuple(sorted((permission, merged(ranges)) for permission, ranges in reaches.items())),
        person_id=account.person_id,
    )
