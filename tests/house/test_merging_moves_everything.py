"""Whatever speaks of a person or an employer moves when two records are made one."""

import pghistory.models
import pytest
from django.apps import apps
from django.db import models

from juli.engines.party import merging
from juli.engines.party.models import Employer, Person, Subject

pytestmark = pytest.mark.house

OF_EACH = {Subject.PERSON: Person, Subject.EMPLOYER: Employer}


def speaking_of(party: type[models.Model]) -> set[tuple[str, str]]:
    """Return the columns by which tables of the house point at persons or employers."""
    return {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model.__module__.startswith("juli.") and not issubclass(model, pghistory.models.Event)
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is party
    }


@pytest.mark.parametrize("subject", list(Subject))
def test_every_foreign_key_is_declared(subject):
    declared = {(each.bearer, each.column) for each in merging.references(subject)}

    assert speaking_of(OF_EACH[subject]) - declared == set()


@pytest.mark.parametrize("subject", list(Subject))
def test_nothing_is_declared_that_is_not_there(subject):
    tables = {
        model._meta.db_table: {field.column for field in model._meta.local_fields}
        for model in apps.get_models()
    }

    assert all(each.column in tables[each.bearer] for each in merging.references(subject))
