"""``juli user``: who may sign in."""

import json
import secrets
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from juli.config.cli import session
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

if TYPE_CHECKING:
    from juli.engines.scope.models import Account

# Printed once, and changed by whoever gets it.
FIRST_PASSWORD_BYTES = 9

user = typer.Typer(help="管理登录账号。", rich_markup_mode=None, no_args_is_help=False)
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")]
Username = Annotated[str, typer.Argument(metavar="登录名", help="登录名。")]


class NoSuchAccount(Refusal):
    """Nobody signs in with that name."""

    code = "cli.no_such_account"
    message = "没有登录名为“{username}”的账号。运行 juli user list 可查看全部账号。"


class NoSuchUnit(Refusal):
    """No unit bears that code."""

    code = "cli.no_such_unit"
    message = "没有编码为“{unit_code}”的组织，请核对组织编码。"


class NoFederation(Refusal):
    """There is no tree yet on which an account could hang."""

    code = "cli.no_federation"
    message = "还没有建立总工会，请先运行 juli init。"


@dataclass(frozen=True, slots=True)
class Line:
    """One account, as it is listed."""

    username: str
    display_name: str
    unit_code: str
    unit_name: str
    duties: list[str]
    is_active: bool


@user.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """列出全部账号及其岗位。"""
    with session.in_house():
        lines = _lines()
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        state = "启用" if line.is_active else "停用"
        held = "、".join(line.duties) or "没有岗位"
        typer.echo(f"{line.username}　{line.display_name}　{line.unit_name}　{held}　{state}")


@user.command("add")
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="姓名。")],
    duty: Annotated[str, typer.Option(help="岗位，例如 town_officer。")],
    unit: Annotated[str, typer.Option(help="组织编码；默认为总工会本级。")] = "",
) -> None:
    """新建账号并授予岗位；密码从标准输入读取一行，终端上不输入则自动生成。"""
    from_input = _password_from_input()
    password = from_input or secrets.token_urlsafe(FIRST_PASSWORD_BYTES)
    with session.in_house():
        _open(username, name=name, duty=duty, unit=unit, password=password)
    typer.echo(f"已建立账号“{username}”。")
    if not from_input:
        typer.echo(f"密码是 {password}，只显示这一次，请登录后立即修改。")


@user.command("password")
def change_password(username: Username) -> None:
    """重设密码；新密码从标准输入读取一行，终端上不输入则自动生成。"""
    from_input = _password_from_input()
    password = from_input or secrets.token_urlsafe(FIRST_PASSWORD_BYTES)

    def change(account: "Account", actor: Actor, at: datetime) -> None:
        from juli.config.cli import accounts
        from juli.engines.scope import accounts as verbs

        accounts.check_password(password, username=username, display_name=account.display_name)
        verbs.change_password(account.pk, password=password, actor=actor, at=at)

    _with_account(username, change)
    typer.echo(f"账号“{username}”的密码已重设。")
    if not from_input:
        typer.echo(f"新密码是 {password}，只显示这一次。")


@user.command("disable")
def disable(username: Username) -> None:
    """停用账号：立即不能登录，授权记录保留。"""

    def suspend(account: "Account", actor: Actor, at: datetime) -> None:
        from juli.engines.scope import accounts as verbs

        verbs.suspend_account(account.pk, actor=actor, at=at)

    _with_account(username, suspend)
    typer.echo(f"账号“{username}”已停用。")


@user.command("enable")
def enable(username: Username) -> None:
    """重新启用账号。"""

    def reinstate(account: "Account", actor: Actor, at: datetime) -> None:
        from juli.engines.scope import accounts as verbs

        verbs.reinstate_account(account.pk, actor=actor, at=at)

    _with_account(username, reinstate)
    typer.echo(f"账号“{username}”已启用。")


def _password_from_input() -> str:
    """Read a password: typed twice without an echo, or one line from a pipe."""
    if sys.stdin.isatty():
        return str(
            typer.prompt("密码（直接回车则自动生成）", default="", hide_input=True, show_default=False)
        )
    return sys.stdin.readline().rstrip("\r\n")


def _open(username: str, *, name: str, duty: str, unit: str, password: str) -> None:
    from django.utils import timezone

    from juli.config.cli import accounts
    from juli.engines.scope import walls
    from juli.engines.scope.models import OrgUnit

    with walls.entered(walls.system("命令行")) as actor:
        wanted = {"code": unit} if unit else {"parent__isnull": True}
        place = OrgUnit.objects.filter(**wanted).order_by("pk").first()
        if place is None:
            raise NoSuchUnit(unit_code=unit) if unit else NoFederation
        accounts.open_with_duty(
            username=username,
            display_name=name,
            password=password,
            duty_code=duty,
            org_unit_id=place.pk,
            actor=actor,
            at=timezone.now(),
        )


def _with_account(username: str, act: "Callable[[Account, Actor, datetime], None]") -> None:
    with session.in_house():
        from django.utils import timezone

        from juli.engines.scope import walls
        from juli.engines.scope.models import Account

        with walls.entered(walls.system("命令行")) as actor:
            account = Account.scoped.filter(username__iexact=username).first()
            if account is None:
                raise NoSuchAccount(username=username)
            act(account, actor, timezone.now())


def _lines() -> list[Line]:
    from django.utils import timezone

    from juli.config import duties
    from juli.engines.scope import walls
    from juli.engines.scope.models import Account, Grant

    with walls.entered(walls.system("命令行")):
        held: dict[int, set[str]] = {}
        for account_id, code in Grant.objects.in_force_on(timezone.localdate()).values_list(
            "account_id", "duty"
        ):
            label = duties.BY_CODE[code].label if code in duties.BY_CODE else code
            held.setdefault(account_id, set()).update([label] if label else [])
        return [
            Line(
                username=account.username,
                display_name=account.display_name,
                unit_code=account.org_unit.code,
                unit_name=account.org_unit.name,
                duties=sorted(held.get(account.pk, ())),
                is_active=account.is_active,
            )
            for account in Account.scoped.select_related("org_unit").order_by("path", "pk")
        ]
