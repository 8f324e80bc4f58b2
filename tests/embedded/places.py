"""A data folder that the database's user can reach."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from juli.config.embedded import leftovers
from juli.config.embedded.folders import Folders


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder. Not below ``tmp_path``: pytest closes that to every other user."""
    home = Path(tempfile.mkdtemp(prefix="juli-test-", dir="/tmp"))
    home.chmod(0o755)
    place = home / "data"
    for name in ("JULI_DATABASE_URL", "JULI_DATABASE_OWNER_URL", "JULI_SECRET_KEY", "JULI_CRYPTO_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JULI_DATA", str(place))
    yield place
    for each in home.rglob("postgres"):
        leftovers.clear(Folders(each.parent), print)
    shutil.rmtree(home)
