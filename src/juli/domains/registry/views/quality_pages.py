"""The page of data quality: what to put right, how much of it there is, and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality import boards, topics
from juli.domains.registry.quality.topics import Line, Topic
from juli.domains.registry.views.addresses import address, evidence, figure
from juli.engines.desk.boards import Board as Page
from juli.engines.desk.boards import Choice, Gauge, GaugeGroup
from juli.engines.desk.cells import Day, Name, Number, Tone, Words
from juli.engines.desk.pages import Action, Column, Crumb, Note, Row, Table
from juli.engines.indicator.declarations import AnyIndicator, Ratio
from juli.engines.indicator.keeping import Found, Week
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest, needs

WHOLE: Final = 100
STALE_AFTER: Final = 2
"""After so many days without a survey the page says that its numbers are old."""

Weeks = Mapping[str, tuple[Week, ...]]


@require_safe
@needs(Permission.SEE)
def quality(request: JuliRequest) -> HttpResponse:
    """
    Show what the register lacks, contradicts or has let grow old.

    :raises NotFound: the unit asked about is out of reach.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    shown = boards.board(
        unit_code=request.GET.get("unit", ""),
        declared=topics.KEPT,
        compared=[each.figure for each in topics.SIDE_BY_SIDE],
        is_live=request.GET.get("live") == "1",
        actor=request.actor,
        on=today,
        at=at,
    )
    laid = _Layout(shown, boards.past_weeks(shown, actor=request.actor, on=today), opens=_opens(request))
    page = Page(
        title=_("数据质量"),
        line=standing_of(shown),
        groups=tuple(laid.group(topic) for topic in topics.TOPICS),
        asked=choices(shown),
        by_unit=laid.by_unit(),
        by_week=laid.by_week(),
        weeks_line=_weeks_line(shown, laid.weeks),
        actions=actions(shown, page="quality"),
        note=note(shown, today=today),
    )
    crumbs = (Crumb(_("管理")), Crumb(_("数据质量")))
    return render(request, "desk/board.html", {"board": page, "crumbs": crumbs})


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays the figures of a unit out; ``opens`` says whether the reader may open figures at all."""

    shown: boards.Board
    weeks: Weeks
    opens: bool

    def group(self, topic: Topic) -> GaugeGroup:
        """Return a topic with its lines."""
        whole = topic.whole
        return GaugeGroup(
            title=_(topic.label),
            anchor=topic.code,
            gauges=tuple(self._gauge(line) for line in topic.lines),
            whole=self._number(whole, self.shown.of(whole)) if whole else None,
            whole_label=_(whole.label) if whole else "",
        )

    def by_unit(self) -> Table | None:
        """Return the units below side by side; None where nothing is below."""
        if not self.shown.below:
            return None
        columns = (Column(_("组织")), *self._headings())
        rows = tuple(Row((self._unit(unit), *self._figures(unit))) for unit in self.shown.below)
        own = Row((self._unit(self.shown.unit), *self._figures(self.shown.unit)))
        return Table(_("各下级组织的数据质量"), columns, rows, total=own.cells)

    def by_week(self) -> Table | None:
        """Return the past weeks, the latest first; None while none is kept."""
        starts = sorted({week.start for points in self.weeks.values() for week in points}, reverse=True)
        if not starts:
            return None
        columns = (
            Column(_("周（周一）")),
            *self._headings(),
        )
        found = {(code, week.start): week.value for code, points in self.weeks.items() for week in points}
        rows = tuple(
            Row(
                (
                    Day(start),
                    *(
                        Number(found.get((each.figure.code, start)), each.figure.unit.value)
                        for each in topics.SIDE_BY_SIDE
                    ),
                )
            )
            for start in starts
        )
        return Table(_("每周走势"), columns, rows)

    def _gauge(self, line: Line) -> Gauge:
        wrong = self.shown.of(line.wrong)
        points = tuple(
            int(week.value) for week in self.weeks.get(line.wrong.code, ()) if week.value is not None
        )
        share = self.shown.of(line.share) if line.share else None
        return Gauge(
            _(line.noun),
            self._number(line.wrong, wrong),
            share=self._number(line.share, share) if line.share and share else None,
            bar=int(share.value or 0) / WHOLE if share else 0.0,
            trend=points,
            moved=_moved(points),
        )

    def _figures(self, unit: OrgUnit) -> Iterator[Number]:
        for each in topics.SIDE_BY_SIDE:
            yield self._number(each.figure, self.shown.of(each.figure, unit), unit=unit)

    def _headings(self) -> Iterator[Column]:
        for each in topics.SIDE_BY_SIDE:
            yield Column(_(each.label), is_numeric=True)

    def _number(self, declared: AnyIndicator, found: Found, *, unit: OrgUnit | None = None) -> Number:
        """Return a number that leads to its records: of a share, to the figure with both its numbers."""
        code = (unit or self.shown.unit).code
        opened = figure if isinstance(declared, Ratio) else evidence
        href = opened(declared.code, unit_code=code, on=self.shown.kept.on) if self.opens else ""
        return Number(found.value, declared.unit.value, href)

    def _unit(self, unit: OrgUnit) -> Name:
        return Name(unit.name, _self_href(unit))


def standing_of(shown: boards.Board) -> str:
    """Say of which unit the numbers are, and as of when."""
    moment = timezone.localtime(shown.kept.at)
    words = {"unit": shown.unit.name, "moment": f"{moment:%Y-%m-%d %H:%M}"}
    if shown.is_live:
        return _("%(unit)s，%(moment)s 当场数出；每个数都能打开背后的记录。") % words
    return _("%(unit)s，%(moment)s 汇总；每个数都能打开背后的记录，打开时重新数。") % words


def choices(shown: boards.Board) -> tuple[Choice, ...]:
    """Return the units to look at; the one that is looked at stands among them."""
    known = {each.pk for each in shown.others}
    every = (*shown.others, *(() if shown.unit.pk in known else (shown.unit,)))
    if len(every) < 2:
        return ()
    return tuple(Choice(each.name, each.code, is_chosen=each.pk == shown.unit.pk) for each in every)


def actions(shown: boards.Board, *, page: str) -> tuple[Action, ...]:
    """Offer to count anew what was kept."""
    if shown.is_live:
        return ()
    href = address(page, query={"unit": shown.unit.code, "live": 1})
    return (Action(_("按现在的登记重数"), href, icon="refresh"),)


def note(shown: boards.Board, *, today: date) -> Note | None:
    """Say where the numbers are fewer than the unit's, or older than they should be."""
    if shown.is_partial:
        return Note(_("您只能看到这个组织的一部分，以下各数只含您管理范围内的记录。"), tone=Tone.WARN)
    if (today - shown.kept.on).days >= STALE_AFTER:
        return Note(_("夜间汇总已经停了几天，以下是停之前的数。"), tone=Tone.WARN)
    return None


def _opens(request: JuliRequest) -> bool:
    return request.actor.holds("reporting.see")


def _self_href(unit: OrgUnit) -> str:
    return address("quality", query={"unit": unit.code})


def _weeks_line(shown: boards.Board, weeks: Weeks) -> Words:
    if shown.unit.kind not in boards.OF_WEEKS or shown.is_partial:
        return _("走势只为区总工会和镇街总工会留存。")
    if not weeks:
        return _("每周一留存一次，从下个周一起这里就有走势。")
    return _("每周一留存一次，留存后不再改动；以往的登记不能重算，只能看当时数出的。")


def _moved(points: Sequence[int]) -> str:
    """Say how a number has moved since the first week that is shown."""
    if len(points) < 2:
        return ""
    moved = points[-1] - points[0]
    if not moved:
        return _("%(weeks)s 周持平") % {"weeks": len(points)}
    words = {"weeks": len(points), "number": f"{abs(moved):,}"}
    return _("%(weeks)s 周增 %(number)s") % words if moved > 0 else _("%(weeks)s 周减 %(number)s") % words
