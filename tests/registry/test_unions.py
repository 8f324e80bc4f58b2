"""Founding, naming and correcting unions."""

from datetime import date, timedelta

import pytest

from juli.domains.registry import actions
from juli.domains.registry.actions import Approval, LegalPerson
from juli.domains.registry.actions.unions import LegalCodeTaken
from juli.domains.registry.models import Union
from juli.domains.registry.rules import days, founding
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer
from juli.engines.scope import walls
from juli.engines.scope.actions import UnitCodeTaken
from juli.engines.scope.models import OrgUnit, Placement
from juli.kernel.refusal import NotPermitted
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)


def found(world: World, **said) -> Union:
    told = {
        "parent_id": world.qinghe.pk,
        "name": "青荷玩具厂工会",
        "code": "990113101900",
        "level": Union.Level.BASE,
        "form": Union.Form.OWN,
        "employer_class": Employer.Ownership.FOREIGN,
        "approval": Approval(on=MAY_1, number="青工复〔2018〕3号"),
    } | said
    with walls.entered(world.he):
        return actions.found_union(**told, actor=world.he, at=MAY_9)


def test_a_union_is_founded_below_the_one_that_approved_it(world: World):
    union = found(world)

    unit = OrgUnit.objects.get(pk=union.org_unit_id)
    assert unit.parent_id == world.qinghe.org_unit_id
    assert union.path == unit.path == f"{world.qinghe.path}{unit.pk}/"
    assert (unit.name, unit.code, unit.kind, unit.opened_on) == (union.name, union.code, "base", MAY_1)
    assert Placement.objects.get(org_unit=unit).valid_from == MAY_1
    assert union.name_initials == "qhwjcgh"
    fact = Fact.objects.get(kind="registry.union_founded", subject_id=union.pk)
    assert (fact.occurred_on, fact.category, fact.path) == (MAY_1, "foreign", union.path)
    assert fact.payload == {"level": "base", "form": "own"}
    assert (fact.recorded_by, fact.door) == (world.he.account_id, "page")


def test_a_union_may_be_a_legal_person_from_the_start(world: World):
    code = building.credit_code(prefix="81990113MC")

    union = found(world, legal_person=LegalPerson(uscc=code.lower(), certificate="粤工法证001", since=MAY_1))

    assert (union.legal_uscc, union.is_legal_person) == (code, True)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"name": " "}, founding.UnionNameMissing),
        ({"form": Union.Form.NOT_APPLICABLE}, founding.FormMissing),
        ({"level": Union.Level.TOWN}, founding.WrongParent),
        ({"level": Union.Level.GROUP}, founding.WrongParent),
        ({"approval": Approval(on=TOMORROW)}, days.InTheFuture),
        ({"approval": Approval(on=date(1995, 1, 1))}, days.TooEarly),
        ({"legal_person": LegalPerson(uscc="81990113MC0000001X")}, founding.LegalCodeFaulty),
        ({"code": "990113102"}, UnitCodeTaken),
    ],
)
def test_a_founding_is_refused(world: World, said, refusal):
    with refused(refusal):
        found(world, **said)


def test_a_legal_code_belongs_to_one_union_even_where_nobody_sees_it(world: World):
    code = building.credit_code(prefix="81990113MC")
    actions.correct_union(
        world.electronics_union.pk,
        form=Union.Form.OWN,
        employer_class=Employer.Ownership.HMT,
        approval=Approval(on=date(2010, 3, 1)),
        legal_person=LegalPerson(uscc=code),
        reason="取得法人资格",
        actor=world.wu,
        at=MAY_9,
    )

    with refused(LegalCodeTaken):
        found(world, legal_person=LegalPerson(uscc=code))


def test_no_union_is_founded_below_one_that_has_ended(world: World):
    village = building.make_union(world.qinghe, name="荷塘村工会联合会", level=Union.Level.VILLAGE)
    actions.dissolve_union(village.pk, on=MAY_1, reason="并村", actor=world.he, at=MAY_9)

    with refused(founding.UnionEnded, name="荷塘村工会联合会"):
        found(world, parent_id=village.pk)


def test_only_the_house_founds_a_federation(world: World):
    with refused(NotPermitted):
        actions.found_federation(
            name="邻江区总工会", code="990114", approval=Approval(on=MAY_1), actor=world.lin, at=MAY_9
        )


def test_a_renamed_union_keeps_its_old_name_in_its_history(world: World):
    union = world.bearing_union
    with walls.entered(world.he):
        actions.rename_union(
            union.pk, name="澜江轴承集团工会", on=MAY_1, reason="企业更名", actor=world.he, at=MAY_9
        )

    renamed = Union.objects.get(pk=union.pk)
    assert renamed.name == renamed.org_unit.name == "澜江轴承集团工会"
    assert renamed.name_initials.startswith("ljzcjt")
    assert list(renamed.events.values_list("name", flat=True)) == ["澜江轴承厂工会"]
    fact = Fact.objects.get(kind="registry.union_renamed")
    assert (fact.occurred_on, fact.reason) == (MAY_1, "企业更名")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"name": ""}, founding.UnionNameMissing),
        ({"reason": "  "}, days.ReasonMissing),
        ({"on": TOMORROW}, days.InTheFuture),
    ],
)
def test_a_renaming_is_refused(world: World, said, refusal):
    told = {"name": "澜江轴承集团工会", "on": MAY_1, "reason": "企业更名"} | said
    with refused(refusal), walls.entered(world.he):
        actions.rename_union(world.bearing_union.pk, **told, actor=world.he, at=MAY_9)


def correct(world: World, union: Union, **said) -> Union:
    told = {
        "form": Union.Form.JOINT,
        "employer_class": Employer.Ownership.FOREIGN,
        "approval": Approval(on=date(2011, 1, 1), number="青工复〔2011〕9号"),
        "legal_person": LegalPerson(),
        "reason": "核对批复原件",
    } | said
    with walls.entered(world.he):
        return actions.correct_union(union.pk, **told, actor=world.he, at=MAY_9)


def test_a_correction_replaces_what_is_registered(world: World):
    correct(world, world.bearing_union)

    corrected = Union.objects.get(pk=world.bearing_union.pk)
    assert (corrected.form, corrected.employer_class, corrected.approved_on) == (
        "joint",
        "foreign",
        date(2011, 1, 1),
    )
    assert corrected.events.get().form == "own"
    fact = Fact.objects.get(kind="registry.union_corrected")
    assert (fact.reason, fact.occurred_on) == ("核对批复原件", MAY_9.date())


def test_a_corrected_founding_is_counted_in_its_right_year_and_class(world: World):
    union = world.bearing_union
    first = Fact.objects.get(kind="registry.union_founded", subject_id=union.pk)

    correct(world, union)
    correct(world, union, approval=Approval(on=date(2012, 2, 2)), form=Union.Form.OWN)
    correct(world, union, approval=Approval(on=date(2012, 2, 2)), form=Union.Form.OWN)

    told = Fact.objects.filter(kind="registry.union_founded", subject_id=union.pk).order_by("id")
    assert [(fact.occurred_on, fact.category, fact.payload["form"], fact.quantity) for fact in told] == [
        (date(2010, 3, 1), "private", "own", 1),
        (date(2010, 3, 1), "private", "own", -1),
        (date(2011, 1, 1), "foreign", "joint", 1),
        (date(2011, 1, 1), "foreign", "joint", -1),
        (date(2012, 2, 2), "foreign", "own", 1),
    ]
    assert told[1].reverses == first.id
    assert {fact.path for fact in told} == {union.path}


def test_a_founding_on_anothers_books_is_not_restated(world: World):
    with walls.entered(world.lin):
        actions.move_union(
            world.electronics_union.pk,
            to_parent_id=world.qinghe.pk,
            on=MAY_1,
            reason="区划调整",
            actor=world.lin,
            at=MAY_9,
        )

    with refused(founding.FoundedElsewhere):
        correct(world, world.electronics_union)
    correct(
        world,
        world.electronics_union,
        form=Union.Form.OWN,
        employer_class=Employer.Ownership.HMT,
        approval=Approval(on=world.electronics_union.approved_on, number="补录文号"),
    )


@pytest.mark.parametrize(
    ("union", "said", "refusal"),
    [
        ("bearing_union", {"reason": ""}, days.ReasonMissing),
        ("bearing_union", {"form": Union.Form.NOT_APPLICABLE}, founding.FormMissing),
        ("traders_union", {"form": Union.Form.OWN}, founding.OwnUnionCoversMore),
        ("bearing_union", {"approval": Approval(on=TOMORROW)}, days.InTheFuture),
        ("bearing_union", {"legal_person": LegalPerson(uscc="81")}, founding.LegalCodeFaulty),
        ("qinghe", {}, founding.FormMissing),
    ],
)
def test_a_correction_is_refused(world: World, union, said, refusal):
    with refused(refusal):
        correct(world, getattr(world, union), **said)


def test_a_late_founding_keeps_both_days(world: World):
    union = found(world, approval=Approval(on=MAY_1 - timedelta(days=400)))

    fact = Fact.objects.get(kind="registry.union_founded", subject_id=union.pk)
    assert fact.occurred_on == MAY_1 - timedelta(days=400)
    assert fact.recorded_at == MAY_9
