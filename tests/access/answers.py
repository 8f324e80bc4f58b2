"""What an address answers to each kind of visitor, and how its form is filled in rightly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from juli.engines.party.models import (
    Person,
)
from juli.engines.scope.models import Account
from tests import world as building
from tests.access.places import Place

VISITORS = ("anonymous", "stranger", "colleague", "town", "base", "district", "auditor", "worker")
Payload = Mapping[str, object]


def nothing(_place: Place) -> Payload:
    return {}


def no_query(_place: Place) -> str:
    return ""


def at_the_union(place: Place) -> str:
    """Ask about the base union of 青荷: a figure is as much a record as any other."""
    return f"?unit={place.world.bearing_union.code}&year=2018"


@dataclass(frozen=True)
class Route:
    """What an address answers to GET and to POST, by visitor; ``said`` is a form filled in rightly."""

    get: str
    post: str
    said: Callable[[Place], Payload] = nothing
    query: Callable[[Place], str] = no_query
    extra: Mapping[str, str] = field(default_factory=dict)

    def expected(self, method: str) -> dict[str, int]:
        codes = (self.get if method == "GET" else self.post).split()
        return dict(zip(VISITORS, map(int, codes), strict=True))


DAY = {"on": "2018-05-20", "reason": "按批复办理"}
NO_POST = "302 405 405 405 405 405 405 405"
#           nobody  stranger colleague town base district auditor worker
LISTED = Route("302 200 200 200 200 200 403 403", NO_POST)
OWNED, OWNED_POST = "302 404 404 200 404 404 404 404", "302 404 404 302 404 404 404 404"
OPENED = Route("302 404 200 200 200 200 404 404", NO_POST)
OPENED_OF_TOWN = Route("302 404 200 200 404 200 404 404", NO_POST)


def arranging(said: Callable[[Place], Payload], *, base: int = 403) -> Route:
    return Route(f"302 404 403 200 {base} 200 404 404", f"302 404 403 302 {base} 302 404 404", said)


def of_members(said: Callable[[Place], Payload], *, post: str = "302 404 403 302 302 302 404 404") -> Route:
    return Route("302 404 403 200 200 200 404 404", post, said)


def of_reports(said: Callable[[Place], Payload], *, post: str = "302") -> Route:
    return Route("302 404 403 403 404 200 404 404", f"302 404 403 403 404 {post} 404 404", said)


def of_accounts(said: Callable[[Place], Payload]) -> Route:
    return Route("302 404 404 200 404 200 403 404", "302 404 404 302 404 302 403 404", said)


def of_tasks(said: Payload, *, post: str = "302 404 404 302 404 302 403 403") -> Route:
    return Route("302 404 404 200 404 200 403 403", post, lambda _place: said)


def with_day(**said: object) -> Callable[[Place], Payload]:
    return lambda _place: {**DAY, **said}


def founding(place: Place) -> Payload:
    return {
        "parent_id": place.world.qinghe.code, "name": "青荷新厂工会", "code": "990199", "level": "base",
        "form": "own", "employer_class": "private", "approved_on": "2018-05-08",
    }  # fmt: skip


def admission(place: Place) -> Payload:
    return {
        "union_id": place.world.bearing_union.code, "name": "何春生", "document_kind": "resident",
        "document_number": building.resident_number(), "joined_on": "2018-05-08",
    }  # fmt: skip


def registration(place: Place) -> Payload:
    return {
        "uscc": building.credit_code(), "name": "青荷新店", "ownership": "private", "business": "operating",
        "territory_id": place.world.qinghe.code,
    }  # fmt: skip


def identity(place: Place) -> Payload:
    return {
        "name": "陈秀兰", "document_kind": "resident", "reason": "证件更换",
        "document_number": building.resident_number(sex=Person.Sex.FEMALE),
    }  # fmt: skip


def account(place: Place) -> Payload:
    return {
        "username": "xin", "display_name": "新同事", "password": "qinghe-2018-x", "duty": "reader",
        "org_unit_id": place.world.qinghe.code, "reason": "新到岗",
    }  # fmt: skip


def duty(place: Place) -> Payload:
    return {
        "duty": "base_officer", "org_unit_id": place.world.qinghe.code, "extent": "subtree", "reason": "兼任",
    }  # fmt: skip


def handover(place: Place) -> Payload:
    heir = Account.objects.get(pk=place.world.he.account_id)
    return {**DAY, "to_account_id": heir.username}


def employing(**said: object) -> Route:
    return Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404", lambda _place: dict(said)
    )


PARTS_OF_RECORDS = ("timeline", "changes", "looks", "files", "print")


def letter() -> BytesIO:
    letter = BytesIO(b"%PDF-1.7 letter")
    letter.name = "letter.pdf"
    return letter


def given(**said: object) -> Callable[[Place], Payload]:
    """Say what an entry should have been, and why."""
    return lambda _place: {"reason": "对照原件更正", **said}


def employing_moved() -> Route:
    return Route(
        "302 404 403 200 404 200 404 404",
        "302 404 403 302 404 302 404 404",
        lambda place: {"territory_id": place.village.code, "reason": "属地登记错"},
    )


def employing_with(said: Callable[[Place], Payload]) -> Route:
    return Route("302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404", said)


OPEN_DOOR = "200 200 200 200 200 200 200 200"


def figure(**extra: str) -> Route:
    return Route("302 404 200 200 200 200 403 403", NO_POST, query=at_the_union, extra=extra)


def of_batches(done: str, *, said: Callable[[Place], Payload] = nothing) -> Route:
    return Route("302 405 405 405 405 405 405 405", f"302 404 403 {done} {done} {done} 403 403", said)
