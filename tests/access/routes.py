"""
Every address of the house, and what each kind of visitor gets there.

The record asked for lies in the town 青荷. The columns are, in order: nobody signed in · a stranger,
who has every right in the other town · a colleague of 青荷 who may only read · the town's officer ·
an officer of the base union · the district's officer · the audit administrator · a member.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import report_lookalike
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.models import Committee, Coverage, Post, Term, Union
from juli.domains.registry.roster import receiving
from juli.engines.desk.models import BulkRun, Export, SavedFilter
from juli.engines.files.models import Attachment
from juli.engines.party.models import (
    Employer,
    EmployerFlag,
    HazardousPost,
    Headcount,
    Lookalike,
    Merge,
    Person,
    Subject,
)
from juli.engines.scope.models import Account, Grant
from juli.engines.sheet import mending
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.engines.tasks import actions as tasks
from juli.engines.tasks.actions import Waiting
from juli.engines.tasks.models import Task
from tests import world as building
from tests.access import backgrounds
from tests.world import MAY_9, World, machine

VISITORS = ("anonymous", "stranger", "colleague", "town", "base", "district", "auditor", "worker")
Payload = Mapping[str, object]


@dataclass
class Place:
    """The district, with one record of every kind in 青荷 that an address may name."""

    world: World
    village: Union
    post: Post
    committee: Committee
    coverage: Coverage
    uncovered: Employer
    mark: EmployerFlag
    account: Account
    grant: Grant
    batch: ImportBatch
    lookalike: Lookalike
    merge: Merge
    term: Term
    headcount: Headcount
    hazard: HazardousPost
    attachment: Attachment
    saved_filter: SavedFilter
    task: Task
    export: Export
    run: BulkRun

    @property
    def numbers(self) -> dict[str, int]:
        """What the addresses call their records."""
        return {
            "person_id": self.world.chen_person.pk,
            "union_id": self.world.bearing_union.pk,
            "employer_id": self.uncovered.pk,
            "post_id": self.post.pk,
            "committee_id": self.committee.pk,
            "coverage_id": self.coverage.pk,
            "mark_id": self.mark.pk,
            "account_id": self.account.pk,
            "grant_id": self.grant.pk,
            "filter_id": self.saved_filter.pk,
            "batch_id": self.batch.pk,
            "lookalike_id": self.lookalike.pk,
            "merge_id": self.merge.pk,
            "term_id": self.term.pk,
            "headcount_id": self.headcount.pk,
            "hazard_id": self.hazard.pk,
            "attachment_id": self.attachment.pk,
            "membership_id": self.world.chen_membership.pk,
            "unit_id": self.world.qinghe.org_unit_id,
            "row_number": 2,
            "task_id": self.task.pk,
            "subject_id": self.world.chen_person.pk,
            "draft_id": 999_999_999,
            "export_id": self.export.pk,
            "run_id": self.run.pk,
        }


def furnished(world: World) -> Place:
    """Put into the district what the addresses need."""
    by = {"actor": machine(), "at": MAY_9}
    village = building.make_union(world.qinghe, name="青荷东村工会联合会", level=Union.Level.VILLAGE)
    tea = Coverage.objects.get(employer=world.teahouse)
    mine = Account.objects.get(pk=world.xu.account_id)
    batch = _batch(world.bearing_union)
    return Place(
        world=world,
        village=village,
        post=actions.take_post(
            union_id=world.bearing_union.pk, person_id=world.zhou_person.pk, office=Post.Office.CHAIR,
            on=date(2018, 1, 5), **by,
        ),
        committee=actions.form_committee(
            union_id=world.bearing_union.pk, kind=Committee.Kind.AUDIT, on=date(2018, 1, 5), **by
        ),
        coverage=tea,
        uncovered=building.make_employer(world.qinghe, name="青荷小食店"),
        mark=actions.flag_employer(
            world.bearing.pk, mark=EmployerFlag.Flag.CATERING, on=date(2018, 1, 5), source="摸查", **by
        ),
        account=mine,
        grant=Grant.objects.filter(account=mine).order_by("pk").first(),
        saved_filter=SavedFilter.objects.create(
            account_id=mine.pk, org_unit=mine.org_unit, path=mine.path, register="members", name="农民工",
            query="migrant=yes", is_shared=True, saved_at=MAY_9,
        ),
        batch=batch,
        lookalike=_lookalike(world),
        merge=_merge(world),
        term=actions.begin_term(world.bearing_union.pk, begins_on=date(2010, 5, 1), years=5, **by),
        headcount=actions.report_headcount(
            world.bearing.pk, counted_on=date(2018, 3, 31), employees=121, **by
        ),
        hazard=actions.report_hazard(
            world.bearing.pk, title="打磨", hazard="dust", workers=9, on=date(2018, 2, 1), **by
        ),
        attachment=actions.attach_file(
            world.chen_person, file=SimpleUploadedFile("登记表.pdf", b"%PDF-1.7"), title="登记表", **by
        ),
        task=_task(world.qinghe),
        export=backgrounds.export_of(world, batch.file),
        run=backgrounds.bulk_of(world),
    )  # fmt: skip


def _roster() -> BytesIO:
    roster = BytesIO("姓名,证件号码\n".encode())
    roster.name = "青荷.csv"
    return roster


def _batch(union: Union) -> ImportBatch:
    """Take a roster in for a union, with a workbook of what was wrong with it."""
    batch = receiving.receive(_roster(), name="青荷.csv", org_unit=union.org_unit, actor=machine(), at=MAY_9)
    batch.error_workbook = batch.file
    batch.asks_first = True
    batch.preview(rows=1, added=1, changed=0, unchanged=0, faulty=0, duplicate=0)
    BatchRow.objects.create(
        batch=batch,
        org_unit=union.org_unit,
        path=union.path,
        row_number=2,
        verdict="faulty",
        cells_sealed=mending.sealed_cells({"name": "何春生", "document": "1", "union_code": union.code}),
    )
    return batch


def _task(union: Union) -> Task:
    """Let a ledger of the town wait for whoever may import there."""
    waiting = Waiting(union.org_unit_id, union.path, key="batch:0", number=7, subject_id=0)
    return tasks.open_task("registry.rows_to_mend", waiting, actor=machine(), at=MAY_9)


def _lookalike(world: World) -> Lookalike:
    """Hold two members of the base union for one."""
    twin = building.make_member(world.bearing_union, name="陈秀兰")
    return report_lookalike(
        world.chen_person.pk, second_id=twin.person_id, subject=Subject.PERSON, actor=machine(), at=MAY_9
    )


def _merge(world: World) -> Merge:
    """Merge two others of the base union."""
    kept, gone = (building.make_member(world.bearing_union, name="梁二次") for _ in range(2))
    return merge_persons(
        kept.person_id, gone_id=gone.person_id, reason="同一人登记了两次", actor=machine(), at=MAY_9
    )


def _nothing(_place: Place) -> Payload:
    return {}


def _no_query(_place: Place) -> str:
    return ""


def _at_the_union(place: Place) -> str:
    """Ask about the base union of 青荷: a figure is as much a record as any other."""
    return f"?unit={place.world.bearing_union.code}&year=2018"


@dataclass(frozen=True)
class Route:
    """What an address answers to GET and to POST, by visitor; ``said`` is a form filled in rightly."""

    get: str
    post: str
    said: Callable[[Place], Payload] = _nothing
    query: Callable[[Place], str] = _no_query
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


def _arranging(said: Callable[[Place], Payload], *, base: int = 403) -> Route:
    return Route(f"302 404 403 200 {base} 200 404 404", f"302 404 403 302 {base} 302 404 404", said)


def _of_members(said: Callable[[Place], Payload], *, post: str = "302 404 403 302 302 302 404 404") -> Route:
    return Route("302 404 403 200 200 200 404 404", post, said)


def _of_reports(said: Callable[[Place], Payload], *, post: str = "302") -> Route:
    return Route("302 404 403 403 404 200 404 404", f"302 404 403 403 404 {post} 404 404", said)


def _of_accounts(said: Callable[[Place], Payload]) -> Route:
    return Route("302 404 404 200 404 200 403 404", "302 404 404 302 404 302 403 404", said)


def _of_tasks(said: Payload, *, post: str = "302 404 404 302 404 302 403 403") -> Route:
    return Route("302 404 404 200 404 200 403 403", post, lambda _place: said)


def _with_day(**said: object) -> Callable[[Place], Payload]:
    return lambda _place: {**DAY, **said}


def _founding(place: Place) -> Payload:
    return {
        "parent_id": place.world.qinghe.code, "name": "青荷新厂工会", "code": "990199", "level": "base",
        "form": "own", "employer_class": "private", "approved_on": "2018-05-08",
    }  # fmt: skip


def _admission(place: Place) -> Payload:
    return {
        "union_id": place.world.bearing_union.code, "name": "何春生", "document_kind": "resident",
        "document_number": building.resident_number(), "joined_on": "2018-05-08",
    }  # fmt: skip


def _registration(place: Place) -> Payload:
    return {
        "uscc": building.credit_code(), "name": "青荷新店", "ownership": "private", "business": "operating",
        "territory_id": place.world.qinghe.code,
    }  # fmt: skip


def _identity(place: Place) -> Payload:
    return {
        "name": "陈秀兰", "document_kind": "resident", "reason": "证件更换",
        "document_number": building.resident_number(sex=Person.Sex.FEMALE),
    }  # fmt: skip


def _account(place: Place) -> Payload:
    return {
        "username": "xin", "display_name": "新同事", "password": "qinghe-2018-x", "duty": "reader",
        "org_unit_id": place.world.qinghe.code, "reason": "新到岗",
    }  # fmt: skip


def _duty(place: Place) -> Payload:
    return {
        "duty": "base_officer", "org_unit_id": place.world.qinghe.code, "extent": "subtree", "reason": "兼任",
    }  # fmt: skip


def _handover(place: Place) -> Payload:
    heir = Account.objects.get(pk=place.world.he.account_id)
    return {**DAY, "to_account_id": heir.username}


def _employing(**said: object) -> Route:
    return Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404", lambda _place: dict(said)
    )


PARTS_OF_RECORDS = ("timeline", "changes", "looks", "files", "print")


def _letter() -> BytesIO:
    letter = BytesIO(b"%PDF-1.7 letter")
    letter.name = "letter.pdf"
    return letter


def _as(**said: object) -> Callable[[Place], Payload]:
    """Say what an entry should have been, and why."""
    return lambda _place: {"reason": "对照原件更正", **said}


def _employing_moved() -> Route:
    return Route(
        "302 404 403 200 404 200 404 404",
        "302 404 403 302 404 302 404 404",
        lambda place: {"territory_id": place.village.code, "reason": "属地登记错"},
    )


def _employing_with(said: Callable[[Place], Payload]) -> Route:
    return Route("302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404", said)


OPEN_DOOR = "200 200 200 200 200 200 200 200"


def _figure(**extra: str) -> Route:
    return Route("302 404 200 200 200 200 403 403", NO_POST, query=_at_the_union, extra=extra)


def _of_batches(done: str, *, said: Callable[[Place], Payload] = _nothing) -> Route:
    return Route("302 405 405 405 405 405 405 405", f"302 404 403 {done} {done} {done} 403 403", said)


ROUTES: dict[str, Route] = {
    "healthz": Route(OPEN_DOOR, "405 405 405 405 405 405 405 405"),
    "readyz": Route(OPEN_DOOR, "405 405 405 405 405 405 405 405"),
    "sign-in": Route(
        OPEN_DOOR, "422 422 422 422 422 422 422 422", lambda _place: {"username": "nobody", "password": "x"}
    ),
    "sign-out": Route("405 405 405 405 405 405 405 405", "302 302 302 302 302 302 302 302"),
    "home": Route("302 200 200 200 200 200 200 200", NO_POST),
    "palette": Route("302 200 200 200 200 200 200 200", NO_POST, query=lambda _place: "?q=陈秀"),
    "pin": Route(
        "302 405 405 405 405 405 405 405", "302 404 302 302 302 302 404 403", lambda _place: {"pinned": "yes"},
        extra={"kind_code": "registry.member"},
    ),
    "tasks:tasks": Route("302 200 200 200 200 200 403 403", NO_POST),
    "tasks:task": Route("302 404 404 200 404 200 403 403", NO_POST),
    "tasks:task-closing": _of_tasks({"remark": "改好了"}),
    "tasks:task-handover": _of_tasks({"account_id": "0"}, post="302 404 404 422 404 422 403 403"),
    "tasks:task-return": _of_tasks({"remark": "请核对"}, post="302 404 404 422 404 422 403 403"),
    "help": Route("302 200 200 200 200 200 200 200", NO_POST, query=lambda _place: "?q=撤回"),
    "help-chapter": Route("302 200 200 200 200 200 200 200", NO_POST, extra={"slug": "start"}),
    "search": Route("302 200 200 200 200 200 403 403", NO_POST, query=lambda _place: "?q=陈秀"),
    # Without a slip of this house nothing is kept; nobody throws away another's draft.
    "drafts:keeping": Route("302 405 405 405 405 405 405 405", "302 404 404 404 404 404 404 404"),
    "drafts:removal": Route("302 405 405 405 405 405 405 405", "302 404 404 404 404 404 404 404"),
    "registry:quality": Route("302 404 200 200 200 200 403 403", NO_POST, query=_at_the_union),
    "registry:coverage-map": Route("302 404 200 200 200 200 403 403", NO_POST, query=_at_the_union),
    "registry:members": LISTED,
    "registry:unions": LISTED,
    "registry:employers": LISTED,
    "registry:persons": LISTED,
    "registry:coverages": LISTED,
    "registry:posts": LISTED,
    "registry:headcounts": LISTED,
    "registry:hazards": LISTED,
    "desk:filter-saving": Route(
        "302 405 405 405 405 405 405 405", "302 302 302 302 302 302 403 403",
        lambda _place: {"name": "我的会员", "state": "migrant=yes"}, extra={"register_code": "members"},
    ),
    # Everybody's saved filters are their own: nobody removes the one of somebody else.
    "desk:filter-removal": Route("302 405 405 405 405 405 405 405", "302 404 404 404 404 404 404 404"),
    "desk:runs": Route("302 200 200 200 200 200 200 200", NO_POST),
    "desk:runs-progress": Route("302 200 200 200 200 200 200 200", NO_POST),
    "desk:export-asking": Route(
        "302 200 200 200 200 200 403 403", "302 302 302 302 302 302 403 403",
        lambda _place: {"form": "csv"}, extra={"register_code": "members"},
    ),
    # What runs for somebody is theirs alone, whoever stands above them.
    "desk:export": Route(OWNED, NO_POST),
    "desk:export-progress": Route(OWNED, NO_POST),
    "desk:export-stopping": Route("302 405 405 405 405 405 405 405", OWNED_POST),
    "desk:export-file": Route(OWNED, NO_POST),
    # A stranger's tick names nobody, and leads back to the list.
    "desk:bulk-asking": Route(
        "302 302 403 302 302 302 403 403", "302 302 403 302 302 302 403 403",
        lambda place: {**backgrounds.ASKING, "id": place.world.chen_membership.pk},
        extra={"register_code": "members", "verb_slug": "verification"},
    ),
    "desk:bulk-run": Route(OWNED, NO_POST),
    "desk:bulk-progress": Route(OWNED, NO_POST),
    "desk:bulk-stopping": Route("302 405 405 405 405 405 405 405", OWNED_POST),
    "desk:bulk-resumption": Route("302 405 405 405 405 405 405 405", OWNED_POST),
    "desk:bulk-undoing": Route(
        OWNED, OWNED_POST, lambda _place: {"confirmed": "1", "expected": "1", "on": "2018-05-02"}
    ),
    "registry:lookalikes": Route("302 200 403 200 200 200 403 403", NO_POST),
    "registry:lookalike-search": Route(
        "302 405 405 405 405 405 405 405", "302 302 403 302 302 302 403 403"
    ),
    "registry:lookalike": Route("302 404 403 200 200 200 404 404", NO_POST),
    "registry:lookalike-merging": Route(
        "302 405 405 405 405 405 405 405", "302 404 403 302 302 302 404 404",
        lambda _place: {"keep": "first", "reason": "同一人"},
    ),
    "registry:lookalike-decision": Route(
        "302 405 405 405 405 405 405 405", "302 404 403 302 302 302 404 404",
        lambda _place: {"state": "different"},
    ),
    "registry:merge-undoing": _of_members(lambda _place: {"reason": "合并错了"}),
    "registry:member-duplicate": _of_members(
        lambda place: {"second_id": place.world.zhou_membership.number}
    ),
    "registry:employer-duplicate": _employing_with(
        lambda place: {"second_id": place.world.teahouse.uscc}
    ),
    "registry:member": OPENED,
    "registry:union": OPENED,
    "registry:employer": OPENED_OF_TOWN,
    "registry:member-new": Route(
        "302 200 403 200 200 200 403 403", "302 422 403 302 302 302 403 403", _admission
    ),
    "registry:union-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", _founding
    ),
    "registry:employer-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", _registration
    ),
    "registry:member-revelation": Route(
        "302 404 403 200 403 200 404 404", "302 404 403 200 403 200 404 404", _with_day(),
        extra={"value": "document"},
    ),
    "registry:member-particulars": _of_members(lambda _place: {"education": "college", "reason": "更正"}),
    "registry:member-contact": _of_members(lambda _place: {"mobile": "13900000000", "reason": "换号"}),
    "registry:member-identity": _of_members(_identity),
    "registry:member-verification": _of_members(_with_day(outcome="verified", source="现场核对证件")),
    "registry:member-transfer": _of_members(
        lambda place: {**DAY, "to_union_id": place.world.traders_union.code},
        post="302 404 403 302 422 302 404 404",
    ),
    "registry:member-retention": _of_members(_with_day()),
    "registry:member-resumption": _of_members(_with_day(), post="302 404 403 422 422 422 404 404"),
    "registry:member-leaving": _of_members(_with_day()),
    "registry:member-expulsion": _of_members(_with_day()),
    "registry:member-death": _of_members(_with_day(source="家属告知")),
    "registry:member-withdrawal": _of_members(lambda _place: {"reason": "重复录入"}),
    "registry:union-correction": _arranging(
        lambda _place: {
            "form": "own", "employer_class": "state", "approved_on": "2010-03-01", "reason": "更正",
        }
    ),
    "registry:union-name": _arranging(_with_day(name="澜江轴承集团工会")),
    "registry:union-terms": _arranging(lambda _place: {"begins_on": "2018-01-05", "years": "5"}),
    "registry:union-posts": _arranging(
        lambda place: {**DAY, "person_id": place.world.chen_membership.number, "office": "committee_member"}
    ),
    "registry:union-committees": _arranging(_with_day(kind="women")),
    # An employer's own union covers no second one, so the right form is refused in words.
    "registry:union-coverages": Route(
        "302 404 403 200 403 200 404 404", "302 404 403 422 403 422 404 404",
        lambda place: {**DAY, "employer_id": place.uncovered.uscc},
    ),
    "registry:union-place": _arranging(lambda place: {**DAY, "to_parent_id": place.village.code}),
    "registry:union-merger": _arranging(lambda place: {**DAY, "into_id": place.world.traders_union.code}),
    "registry:union-dissolution": _arranging(_with_day()),
    "registry:post-leaving": _arranging(_with_day()),
    "registry:committee-ending": _arranging(_with_day()),
    "registry:coverage-ending": _arranging(_with_day(), base=404),
    "registry:employer-correction": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda place: {
            "uscc": place.uncovered.uscc, "name": "青荷小食店", "ownership": "self_employed",
            "business": "operating", "reason": "更正",
        },
    ),
    "registry:employer-headcounts": _employing(counted_on="2018-05-01", employees="12"),
    "registry:employer-marks": _employing(mark="catering", on="2018-05-01", source="摸查"),
    "registry:employer-hazards": _employing(title="打磨", hazard="dust", workers="3", on="2018-05-01"),
    "registry:employer-coverage": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda place: {**DAY, "union_id": place.world.traders_union.code},
    ),
    **{f"registry:member-{part}": OPENED for part in PARTS_OF_RECORDS},
    **{f"registry:union-{part}": OPENED for part in PARTS_OF_RECORDS},
    **{f"registry:employer-{part}": OPENED_OF_TOWN for part in PARTS_OF_RECORDS},
    "registry:member-file-new": _of_members(lambda _place: {"file": _letter(), "title": "入会登记表"}),
    "registry:union-file-new": _arranging(lambda _place: {"file": _letter(), "title": "批复"}),
    "registry:employer-file-new": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda _place: {"file": _letter(), "title": "执照"},
    ),
    "registry:attachment": OPENED,
    "registry:attachment-removal": _of_members(lambda _place: {"reason": "传错了文件"}),
    "registry:mark-ending": _arranging(_with_day()),
    "registry:term-correction": _arranging(_as(number="1", begins_on="2010-06-01", years="5")),
    "registry:post-correction": _arranging(_as(office="vice_chair", begins_on="2018-01-04")),
    "registry:committee-correction": _arranging(_as(kind="audit", begins_on="2018-01-04")),
    "registry:coverage-correction": _arranging(_as(begins_on="2011-03-01"), base=404),
    "registry:headcount-correction": _arranging(_as(counted_on="2018-03-31", employees="120")),
    "registry:hazard-correction": _arranging(
        _as(title="打磨", hazard="dust", workers="8", begins_on="2018-02-01")
    ),
    "registry:hazard-ending": _arranging(_with_day()),
    "registry:mark-correction": _arranging(_as(source="名录", begins_on="2018-01-04")),
    "registry:membership-correction": _of_members(_as(begins_on="2015-06-01")),
    "registry:employer-territory": _employing_moved(),
    "reporting:figures": _figure(),
    "reporting:figure": _figure(code="registry.members"),
    "reporting:evidence": _figure(code="registry.members"),
    "reporting:report": _figure(name="annual-work"),
    "reporting:report-paper": _figure(name="annual-work"),
    "reporting:registers": Route(
        "302 404 200 200 404 200 403 403", NO_POST,
        query=lambda place: f"?unit={place.world.qinghe.code}",
    ),
    "reporting:term": _of_reports(
        lambda _place: {"number": "3", "begins_on": "2016-10-12", "expires_on": "2021-10-12"}
    ),
    # The town has no committee yet: who asks rightly is told so in words.
    "reporting:plenary": _of_reports(
        lambda _place: {"term_id": "1", "number": "1", "held_on": "2018-02-07"}, post="422"
    ),
    "reporting:annual-report": _of_reports(
        lambda _place: {"plenary_id": "1", "year": "2017"}, post="422"
    ),
    "sheet:imports": Route(
        "302 200 403 200 200 200 403 403", "302 302 403 302 302 302 403 403",
        lambda _place: {"file": _roster()},
    ),
    "sheet:template": Route("302 200 403 200 200 200 403 403", NO_POST),
    "sheet:import": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:import-differences": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:foreign-sheet": Route("302 200 403 200 200 200 403 403", NO_POST),
    "sheet:import-confirmation": _of_batches("302"),
    "sheet:import-dropping": _of_batches("302"),
    "sheet:import-undoing": Route("302 404 403 409 409 409 403 403", "302 404 403 409 409 409 403 403"),
    "sheet:row-mending": _of_batches("302", said=lambda _place: {"cell-name": "何春声"}),
    "sheet:row-leaving": _of_batches("302"),
    "sheet:import-progress": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:error-workbook": Route("302 404 403 200 200 200 403 403", NO_POST),
    "scope:accounts": Route("302 200 403 200 403 200 200 403", NO_POST),
    "scope:grants": Route("302 200 403 200 403 200 200 403", NO_POST),
    "scope:account": Route("302 404 404 200 404 200 200 404", NO_POST),
    "scope:account-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", _account
    ),
    "scope:account-duties": _of_accounts(_duty),
    "scope:account-handover": _of_accounts(_handover),
    "scope:account-password": _of_accounts(lambda _place: {"password": "qinghe-2018-y"}),
    "scope:account-suspension": Route(
        "302 405 405 405 405 405 405 405", "302 404 404 302 404 302 403 404"
    ),
    "scope:account-reinstatement": Route(
        "302 405 405 405 405 405 405 405", "302 404 404 302 404 302 403 404"
    ),
    "scope:duty-ending": _of_accounts(_with_day()),
}  # fmt: skip
