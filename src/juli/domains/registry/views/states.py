"""States of the records of the registry as cells: an icon and a word."""

from django.utils.translation import gettext as _

from juli.domains.registry.models import Membership
from juli.engines.desk.cells import State, Tone
from juli.engines.party.models import Employer, Person


def union_state(*, is_in_force: bool) -> State:
    """Return how it is shown whether a union is in force."""
    return State(_("存续"), Tone.OK) if is_in_force else State(_("已终止"), Tone.MUTE)


def standing_state(standing: str, label: str) -> State:
    """Return how a standing is shown."""
    is_active = standing == Membership.Standing.ACTIVE
    return State(
        label, Tone.OK if is_active else Tone.MUTE, icon="circle-check" if is_active else "player-pause"
    )


def verification_state(verification: str, label: str) -> State:
    """Return how the checking of a real name is shown."""
    match verification:
        case Person.Verification.VERIFIED:
            return State(label, Tone.INFO, icon="shield-check")
        case Person.Verification.MISMATCHED:
            return State(label, Tone.BAD)
        case _:
            return State(label or _("未核验"), Tone.WARN, icon="user-question")


def business_state(business: str, label: str) -> State:
    """Return how a state of business is shown."""
    match business:
        case Employer.Business.OPERATING:
            return State(label, Tone.OK)
        case Employer.Business.UNKNOWN:
            return State(label, Tone.WARN)
        case _:
            return State(label, Tone.MUTE)
