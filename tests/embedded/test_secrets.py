"""Secrets are made once, kept privately, and never overwritten."""

import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from juli.config.embedded import connection, keys
from juli.config.embedded.folders import Folders
from juli.config.settings import base

Elsewhere = Callable[[str], subprocess.Popen[str]]


def test_secrets_are_made_once_and_stay_the_same(data: Path) -> None:
    first = keys.read_or_create(data)

    assert keys.read_or_create(data) == first
    assert keys.read(data) == first
    assert stat.S_IMODE(Folders(data).secrets.stat().st_mode) == 0o600
    assert len({first.superuser_password, first.owner_password, first.app_password}) == 3
    assert list(data.iterdir()) == [Folders(data).secrets]


def test_before_init_there_are_none_and_nothing_is_made(data: Path) -> None:
    assert keys.read(data) is None
    assert connection.parameters(as_owner=False)["password"] == ""
    assert not data.exists()


def test_several_makers_at_once_end_up_with_the_same(data: Path, elsewhere: Elsewhere) -> None:
    makers = [
        elsewhere("from juli.config.embedded import keys\nprint(keys.read_or_create(data).app_password)")
        for _ in range(4)
    ]

    assert len({each.communicate()[0] for each in makers}) == 1


def test_keys_have_the_lengths_of_their_ciphers(data: Path) -> None:
    crypto = keys.read_or_create(data).crypto

    assert len(bytes.fromhex(crypto.sm4_keys[crypto.crypto_key_id])) == 16
    assert len(bytes.fromhex(crypto.index_key)) == 32


def test_nothing_secret_is_shown_by_accident(data: Path) -> None:
    found = keys.read_or_create(data)

    shown = repr(found)

    for secret in (
        found.app_password,
        found.secret_key,
        found.crypto.index_key,
        *found.crypto.sm4_keys.values(),
    ):
        assert secret not in shown


def test_the_environment_goes_before_the_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_file = tmp_path / "keys.toml"
    keys_file.write_text('crypto_key_id = "7"\nindex_key = "ab"\n[sm4_keys]\n7 = "cd"\n')
    keys.read_or_create(data)
    monkeypatch.setenv("JULI_SECRET_KEY", "from outside")
    monkeypatch.setenv("JULI_CRYPTO_KEYS_FILE", str(keys_file))

    found = keys.read(data)

    assert found is not None
    assert (found.secret_key, found.crypto.crypto_key_id) == ("from outside", "7")


def test_with_both_given_from_outside_no_file_is_needed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_file = tmp_path / "keys.toml"
    keys_file.write_text('crypto_key_id = "7"\nindex_key = "ab"\n[sm4_keys]\n7 = "cd"\n')
    monkeypatch.setenv("JULI_SECRET_KEY", "from outside")
    monkeypatch.setenv("JULI_CRYPTO_KEYS_FILE", str(keys_file))

    assert keys.read(data) is not None
    assert not data.exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not toml", "内容已损坏"),
        ('owner_password = "x"', "缺少 superuser_password"),
        (
            'superuser_password="a"\nowner_password="b"\napp_password="c"\nsecret_key="d"\ncrypto_key_id="2"\n'
            'index_key="e"\n[sm4_keys]\n1="f"\n',
            "缺少编号为 2 的密钥",
        ),
    ],
)
def test_a_damaged_file_is_refused_and_left_alone(data: Path, text: str, reason: str) -> None:
    data.mkdir()
    Folders(data).secrets.write_text(text)

    with pytest.raises(keys.SecretsUnreadable, match=reason):
        keys.read_or_create(data)

    assert Folders(data).secrets.read_text() == text


def test_an_outside_server_is_named_by_its_address(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JULI_DATABASE_URL", "postgresql://app:p%40ss@db.example:6432/juli?sslmode=require")

    assert not connection.is_embedded()
    assert connection.parameters(as_owner=False) == {
        "host": "db.example",
        "port": "6432",
        "user": "app",
        "password": "p@ss",
        "dbname": "juli",
        "sslmode": "require",
    }
    with pytest.raises(connection.OwnerUrlMissing):
        connection.parameters(as_owner=True)


def test_django_hands_on_what_else_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "JULI_DATABASE_URL", "postgresql://app@db.example/juli?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    )

    found = base.database(as_owner=False)

    assert found["HOST"] == "db.example"
    assert found["OPTIONS"] == {
        "application_name": "juli",
        "server_side_binding": False,
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
    }


def test_an_address_that_is_none_is_refused_without_its_password(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JULI_DATABASE_URL", "postgresql://app:secret@[host/x")

    with pytest.raises(connection.DatabaseUrlUnreadable) as refused:
        connection.parameters(as_owner=False)

    assert "secret" not in refused.value.sentence
