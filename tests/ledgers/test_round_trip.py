"""Whatever a list is taken out as comes back in through its ledger without a change."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juli.domains.registry import actions
from juli.domains.registry.models import Post
from juli.engines.desk.exports import making
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.lists import declared
from juli.engines.desk.models import Export
from juli.engines.party.models import HazardousPost
from juli.engines.scope import walls
from juli.engines.sheet import entries
from tests import world as building
from tests.ledgers.handing_in import counts, previewed, said_of
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db

WORDS = {entry.word: entry.code for entry in entries.declared()}
LISTED = sorted(code for code, register in declared().items() if register.ledger)


def taken_out(code: str, path: Path, *, form: Export.Form, world: World, query: str = "") -> int:
    with walls.entered(world.lin):
        return making.take_out(
            Order.of(code, query), path, form=form, actor=world.lin, at=MAY_9, tell=lambda _done: None
        )


def furnish(world: World) -> None:
    by = {"actor": machine(), "at": MAY_9}
    actions.take_post(
        union_id=world.bearing_union.pk, person_id=world.zhou_person.pk, office=Post.Office.CHAIR,
        on=MAY_9.date(), **by,
    )  # fmt: skip
    actions.report_hazard(
        world.bearing.pk, title="打磨", hazard=HazardousPost.Hazard.DUST, workers=3, on=MAY_9.date(), **by
    )
    actions.report_headcount(world.bearing.pk, employees=12, counted_on=MAY_9.date(), **by)


@pytest.mark.parametrize("form", [Export.Form.WORKBOOK, Export.Form.TEXT])
@pytest.mark.parametrize("code", LISTED)
def test_a_list_comes_back_as_it_went_out(code: str, form: Export.Form, world: World, tmp_path: Path) -> None:
    furnish(world)
    path = tmp_path / f"out.{form.value}"
    rows = taken_out(code, path, form=form, world=world)

    batch = previewed(WORDS[declared()[code].ledger], path.read_bytes(), name=path.name)

    assert rows > 0
    assert counts(batch) == (0, 0, rows, 0), said_of(batch)


SIGNS = "=+-@甲乙丙（）&'，. "
NAMES = st.text(alphabet=SIGNS, min_size=2, max_size=12).filter(lambda name: len(name.strip()) > 1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, form=st.sampled_from(list(Export.Form)))
def test_whatever_an_employer_is_called(name: str, form: Export.Form, world: World, tmp_path: Path) -> None:
    """Names that a spreadsheet would take for a formula go out as words and come back as they were."""
    building.make_employer(world.qinghe, name=f"{name.strip()}厂")
    path = tmp_path / f"out.{form.value}"
    rows = taken_out("employers", path, form=form, world=world)

    batch = previewed("registry.employers", path.read_bytes(), name=path.name)

    assert counts(batch) == (0, 0, rows, 0), said_of(batch)
