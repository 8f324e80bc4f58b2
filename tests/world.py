"""
The small fictional district everyone tests in: 澜江区总工会, two towns, three base unions, five employers.

Everything is made by the real actions. Nobody in it is real: the region of the identity numbers
belongs to no one, and names and codes are invented. Towns are numbered so that the path of one is
a prefix of the other's before the slash: who compares paths without it is found out.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from unittest.mock import patch
from zoneinfo import ZoneInfo

from juli.config.duties import BY_CODE
from juli.domains.registry import actions
from juli.domains.registry.actions import Approval
from juli.domains.registry.models import Membership, Union
from juli.engines.party.models import Employer, Person
from juli.engines.party.particulars import Business, Contact, Identity, Particulars
from juli.engines.scope import actions as scope
from juli.engines.scope import reaching, tree, walls
from juli.engines.scope.models import Account, Grant
from juli.kernel.actor import Actor, Door
from juli.kernel.idcodes import resident_check_digit, uscc_check_character

CHINA = ZoneInfo("Asia/Shanghai")
MAY_9 = datetime(2018, 5, 9, 10, 0, tzinfo=CHINA)
FOUNDED = date(1996, 5, 1)
PASSWORD = "lanjiang-2018"
# Far above what the sequence of units gives in tests.
TOWN_NUMBER, TRAP_NUMBER = 900_000_001, 9_000_000_010

# 71 is the province code under which no resident identity card was ever issued.
_REGION = "710199"
_serials = count(1)


@dataclass
class World:
    """The district, its unions and employers, and the cast."""

    federation: Union
    qinghe: Union
    baishi: Union
    bearing_union: Union
    traders_union: Union
    electronics_union: Union
    bearing: Employer
    teahouse: Employer
    tailor: Employer
    courier: Employer
    electronics: Employer
    lin: Actor = field(repr=False)
    he: Actor = field(repr=False)
    xu: Actor = field(repr=False)
    bai: Actor = field(repr=False)
    wu: Actor = field(repr=False)
    auditor: Actor = field(repr=False)
    zhou_membership: Membership
    chen_membership: Membership
    zhou: Actor = field(repr=False)

    @property
    def zhou_person(self) -> Person:
        return self.zhou_membership.person

    @property
    def chen_person(self) -> Person:
        return self.chen_membership.person


def machine() -> Actor:
    """Return the machine of the house that builds the world."""
    return walls.system("测试")


def build(*, at: datetime = MAY_9) -> World:
    """Build the district as it stands on a day; call it inside the walls of the machine."""
    federation = actions.found_federation(
        name="澜江区总工会", code="990113", approval=Approval(on=FOUNDED), actor=machine(), at=at
    )
    qinghe, baishi = _towns(federation, at=at)
    unions = _base_unions(qinghe, baishi, at=at)
    employers = _employers(qinghe, baishi, at=at)
    for union, employer in _coverage(unions, employers):
        cover(union, employer, at=at)
    zhou = make_member(unions["bearing_union"], name="周国平", employer=employers["bearing"], at=at)
    chen = make_member(
        unions["bearing_union"],
        name="陈秀兰",
        employer=employers["bearing"],
        sex=Person.Sex.FEMALE,
        is_migrant_worker=True,
        at=at,
    )
    return World(
        federation=federation,
        qinghe=qinghe,
        baishi=baishi,
        **unions,
        **employers,
        zhou_membership=zhou,
        chen_membership=chen,
        lin=officer(federation, name="林主席", duty="federation_officer", at=at),
        he=officer(qinghe, name="何干事", duty="town_officer", at=at),
        xu=officer(qinghe, name="许科员", duty="reader", at=at),
        bai=officer(unions["bearing_union"], name="白专干", duty="base_officer", at=at),
        wu=officer(baishi, name="吴干事", duty="town_officer", at=at),
        auditor=officer(federation, name="审计管理员", duty="audit_administrator", at=at),
        zhou=member_account(zhou, username="周会员", at=at),
    )


def officer(union: Union, *, name: str, duty: str, at: datetime = MAY_9) -> Actor:
    """Open an account at a union, grant it a duty there and below, and return who signs in with it."""
    account = scope.open_account(
        username=f"{name}{next(_serials)}",
        display_name=name,
        password=PASSWORD,
        org_unit_id=union.org_unit_id,
        actor=machine(),
        at=at,
    )
    scope.grant(
        account.pk,
        permissions=BY_CODE[duty].permissions,
        org_unit_id=union.org_unit_id,
        extent=Grant.Extent.SUBTREE,
        actor=machine(),
        at=at,
        duty=duty,
    )
    return actor_of(account, at=at)


def granted(
    union: Union, permissions: Iterable[str], *, name: str = "临时授权", at: datetime = MAY_9
) -> Actor:
    """Return somebody who holds exactly these permissions at a union and below."""
    account = scope.open_account(
        username=f"{name}{next(_serials)}",
        display_name=name,
        password=PASSWORD,
        org_unit_id=union.org_unit_id,
        actor=machine(),
        at=at,
    )
    scope.grant(
        account.pk,
        permissions=permissions,
        org_unit_id=union.org_unit_id,
        extent=Grant.Extent.SUBTREE,
        actor=machine(),
        at=at,
    )
    return actor_of(account, at=at)


def member_account(membership: Membership, *, username: str, at: datetime = MAY_9) -> Actor:
    """Open the account with which a member sees their own records."""
    account = scope.open_account(
        username=username,
        display_name=username,
        password=PASSWORD,
        org_unit_id=membership.org_unit_id,
        person_id=membership.person_id,
        actor=machine(),
        at=at,
    )
    return actor_of(account, at=at)


def actor_of(account: Account, *, at: datetime = MAY_9, door: Door = Door.PAGE) -> Actor:
    """Return the actor behind an account, as the door finds it."""
    with walls.entered(walls.doorkeeper()):
        return reaching.actor_for(account, on=at.astimezone(CHINA).date(), door=door)


def make_union(
    parent: Union,
    *,
    name: str,
    level: Union.Level = Union.Level.BASE,
    form: Union.Form | None = None,
    employer_class: Employer.Ownership | None = Employer.Ownership.PRIVATE,
    founded_on: date = date(2010, 3, 1),
    code: str = "",
    at: datetime = MAY_9,
) -> Union:
    """Found a union below another; a base union is an employer's own unless the form says otherwise."""
    is_base = level == Union.Level.BASE
    default = Union.Form.OWN if is_base else Union.Form.NOT_APPLICABLE
    return actions.found_union(
        parent_id=parent.pk,
        name=name,
        code=code or f"9901{next(_serials):08d}",
        level=level,
        form=form or default,
        employer_class=employer_class if is_base else None,
        approval=Approval(on=founded_on, number=f"澜工复〔{founded_on.year}〕1号"),
        actor=machine(),
        at=at,
    )


def make_employer(
    territory: Union,
    *,
    name: str,
    ownership: Employer.Ownership = Employer.Ownership.PRIVATE,
    uscc: str = "",
    at: datetime = MAY_9,
) -> Employer:
    """Register an employer in the territory of a union."""
    return actions.register_employer(
        uscc=uscc or credit_code(),
        business=Business(name=name, ownership=ownership, industry="C33"),
        territory_id=territory.org_unit_id,
        actor=machine(),
        at=at,
    )


def cover(union: Union, employer: Employer, *, on: date | None = None, at: datetime = MAY_9) -> None:
    """Let a union stand for an employer since it was founded."""
    actions.cover_employer(
        union_id=union.pk, employer_id=employer.pk, on=on or union.approved_on, actor=machine(), at=at
    )
    employer.refresh_from_db()


def make_member(
    union: Union,
    *,
    name: str = "赵小满",
    employer: Employer | None = None,
    document_number: str = "",
    sex: Person.Sex = Person.Sex.MALE,
    mobile: str = "",
    is_migrant_worker: bool | None = None,
    joined_on: date = date(2015, 7, 1),
    at: datetime = MAY_9,
) -> Membership:
    """Admit somebody to a union."""
    return actions.admit_member(
        union_id=union.pk,
        employer_id=employer.pk if employer else None,
        identity=identity(name, document_number=document_number, sex=sex),
        contact=Contact(mobile=mobile or f"138{next(_serials):08d}"),
        particulars=particulars(is_migrant_worker=is_migrant_worker, on=joined_on),
        joined_on=joined_on,
        actor=machine(),
        at=at,
    )


def identity(name: str, *, document_number: str = "", sex: Person.Sex = Person.Sex.MALE) -> Identity:
    """Return who somebody says they are, with a number of nobody's."""
    return Identity(name=name, document_number=document_number or resident_number(sex=sex))


def particulars(*, is_migrant_worker: bool | None, on: date = date(2015, 7, 1)) -> Particulars:
    """Return what is told of somebody."""
    if is_migrant_worker is None:
        return Particulars()
    return Particulars(
        household=Person.Household.RURAL if is_migrant_worker else Person.Household.URBAN,
        is_migrant_worker=is_migrant_worker,
        migrant_source="入会登记表",
        migrant_as_of=on,
    )


def resident_number(
    *, born_on: date = date(1985, 6, 15), sex: Person.Sex = Person.Sex.MALE, serial: int | None = None
) -> str:
    """Return a citizen identification number with a right check digit, of a region without citizens."""
    number = (serial if serial is not None else next(_serials)) % 500
    order = number * 2 + (1 if sex == Person.Sex.MALE else 0)
    first = f"{_REGION}{born_on:%Y%m%d}{order:03d}"
    return first + resident_check_digit(first)


def credit_code(*, prefix: str = "91990113MA", serial: int | None = None) -> str:
    """Return a unified social credit code with a right check character; of a union, with prefix 81."""
    number = serial if serial is not None else next(_serials)
    first = f"{prefix}{number:0{17 - len(prefix)}d}"
    return first + uscc_check_character(first)


def _towns(federation: Union, *, at: datetime) -> tuple[Union, Union]:
    with _numbered(TOWN_NUMBER):
        qinghe = make_union(
            federation,
            name="青荷镇总工会",
            level=Union.Level.TOWN,
            code="990113101",
            founded_on=FOUNDED,
            at=at,
        )
    with _numbered(TRAP_NUMBER):
        baishi = make_union(
            federation,
            name="白石镇总工会",
            level=Union.Level.TOWN,
            code="990113102",
            founded_on=FOUNDED,
            at=at,
        )
    return qinghe, baishi


@contextmanager
def _numbered(number: int):
    with patch.object(tree, "next_numbers", return_value=[number]):
        yield


def _base_unions(qinghe: Union, baishi: Union, *, at: datetime) -> dict[str, Union]:
    return {
        "bearing_union": make_union(qinghe, name="澜江轴承厂工会", at=at),
        "traders_union": make_union(qinghe, name="青荷商贸联合工会", form=Union.Form.JOINT, at=at),
        "electronics_union": make_union(
            baishi, name="白石电子厂工会", employer_class=Employer.Ownership.HMT, at=at
        ),
    }


def _employers(qinghe: Union, baishi: Union, *, at: datetime) -> dict[str, Employer]:
    return {
        "bearing": make_employer(qinghe, name="澜江轴承厂有限公司", at=at),
        "teahouse": make_employer(qinghe, name="青荷茶楼有限公司", at=at),
        "tailor": make_employer(qinghe, name="细针制衣店", ownership=Employer.Ownership.SELF_EMPLOYED, at=at),
        "courier": make_employer(qinghe, name="快马速递澜江分公司", at=at),
        "electronics": make_employer(
            baishi, name="白石电子（澜江）有限公司", ownership=Employer.Ownership.HMT, at=at
        ),
    }


def _coverage(unions: dict[str, Union], employers: dict[str, Employer]) -> list[tuple[Union, Employer]]:
    traders = unions["traders_union"]
    return [
        (unions["bearing_union"], employers["bearing"]),
        *((traders, employers[name]) for name in ("teahouse", "tailor", "courier")),
        (unions["electronics_union"], employers["electronics"]),
    ]
