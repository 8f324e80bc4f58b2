"""Accounts from the command line: opened with a duty, given passwords, suspended and reinstated."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate

from juli.config.cli import accounts, user
from juli.domains.registry.actions import unions
from juli.engines.scope import accounts as verbs
from juli.engines.scope import actions, walls
from juli.engines.scope.models import Account, Grant
from juli.kernel.actor import Actor, Door, Standing
from juli.kernel.refusal import NotFound

pytestmark = pytest.mark.django_db
MAY_9 = datetime(2018, 5, 9, 2, 0, tzinfo=UTC)
GOOD, BETTER = "a-good-password-1", "another-password-2"


@pytest.fixture
def unit_id() -> int:
    approval = unions.Approval(on=date(1951, 5, 1))
    return unions.found_federation(
        name="澜江区总工会", code="449901", approval=approval, actor=walls.system("初始化"), at=MAY_9
    ).org_unit_id


def opened(unit_id: int, *, duty: str = "town_officer", password: str = GOOD) -> Account:
    return accounts.open_with_duty(
        username="heganshi",
        display_name="何干事",
        password=password,
        duty_code=duty,
        org_unit_id=unit_id,
        actor=walls.system("命令行"),
        at=MAY_9,
    )


def signed_in(password: str) -> bool:
    with walls.entered(walls.doorkeeper()):
        return authenticate(username="heganshi", password=password) is not None


def test_an_account_gets_everything_that_goes_with_its_duty(unit_id: int) -> None:
    account = opened(unit_id)

    held = set(Grant.objects.filter(account=account).values_list("permission", "duty", "extent"))
    assert ("registry.see", "town_officer", "subtree") in held
    assert signed_in(GOOD)


def test_an_unknown_duty_is_refused_with_those_there_are(unit_id: int) -> None:
    with pytest.raises(accounts.UnknownDuty, match="town_officer（镇街工会业务人员）"):
        opened(unit_id, duty="king")

    assert not Account.scoped.exists()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("k3-Ab", "至少要有 10 个字符"),
        ("password123", "太常见"),
        ("8402915736", "不能全是数字"),
        ("heganshi-1", "不能与登录名或姓名相近"),
    ],
)
def test_a_weak_password_is_refused_and_leaves_no_account(unit_id: int, password: str, reason: str) -> None:
    with pytest.raises(accounts.PasswordTooWeak, match=reason):
        opened(unit_id, password=password)

    assert not Account.scoped.exists()


def test_a_name_is_given_only_once(unit_id: int) -> None:
    opened(unit_id)

    with pytest.raises(actions.UsernameTaken):
        opened(unit_id)


def test_a_new_password_replaces_the_old_one(unit_id: int) -> None:
    account = opened(unit_id)

    verbs.change_password(account.pk, password=BETTER, actor=walls.system("命令行"), at=MAY_9)

    assert (signed_in(GOOD), signed_in(BETTER)) == (False, True)


def test_a_suspended_account_cannot_sign_in_and_keeps_its_grants(unit_id: int) -> None:
    account = opened(unit_id)

    verbs.suspend_account(account.pk, actor=walls.system("命令行"), at=MAY_9)
    assert not signed_in(GOOD)
    assert Grant.objects.filter(account=account).exists()

    verbs.reinstate_account(account.pk, actor=walls.system("命令行"), at=MAY_9)
    assert signed_in(GOOD)


@pytest.mark.parametrize("verb", [verbs.suspend_account, verbs.reinstate_account])
def test_a_stranger_finds_no_account(unit_id: int, verb) -> None:
    account = opened(unit_id)
    stranger = Actor(name="邻镇吴干事", standing=Standing.STAFF, door=Door.COMMAND)

    with walls.entered(stranger), pytest.raises(NotFound):
        verb(account.pk, actor=stranger, at=MAY_9)


def test_accounts_are_listed_with_unit_duty_and_state(unit_id: int) -> None:
    opened(unit_id, duty="reader")

    assert user._lines() == [
        user.Line(
            username="heganshi",
            display_name="何干事",
            unit_code="449901",
            unit_name="澜江区总工会",
            duties=["只读查看"],
            is_active=True,
        )
    ]
