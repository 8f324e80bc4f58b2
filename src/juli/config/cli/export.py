"""``juli export``: what a list shows, as a file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from juli.config.cli import session

if TYPE_CHECKING:
    from juli.engines.desk.exports.orders import Order
    from juli.kernel.actor import Actor

MACHINE = "命令行"


def export(
    register: Annotated[str, typer.Argument(metavar="列表", help="列表的代号；不填就列出全部代号。")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="<文件>", help="存到哪里；.csv 存为文本，其余存为 xlsx。")
    ] = None,
    conditions: Annotated[
        str, typer.Option("--filter", metavar="<条件>", help="与网址问号后面相同，例如 migrant=yes&unit=12。")
    ] = "",
    columns: Annotated[
        str, typer.Option(metavar="<列>", help="列的代号，用逗号隔开；不填就是常用的列。")
    ] = "",
    reason: Annotated[
        str, typer.Option("--plain", metavar="<理由>", help="导出明文，并写明理由；不填就是掩码。")
    ] = "",
    as_user: Annotated[
        str, typer.Option("--as", metavar="<登录名>", help="以哪个账号的权限和名义导出；默认为本机管理员。")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果，供程序读取。")] = False,
) -> None:
    """导出列表：与页面上看到的相同，每次导出都会留痕。"""
    with session.in_house():
        if not register or out is None:
            _print_registers()
            return
        order = _order(register, conditions, columns, reason)
        rows = _written(order, out, actor=_actor(as_user))
    if as_json:
        told = {"register": register, "rows": rows, "file": str(out), "columns": list(order.headings)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"已导出 {rows:,} 行到 {out}。")


def _print_registers() -> None:
    from juli.engines.desk import lists

    typer.echo("可以导出的列表，以及各自的列：")
    for code, register in sorted(lists.declared().items()):
        if register.address:
            names = "、".join(column.name for column in register.columns)
            typer.echo(f"  {code}（{register.title}）：{names}")


def _order(register: str, conditions: str, columns: str, reason: str) -> "Order":
    from urllib.parse import urlencode

    from juli.engines.desk import lists
    from juli.engines.desk.exports.orders import Order
    from juli.engines.desk.lists.registers import UnknownRegister

    names = [each.strip() for each in columns.split(",") if each.strip()]
    try:
        known = {column.name for column in lists.register_of(register).columns}
    except UnknownRegister as error:
        raise typer.BadParameter(f"没有“{register}”这个列表，运行 juli export 查看全部。") from error
    if unknown := [name for name in names if name not in known]:
        raise typer.BadParameter(f"没有“{unknown[0]}”这一列，运行 juli export 查看全部。")
    query = "&".join(filter(None, [conditions.lstrip("?"), urlencode([("columns", each) for each in names])]))
    return Order.of(register, query, reason_in_full=reason)


def _written(order: "Order", out: Path, *, actor: "Actor") -> int:
    """Write the file beside its name first, so that a half one never bears it."""
    from django.utils import timezone

    from juli.engines.desk.exports import making
    from juli.engines.desk.models import Export
    from juli.engines.scope import walls

    form = Export.Form.TEXT if out.suffix.lower() == ".csv" else Export.Form.WORKBOOK
    part = out.with_name(f".{out.name}.part")
    at = timezone.now()
    try:
        with walls.entered(actor):
            rows = making.take_out(order, part, form=form, actor=actor, at=at, tell=_quiet)
            making.written_down(order, rows=rows, path=_path_of(actor), actor=actor, at=at)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _quiet(_rows: int) -> None:
    """Say nothing: a terminal waits for seconds, not for minutes."""


def _path_of(actor: "Actor") -> str:
    """Return the place in the tree at which the line in the log stands: the top of what is reached."""
    from juli.engines.scope.models import OrgUnit

    top = OrgUnit.objects.order_by("depth", "pk").values_list("path", flat=True).first()
    return top or (actor.ranges[0].lo if actor.ranges else "/")


def _actor(username: str) -> "Actor":
    from django.utils import timezone

    from juli.config.cli.user import NoSuchAccount
    from juli.engines.scope import reaching, walls
    from juli.engines.scope.models import Account
    from juli.kernel.actor import Door

    if not username:
        return walls.system(MACHINE)
    with walls.entered(walls.doorkeeper(door=Door.COMMAND)):
        account = Account.objects.filter(username__iexact=username, is_active=True).first()
        if account is None:
            raise NoSuchAccount(username=username)
        return reaching.actor_for(account, on=timezone.localdate(), door=Door.COMMAND)
