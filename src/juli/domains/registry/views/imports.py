"""Bringing a roster in from a page: hand it in, watch it, and take back what was wrong."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from juli.domains.registry.permissions import Permission
from juli.domains.registry.roster import form as roster
from juli.domains.registry.roster import receiving
from juli.domains.registry.views.batch_pages import batch_page, imports_page
from juli.engines import queue
from juli.engines.audit import recording
from juli.engines.desk.pages import Crumb
from juli.engines.files import storing
from juli.engines.scope.querysets import in_ranges
from juli.engines.scope.requests import JuliRequest, needs
from juli.engines.sheet.models import ImportBatch, RowFault
from juli.kernel.refusal import NotFound, Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_BATCHES, SHOWN_FAULTS = 50, 100


class HandInForm(forms.Form):
    """A roster, and the unit it is for."""

    file = forms.FileField(
        label=gettext_lazy("会员名册"),
        help_text=gettext_lazy("支持 xlsx、xls 和 csv，最多一百万行。"),
        error_messages={
            "required": gettext_lazy("请选择要导入的文件。"),
            "empty": gettext_lazy("这是一个空文件，请重新选择。"),
        },
    )
    unit = forms.CharField(
        label=gettext_lazy("导入到哪个组织"),
        required=False,
        max_length=32,
        help_text=gettext_lazy("填组织编码；不填就是您管理范围内的最高一级。"),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT)
def imports(request: JuliRequest) -> HttpResponse:
    """Show what was handed in, and take in another roster."""
    is_handed_in = request.method == "POST"
    form = HandInForm(request.POST, request.FILES) if is_handed_in else HandInForm()
    if is_handed_in and form.is_valid():
        try:
            return redirect("sheet:import", _hand_in(request, form).pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    rows = _within_reach(request).select_related("file", "org_unit").order_by("-pk")[:SHOWN_BATCHES]
    context = {"imports": imports_page(list(rows)), "form": form, "crumbs": _crumbs()}
    return render(request, "desk/import_list.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _hand_in(request: JuliRequest, form: HandInForm) -> ImportBatch:
    unit = receiving.unit_for(form.cleaned_data["unit"].strip(), actor=request.actor)
    upload = form.cleaned_data["file"]
    batch = receiving.receive(upload, name=upload.name, org_unit=unit, actor=request.actor, at=timezone.now())
    queue.later("registry.import_members", batch_id=batch.pk)
    return batch


@require_GET
@needs(Permission.IMPORT)
def batch(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Show one import: how far it has come, and which rows were wrong."""
    found = _find(request, batch_id)
    faults = RowFault.objects.filter(batch=found).order_by("row_number", "pk")[:SHOWN_FAULTS]
    context = {"batch": batch_page(found, list(faults)), "crumbs": (*_crumbs(), Crumb(found.file.name))}
    return render(request, "desk/import_batch.html", context)


@require_GET
@needs(Permission.IMPORT)
def progress(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Answer a page that asks how far its import has come."""
    return render(request, "desk/_import_progress.html", {"batch": batch_page(_find(request, batch_id), [])})


@require_GET
@needs(Permission.IMPORT)
def error_workbook(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Hand out the rows that were wrong, to be mended and brought in again."""
    found = _find(request, batch_id)
    if found.error_workbook is None:
        raise NotFound
    with storing.opened(found.error_workbook) as path:
        content = path.read_bytes()
    recording.took_out(
        "sheet.importbatch",
        path=found.path,
        row_count=found.faulty_rows or 0,
        actor=request.actor,
        at=timezone.now(),
    )
    return _workbook(content, name=f"errors-{found.pk}.xlsx")


@require_GET
@needs(Permission.IMPORT)
def template(request: JuliRequest) -> HttpResponse:
    """Hand out an empty roster with an example row and drop-downs."""
    from juli.engines.sheet import writing  # XlsxWriter: only who asks for a template waits for it

    with TemporaryDirectory() as folder:
        path = Path(folder) / "members.xlsx"
        writing.write_template(roster.MEMBERS, path)
        return _workbook(path.read_bytes(), name="members.xlsx")


def _workbook(content: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _within_reach(request: JuliRequest) -> QuerySet[ImportBatch]:
    return ImportBatch.objects.filter(
        in_ranges(request.actor.roots_for(Permission.IMPORT)), ledger=roster.CODE
    )


def _find(request: JuliRequest, batch_id: int) -> ImportBatch:
    found = (
        _within_reach(request)
        .select_related("file", "error_workbook", "org_unit", "progress")
        .filter(pk=batch_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("管理")), Crumb(_("台账导入"), reverse("sheet:imports")))
