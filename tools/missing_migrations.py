"""Say whether a model has changed without a migration. Needs no database: it compares the files."""

from __future__ import annotations

import os
import sys

import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation


def missing() -> list[str]:
    """Return one line for every change of a model of ours that no migration makes."""
    with translation.override(None, deactivate=True):  # migrations hold names before translation
        return _missing()


def _missing() -> list[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("juli.")}
    detector = MigrationAutodetector(
        loader.project_state(),
        ProjectState.from_apps(apps),
        NonInteractiveMigrationQuestioner(specified_apps=ours, dry_run=True),
    )
    changes = detector.changes(graph=loader.graph, trim_to_apps=ours or None, convert_apps=ours or None)
    return [
        f"{label}: {operation.describe()}"
        for label, migrations in sorted(changes.items())
        for migration in migrations
        for operation in migration.operations
    ]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juli.config.settings")
    django.setup()
    lines = missing()
    for line in lines:
        print(line)
    if lines:
        print("Write them: make migration app=… name=what_it_does", file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
