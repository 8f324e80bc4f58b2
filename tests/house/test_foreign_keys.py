"""Foreign keys lean downwards. The import contracts cannot see them: across floors they are strings."""

import pytest
from django.apps import apps

from tests.house.floors import heights, points_up

pytestmark = pytest.mark.house


def house_models():
    return [model for model in apps.get_models() if model.__module__.startswith("juli.")]


def leaning(models) -> list[str]:
    """Return every relation of these models that points at a neighbour or upwards."""
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in models
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.related_model in house_models()
        if points_up(model._meta.app_label, field.related_model._meta.app_label)
    ]


def test_every_app_stands_on_a_floor():
    strays = {model._meta.app_label for model in house_models()} - set(heights())

    assert not strays


def test_foreign_keys_lean_downwards():
    assert leaning(house_models()) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [("party", "facts"), ("scope", "registry"), ("registry", "reporting"), ("dues", "benefits"),
     ("indicator", "sheet"), ("facts", "desk")],
)  # fmt: skip
def test_a_key_that_leans_up_or_sideways_is_found(source, target):
    assert points_up(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [("registry", "party"), ("reporting", "registry"), ("party", "scope"), ("facts", "facts")],
)
def test_a_key_that_leans_down_passes(source, target):
    assert not points_up(source, target)
