"""The passwords and keys of this house: made once, kept in one private file (密钥)."""

import os
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from juli.config.embedded.folders import Folders, make_data_folder
from juli.kernel.refusal import Refusal

PASSWORD_BYTES = 24
SECRET_KEY_BYTES = 48
SM4_KEY_BYTES = 16
INDEX_KEY_BYTES = 32


class SecretsUnreadable(Refusal):
    """The file is there, but it cannot be read or understood."""

    code = "embedded.secrets_unreadable"
    message = "密钥文件 {path} 无法读取（{reason}）。请从备份恢复该文件；没有它，已加密的个人信息无法解开。"


@dataclass(frozen=True, slots=True)
class CryptoKeys:
    """The keys of personal data: ``sm4_keys`` by id in hex, one of them in use for new values."""

    crypto_key_id: str
    sm4_keys: Mapping[str, str] = field(repr=False)
    index_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Everything that must stay secret, and that a lost disk would take with it."""

    superuser_password: str = field(repr=False)
    owner_password: str = field(repr=False)
    app_password: str = field(repr=False)
    secret_key: str = field(repr=False)
    crypto: CryptoKeys


def read(data: Path) -> Secrets | None:
    """
    Return the secrets, or None where there are none yet.

    ``JULI_SECRET_KEY`` and ``JULI_CRYPTO_KEYS_FILE`` go before what the file says; with both set
    the file may be absent, as it is when the database is run by others.

    :raises SecretsUnreadable: a file is there but not to be understood.
    """
    secret_key = os.environ.get("JULI_SECRET_KEY")
    keys_file = os.environ.get("JULI_CRYPTO_KEYS_FILE")
    crypto = _crypto_from(_read_toml(Path(keys_file)), Path(keys_file)) if keys_file else None
    path = Folders(data).secrets
    if not path.exists():
        if secret_key and crypto:
            return Secrets("", "", "", secret_key, crypto)
        return None
    found = _secrets_from(_read_toml(path), path)
    return replace(found, secret_key=secret_key or found.secret_key, crypto=crypto or found.crypto)


def read_or_create(data: Path) -> Secrets:
    """
    Return the secrets, after making them if there are none yet.

    Two processes that make them at once end up with the same ones.

    :raises SecretsUnreadable: a file is there but not to be understood.
    """
    if not Folders(data).secrets.exists():
        make_data_folder(data)
        _publish(_as_toml(_new_secrets()), Folders(data).secrets)
    found = read(data)
    if found is None:
        raise SecretsUnreadable(path=Folders(data).secrets, reason="文件刚刚建立却已不见")
    return found


def _new_secrets() -> Secrets:
    return Secrets(
        superuser_password=secrets.token_hex(PASSWORD_BYTES),
        owner_password=secrets.token_hex(PASSWORD_BYTES),
        app_password=secrets.token_hex(PASSWORD_BYTES),
        secret_key=secrets.token_urlsafe(SECRET_KEY_BYTES),
        crypto=CryptoKeys(
            crypto_key_id="1",
            sm4_keys={"1": secrets.token_hex(SM4_KEY_BYTES)},
            index_key=secrets.token_hex(INDEX_KEY_BYTES),
        ),
    )


def _as_toml(found: Secrets) -> str:
    lines = [
        "# 本机的口令与密钥。请备份到安全的地方：丢失后，已加密的个人信息无法解开。",
        f'superuser_password = "{found.superuser_password}"',
        f'owner_password = "{found.owner_password}"',
        f'app_password = "{found.app_password}"',
        f'secret_key = "{found.secret_key}"',
        f'crypto_key_id = "{found.crypto.crypto_key_id}"',
        f'index_key = "{found.crypto.index_key}"',
        "",
        "[sm4_keys]",
        *(f'"{key_id}" = "{key}"' for key_id, key in found.crypto.sm4_keys.items()),
    ]
    return "\n".join(lines) + "\n"


def _publish(text: str, path: Path) -> None:
    """Write the file whole or not at all, and never over one that is already there."""
    handle, written = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(written, path)
    except FileExistsError:
        pass  # somebody else was first: theirs are the secrets
    finally:
        Path(written).unlink()


def _read_toml(path: Path) -> dict[str, Any]:  # Any: TOML holds what it holds
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SecretsUnreadable(path=path, reason=error.strerror or "读取失败") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SecretsUnreadable(path=path, reason="内容已损坏") from error


def _secrets_from(found: Mapping[str, Any], path: Path) -> Secrets:
    try:
        return Secrets(
            superuser_password=str(found["superuser_password"]),
            owner_password=str(found["owner_password"]),
            app_password=str(found["app_password"]),
            secret_key=str(found["secret_key"]),
            crypto=_crypto_from(found, path),
        )
    except KeyError as error:
        raise SecretsUnreadable(path=path, reason=f"缺少 {error.args[0]}") from error


def _crypto_from(found: Mapping[str, Any], path: Path) -> CryptoKeys:
    try:
        crypto = CryptoKeys(
            crypto_key_id=str(found["crypto_key_id"]),
            sm4_keys={str(key_id): str(key) for key_id, key in found["sm4_keys"].items()},
            index_key=str(found["index_key"]),
        )
    except (KeyError, AttributeError) as error:
        raise SecretsUnreadable(path=path, reason="缺少个人信息密钥") from error
    if crypto.crypto_key_id not in crypto.sm4_keys:
        raise SecretsUnreadable(path=path, reason=f"缺少编号为 {crypto.crypto_key_id} 的密钥")
    return crypto
