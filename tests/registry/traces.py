"""What a refused act must not leave behind."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term, Union
from juli.engines.audit.models import Access
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount, Person
from juli.engines.scope.models import OrgUnit
from juli.kernel.refusal import Refusal

TABLES = (
    OrgUnit, Union, Term, Post, Committee, Coverage, Membership,
    Person, Employer, EmployerFlag, HazardousPost, Headcount, Fact, Access,
)  # fmt: skip


def everything() -> dict[str, list[tuple]]:
    """Return every row of the registers as it stands."""
    return {
        model._meta.label: sorted((repr(row) for row in model.objects.values_list()), key=str)
        for model in TABLES
    }


@contextmanager
def refused(refusal: type[Refusal], **said: object) -> Iterator[None]:
    """Expect a refusal that says these fields and leaves no trace."""
    before = everything()
    with pytest.raises(refusal) as caught:
        yield
    assert type(caught.value) is refusal
    assert caught.value.fields | said == caught.value.fields
    assert caught.value.sentence.endswith("。")
    assert everything() == before
