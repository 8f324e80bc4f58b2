"""
Settings of the test suite.

The owner migrates the test database; every connection that a test uses afterwards has put on the
application's role, so that the policies bind threads and workers as well (tests/conftest.py).
``JULI_TEST_DATABASE_URL`` names the superuser of a throw-away cluster to use instead of our own.
"""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from juli.config.embedded import account, folders, keys, shelter

OUTSIDE = os.environ.get("JULI_TEST_DATABASE_URL", "")
os.environ["JULI_DATA"] = os.environ.get("JULI_TEST_DATA") or str(Path.cwd() / ".data" / "tests")
os.environ["JULI_SECRET_KEY"] = "a key that only tests use"  # noqa: S105
os.environ.pop("JULI_DATABASE_URL", None)
os.environ.pop("JULI_DATABASE_OWNER_URL", None)
if OUTSIDE:
    _GIVEN = {name: str(value) for name, value in conninfo_to_dict(OUTSIDE).items() if value is not None}
    for variable, user in (("JULI_DATABASE_URL", "juli_app"), ("JULI_DATABASE_OWNER_URL", "juli_owner")):
        os.environ[variable] = make_conninfo(**_GIVEN | {"user": user, "password": "tests", "dbname": "juli"})
else:
    # Settled before the addresses below are taken down: the server starts later (tests/conftest.py).
    shelter.settle(
        folders.Folders(folders.data_folder()),
        account.server_account(),
        found=keys.read_or_create(folders.data_folder()),
        is_lasting=False,
    )

from juli.config.settings.base import *  # noqa: E402, F403
from juli.config.settings.base import database  # noqa: E402

VAULT_KEYS = keys.CryptoKeys(crypto_key_id="1", sm4_keys={"1": "01" * 16}, index_key="02" * 32)
DATABASES = {"default": database(as_owner=True)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
