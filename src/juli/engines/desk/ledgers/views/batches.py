"""The list of ledgers that were handed in, and the page of one of them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from juli.engines import queue
from juli.engines.audit import recording
from juli.engines.desk import speaking
from juli.engines.desk.ledgers import finding
from juli.engines.desk.ledgers.batch_page import batch_page
from juli.engines.desk.ledgers.list_page import imports_page
from juli.engines.desk.ledgers.row_lists import Asked, listed
from juli.engines.desk.ledgers.row_page import row_page
from juli.engines.desk.pages import Crumb
from juli.engines.files import storing
from juli.engines.scope.requests import JuliRequest
from juli.engines.sheet import receiving
from juli.engines.sheet.entries import Entry, entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_BATCHES = 50


class HandInForm(forms.Form):
    """A ledger, and the unit it is for."""

    ledger = forms.ChoiceField(label=gettext_lazy("哪种台账"))
    file = forms.FileField(
        label=gettext_lazy("文件"),
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

    def offer(self, entries: tuple[Entry, ...]) -> "HandInForm":
        """Let the form offer these ledgers, each as it is and by the foreign sheets it knows; return it."""
        choices = [(each.code, each.label) for each in entries]
        choices += [(f"{each.code}#{preset}", label) for each in entries for preset, label in each.presets]
        chosen = self.fields["ledger"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = choices
        return self


@require_http_methods(["GET", "POST"])
def imports(request: JuliRequest) -> HttpResponse:
    """Show what was handed in, and take in another ledger."""
    entries = finding.entries_for(request.actor)
    is_handed_in = request.method == "POST"
    given = {"ledger": request.GET.get("ledger") or entries[0].code}
    said = {**given, **request.POST.dict()}
    form = HandInForm(said, request.FILES) if is_handed_in else HandInForm(initial=given)
    form.offer(entries)
    if is_handed_in and form.is_valid():
        try:
            return redirect("sheet:import", _hand_in(request.actor, form).pk)
        except Refusal as refusal:
            form.add_error(None, speaking.told(refusal))
    rows = finding.within_reach(request.actor).select_related("file", "org_unit").order_by("-pk")
    page = imports_page(list(rows[:SHOWN_BATCHES]), entries)
    context = {"imports": page, "form": form, "crumbs": crumbs()}
    return render(request, "desk/import_list.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _hand_in(actor: Actor, form: HandInForm) -> ImportBatch:
    code, _mark, preset = form.cleaned_data["ledger"].partition("#")
    entry = finding.entry_for(actor, code)
    unit = receiving.unit_for(form.cleaned_data["unit"].strip(), entry=entry, actor=actor)
    upload = form.cleaned_data["file"]
    batch = receiving.receive(
        upload, name=upload.name, entry=entry, org_unit=unit, actor=actor, at=timezone.now(),
        asking_first=True, preset=preset,
    )  # fmt: skip
    queue.later("sheet.bring_in", batch_id=batch.pk)
    return batch


@require_GET
def batch(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Show one batch: how far it has come, what each row means, and one row to be mended."""
    found = finding.find(request.actor, batch_id)
    asked = Asked.of(request.GET, found)
    context = {
        "batch": batch_page(found, listed(found, asked), asked, at=timezone.now()),
        "crumbs": (*crumbs(), Crumb(found.file.name)),
    }
    if asked.row:
        row = BatchRow.objects.filter(batch=found, row_number=asked.row).first()
        if row is None:
            raise NotFound
        if row.cells_sealed:
            recording.looked(row, path=found.path, actor=request.actor, at=timezone.now())
        context["row"] = row_page(found, row, asked)
    return render(request, "desk/import_batch.html", context)


@require_GET
def progress(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Answer a page that asks how far its batch has come."""
    found = finding.find(request.actor, batch_id)
    page = batch_page(found, None, Asked.of(request.GET, found), at=timezone.now())
    return render(request, "desk/_import_progress.html", {"batch": page})


@require_GET
def error_workbook(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Hand out the rows that were wrong, to be mended and brought in again."""
    found = finding.find(request.actor, batch_id)
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
    return workbook(content, name=f"errors-{found.pk}.xlsx")


@require_GET
def template(request: JuliRequest) -> HttpResponse:
    """Hand out an empty ledger with an example row and drop-downs."""
    from juli.engines.sheet import writing  # XlsxWriter: only who asks for a template waits for it

    code, _mark, preset = request.GET.get("ledger", "").partition("#")
    entry = finding.entry_for(request.actor, code)
    ledger = entry.loaded()
    form = next((each.form for each in ledger.presets if each.code == preset), ledger.form)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{entry.word}.xlsx"
        writing.write_template(form, path)
        return workbook(path.read_bytes(), name=path.name)


@require_GET
def differences(request: JuliRequest, batch_id: int) -> HttpResponse:
    """Hand out what a batch would change or has changed, line by line."""
    from juli.engines.sheet import differing

    found = finding.find(request.actor, batch_id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"differences-{found.pk}.xlsx"
        lines = differing.write_report(path, found, entry_of(found.ledger).loaded().form)
        recording.took_out(
            "sheet.batchrow", path=found.path, row_count=lines, actor=request.actor, at=timezone.now()
        )
        return workbook(path.read_bytes(), name=path.name)


@require_GET
def foreign_sheet(request: JuliRequest) -> HttpResponse:
    """Hand out what the register holds as the sheet of another system, personal numbers masked."""
    from juli.engines.sheet import presets

    code, _mark, wanted = request.GET.get("ledger", "").partition("#")
    entry = finding.entry_for(request.actor, code)
    ledger = entry.loaded()
    preset = next((each for each in ledger.presets if each.code == wanted or not wanted), None)
    if preset is None:
        raise NotFound
    ranges = request.actor.roots_for(entry.permission)
    with TemporaryDirectory() as folder:
        path, now = Path(folder) / f"{preset.code}.xlsx", timezone.now()
        rows = presets.write_out(path, ledger, preset, actor=request.actor, ranges=ranges, at=now)
        recording.took_out(entry.code, path=ranges[0].lo, row_count=rows, actor=request.actor, at=now)
        return workbook(path.read_bytes(), name=path.name)


def workbook(content: bytes, *, name: str) -> HttpResponse:
    """Return a workbook as a download."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def crumbs() -> tuple[Crumb, ...]:
    """Return the way to these pages."""
    return (Crumb(_("管理")), Crumb(_("台账导入"), reverse("sheet:imports")))
