"""The work report as a page whose numbers are links, and as a paper to take away."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from juli.domains.reporting import papers, reports
from juli.domains.reporting.permissions import Permission
from juli.domains.reporting.reports import Quoted, Report, Run, plain
from juli.domains.reporting.views.listing import evidence_table
from juli.domains.reporting.views.numbers import numbered
from juli.engines.audit import recording
from juli.engines.desk.cells import State, Text, Tone
from juli.engines.desk.figures import Chapter, Evidence, Paragraph, Quote, ReportPage
from juli.engines.desk.pages import Action, Crumb, Fact, Note, Tab, Weight
from juli.engines.indicator import asking
from juli.engines.indicator.sets import Quotation
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.refusal import NotFound

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST_RECORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report of which unit and year somebody wants to see, and which of its numbers opened up."""

    name: str
    unit: OrgUnit
    year: int
    shown: str

    def href(self, *, shown: str = "") -> str:
        """Return the address of the page with one of its numbers opened up."""
        query = {"unit": self.unit.code, "year": self.year} | ({"shown": shown} if shown else {})
        return f"{reverse('reporting:report', args=[self.name])}?{urlencode(query)}"

    @property
    def paper_href(self) -> str:
        """Return the address of the paper."""
        query = urlencode({"unit": self.unit.code, "year": self.year})
        return f"{reverse('reporting:report-paper', args=[self.name])}?{query}"

    def figure_href(self, quotation: Quotation) -> str:
        """Return the address of the page that opens a figure up."""
        query = urlencode({"unit": self.unit.code, "year": self.year})
        return f"{reverse('reporting:figure', args=[quotation.figure.indicator.code])}?{query}"


@require_GET
@needs(Permission.SEE)
def report(request: JuliRequest, name: str) -> HttpResponse:
    """Show a report with its numbers as links, one of them opened up beside it."""
    asked = _asked(request, name)
    made = _composed(request, asked)
    context = {"report": _page(made, asked), "crumbs": _crumbs(made)}
    return render(request, "desk/report.html", context)


@require_GET
@needs(Permission.SEE)
def report_paper(request: JuliRequest, name: str) -> HttpResponse:
    """Hand out a report as an official document."""
    asked = _asked(request, name)
    made = _composed(request, asked)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        papers.write(made, path)
        content = path.read_bytes()
    recording.took_out(
        "reporting.report",
        path=asked.unit.path,
        row_count=len(made.quotations),
        actor=request.actor,
        at=timezone.now(),
    )
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{asked.unit.code}-{asked.year}.docx"'
    return answer


def _asked(request: JuliRequest, name: str) -> Asked:
    """
    Read what is asked for; without a unit it is the topmost that the reader reaches.

    :raises UnknownUnit: no such unit within reach.
    :raises NotFound: the reader reaches no unit at all.
    """
    code = request.GET.get("unit", "")
    unit = asking.unit_of(code) if code else OrgUnit.objects.order_by("depth", "path").first()
    if unit is None:
        raise NotFound
    year = request.GET.get("year", "")
    return Asked(
        name=name,
        unit=unit,
        year=int(year) if year.isdecimal() and len(year) == 4 else _last_reported_year(),
        shown=request.GET.get("shown", ""),
    )


def _last_reported_year() -> int:
    """The latest year that a report was delivered on, else last year."""
    from juli.domains.reporting.models import AnnualReport

    latest = AnnualReport.objects.order_by("-year").values_list("year", flat=True).first()
    return latest or timezone.localdate().year - 1


def _composed(request: JuliRequest, asked: Asked) -> Report:
    at = timezone.now()
    period = asking.period_of(asked.year, as_of=None, today=timezone.localdate(at))
    return reports.compose(asked.name, unit=asked.unit, period=period, actor=request.actor, at=at)


def _crumbs(made: Report) -> tuple[Crumb, ...]:
    return (
        Crumb(_("指标与报告"), reverse("reporting:figures")),
        Crumb("".join(plain(line) for line in made.title)),
    )


def _page(made: Report, asked: Asked) -> ReportPage:
    unsaid = sum(1 for each in made.quotations if not each.spoken)
    tally = [State(_("对得上 %(count)d") % {"count": len(made.quotations) - unsaid}, Tone.OK)]
    if unsaid:
        tally.append(State(_("待登记 %(count)d") % {"count": unsaid}, Tone.WARN))
    return ReportPage(
        title="".join(plain(line) for line in made.title),
        kicker=plain(made.subtitle).lstrip("—"),
        chapters=tuple(
            Chapter(
                title=plain(chapter.title),
                anchor=chapter.anchor,
                paragraphs=tuple(
                    Paragraph(tuple(_run(run, asked) for run in each.runs), each.lead)
                    for each in chapter.paragraphs
                ),
            )
            for chapter in made.chapters
        ),
        contents=tuple(
            Tab(plain(chapter.title), f"#{chapter.anchor}", len(chapter.quoted)) for chapter in made.chapters
        ),
        tally=tuple(tally),
        line=_("截至 %(day)s") % {"day": made.period.last_day.isoformat()},
        actions=(Action(_("导出公文"), asked.paper_href, icon="file-text", weight=Weight.PRIMARY),),
        evidence=_evidence(made, asked),
    )


def _run(run: Run, asked: Asked) -> str | Quote:
    if isinstance(run, Quoted):
        key = run.quotation.slot.key
        return Quote(run.text, asked.href(shown=key), is_shown=key == asked.shown)
    return run


def _evidence(made: Report, asked: Asked) -> Evidence | None:
    """Open up the number that is asked for, else the first of the text that counts something."""
    quotations = made.quotations
    keys = [each.slot.key for each in quotations]
    if asked.shown not in keys:
        return None
    position = keys.index(asked.shown)
    quotation = quotations[position]
    figure = quotation.figure
    records = evidence_table(figure, first=FIRST_RECORDS)
    return Evidence(
        label=quotation.slot.label,
        number=numbered(figure.value, quotation.slot.unit, asked.figure_href(quotation)),
        check=_check(quotation),
        facts=_facts(quotation, made.period.last_day),
        position=_("第 %(position)d 个，共 %(count)d") % {"position": position + 1, "count": len(keys)},
        previous_href=asked.href(shown=keys[position - 1]) if position else "",
        next_href=asked.href(shown=keys[position + 1]) if position + 1 < len(keys) else "",
        records=records,
        records_number=f"{figure.evidence_count:,}",
        records_href=asked.figure_href(quotation),
        note=Note(quotation.note, tone=Tone.WARN) if quotation.note else None,
    )


def _check(quotation: Quotation) -> State:
    if quotation.figure.value is None:
        return State(_("没有登记"), Tone.WARN)
    moment = timezone.localtime(quotation.figure.worked_out_at)
    return State(_("与记录一致，%(time)s 数出") % {"time": f"{moment:%H:%M}"}, Tone.OK)


def _facts(quotation: Quotation, day: date) -> tuple[Fact, ...]:
    figure = quotation.figure
    return (
        Fact(_("正文写法"), Text(quotation.spoken or quotation.note)),
        Fact(_("定义"), Text(figure.definition)),
        Fact(_("截至"), Text(day.isoformat())),
        Fact(_("公式"), Text(figure.indicator.formula)),
        Fact(_("来源"), Text(figure.indicator.source)),
        Fact(
            _("编码"),
            Text(
                _("%(code)s 第 %(version)d 版") % {"code": figure.indicator.code, "version": figure.version}
            ),
        ),
    )
