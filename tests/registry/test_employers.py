"""Employers: registered, corrected, counted, marked, covered."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Coverage, Union
from juli.domains.registry.rules import covering, days, employing, founding
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.party.particulars import Business
from juli.engines.party.refusals import CreditCodeFaulty, EmployerNameMissing
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)
NOODLES = Business(name="小满面馆（青荷店）", ownership=Employer.Ownership.SELF_EMPLOYED, industry="H6210")


def register(world: World, *, by: Actor | None = None, **said) -> Employer:
    actor = by or world.he
    told = {
        "uscc": building.credit_code(),
        "business": NOODLES,
        "territory_id": world.qinghe.org_unit_id,
    } | said
    with walls.entered(actor):
        return actions.register_employer(**told, actor=actor, at=MAY_9)


def test_an_employer_is_registered_in_its_territory(world: World):
    code = building.credit_code()
    employer = register(world, uscc=f" {code.lower()} ", source="摸查")

    assert (employer.uscc, employer.path, employer.territory_id) == (
        code,
        world.qinghe.path,
        world.qinghe.org_unit_id,
    )
    assert (employer.name, employer.name_initials) == ("小满面馆（青荷店）", "xmmgqhd")
    fact = Fact.objects.get(kind="registry.employer_registered", employer_id=employer.pk)
    assert (fact.category, fact.occurred_on) == ("self_employed", MAY_9.date())


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"uscc": "91990113MA0000001X"}, CreditCodeFaulty),
        ({"uscc": ""}, CreditCodeFaulty),
        ({"business": Business(name=" ", ownership=Employer.Ownership.PRIVATE)}, EmployerNameMissing),
    ],
)
def test_a_registration_is_refused(world: World, said, refusal):
    with refused(refusal):
        register(world, **said)


def test_a_code_is_registered_once_even_where_nobody_sees_it(world: World):
    with refused(employing.EmployerKnown):
        register(world, uscc=world.bearing.uscc)
    with refused(employing.EmployerKnown):
        register(world, uscc=world.electronics.uscc)


def correct(world: World, employer: Employer, **said) -> Employer:
    told = {"uscc": employer.uscc, "business": NOODLES, "reason": "核对执照"} | said
    with walls.entered(world.he):
        return actions.correct_employer(employer.pk, **told, actor=world.he, at=MAY_9)


def test_a_corrected_employer_keeps_what_stood_there(world: World):
    correct(world, world.teahouse)

    employer = Employer.objects.get(pk=world.teahouse.pk)
    assert (employer.name, employer.ownership, employer.industry) == (NOODLES.name, "self_employed", "H6210")
    assert employer.name_initials == "xmmgqhd"
    assert employer.events.latest("pgh_id").name == "青荷茶楼有限公司"
    fact = Fact.objects.get(kind="registry.employer_corrected")
    assert (fact.reason, fact.category, fact.path) == ("核对执照", "self_employed", world.traders_union.path)


def test_a_correction_is_refused(world: World):
    with refused(days.ReasonMissing):
        correct(world, world.teahouse, reason="")
    with refused(CreditCodeFaulty):
        correct(world, world.teahouse, uscc="123")
    with refused(employing.EmployerKnown):
        correct(world, world.teahouse, uscc=world.electronics.uscc)
    with refused(EmployerNameMissing):
        correct(world, world.teahouse, business=Business(name="", ownership=Employer.Ownership.PRIVATE))


def count(world: World, **said) -> Headcount:
    told = {"counted_on": date(2018, 3, 31), "employees": 95, "women": 40, "migrant_workers": 60} | said
    with walls.entered(world.he):
        return actions.report_headcount(world.bearing.pk, **told, actor=world.he, at=MAY_9)


def test_a_headcount_is_written_down(world: World):
    headcount = count(world)

    assert (headcount.employees, headcount.women, headcount.path) == (95, 40, world.bearing_union.path)
    fact = Fact.objects.get(kind="registry.headcount_reported")
    assert (fact.quantity, fact.payload) == (95, {"migrant_workers": 60, "women": 40})


def test_a_second_count_of_a_day_replaces_the_first_and_both_stay_facts(world: World):
    count(world)
    count(world, employees=96)

    assert Headcount.objects.get().employees == 96
    facts = Fact.objects.filter(kind="registry.headcount_reported").order_by("id")
    assert [fact.quantity for fact in facts] == [95, 96]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"women": 96}, employing.PartsExceedWhole),
        ({"migrant_workers": 96}, employing.PartsExceedWhole),
        ({"counted_on": TOMORROW}, days.InTheFuture),
    ],
)
def test_a_headcount_is_refused(world: World, said, refusal):
    with refused(refusal):
        count(world, **said)


def flag(world: World, **said) -> EmployerFlag:
    told = {"mark": EmployerFlag.Flag.PARK, "on": MAY_1, "source": "摸查"} | said
    with walls.entered(world.he):
        return actions.flag_employer(world.bearing.pk, **told, actor=world.he, at=MAY_9)


def unflag(world: World, mark: EmployerFlag, **said) -> EmployerFlag:
    told = {"on": MAY_1, "reason": "迁出园区"} | said
    with walls.entered(world.he):
        return actions.unflag_employer(mark.pk, **told, actor=world.he, at=MAY_9)


def test_a_mark_is_put_on_and_taken_off(world: World):
    mark = flag(world)
    unflag(world, mark)

    assert EmployerFlag.objects.get().valid_until == MAY_1
    kinds = Fact.objects.filter(category="park").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["registry.employer_flagged", "registry.employer_unflagged"]
    assert flag(world).pk != mark.pk


def test_marks_are_refused(world: World):
    with refused(days.InTheFuture):
        flag(world, on=TOMORROW)
    mark = flag(world)
    with refused(employing.AlreadyFlagged, mark="园区企业"):
        flag(world)
    with refused(days.ReasonMissing):
        unflag(world, mark, reason="")
    with refused(days.InTheFuture):
        unflag(world, mark, on=TOMORROW)
    with refused(days.TooEarly):
        unflag(world, mark, on=date(2018, 4, 30))
    unflag(world, mark)
    with refused(employing.NotFlagged):
        unflag(world, mark)


def report(world: World, **said) -> HazardousPost:
    told = {"title": " 打磨 ", "hazard": HazardousPost.Hazard.DUST, "workers": 12, "on": MAY_1} | said
    with walls.entered(world.he):
        return actions.report_hazard(world.bearing.pk, **told, actor=world.he, at=MAY_9)


def test_a_hazardous_post_is_written_down(world: World):
    post = report(world, is_checked_by_employer=False)

    assert (post.title, post.workers, post.is_checked_by_employer) == ("打磨", 12, False)
    fact = Fact.objects.get(kind="registry.hazard_reported")
    assert (fact.quantity, fact.category, fact.employer_id) == (12, "dust", world.bearing.pk)


def test_a_hazardous_post_is_refused(world: World):
    with refused(employing.PostTitleMissing):
        report(world, title=" ")
    with refused(days.InTheFuture):
        report(world, on=TOMORROW)


def cover(world: World, union: Union, employer: Employer, *, by: Actor | None = None, **said) -> Coverage:
    actor = by or world.he
    told = {"on": MAY_1} | said
    with walls.entered(actor):
        return actions.cover_employer(
            union_id=union.pk, employer_id=employer.pk, **told, actor=actor, at=MAY_9
        )


def test_a_covered_employer_moves_below_its_union(world: World):
    loose = building.make_employer(world.qinghe, name="新开的面馆")
    counted = actions.report_headcount(loose.pk, counted_on=MAY_1, employees=9, actor=world.he, at=MAY_9)

    coverage = cover(world, world.traders_union, loose)

    loose.refresh_from_db()
    counted.refresh_from_db()
    assert loose.path == counted.path == coverage.path == world.traders_union.path
    fact = Fact.objects.get(kind="registry.coverage_begun", employer_id=loose.pk)
    assert (fact.occurred_on, fact.category) == (MAY_1, "private")


def test_a_coverage_is_refused(world: World):
    loose = building.make_employer(world.qinghe, name="新开的面馆")

    with refused(covering.LevelCoversNobody):
        cover(world, world.qinghe, loose)
    with refused(days.InTheFuture):
        cover(world, world.traders_union, loose, on=TOMORROW)
    with refused(days.TooEarly):
        cover(world, world.traders_union, loose, on=date(2009, 1, 1))
    with refused(covering.AlreadyCovered, union="青荷商贸联合工会"):
        cover(world, world.traders_union, world.teahouse)
    with refused(founding.OwnUnionCoversMore):
        cover(world, world.bearing_union, loose)
    with refused(NotFound):
        cover(world, world.traders_union, world.electronics)
    with refused(NotFound):
        cover(world, world.electronics_union, loose)


def uncover(world: World, employer: Employer, *, by: Actor | None = None, **said) -> Coverage:
    actor = by or world.he
    told = {"on": MAY_1, "reason": "单位迁出"} | said
    coverage = Coverage.objects.filter(employer=employer).latest("pk")
    with walls.entered(actor):
        return actions.uncover_employer(coverage.pk, **told, actor=actor, at=MAY_9)


def test_an_uncovered_employer_goes_back_to_its_territory(world: World):
    uncover(world, world.teahouse)

    world.teahouse.refresh_from_db()
    assert world.teahouse.path == world.qinghe.path
    fact = Fact.objects.get(kind="registry.coverage_ended")
    assert (fact.occurred_on, fact.reason, fact.path) == (MAY_1, "单位迁出", world.traders_union.path)
    with refused(days.TooEarly):
        cover(world, world.traders_union, world.teahouse, on=date(2018, 4, 30))
    cover(world, world.traders_union, world.teahouse)


def test_an_uncovering_is_refused(world: World):
    with refused(days.ReasonMissing):
        uncover(world, world.teahouse, reason="")
    with refused(days.InTheFuture):
        uncover(world, world.teahouse, on=TOMORROW)
    with refused(days.TooEarly):
        uncover(world, world.teahouse, on=date(2009, 1, 1))
    with refused(covering.MembersStillThere, members=2):
        uncover(world, world.bearing)
    uncover(world, world.teahouse)
    with refused(covering.CoverageEnded):
        uncover(world, world.teahouse)


def test_an_employer_is_not_sent_out_of_reach(world: World):
    loose = building.make_employer(world.baishi, name="跨镇的工厂")
    building.cover(world.traders_union, loose)

    with refused(covering.TerritoryOutOfReach):
        uncover(world, loose)
    uncover(world, loose, by=world.lin)
