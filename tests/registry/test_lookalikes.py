"""The search of the whole register for records that look alike."""

from datetime import date

import pytest
from django.utils import timezone

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import decide_lookalike
from juli.domains.registry.jobs import find_lookalikes
from juli.domains.registry.likeness import employers, searching
from juli.engines.party.models import Lookalike, LookalikeScan
from juli.engines.scope import walls
from tests import world as building
from tests.world import MAY_9

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return building.build()


def search() -> dict[tuple[str, frozenset[int]], tuple[set[str], int]]:
    searching.run(actor=walls.system("查重"), clock=timezone.now)
    return {
        (pair.subject, frozenset({pair.first_id, pair.second_id})): (set(pair.reasons), pair.score)
        for pair in Lookalike.objects.all()
    }


def of_persons(found) -> dict[frozenset[int], set[str]]:
    return {numbers: reasons for (subject, numbers), (reasons, _) in found.items() if subject == "person"}


def member(world, name: str, **more) -> int:
    return building.make_member(world.bearing_union, name=name, **more).person_id


def test_each_reason_finds_its_pairs_and_no_others(world):
    born = building.resident_number
    same = [member(world, "林海", document_number=born(born_on=date(1980, 1, 2))) for _ in range(2)]
    shared = [member(world, name, mobile="13911112222") for name in ("方一", "袁二")]
    near = [
        member(world, "石磊", document_number=born(born_on=day, serial=77))
        for day in (date(1981, 3, 12), date(1981, 3, 21))
    ]
    colleagues = [
        building.make_member(
            world.bearing_union, name="莫言", employer=world.bearing,
            document_number=born(born_on=date(year, 5, 5)),
        ).person_id
        for year in (1970, 1988)
    ]  # fmt: skip
    rare = [
        member(world, name, document_number=born(born_on=date(1991, 9, 9))) for name in ("唐𬭎", "唐hong")
    ]

    found = of_persons(search())

    assert found[frozenset(same)] == {"name_birth"}
    assert found[frozenset(shared)] == {"mobile"}
    assert found[frozenset(near)] == {"near_document"}
    assert found[frozenset(colleagues)] == {"name_employer"}
    assert found[frozenset(rare)] == {"rare_name"}
    assert len(found) == 5


def test_employers_of_one_name_written_otherwise_are_found(world):
    same = building.make_employer(world.qinghe, name="青荷茶楼（有限公司）")
    variant = building.make_employer(world.qinghe, name="澜江市青荷区茶楼")
    found = {key: reasons for key, (reasons, _) in search().items() if key[0] == "employer"}

    assert found["employer", frozenset({world.teahouse.pk, same.pk})] >= {"same_name"}
    assert not any(variant.pk in numbers and world.bearing.pk in numbers for _, numbers in found)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("白石电子（澜江）有限公司", "白石电子有限公司", True),
        ("广东省广州市番禺区大石电子厂", "大石电子有限公司", True),
        ("大石电子有限公司", "大石塑胶有限公司", False),
    ],
)
def test_names_without_place_and_form_are_compared(one, other, is_one):
    assert (employers.core(one) == employers.core(other)) is is_one


def test_a_search_that_was_interrupted_goes_on(world, monkeypatch):
    for _ in range(2):
        member(world, "林海", document_number=building.resident_number(born_on=date(1980, 1, 2)))
    steps = searching._steps()

    def fail(_at):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(searching, "_steps", lambda: {**steps, "employer": fail})
    with pytest.raises(RuntimeError):
        search()
    scan = LookalikeScan.objects.get()
    assert (scan.ended_at, "employer" in scan.steps) == (None, False)
    done = list(scan.steps)

    counted = []

    def noted(name, step):
        return lambda at: counted.append(name) or step(at)

    monkeypatch.setattr(
        searching, "_steps", lambda: {name: noted(name, step) for name, step in steps.items()}
    )
    search()
    scan.refresh_from_db()
    assert scan.ended_at is not None
    assert not set(done) & set(counted)
    assert LookalikeScan.objects.count() == 1


def test_what_was_decided_stays_decided_and_what_is_alike_no_more_is_forgotten(world):
    born = building.resident_number
    same = [member(world, "林海", document_number=born(born_on=date(1980, 1, 2))) for _ in range(2)]
    shared = [member(world, name, mobile="13911112222") for name in ("方一", "袁二")]
    search()
    pair = Lookalike.objects.get(reasons__contains=["name_birth"])
    decide_lookalike(pair.pk, state=Lookalike.State.DIFFERENT, actor=building.machine(), at=MAY_9)
    actions.change_contact(
        shared[0], contact=building.Contact(mobile="13933334444"), reason="更正", actor=building.machine(),
        at=MAY_9,
    )  # fmt: skip

    found = search()

    assert list(of_persons(found)) == [frozenset(same)]
    pair.refresh_from_db()
    assert pair.state == "different"


def test_the_job_takes_no_personal_datum(world):
    find_lookalikes(timestamp=0)

    assert LookalikeScan.objects.get().ended_at is not None
