"""Accounts with a duty, and passwords that satisfy the rules. Import it once Django is set up."""

from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from juli.config import duties
from juli.engines.scope import actions
from juli.engines.scope.models import Account, Grant
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

WEAKNESSES = {
    "password_too_short": "密码至少要有 10 个字符。",
    "password_too_common": "这个密码太常见，容易被猜中。",
    "password_entirely_numeric": "密码不能全是数字。",
    "password_too_similar": "密码不能与登录名或姓名相近。",
}


class PasswordTooWeak(Refusal):
    """The password does not satisfy the rules."""

    code = "cli.password_too_weak"
    message = "账号“{username}”的密码不合要求：{reason}"


class UnknownDuty(Refusal):
    """There is no duty of that code."""

    code = "cli.unknown_duty"
    message = "没有“{duty}”这个岗位。可选的岗位有：{known}。"


def open_with_duty(
    *,
    username: str,
    display_name: str,
    password: str,
    duty_code: str,
    org_unit_id: int,
    actor: Actor,
    at: datetime,
) -> Account:
    """
    Open an account at a unit, with everything that goes with a duty there and below.

    :raises UnknownDuty: there is no such duty.
    :raises PasswordTooWeak: the password does not satisfy the rules.
    :raises UsernameTaken: somebody signs in with that name.
    """
    duty = duties.BY_CODE.get(duty_code)
    if duty is None:
        known = "、".join(f"{each.code}（{each.label}）" for each in duties.DUTIES)
        raise UnknownDuty(duty=duty_code, known=known)
    check_password(password, username=username, display_name=display_name)
    account = actions.open_account(
        username=username,
        display_name=display_name,
        password=password,
        org_unit_id=org_unit_id,
        actor=actor,
        at=at,
    )
    actions.grant(
        account.pk,
        permissions=duty.permissions,
        duty=duty.code,
        org_unit_id=org_unit_id,
        extent=Grant.Extent.SUBTREE,
        actor=actor,
        at=at,
    )
    return account


def check_password(password: str, *, username: str, display_name: str) -> None:
    """
    Make sure that a password satisfies the rules.

    :raises PasswordTooWeak: it does not, and why.
    """
    try:
        password_validation.validate_password(
            password, user=Account(username=username, display_name=display_name)
        )
    except ValidationError as error:
        told = [WEAKNESSES.get(each.code or "", str(each.message)) for each in error.error_list]
        raise PasswordTooWeak(username=username, reason="".join(told)) from error
