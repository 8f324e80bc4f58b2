"""Accounts to try the sample with. They are refused in any house that the sample did not make."""

from dataclasses import dataclass
from datetime import datetime

from juli.config import duties
from juli.config.sample.district import District
from juli.engines.party.models import Person
from juli.engines.scope import actions
from juli.engines.scope.models import Account, Grant, OrgUnit
from juli.kernel.actor import Actor

PASSWORD = "juli-sample-2018"  # noqa: S105  # printed for everybody to try; only in a sample


@dataclass(frozen=True, slots=True)
class Seat:
    """A sample account: who signs in, and where they work."""

    username: str
    display_name: str
    duty: str
    unit_code: str


def seats(district: District) -> tuple[Seat, ...]:
    """Return the accounts of a district: from the federation down to a base union."""
    town = f"{district.code}-{len(district.towns):02d}"
    return (
        Seat("qu", "区总业务员", "federation_officer", district.code),
        Seat("zhen", "镇街业务员", "town_officer", town),
        Seat("jiceng", "基层工会主席", "base_officer", f"{district.code}-B00001"),
        Seat("shenji", "审计管理员", "audit_administrator", district.code),
    )


def open_all(district: District, *, actor: Actor, at: datetime) -> list[Account]:
    """Open the accounts of staff, and one of a worker who is a member."""
    opened = [_open(seat, actor=actor, at=at) for seat in seats(district)]
    member = Person.objects.order_by("pk").first()
    if member is not None:
        opened.append(
            actions.open_account(
                username="zhigong",
                display_name="职工（会员）",
                password=PASSWORD,
                org_unit_id=member.org_unit_id,
                actor=actor,
                at=at,
                person_id=member.pk,
                is_sample=True,
            )
        )
    return opened


def _open(seat: Seat, *, actor: Actor, at: datetime) -> Account:
    unit = OrgUnit.objects.get(code=seat.unit_code)
    account = actions.open_account(
        username=seat.username,
        display_name=seat.display_name,
        password=PASSWORD,
        org_unit_id=unit.pk,
        actor=actor,
        at=at,
        is_sample=True,
    )
    duty = duties.BY_CODE[seat.duty]
    actions.grant(
        account.pk,
        permissions=duty.permissions,
        duty=duty.code,
        org_unit_id=unit.pk,
        extent=Grant.Extent.SUBTREE,
        actor=actor,
        at=at,
    )
    return account
