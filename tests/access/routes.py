"""
Every address of the house, and what each kind of visitor gets there.

The record asked for lies in the town 青荷. The columns are, in order: nobody signed in · a stranger,
who has every right in the other town · a colleague of 青荷 who may only read · the town's officer ·
an officer of the base union · the district's officer · the audit administrator · a member.
"""

from tests.access import backgrounds
from tests.access.answers import (
    DAY,
    LISTED,
    NO_POST,
    OPEN_DOOR,
    OPENED,
    OPENED_OF_TOWN,
    OWNED,
    OWNED_POST,
    PARTS_OF_RECORDS,
    VISITORS,
    Route,
    account,
    admission,
    arranging,
    at_the_union,
    duty,
    employing,
    employing_moved,
    employing_with,
    figure,
    founding,
    given,
    handover,
    identity,
    letter,
    of_accounts,
    of_batches,
    of_members,
    of_reports,
    of_tasks,
    registration,
    with_day,
)
from tests.access.places import Place, furnished, roster

__all__ = ["ROUTES", "VISITORS", "Place", "furnished"]

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
        "302 405 405 405 405 405 405 405", "302 404 302 302 302 302 404 403",
        lambda _place: {"pinned": "yes"}, extra={"kind_code": "registry.member"},
    ),
    "tasks:tasks": Route("302 200 200 200 200 200 403 403", NO_POST),
    "tasks:task": Route("302 404 404 200 404 200 403 403", NO_POST),
    "tasks:task-closing": of_tasks({"remark": "改好了"}),
    "tasks:task-handover": of_tasks({"account_id": "0"}, post="302 404 404 422 404 422 403 403"),
    "tasks:task-return": of_tasks({"remark": "请核对"}, post="302 404 404 422 404 422 403 403"),
    "help": Route("302 200 200 200 200 200 200 200", NO_POST, query=lambda _place: "?q=撤回"),
    "help-chapter": Route("302 200 200 200 200 200 200 200", NO_POST, extra={"slug": "start"}),
    "search": Route("302 200 200 200 200 200 403 403", NO_POST, query=lambda _place: "?q=陈秀"),
    # Without a slip of this house nothing is kept; nobody throws away another's draft.
    "drafts:keeping": Route("302 405 405 405 405 405 405 405", "302 404 404 404 404 404 404 404"),
    "drafts:removal": Route("302 405 405 405 405 405 405 405", "302 404 404 404 404 404 404 404"),
    "registry:quality": Route("302 404 200 200 200 200 403 403", NO_POST, query=at_the_union),
    "registry:coverage-map": Route("302 404 200 200 200 200 403 403", NO_POST, query=at_the_union),
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
    # The filter is the colleague's, shared with the unit: nobody else removes it.
    "desk:filter-removal": Route("302 405 405 405 405 405 405 405", "302 404 302 404 404 404 404 404"),
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
    "registry:merge-undoing": of_members(lambda _place: {"reason": "合并错了"}),
    "registry:member-duplicate": of_members(
        lambda place: {"second_id": place.world.zhou_membership.number}
    ),
    "registry:employer-duplicate": employing_with(
        lambda place: {"second_id": place.world.teahouse.uscc}
    ),
    "registry:member": OPENED,
    "registry:union": OPENED,
    "registry:employer": OPENED_OF_TOWN,
    "registry:member-new": Route(
        "302 200 403 200 200 200 403 403", "302 422 403 302 302 302 403 403", admission
    ),
    "registry:union-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", founding
    ),
    "registry:employer-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", registration
    ),
    "registry:member-revelation": Route(
        "302 404 403 200 403 200 404 404", "302 404 403 200 403 200 404 404", with_day(),
        extra={"value": "document"},
    ),
    "registry:member-particulars": of_members(lambda _place: {"education": "college", "reason": "更正"}),
    "registry:member-contact": of_members(lambda _place: {"mobile": "13900000000", "reason": "换号"}),
    "registry:member-identity": of_members(identity),
    "registry:member-verification": of_members(with_day(outcome="verified", source="现场核对证件")),
    "registry:member-transfer": of_members(
        lambda place: {**DAY, "to_union_id": place.world.traders_union.code},
        post="302 404 403 302 422 302 404 404",
    ),
    "registry:member-retention": of_members(with_day()),
    "registry:member-resumption": of_members(with_day(), post="302 404 403 422 422 422 404 404"),
    "registry:member-leaving": of_members(with_day()),
    "registry:member-expulsion": of_members(with_day()),
    "registry:member-death": of_members(with_day(source="家属告知")),
    "registry:member-withdrawal": of_members(lambda _place: {"reason": "重复录入"}),
    "registry:union-correction": arranging(
        lambda _place: {
            "form": "own", "employer_class": "state", "approved_on": "2010-03-01", "reason": "更正",
        }
    ),
    "registry:union-name": arranging(with_day(name="澜江轴承集团工会")),
    "registry:union-terms": arranging(lambda _place: {"begins_on": "2018-01-05", "years": "5"}),
    "registry:union-posts": arranging(
        lambda place: {**DAY, "person_id": place.world.chen_membership.number, "office": "committee_member"}
    ),
    "registry:union-committees": arranging(with_day(kind="women")),
    # An employer's own union covers no second one, so the right form is refused in words.
    "registry:union-coverages": Route(
        "302 404 403 200 403 200 404 404", "302 404 403 422 403 422 404 404",
        lambda place: {**DAY, "employer_id": place.uncovered.uscc},
    ),
    "registry:union-place": arranging(lambda place: {**DAY, "to_parent_id": place.village.code}),
    "registry:union-merger": arranging(lambda place: {**DAY, "into_id": place.world.traders_union.code}),
    "registry:union-dissolution": arranging(with_day()),
    "registry:post-leaving": arranging(with_day()),
    "registry:committee-ending": arranging(with_day()),
    "registry:coverage-ending": arranging(with_day(), base=404),
    "registry:employer-correction": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda place: {
            "uscc": place.uncovered.uscc, "name": "青荷小食店", "ownership": "self_employed",
            "business": "operating", "reason": "更正",
        },
    ),
    "registry:employer-headcounts": employing(counted_on="2018-05-01", employees="12"),
    "registry:employer-marks": employing(mark="catering", on="2018-05-01", source="摸查"),
    "registry:employer-hazards": employing(title="打磨", hazard="dust", workers="3", on="2018-05-01"),
    "registry:employer-coverage": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda place: {**DAY, "union_id": place.world.traders_union.code},
    ),
    **{f"registry:member-{part}": OPENED for part in PARTS_OF_RECORDS},
    **{f"registry:union-{part}": OPENED for part in PARTS_OF_RECORDS},
    **{f"registry:employer-{part}": OPENED_OF_TOWN for part in PARTS_OF_RECORDS},
    "registry:member-file-new": of_members(lambda _place: {"file": letter(), "title": "入会登记表"}),
    "registry:union-file-new": arranging(lambda _place: {"file": letter(), "title": "批复"}),
    "registry:employer-file-new": Route(
        "302 404 403 200 404 200 404 404", "302 404 403 302 404 302 404 404",
        lambda _place: {"file": letter(), "title": "执照"},
    ),
    "registry:attachment": OPENED,
    "registry:attachment-removal": of_members(lambda _place: {"reason": "传错了文件"}),
    "registry:mark-ending": arranging(with_day()),
    "registry:term-correction": arranging(given(number="1", begins_on="2010-06-01", years="5")),
    "registry:post-correction": arranging(given(office="vice_chair", begins_on="2018-01-04")),
    "registry:committee-correction": arranging(given(kind="audit", begins_on="2018-01-04")),
    "registry:coverage-correction": arranging(given(begins_on="2011-03-01"), base=404),
    "registry:headcount-correction": arranging(given(counted_on="2018-03-31", employees="120")),
    "registry:hazard-correction": arranging(
        given(title="打磨", hazard="dust", workers="8", begins_on="2018-02-01")
    ),
    "registry:hazard-ending": arranging(with_day()),
    "registry:mark-correction": arranging(given(source="名录", begins_on="2018-01-04")),
    "registry:membership-correction": of_members(given(begins_on="2015-06-01")),
    "registry:employer-territory": employing_moved(),
    "reporting:figures": figure(),
    "reporting:figure": figure(code="registry.members"),
    "reporting:evidence": figure(code="registry.members"),
    "reporting:report": figure(name="annual-work"),
    "reporting:report-paper": figure(name="annual-work"),
    "reporting:registers": Route(
        "302 404 200 200 404 200 403 403", NO_POST,
        query=lambda place: f"?unit={place.world.qinghe.code}",
    ),
    "reporting:term": of_reports(
        lambda _place: {"number": "3", "begins_on": "2016-10-12", "expires_on": "2021-10-12"}
    ),
    # The town has no committee yet: who asks rightly is told so in words.
    "reporting:plenary": of_reports(
        lambda _place: {"term_id": "1", "number": "1", "held_on": "2018-02-07"}, post="422"
    ),
    "reporting:annual-report": of_reports(
        lambda _place: {"plenary_id": "1", "year": "2017"}, post="422"
    ),
    "sheet:imports": Route(
        "302 200 403 200 200 200 403 403", "302 302 403 302 302 302 403 403",
        lambda _place: {"file": roster()},
    ),
    "sheet:template": Route("302 200 403 200 200 200 403 403", NO_POST),
    "sheet:import": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:import-differences": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:foreign-sheet": Route("302 200 403 200 200 200 403 403", NO_POST),
    "sheet:import-confirmation": of_batches("302"),
    "sheet:import-dropping": of_batches("302"),
    "sheet:import-undoing": Route("302 404 403 409 409 409 403 403", "302 404 403 409 409 409 403 403"),
    "sheet:row-mending": of_batches("302", said=lambda _place: {"cell-name": "何春声"}),
    "sheet:row-leaving": of_batches("302"),
    "sheet:import-progress": Route("302 404 403 200 200 200 403 403", NO_POST),
    "sheet:error-workbook": Route("302 404 403 200 200 200 403 403", NO_POST),
    "scope:accounts": Route("302 200 403 200 403 200 200 403", NO_POST),
    "scope:grants": Route("302 200 403 200 403 200 200 403", NO_POST),
    "scope:account": Route("302 404 404 200 404 200 200 404", NO_POST),
    "scope:account-new": Route(
        "302 200 403 200 403 200 403 403", "302 422 403 302 403 302 403 403", account
    ),
    "scope:account-duties": of_accounts(duty),
    "scope:account-handover": of_accounts(handover),
    "scope:account-password": of_accounts(lambda _place: {"password": "qinghe-2018-y"}),
    "scope:account-suspension": Route(
        "302 405 405 405 405 405 405 405", "302 404 404 302 404 302 403 404"
    ),
    "scope:account-reinstatement": Route(
        "302 405 405 405 405 405 405 405", "302 404 404 302 404 302 403 404"
    ),
    "scope:duty-ending": of_accounts(with_day()),
}  # fmt: skip
