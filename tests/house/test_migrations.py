"""Migrations: one head for each app, named by hand, none missing."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tools.missing_migrations import missing

pytestmark = pytest.mark.house

NAMED = re.compile(r"\d{4}_(?!auto)[a-z][a-z0-9_]+")


def house_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith("juli.")}


def heads(leaves, labels) -> dict[str, list[str]]:
    """Return the heads of each app."""
    found: dict[str, list[str]] = {label: [] for label in labels}
    for label, name in leaves:
        if label in found:
            found[label].append(name)
    return found


def test_each_app_has_one_head():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    several = {
        label: names for label, names in heads(graph.leaf_nodes(), house_labels()).items() if len(names) > 1
    }

    assert not several


def test_migrations_are_named_by_hand():
    nodes = MigrationLoader(None, ignore_no_migrations=True).graph.nodes
    unnamed = [
        f"{label}.{name}" for label, name in nodes if label in house_labels() and not NAMED.fullmatch(name)
    ]

    assert not unnamed


def test_no_migration_is_missing():
    assert missing() == []


def test_two_heads_are_found():
    assert heads([("party", "0002_a"), ("party", "0002_b")], {"party"}) == {"party": ["0002_a", "0002_b"]}


@pytest.mark.parametrize("name", ["0002_auto_20261122_1200", "0002_Auto", "initial"])
def test_a_machine_made_name_is_found(name):
    assert not NAMED.fullmatch(name)


def test_a_changed_model_without_a_migration_is_found(monkeypatch):
    model = next(model for model in apps.get_models() if model.__module__.startswith("juli."))
    monkeypatch.setattr(model._meta, "verbose_name", "改了名却没有迁移")
    monkeypatch.setitem(model._meta.original_attrs, "verbose_name", "改了名却没有迁移")

    assert missing()
