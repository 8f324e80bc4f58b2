"""Something of everything that the page of data quality is about, put into the small district."""

from dataclasses import dataclass
from datetime import date, datetime

from juli.domains.registry import actions
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term, Union
from juli.engines.party.models import Employer, Headcount, Person
from tests import world as building
from tests.world import CHINA, MAY_9, World, machine, make_employer, make_member, make_union

LONG_AGO = datetime(2014, 1, 1, 9, 0, tzinfo=CHINA)


@dataclass(frozen=True)
class Mess:
    """What was put there."""

    village: Union
    ended: Union
    left_behind: Membership
    stale: Membership
    sharing: tuple[Membership, ...]
    firm: Employer
    post: Post


def untidy(world: World) -> Mess:
    """Let members share a number, a union end with a member in it, a term run out, a chair leave."""
    by = {"actor": machine(), "at": MAY_9}
    village = make_union(world.qinghe, name="青荷东村工会联合会", level=Union.Level.VILLAGE)
    workshop = make_union(village, name="东村作坊工会")
    sharing = tuple(
        make_member(workshop, name=name, mobile="13800000001") for name in ("甲一", "乙二", "丙三")
    )
    stale = make_member(world.electronics_union, name="丁四")
    Person.objects.filter(pk=stale.person_id).update(updated_at=LONG_AGO)
    Person.objects.filter(pk=world.zhou_person.pk).update(
        verification="verified", verified_on=date(2018, 1, 2), mobile_digest=None, education="college"
    )
    ended = make_union(world.baishi, name="白石旧厂工会")
    left_behind = make_member(ended, name="戊五")
    firm = make_employer(world.baishi, name="白石大厂有限公司")
    for each, employees in ((firm, 120), (world.teahouse, 30), (world.courier, 8)):
        Headcount.objects.create(
            org_unit_id=each.org_unit_id, path=each.path, employer=each, counted_on=date(2017, 12, 31),
            employees=employees,
        )  # fmt: skip
    Coverage.objects.create(
        org_unit=ended.org_unit, path=ended.path, union=ended, employer=world.electronics,
        valid_from=date(2012, 1, 1),
    )  # fmt: skip
    Union.objects.filter(pk=ended.pk).update(ended_on=date(2018, 3, 1), ending="dissolved")
    _terms(world)
    post = _departed_chair(world, **by)
    actions.form_committee(
        union_id=world.bearing_union.pk, kind=Committee.Kind.AUDIT, on=date(2018, 1, 5), **by
    )
    _in_two_places_at_once(world, sharing[0])
    building.make_union(world.federation, name="空镇总工会", level=Union.Level.TOWN)
    return Mess(village, ended, left_behind, stale, sharing, firm, post)


def _terms(world: World) -> None:
    for union, expires in ((world.bearing_union, date(2018, 4, 1)), (world.traders_union, date(2020, 1, 1))):
        Term.objects.create(
            org_unit=union.org_unit, path=union.path, union=union, number=1, begins_on=date(2015, 1, 1),
            expires_on=expires,
        )  # fmt: skip


def _departed_chair(world: World, **by: object) -> Post:
    chair = make_member(world.traders_union, name="己六")
    post = Post.objects.create(
        org_unit=chair.org_unit, path=chair.path, union=world.traders_union, person=chair.person,
        office=Post.Office.CHAIR, valid_from=date(2016, 1, 1),
    )  # fmt: skip
    Membership.objects.filter(pk=chair.pk).update(valid_until=date(2018, 2, 1), closing="left")
    return post


def _in_two_places_at_once(world: World, segment: Membership) -> None:
    """A segment that ends next month and another that has begun: the person counts once."""
    Membership.objects.filter(pk=segment.pk).update(valid_until=date(2018, 6, 1), closing="transferred_out")
    Membership.objects.create(
        org_unit=world.electronics_union.org_unit, path=world.electronics_union.path, person=segment.person,
        number=segment.number, joined_on=segment.joined_on, valid_from=date(2018, 1, 1), employer_class="hmt",
    )  # fmt: skip
