"""
Whether the tables fit this version of the program, told without loading it (结构印记).

To ask the program itself takes a process two seconds of work; every start of the house would pay for
it. So whoever has brought the tables up to date leaves a stamp in the data folder: a digest of what
the migrations are made of, and one of what the database says was applied. Only where both are still
the same is nothing to be done. The stamp saves time and decides nothing else: ``juli doctor`` and
``/readyz`` go by the database.
"""

import hashlib
import json
import os
import sysconfig
import time
from pathlib import Path

from juli.config.embedded import connection
from juli.config.embedded.folders import data_folder

PACKAGE = Path(__file__).resolve().parents[2]
STAMP = "migrated.json"
APPLIED = "SELECT app, name FROM django_migrations ORDER BY app, name"
PATIENCE_SECONDS = 5


def is_as_stamped() -> bool:
    """Say whether neither the program nor the database has changed since the stamp."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or cut short
        return False
    if not isinstance(found, dict) or found.get("program") != _program():
        return False
    return found.get("database") == _database()


def stamp() -> None:
    """Note that the tables are up to date now."""
    text = json.dumps({"program": _program(), "database": _database()})
    written = _path().with_name(f".{STAMP}.{os.getpid()}")
    written.parent.mkdir(parents=True, exist_ok=True)  # with an outside database there may be no folder yet
    written.write_text(text, encoding="utf-8")
    written.replace(_path())


def _path() -> Path:
    return data_folder() / STAMP


def _program() -> str:
    """Digest our migrations, the list of apps, and the versions of all packages."""
    digest = hashlib.sha256()
    settings = (PACKAGE / "config" / "settings").glob("*.py")
    for path in sorted((*PACKAGE.rglob("migrations/*.py"), *settings)):
        digest.update(f"{path.relative_to(PACKAGE)}\n".encode())
        digest.update(path.read_bytes())
    # The folder of a package's description is named after its version.
    installed = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}
    versions = {found.name for folder in installed for found in folder.glob("*.dist-info")}
    digest.update("\n".join(sorted(versions)).encode())
    return digest.hexdigest()


def _database() -> str:
    """Digest what the database says was applied; of one that cannot say, something of its own."""
    import psycopg  # a quarter of a second that `juli --help` does not spend

    given = connection.parameters(as_owner=True)
    try:
        with psycopg.connect(
            psycopg.conninfo.make_conninfo(**given), connect_timeout=PATIENCE_SECONDS
        ) as database:
            applied = database.execute(APPLIED).fetchall()
    except psycopg.Error:
        return f"unknown at {time.time_ns()}"
    return hashlib.sha256(repr(applied).encode()).hexdigest()
