"""The district with one record of every kind in 青荷 that an address may name."""

from dataclasses import dataclass
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


def roster() -> BytesIO:
    roster = BytesIO("姓名,证件号码\n".encode())
    roster.name = "青荷.csv"
    return roster


def _batch(union: Union) -> ImportBatch:
    """Take a roster in for a union, with a workbook of what was wrong with it."""
    batch = receiving.receive(roster(), name="青荷.csv", org_unit=union.org_unit, actor=machine(), at=MAY_9)
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
