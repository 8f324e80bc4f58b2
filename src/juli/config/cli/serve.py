"""``juli serve``: the whole house in one command."""

from typing import Annotated

import typer

from juli.config.supervisor.house import Address, House


def serve(
    host: Annotated[str, typer.Option(help="网站监听的地址；0.0.0.0 表示所有网卡。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="网站监听的端口。")] = 8000,
) -> None:
    """启动整站：数据库、网站和后台任务；按 Ctrl-C 依次停止。"""
    House(Address(host, port), say=_tell).run()


def _tell(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201  this is the terminal
