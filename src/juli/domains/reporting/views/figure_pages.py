"""Pages of figures: the list of a set, one figure opened up, and the records behind it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.domains.reporting.forms import FigureNarrowing
from juli.domains.reporting.permissions import Permission
from juli.domains.reporting.views import opened
from juli.domains.reporting.views.asked import REPORT, Asked, asked_by
from juli.domains.reporting.views.listing import table_of
from juli.domains.reporting.views.numbers import numbered
from juli.engines.desk import speaking
from juli.engines.desk.cells import Cell, Name, Number, Quiet, Text
from juli.engines.desk.narrowing import turned
from juli.engines.desk.pages import Action, Chip, Column, Crumb, Empty, Listing, Pager, Row, Tab, Table
from juli.engines.indicator import catalogue, paging, sets
from juli.engines.indicator.declarations import AnyIndicator, Partition, Ratio
from juli.engines.indicator.evidence import EvidenceColumns
from juli.engines.indicator.figures import Evidence
from juli.engines.indicator.sets import FigureSet, Quotation, Slot
from juli.engines.indicator.working import evidence_of, label_of_part, work_out
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.refusal import NotPermitted

DEEPEST_TO_CHOOSE: Final = 2
"""How deep a unit stands that is offered for choice; any other may be named in the address."""


@require_safe
@needs(Permission.SEE)
def figures(request: JuliRequest) -> HttpResponse:
    """List the figures of the report for a unit and a day, each leading to its records."""
    asked = asked_by(request)
    chosen = sets.figure_set(REPORT)
    shows_all = request.GET.get("all") == "1"
    quotations = sets.quote(
        chosen.slots, unit=asked.unit, period=asked.period, actor=asked.actor, at=asked.at, tree=asked.tree
    )
    listing = Listing(
        title=_("指标与报告"),
        total=len(chosen.slots) if shows_all else len(quotations),
        unit=_("项"),
        counted=_("%(unit)s，截至 %(day)s；每个数都由登记的记录当场数出。")
        % {"unit": asked.unit.name, "day": asked.on.isoformat()},
        table=_table(chosen, quotations, asked, shows_all=shows_all),
        pager=Pager(_("全部列出")),
        empty=Empty(_("还没有可以列出的指标。")),
        tabs=(
            Tab(_("已接入"), turned_to(request, ""), len(quotations), is_current=not shows_all),
            Tab(_("报告全部数位"), turned_to(request, "1"), len(chosen.slots), is_current=shows_all),
        ),
        chips=_chips(asked),
        actions=(_report(asked), _registers(asked)),
    )
    form = FigureNarrowing(request.GET, units=_units(), today=asked.today)
    context = {"listing": listing, "filter_form": form, "crumbs": (Crumb(_("管理")), Crumb(_("指标与报告")))}
    return render(request, "desk/list.html", context)


@require_safe
@needs(Permission.SEE)
def figure(request: JuliRequest, code: str) -> HttpResponse:
    """Open one figure up: definition, breakdowns, and the first records behind it."""
    asked = asked_by(request)
    declared = catalogue.indicator(code)
    _refuse_blind(declared.permission, asked)
    context = {"figure": opened.page(declared, asked, report=REPORT), "crumbs": _crumbs(declared.label)}
    return render(request, "desk/figure.html", context)


@require_safe
@needs(Permission.SEE)
def evidence(request: JuliRequest, code: str) -> HttpResponse:
    """List the records behind a figure, or behind one part of it."""
    asked = asked_by(request)
    declared = catalogue.indicator(code)
    _refuse_blind(declared.permission, asked)
    by, part = request.GET.get("by", ""), request.GET.get("part", "")
    chips = _chips(asked)
    if by:
        label, records, total = _part(declared, asked, by=by, part=part)
        chips = (*chips, Chip(_("分项"), label, asked.evidence(code)))
    else:
        found = work_out(
            declared, unit=asked.unit, period=asked.period, actor=asked.actor, at=asked.at, tree=asked.tree
        )
        records, total = found.evidence, found.evidence_count
    listing = replace(_records(request, declared, asked, records, total=total), chips=chips)
    crumbs = (*_crumbs(declared.label, asked.figure(code)), Crumb(_("记录")))
    return render(request, "desk/list.html", {"listing": listing, "crumbs": crumbs})


def _part(declared: AnyIndicator, asked: Asked, *, by: str, part: str) -> tuple[str, Evidence, int]:
    """Return what one part of a figure is called, its records, and how many they are."""
    records = evidence_of(
        declared, unit=asked.unit, period=asked.period, actor=asked.actor, tree=asked.tree, by=by, part=part
    )
    label = label_of_part(declared, by=by, part=part)
    if isinstance(records, Sequence):
        return label, records, len(records)
    if not declared.is_sensitive:
        return label, records, records.count()
    # Whether a part is withheld depends on all the others.
    found = work_out(
        declared, unit=asked.unit, period=asked.period, actor=asked.actor, at=asked.at, tree=asked.tree, by=by
    )
    shown = next((each for each in found.parts if each.code == part and not each.is_withheld), None)
    return label, records if shown else records.none(), shown.evidence_count if shown else 0


def _records(
    request: JuliRequest, declared: AnyIndicator, asked: Asked, records: Evidence, *, total: int
) -> Listing:
    columns = _columns(declared)
    shown = paging.page_of(
        records, columns, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    return Listing(
        title=_("%(label)s：背后的记录") % {"label": speaking.said(declared.label)},
        total=total,
        unit=_("条"),
        counted=_("%(unit)s，截至 %(day)s；%(formula)s。")
        % {"unit": asked.unit.name, "day": asked.on.isoformat(), "formula": speaking.said(declared.formula)},
        table=table_of(columns, shown.lines),
        pager=Pager(
            _("本页 %(shown)s 条，共 %(total)s 条") % {"shown": len(shown.lines), "total": f"{total:,}"},
            previous_href=turned(request.GET, before=shown.before),
            next_href=turned(request.GET, after=shown.after),
        ),
        empty=Empty(_("这个数背后没有记录。")),
    )


def turned_to(request: JuliRequest, everything: str) -> str:
    """Return the address of the same list with all slots, or with the wired ones alone."""
    query = request.GET.copy()
    query.pop("all", None)
    if everything:
        query["all"] = everything
    return f"?{query.urlencode()}"


def _columns(declared: AnyIndicator) -> EvidenceColumns:
    match declared:
        case Ratio():
            return declared.numerator.evidence
        case Partition():
            return declared.whole.evidence
        case _:
            return declared.evidence


def _refuse_blind(permission: str, asked: Asked) -> None:
    """Whoever may see no such record anywhere is told so, and not shown a nought."""
    if not asked.actor.holds(permission):
        raise NotPermitted


def _table(chosen: FigureSet, quotations: Sequence[Quotation], asked: Asked, *, shows_all: bool) -> Table:
    by_key = {each.slot.key: each for each in quotations}
    rows = []
    for group in chosen.groups:
        for slot in (each for each in chosen.slots if each.group == group.code):
            if slot.key in by_key:
                rows.append(_line(by_key[slot.key], group.label, asked))
            elif shows_all:
                rows.append(_unwired(slot, group.label))
    columns = (
        Column(_("指标")),
        Column(_("类别")),
        Column(_("数"), is_numeric=True),
        Column(_("报告写法")),
        Column(_("记录"), is_numeric=True),
        Column(_("口径")),
        Column(_("说明")),
    )
    return Table(_("报告用的指标"), columns, tuple(rows))


def _line(quotation: Quotation, group: str, asked: Asked) -> Row:
    found, slot = quotation.figure, quotation.slot
    code = found.indicator.code
    href = asked.figure(code)
    version = _("%(code)s 第 %(version)s 版") % {"code": code, "version": found.version}
    cells: tuple[Cell, ...] = (
        Name(slot.label, href),
        Quiet(group),
        numbered(found.value, slot.unit, href),
        Text(quotation.spoken or "—"),
        Number(found.evidence_count, "", asked.evidence(code)),
        Quiet(version),
        Quiet(quotation.note or "—"),
    )
    return Row(cells)


def _unwired(slot: Slot, group: str) -> Row:
    dash = Quiet("—")
    return Row(
        (Text(slot.label), Quiet(group), Number(None, slot.unit), dash, dash, dash, Quiet(_("未接入"))),
        is_off=True,
    )


def _chips(asked: Asked) -> tuple[Chip, ...]:
    return (Chip(_("范围"), asked.unit.name), Chip(_("截至"), asked.on.isoformat()))


def _report(asked: Asked) -> Action:
    """Return the way to the report that quotes these figures."""
    query = urlencode({"unit": asked.unit.code, "year": asked.on.year})
    href = f"{reverse('reporting:report', args=[REPORT])}?{query}"
    return Action(_("%(year)s 年工作报告") % {"year": asked.on.year}, href, icon="file-text")


def _registers(asked: Asked) -> Action:
    """Return the way to the committees, sessions and reports that the report reads its heading from."""
    href = f"{reverse('reporting:registers')}?{urlencode({'unit': asked.unit.code})}"
    return Action(_("届次与报告"), href, icon="calendar-event")


def _crumbs(label: str, href: str = "") -> tuple[Crumb, ...]:
    return (Crumb(_("管理")), Crumb(_("指标与报告"), reverse("reporting:figures")), Crumb(label, href))


def _units() -> list[tuple[str, str]]:
    return list(
        OrgUnit.objects.filter(depth__lte=DEEPEST_TO_CHOOSE, closed_on__isnull=True)
        .order_by("depth", "code")
        .values_list("code", "name")
    )
