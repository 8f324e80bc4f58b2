"""How to reach the database: an outside server if one is named, else our own (连接参数)."""

import os

from juli.config.embedded import keys
from juli.config.embedded.folders import Folders, data_folder
from juli.kernel.refusal import Refusal

DATABASE = "juli"
SUPERUSER = "postgres"
OWNER = "juli_owner"
APP = "juli_app"


class OwnerUrlMissing(Refusal):
    """An outside server is named for the application, but not for its owner."""

    code = "embedded.owner_url_missing"
    message = (
        "已设置 JULI_DATABASE_URL，但没有设置 JULI_DATABASE_OWNER_URL，无法建表和升级。"
        "请把数据库属主的连接地址写入 JULI_DATABASE_OWNER_URL。"
    )


class DatabaseUrlUnreadable(Refusal):
    """The address of the outside server does not follow the grammar."""

    code = "embedded.database_url_unreadable"
    message = (
        "环境变量 {variable} 的内容不是有效的数据库地址。"
        "请按 postgresql://用户:口令@主机:5432/数据库 的格式填写。"
    )


def is_embedded() -> bool:
    """Say whether this house runs its own database."""
    return not os.environ.get("JULI_DATABASE_URL")


def parameters(*, as_owner: bool) -> dict[str, str]:
    """
    Return what a driver needs to connect: host, port, user, password and dbname.

    An outside address may add others (``sslmode``); they are passed on as they are. Before
    ``juli init`` the password is empty, so that settings can be loaded without a database.

    :raises OwnerUrlMissing: only the application's address of an outside server is known.
    :raises DatabaseUrlUnreadable: the address is not one.
    """
    if not is_embedded():
        return _outside(as_owner=as_owner)
    data = data_folder()
    found = keys.read(data)
    return {
        "host": str(Folders(data).socket),
        "port": "5432",
        "user": OWNER if as_owner else APP,
        "password": "" if found is None else found.owner_password if as_owner else found.app_password,
        "dbname": DATABASE,
    }


def _outside(*, as_owner: bool) -> dict[str, str]:
    variable = "JULI_DATABASE_OWNER_URL" if as_owner else "JULI_DATABASE_URL"
    url = os.environ.get(variable)
    if not url:
        raise OwnerUrlMissing
    return from_url(url, variable=variable)


def from_url(url: str, *, variable: str) -> dict[str, str]:
    """
    Take an address apart into connection parameters.

    :raises DatabaseUrlUnreadable: it does not follow the grammar.
    """
    import psycopg  # a quarter of a second that `juli --help` does not spend
    from psycopg import conninfo

    try:
        found = conninfo.conninfo_to_dict(url)
    except psycopg.Error as error:
        raise DatabaseUrlUnreadable(variable=variable) from error
    return {"host": "", "port": "5432", "dbname": DATABASE} | {
        name: str(value) for name, value in found.items() if value is not None
    }
