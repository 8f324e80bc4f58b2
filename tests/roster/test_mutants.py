"""
Mutated workbooks and csv files through the import, from handing in to the page that shows what came of it.

Each is read, and then every row at fault says why, or it is refused in a sentence; nothing else ever happens.
JULI_MUTANTS is how many of each kind (a night's run: 500); an ordinary run draws the same first ones.
The 500 and 500 of 2026-11-23: of the workbooks 171 were read and 329 refused, of the csv files 315 and 185;
none crashed, none was left in between, none said nothing.
"""

import io
import os

import pytest
from django.db import transaction

from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet import receiving, working
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.kernel.refusal import Refusal
from tests import world as building
from tests.pages.visiting import Visitor, visitor_of
from tests.roster.importing import HEADER, Quiet
from tests.roster.mutants import KINDS, Mutant, good_rows, mutants, written
from tests.world import MAY_9, World

MUTANTS = int(os.environ.get("JULI_MUTANTS", "60"))
SHARES = 4
SEEN = {ImportBatch.State.PREVIEWED, ImportBatch.State.FAILED}
AT_FAULT = (BatchRow.Verdict.FAULTY, BatchRow.Verdict.DUPLICATE)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def handed_in(mutant: Mutant, world: World) -> ImportBatch:
    unit = OrgUnit.objects.get(pk=world.federation.org_unit_id)
    return receiving.receive(
        io.BytesIO(mutant.content), name=mutant.filename, entry=entry_of("members"), org_unit=unit,
        actor=world.lin, at=MAY_9, asking_first=True,
    )  # fmt: skip


def outcome_of(mutant: Mutant, world: World, lin: Visitor) -> str:
    """Bring a file to its preview and open the page of the batch; return what came of it, or what broke."""
    try:
        with walls.entered(world.lin):
            batch = handed_in(mutant, world)
    except Refusal as refusal:
        return f"refused: {refusal.sentence}"
    try:
        working.run(batch.pk, actor=world.lin, clock=lambda: MAY_9, teller=Quiet())
    except Refusal as refusal:
        if not refusal.sentence.endswith("。"):
            return f"BROKEN: refused without a sentence: {refusal.sentence}"
    except BaseException as broken:  # noqa: BLE001  a panic of a library is no Exception
        return f"BROKEN: {broken!r}"
    return judged(ImportBatch.objects.get(pk=batch.pk), lin)


def judged(batch: ImportBatch, lin: Visitor) -> str:
    """Say whether a batch tells what came of it."""
    if batch.state not in SEEN:
        return f"BROKEN: left in the state {batch.state}"
    if (status := lin.get(f"/imports/{batch.pk}/").status_code) != 200:
        return f"BROKEN: its page answers {status}"
    if batch.state == ImportBatch.State.FAILED:
        return f"refused: {batch.reason}" if batch.reason.endswith("。") else f"BROKEN: {batch.reason!r}"
    silent = BatchRow.objects.filter(batch=batch, verdict__in=AT_FAULT, faults=[]).count()
    if silent:
        return f"BROKEN: {silent} rows are at fault and do not say why"
    return f"read: {batch.row_count} rows, {batch.faulty_rows} at fault"


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("kind", KINDS)
def test_every_mutant_is_read_or_refused_with_a_reason(kind, share, tmp_path, record_property):
    world = building.build()
    lin = visitor_of(world.lin)
    outcomes: dict[str, str] = {}
    for mutant in mutants(world, kind, range(share, MUTANTS, SHARES), tmp_path):
        with transaction.atomic():
            outcomes[f"{mutant.kind} {mutant.number} {mutant.done}"] = outcome_of(mutant, world, lin)
            transaction.set_rollback(True)
    assert len(outcomes) == len(range(share, MUTANTS, SHARES))
    assert {name: said for name, said in outcomes.items() if said.startswith("BROKEN")} == {}
    read = sum(said.startswith("read") for said in outcomes.values())
    record_property("read", read)
    record_property("refused", len(outcomes) - read)
    assert 0 < read < len(outcomes), "both happen: else nothing was tried"


def test_the_same_number_is_the_same_file(tmp_path):
    world = building.build()
    numbers = range(12)
    one, other = ([each.done for each in mutants(world, "csv", numbers, tmp_path)] for _ in range(2))
    assert one == other


@pytest.mark.parametrize("kind", KINDS)
def test_an_unharmed_roster_is_read_whole(kind, tmp_path):
    """What the mutants are made from is good: their faults are the mutation's."""
    world = building.build()
    rows = [[str(row[name]) for name in HEADER] for row in good_rows(world)]
    mutant = Mutant(kind, 0, "nothing", written(kind, [list(HEADER), *rows], tmp_path))
    assert outcome_of(mutant, world, visitor_of(world.lin)) == "read: 12 rows, 0 at fault"
