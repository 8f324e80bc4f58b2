"""What is done with a batch from its page: confirm it, give it up, take it back, mend its rows."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juli.engines import queue
from juli.engines.desk.ledgers import finding
from juli.engines.desk.ledgers.undo_page import SHOWN, undo_page
from juli.engines.desk.ledgers.views.batches import crumbs
from juli.engines.desk.pages import Crumb
from juli.engines.scope.requests import JuliRequest
from juli.engines.sheet import batches
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.kernel.refusal import NotPermitted


@require_POST
def confirmation(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Post what was looked at."""
    found = _found(request, batch_id)
    with transaction.atomic():
        batches.confirm(found, actor=request.actor, at=timezone.now())
        queue.later("sheet.bring_in", batch_id=found.pk)
    return redirect("sheet:import", found.pk)


@require_POST
def dropping(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Give a batch up that was looked at."""
    found = _found(request, batch_id)
    batches.drop(found, actor=request.actor, at=timezone.now())
    messages.success(request, _("已放弃这一批，登记册没有改动。"))
    return redirect("sheet:imports")


@require_http_methods(["GET", "POST"])
def undoing(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Show what rests on a batch, and take it back."""
    found = _found(request, batch_id)
    if request.method == "POST":
        with transaction.atomic():
            batches.begin_undoing(found, actor=request.actor, at=timezone.now())
            queue.later("sheet.take_back", batch_id=found.pk, account_id=request.actor.account_id)
        return redirect("sheet:import", found.pk)
    if not found.may_be_undone:
        raise batches.NothingToUndo
    resting = entry_of(found.ledger).loaded().resting(found, most=SHOWN)
    context = {
        "undo": undo_page(found, resting),
        "crumbs": (*crumbs(), Crumb(found.file.name, _address(found)), Crumb(_("撤回"))),
    }
    return render(request, "desk/import_undo.html", context)


@require_POST
def mending(request: JuliRequest, batch_id: int, row_number: int) -> HttpResponse:
    """Write cells in place of what the file says, and judge the row anew."""
    from juli.engines.sheet import mending as mends
    from juli.engines.sheet import working

    found, now = _found(request, batch_id), timezone.now()
    known = {column.code for column in entry_of(found.ledger).loaded().form.columns}
    cells = {
        name.removeprefix("cell-"): str(value).strip()
        for name, value in request.POST.items()
        if name.startswith("cell-") and name.removeprefix("cell-") in known
    }
    with transaction.atomic():
        mends.mend(found, row_number, cells, actor=request.actor, at=now)
        working.look_again(found, row_number, actor=request.actor, at=now)
    return redirect(_row_after(request, found, row_number))


@require_POST
def leaving(request: JuliRequest, batch_id: int, row_number: int) -> HttpResponse:
    """Let a row not be brought in."""
    from juli.engines.sheet import working

    found = _found(request, batch_id)
    with transaction.atomic():
        working.leave_out(found, row_number, actor=request.actor, at=timezone.now())
    messages.success(request, _("第 %(row)d 行不导入。") % {"row": row_number})
    return redirect(f"{_address(found)}?tab={request.POST.get('tab', '')}")


def _found(request: JuliRequest, batch_id: int) -> ImportBatch:
    found = finding.find(request.actor, batch_id)
    if not entry_of(found.ledger).may_go_to(found.path, actor=request.actor):
        raise NotPermitted
    return found


def _row_after(request: JuliRequest, batch: ImportBatch, row_number: int) -> str:
    """Return where to go after a row was saved: it again if it is still wrong, else the next one."""
    wrong = BatchRow.objects.filter(
        batch=batch, standing=BatchRow.Standing.WAITING,
        verdict__in=(BatchRow.Verdict.FAULTY, BatchRow.Verdict.DUPLICATE),
    ).order_by("row_number")  # fmt: skip
    if wrong.filter(row_number=row_number).exists():
        return f"{_address(batch)}?tab=faulty&row={row_number}#row"
    messages.success(request, _("第 %(row)d 行已改好。") % {"row": row_number})
    following = wrong.filter(row_number__gt=row_number).first() or wrong.first()
    if following is None:
        return f"{_address(batch)}?tab=added"
    return f"{_address(batch)}?tab=faulty&row={following.row_number}#row"


def _address(batch: ImportBatch) -> str:
    return reverse("sheet:import", args=[batch.pk])
