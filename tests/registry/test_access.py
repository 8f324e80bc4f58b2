"""
Every action × stranger and colleague: the stranger finds nothing there, the colleague may not, and
nothing happened.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction

from juli.domains.registry import actions
from juli.domains.registry.actions import Approval, LegalPerson
from juli.domains.registry.models import Committee, Coverage, Post, Union
from juli.domains.registry.rules.careers import NotRetained
from juli.engines.party.models import (
    Employer,
    EmployerFlag,
    HazardousPost,
    Lookalike,
    Merge,
    Person,
    Subject,
)
from juli.engines.party.particulars import NO_CONTACT, Business, Particulars
from juli.engines.party.vault import Sealed
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal
from tests import world as building
from tests.registry.traces import everything
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1 = date(2018, 5, 1)
BUSINESS = Business(name="面馆", ownership=Employer.Ownership.PRIVATE)


def _post(world: World) -> Post:
    return actions.take_post(
        union_id=world.bearing_union.pk,
        person_id=world.zhou_person.pk,
        office=Post.Office.CHAIR,
        on=MAY_1,
        actor=building.machine(),
        at=MAY_9,
    )


def _committee(world: World) -> Committee:
    return actions.form_committee(
        union_id=world.bearing_union.pk,
        kind=Committee.Kind.AUDIT,
        on=MAY_1,
        actor=building.machine(),
        at=MAY_9,
    )


def _mark(world: World) -> EmployerFlag:
    return actions.flag_employer(
        world.bearing.pk,
        mark=EmployerFlag.Flag.PARK,
        on=MAY_1,
        source="摸查",
        actor=building.machine(),
        at=MAY_9,
    )


def _merge(world: World) -> Merge:
    kept, gone = (building.make_member(world.bearing_union, name="梁二次").person_id for _ in range(2))
    return actions.merge_persons(kept, gone_id=gone, reason="同一人", actor=building.machine(), at=MAY_9)


def _lookalike(world: World) -> Lookalike:
    return actions.report_lookalike(
        world.zhou_person.pk,
        second_id=world.chen_person.pk,
        subject=Subject.PERSON,
        actor=building.machine(),
        at=MAY_9,
    )


ENDING = {"on": MAY_1, "reason": "按规定办理"}
# What each action is asked to do to the town of Qinghe, whose neighbour and whose reader come by.
ASKED: dict[str, Callable[[World], tuple[tuple, dict]]] = {
    "found_union": lambda world: (
        (),
        {
            "parent_id": world.qinghe.pk,
            "name": "新工会",
            "code": "990113101900",
            "level": Union.Level.BASE,
            "form": Union.Form.OWN,
            "approval": Approval(on=MAY_1),
        },
    ),
    "rename_union": lambda world: ((world.bearing_union.pk,), {"name": "新名", **ENDING}),
    "correct_union": lambda world: (
        (world.bearing_union.pk,),
        {
            "form": Union.Form.OWN,
            "employer_class": None,
            "approval": Approval(on=MAY_1),
            "legal_person": LegalPerson(),
            "reason": "核对",
        },
    ),
    "move_union": lambda world: ((world.bearing_union.pk,), {"to_parent_id": world.baishi.pk, **ENDING}),
    "merge_union": lambda world: ((world.bearing_union.pk,), {"into_id": world.traders_union.pk, **ENDING}),
    "dissolve_union": lambda world: ((world.bearing_union.pk,), ENDING),
    "begin_term": lambda world: ((world.bearing_union.pk,), {"begins_on": MAY_1, "years": 3}),
    "take_post": lambda world: (
        (),
        {
            "union_id": world.bearing_union.pk,
            "person_id": world.zhou_person.pk,
            "office": Post.Office.CHAIR,
            "on": MAY_1,
        },
    ),
    "leave_post": lambda world: ((_post(world).pk,), ENDING),
    "form_committee": lambda world: (
        (),
        {"union_id": world.bearing_union.pk, "kind": Committee.Kind.AUDIT, "on": MAY_1},
    ),
    "end_committee": lambda world: ((_committee(world).pk,), ENDING),
    "register_employer": lambda world: (
        (),
        {
            "uscc": building.credit_code(),
            "business": BUSINESS,
            "territory_id": world.qinghe.org_unit_id,
        },
    ),
    "correct_employer": lambda world: (
        (world.bearing.pk,),
        {"uscc": world.bearing.uscc, "business": BUSINESS, "reason": "核对"},
    ),
    "report_headcount": lambda world: ((world.bearing.pk,), {"counted_on": MAY_1, "employees": 9}),
    "flag_employer": lambda world: (
        (world.bearing.pk,),
        {"mark": EmployerFlag.Flag.PARK, "on": MAY_1, "source": "摸查"},
    ),
    "unflag_employer": lambda world: ((_mark(world).pk,), ENDING),
    "report_hazard": lambda world: (
        (world.bearing.pk,),
        {"title": "打磨", "hazard": HazardousPost.Hazard.DUST, "workers": 1, "on": MAY_1},
    ),
    "cover_employer": lambda world: (
        (),
        {
            "union_id": world.traders_union.pk,
            "employer_id": building.make_employer(world.qinghe, name="面馆").pk,
            "on": MAY_1,
        },
    ),
    "uncover_employer": lambda world: (
        (Coverage.objects.get(employer=world.teahouse).pk,),
        ENDING,
    ),
    "admit_member": lambda world: (
        (),
        {
            "union_id": world.bearing_union.pk,
            "identity": building.identity("赵小满"),
            "joined_on": MAY_1,
        },
    ),
    "transfer_member": lambda world: (
        (world.zhou_membership.pk,),
        {"to_union_id": world.traders_union.pk, "on": MAY_1},
    ),
    "retain_membership": lambda world: ((world.zhou_membership.pk,), ENDING),
    "resume_membership": lambda world: ((world.zhou_membership.pk,), {"on": MAY_1}),
    "leave_membership": lambda world: ((world.zhou_membership.pk,), ENDING),
    "expel_member": lambda world: ((world.zhou_membership.pk,), ENDING),
    "record_death": lambda world: ((world.zhou_membership.pk,), {"on": MAY_1, "source": "家属"}),
    "correct_person": lambda world: (
        (world.zhou_person.pk,),
        {"particulars": Particulars(), "reason": "核对"},
    ),
    "correct_identity": lambda world: (
        (world.zhou_person.pk,),
        {"identity": building.identity("周国平"), "reason": "核对"},
    ),
    "change_contact": lambda world: ((world.zhou_person.pk,), {"contact": NO_CONTACT, "reason": "核对"}),
    "verify_person": lambda world: (
        (world.zhou_person.pk,),
        {"outcome": Person.Verification.VERIFIED, "source": "现场核对", "on": MAY_1},
    ),
    "reveal": lambda world: ((world.zhou_person.pk,), {"value": Sealed.DOCUMENT, "reason": "核对"}),
    "merge_persons": lambda world: (
        (world.zhou_person.pk,),
        {"gone_id": world.chen_person.pk, "reason": "同一人"},
    ),
    "merge_employers": lambda world: (
        (world.teahouse.pk,),
        {"gone_id": world.tailor.pk, "reason": "同一家"},
    ),
    "undo_merge": lambda world: ((_merge(world).pk,), {"reason": "不是同一人"}),
    "report_lookalike": lambda world: (
        (world.zhou_person.pk,),
        {"second_id": world.chen_person.pk, "subject": Subject.PERSON},
    ),
    "decide_lookalike": lambda world: (
        (_lookalike(world).pk,),
        {"state": Lookalike.State.DIFFERENT},
    ),
}
OF_THE_HOUSE = {"found_federation"}
# Corrections and attachments: tried in test_correcting.py and test_admissions.py, and by every visitor at
# their addresses (tests/access).
TRIED_ELSEWHERE = {
    "attach_file", "hand_out_file", "remove_file", "withdraw_admission", "end_hazard", "correct_committee",
    "correct_coverage", "correct_hazard", "correct_headcount", "correct_mark", "correct_membership",
    "correct_post", "correct_term", "correct_territory",
}  # fmt: skip


# Who comes by, and what they are told.
BYSTANDERS: dict[str, tuple[Callable[[World], Actor], type[Refusal]]] = {
    "the officer of the next town": (lambda world: world.wu, NotFound),
    "a reader of the next town": (
        lambda world: building.granted(world.baishi, ["registry.see"]),
        NotFound,
    ),
    "the administrator of audits": (lambda world: world.auditor, NotFound),
    "a reader of the town": (lambda world: world.xu, NotPermitted),
}


def outcome(name: str, subject: tuple, told: dict, *, actor: Actor) -> type[Refusal] | None:
    """Return the refusal that an action answers with."""
    try:
        with transaction.atomic():
            getattr(actions, name)(*subject, **told, actor=actor, at=MAY_9)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("bystander", BYSTANDERS)
def test_nobody_acts_beyond_their_reach(world: World, bystander: str):
    who, refusal = BYSTANDERS[bystander]
    actor, asked = who(world), {name: ask(world) for name, ask in ASKED.items()}
    before = everything()

    with walls.entered(actor):
        told = {name: outcome(name, *act, actor=actor) for name, act in asked.items()}

    assert told == dict.fromkeys(ASKED, refusal)
    assert everything() == before


def test_the_first_wall_alone_hides_what_is_out_of_reach(world: World):
    """Within the walls of one who sees everything, the actor's own reach still decides."""
    asked = {name: ask(world) for name, ask in ASKED.items()}
    before = everything()

    told = {name: outcome(name, *act, actor=world.wu) for name, act in asked.items()}

    assert told == dict.fromkeys(ASKED, NotFound)
    assert everything() == before


def test_the_officer_may_do_all_of_it(world: World):
    """The same requests pass for who holds the duty: nothing above was refused for another reason."""
    refused = {}
    for name, ask in ASKED.items():
        with suppress(_Undone), walls.entered(world.lin):
            told = outcome(name, *ask(world), actor=world.lin)
            refused |= {name: told} if told else {}
            raise _Undone

    assert refused == {"resume_membership": NotRetained}


class _Undone(Exception):
    """What one request did is taken back before the next."""


def test_no_action_is_forgotten_here():
    public = {name for name in actions.__all__ if name[0].islower()}

    assert public == set(ASKED) | OF_THE_HOUSE | TRIED_ELSEWHERE
