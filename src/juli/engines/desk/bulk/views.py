"""Pages of bulk actions: what will happen, how far it has come, what came of each record."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juli.engines.desk import speaking
from juli.engines.desk.background.behind import account_of
from juli.engines.desk.bulk import actions, pages
from juli.engines.desk.bulk.declaring import BulkVerb, verb_of
from juli.engines.desk.bulk.results import ResultNarrowing
from juli.engines.desk.bulk.selections import NothingChosen, Selection
from juli.engines.desk.bulk.working import filled_in
from juli.engines.desk.cells import Words
from juli.engines.desk.lists.registers import AnyRegister, UnknownRegister, register_of
from juli.engines.desk.models import BulkRun
from juli.engines.desk.pages import Column, Crumb, FormPage, Row, Section, Table
from juli.engines.desk.paging import Place
from juli.engines.desk.verbs import Asking
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

NOT_SAVED, SHOWN_FIRST = 422, 5


@require_http_methods(["GET", "POST"])
def bulk_asking(request: JuliRequest, register_code: str, verb_slug: str) -> HttpResponse:
    """Say what will happen to how many, ask for what the verb takes, and have it done."""
    try:
        register = register_of(register_code)
    except UnknownRegister as error:
        raise NotFound from error
    verb = verb_of(register, verb_slug)
    said = request.POST if request.method == "POST" else request.GET
    return _asked(request, verb, Selection.of(register, said), initial=request.GET.dict())


@require_http_methods(["GET", "POST"])
def bulk_undoing(request: JuliRequest, run_id: int) -> HttpResponse:
    """Take back what a run did, with the verb that is its inverse."""
    run = _mine(request, run_id)
    verb = pages.verb_behind(run)
    if verb is None or verb.inverse is None or not run.is_over:
        raise NotFound
    register = register_of(run.register)
    before = filled_in(run)
    initial = {name: before.get(name, "") for name in verb.inverse.carried if name in before}
    selection = Selection(register, undone=run)
    return _asked(request, verb_of(register, verb.inverse.slug), selection, initial=initial)


@require_safe
def bulk_run(request: JuliRequest, run_id: int) -> HttpResponse:
    """Show one run and what came of each of its records."""
    run = _mine(request, run_id)
    query = request.GET.copy()
    query["run"] = str(run.pk)
    place = Place(after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    page = pages.run_page(
        run, _counts(run), actor=request.actor, asked=ResultNarrowing(query), place=place
    )  # fmt: skip
    crumbs = (Crumb(_("后台任务"), reverse("desk:runs")), Crumb(page.title))
    return render(request, "desk/run.html", {"run": page, "crumbs": crumbs})


@require_safe
def bulk_progress(request: JuliRequest, run_id: int) -> HttpResponse:
    """Answer a page that asks how far its run has come."""
    run = _mine(request, run_id)
    return render(request, "desk/_run.html", {"run": pages.progress_page(run, _counts(run))})


@require_POST
def bulk_stopping(request: JuliRequest, run_id: int) -> HttpResponse:
    """Let no further record of a run be worked."""
    actions.call_bulk_off(run_id, actor=request.actor, at=timezone.now())
    return redirect("desk:bulk-run", run_id)


@require_POST
def bulk_resumption(request: JuliRequest, run_id: int) -> HttpResponse:
    """Take a run up again where it stopped."""
    try:
        actions.go_on_with_bulk(run_id, actor=request.actor, at=timezone.now())
    except actions.NothingLeft as refusal:
        messages.error(request, speaking.told(refusal))
    return redirect("desk:bulk-run", run_id)


def _asked(
    request: JuliRequest, verb: BulkVerb, selection: Selection, *, initial: dict[str, str]
) -> HttpResponse:
    """Show the question, or take the answer."""
    if not request.actor.holds(verb.permission):
        raise NotPermitted
    number = selection.count(verb, actor=request.actor)
    if not number:
        messages.error(request, speaking.told(NothingChosen()))
        return redirect(_back(selection))
    is_confirmed = request.method == "POST" and bool(request.POST.get("confirmed"))
    first = verb.form.initial_for(None, initial)
    form = verb.form(
        request.POST if is_confirmed else None, actor=request.actor, subject=None, initial=first
    )  # fmt: skip
    if is_confirmed and form.is_valid():
        try:
            run = _begin(request, verb, selection, form)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refusal:
            form.add_error(None, speaking.told(refusal))
        else:
            return redirect("desk:bulk-run", run.pk)
    context = {
        "page": _form_page(verb, selection, request),
        "form": form,
        "carried": selection.hidden(),
        "sentence": str(verb.says) % {"number": f"{number:,}"},
        "expected": number,
        "is_danger": verb.is_danger,
        "crumbs": (Crumb(selection.register.title, _back(selection)), Crumb(verb.title)),
    }
    return render(request, "desk/bulk_asking.html", context, status=NOT_SAVED if form.errors else 200)


def _begin(request: JuliRequest, verb: BulkVerb, selection: Selection, form: Asking) -> BulkRun:
    """Judge what was filled in, as far as it is the same for every record, and have the rest done."""
    at = timezone.now()
    with transaction.atomic():
        verb.act((), **form.arguments(), actor=request.actor, at=at)
    expected = request.POST.get("expected", "")
    filled = {
        name: request.POST.getlist(name) for name in verb.form.base_fields if name in request.POST
    }  # fmt: skip
    return actions.ask_for_bulk(
        selection, verb, filled=filled, expected=int(expected) if expected.isdecimal() else 0,
        reason=str(form.cleaned_data.get("reason", "")), actor=request.actor, at=at,
    )  # fmt: skip


def _form_page(verb: BulkVerb, selection: Selection, request: JuliRequest) -> FormPage:
    aside = () if selection.undone else (_first_of(selection, request),)
    return FormPage(
        verb.title, verb.submit, _back(selection), lead=verb.lead, groups=verb.form.groups, aside=aside
    )


def _first_of(selection: Selection, request: JuliRequest) -> Section:
    """Show the first of the records, so that a wrong filter is seen before it does harm."""
    register: AnyRegister = selection.register
    asked = register.narrowed(QueryDict(selection.query), actor=request.actor)
    found = selection.rows(actor=request.actor).order_by(*register.order)[:SHOWN_FIRST]
    lines = register.lines(list(found), asked, actor=request.actor)
    columns = register.columns[:2]
    table = Table(
        _("其中前几条"),
        tuple(Column(column.label) for column in columns),
        tuple(Row(tuple(column.cell(line) for column in columns)) for line in lines),
    )
    return Section(_("其中前几条"), table=table)


def _counts(run: BulkRun) -> dict[str, int]:
    rows = run.items.values_list("outcome").annotate(number=Count("pk")).order_by()
    return dict(rows)


def _mine(request: JuliRequest, run_id: int) -> BulkRun:
    found = BulkRun.objects.filter(pk=run_id, account_id=account_of(request.actor)).first()
    if found is None:
        raise NotFound
    return found


def _back(selection: Selection) -> str:
    if selection.undone is not None:
        return reverse("desk:bulk-run", args=[selection.undone.pk])
    href: Words = selection.register.href()
    return f"{href}?{selection.query}" if selection.query else str(href)
