"""The page of everything that runs or ran in the background for an account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.engines.desk.background.pages import RunsPage
from juli.engines.desk.bulk import pages as bulk_pages
from juli.engines.desk.exports import pages as export_pages
from juli.engines.desk.models import BulkRun, Export
from juli.engines.desk.pages import Crumb
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotPermitted

MOST_SHOWN = 30


@require_safe
def runs(request: JuliRequest) -> HttpResponse:
    """Show the account its runs, the newest first."""
    page = _page(request)
    return render(request, "desk/runs.html", {"runs": page, "crumbs": (Crumb(page.title),)})


@require_safe
def runs_progress(request: JuliRequest) -> HttpResponse:
    """Answer a page that asks how far the runs have come."""
    return render(request, "desk/_runs.html", {"runs": _page(request)})


def _page(request: JuliRequest) -> RunsPage:
    mine = request.actor.account_id
    if mine is None:
        raise NotPermitted
    exports = list(Export.objects.filter(account_id=mine).order_by("-pk")[:MOST_SHOWN])
    batches = list(BulkRun.objects.filter(account_id=mine).order_by("-pk")[:MOST_SHOWN])
    sections = []
    if exports:
        sections.append(export_pages.section_of(exports, at=timezone.now()))
    if batches:
        sections.append(bulk_pages.section_of(batches))
    return RunsPage(
        title=_("后台任务"),
        line=_("您提出的导出和批量操作；别人看不到。"),
        sections=tuple(sections),
        is_running=any(not run.is_over for run in (*exports, *batches)),
        empty=_("还没有后台任务。在任何一个列表里点“导出”，或勾选若干行后选择要办的事，就会出现在这里。"),
    )
