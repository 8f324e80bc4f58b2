"""``juli init``: a database, a federation and the first two who may sign in."""

import json
import os
import re
import secrets
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated

import typer

from juli.config.cli import migrate, session
from juli.config.embedded import connection
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

DISTRICT_CODE = re.compile(r"[1-9]\d{5}")
# Nobody has to remember it: it is printed once and changed at the first sign-in.
FIRST_PASSWORD_BYTES = 9


class AlreadyInitialised(Refusal):
    """There is a federation in this database."""

    code = "cli.already_initialised"
    message = "这里已经建立了“{name}”，不能重复初始化。另建一个总工会，请用 JULI_DATA 指定另一个数据目录。"


@dataclass(frozen=True, slots=True)
class Founder:
    """Somebody who may sign in from the first day."""

    username: str
    display_name: str
    duty: str
    password: str


def init(
    name: Annotated[str, typer.Option(help="总工会名称，例如 澜江区总工会。")] = "",
    code: Annotated[str, typer.Option(help="六位行政区划代码。")] = "",
    founded_on: Annotated[
        str, typer.Option(metavar="日期", help="批准成立日期，例如 1951-05-01；默认为今天。")
    ] = "",
    administrator: Annotated[str, typer.Option(help="业务管理员的登录名。")] = "admin",
    auditor: Annotated[str, typer.Option(help="审计管理员的登录名。")] = "audit",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，供程序读取。")] = False,
) -> None:
    """
    建立总工会、数据库和首批管理员。

    管理员的密码取自环境变量 JULI_ADMIN_PASSWORD 和 JULI_AUDIT_PASSWORD，没有则自动生成。
    """
    name = (name or _asked("--name", "总工会名称")).strip()
    code = _checked_code(code or _asked("--code", "六位行政区划代码"))
    founded = _day(founded_on)
    founders = (
        Founder(administrator, "业务管理员", "federation_officer", _password("JULI_ADMIN_PASSWORD")),
        Founder(auditor, "审计管理员", "audit_administrator", _password("JULI_AUDIT_PASSWORD")),
    )
    _provision_outside()
    with session.in_new_house(as_owner=True):
        migrate.apply()
        _found(name=name, code=code, on=founded, founders=founders)
    _report(name, founders, as_json=as_json)


def _asked(option: str, label: str) -> str:
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"不能为空，请用 {option} 写明{label}", param_hint=option)
    return str(typer.prompt(label))


def _checked_code(code: str) -> str:
    if not DISTRICT_CODE.fullmatch(code.strip()):
        raise typer.BadParameter("应为六位数字的行政区划代码，例如 440113", param_hint="--code")
    return code.strip()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("应为日期，例如 1951-05-01", param_hint="--founded-on") from error


def _password(variable: str) -> str:
    return os.environ.get(variable) or secrets.token_urlsafe(FIRST_PASSWORD_BYTES)


def _provision_outside() -> None:
    """Make roles and database on an outside server, if somebody who may has lent us their address."""
    address = os.environ.get("JULI_DATABASE_ADMIN_URL")
    if connection.is_embedded() or not address:
        return
    from juli.config.embedded import provision

    app, owner = (connection.parameters(as_owner=as_owner) for as_owner in (False, True))
    provision.provision(
        connection.from_url(address, variable="JULI_DATABASE_ADMIN_URL"),
        provision.Logins(owner.get("password", ""), app.get("password", ""), app["dbname"]),
    )


def _found(*, name: str, code: str, on: date | None, founders: tuple[Founder, ...]) -> None:
    from django.utils import timezone

    from juli.domains.registry.actions import unions
    from juli.engines.scope import walls
    from juli.engines.scope.models import OrgUnit

    at = timezone.now()
    with walls.entered(walls.system("初始化")) as actor:
        if existing := OrgUnit.objects.filter(parent__isnull=True).first():
            raise AlreadyInitialised(name=existing.name)
        approval = unions.Approval(on=on or timezone.localdate(at))
        union = unions.found_federation(name=name, code=code, approval=approval, actor=actor, at=at)
        for founder in founders:
            _let_in(founder, org_unit_id=union.org_unit_id, actor=actor, at=at)


def _let_in(founder: Founder, *, org_unit_id: int, actor: Actor, at: datetime) -> None:
    from juli.config.cli import accounts

    accounts.open_with_duty(
        username=founder.username,
        display_name=founder.display_name,
        password=founder.password,
        duty_code=founder.duty,
        org_unit_id=org_unit_id,
        actor=actor,
        at=at,
    )


def _report(name: str, founders: tuple[Founder, ...], *, as_json: bool) -> None:
    if as_json:
        accounts = [asdict(founder) for founder in founders]
        typer.echo(json.dumps({"federation": name, "accounts": accounts}, ensure_ascii=False))
        return
    typer.echo(f"已建立“{name}”。首批账号（密码只显示这一次，请登录后立即修改）：")
    for line in _lines(founders):
        typer.echo(line)
    typer.echo("现在可以运行 juli serve 启动。")


def _lines(founders: tuple[Founder, ...]) -> Iterator[str]:
    for founder in founders:
        yield f"  {founder.display_name}　登录名 {founder.username}　密码 {founder.password}"
