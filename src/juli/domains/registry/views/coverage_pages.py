"""The map of coverage: which employers and employees have a union, by town and village."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality import boards, covering, tiles
from juli.domains.registry.quality.tiles import Measure, Scale, Spot
from juli.domains.registry.quality.wholes import EMPLOYERS
from juli.domains.registry.views import quality_pages
from juli.domains.registry.views.addresses import address, evidence, figure
from juli.domains.registry.views.covered import employers_of
from juli.engines.desk.boards import Legend, Tile, TileMap
from juli.engines.desk.cells import Cell, Link, Number, Text, Words
from juli.engines.desk.figures import Headline
from juli.engines.desk.pages import Column, Crumb, Row, Tab, Table
from juli.engines.indicator.declarations import Ratio, Stock
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.keeping import Found
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest, needs

OF_A_SHARE: Final = (
    gettext_lazy("很低"), gettext_lazy("较低"), gettext_lazy("中等"),
    gettext_lazy("较高"), gettext_lazy("很高"),
)  # fmt: skip
OF_A_COUNT: Final = (
    gettext_lazy("最少"), gettext_lazy("较少"), gettext_lazy("中等"),
    gettext_lazy("较多"), gettext_lazy("最多"),
)  # fmt: skip
NOTHING: Final = gettext_lazy("没有可以比较的数")
COLUMNS: Final = covering.COVERAGE


@require_safe
@needs(Permission.SEE)
def coverage_map(request: JuliRequest) -> HttpResponse:
    """
    Show how far unions reach in the places below a unit; in one without places, its employers.

    :raises NotFound: the unit asked about is out of reach.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    shown = boards.board(
        unit_code=request.GET.get("unit", ""),
        declared=covering.COVERAGE,
        compared=covering.COVERAGE,
        is_live=request.GET.get("live") == "1",
        actor=request.actor,
        on=today,
        at=at,
    )
    laid = _Layout(
        shown, tiles.measure_of(request.GET.get("measure", "")), request.actor.holds("reporting.see")
    )
    is_own = request.GET.get("own") == "1"
    lists = is_own or not shown.below
    page = TileMap(
        title=_("组织覆盖图"),
        line=quality_pages.standing_of(shown),
        caption=_(laid.measure.figure.label),
        tiles=() if lists else tuple(laid.tiles()),
        measures=() if lists else tuple(laid.measures()),
        legend=() if lists else tuple(laid.legend()),
        table=None if lists else laid.table(),
        headlines=tuple(laid.headlines()),
        asked=quality_pages.choices(shown),
        actions=quality_pages.actions(shown, page="coverage-map"),
        note=quality_pages.note(shown, today=today),
        employers=employers_of(request, shown, on=today, is_own=is_own) if lists else None,
    )
    context = {"map": page, "crumbs": _crumbs(shown.unit)}
    return render(request, "desk/tiles.html", context)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays the places below a unit out; ``opens`` says whether the reader may open figures at all."""

    shown: boards.Board
    measure: Measure
    opens: bool

    def tiles(self) -> Iterator[Tile]:
        """Yield a tile for each place below, and one for what hangs on the unit itself."""
        scale = self._scale()
        is_federation = self.shown.unit.kind == Union.Level.FEDERATION
        for unit in self.shown.below:
            spot = tiles.spot_of(unit.name, district=self.shown.unit.code) if is_federation else None
            yield self._tile(
                unit.name, scale, self.shown.of(self.measure.figure, unit),
                employers=self.shown.of(EMPLOYERS, unit).value,
                uncovered=self.shown.of(covering.UNCOVERED_EMPLOYERS, unit).value,
                href=self._href(unit.code), spot=spot,
            )  # fmt: skip
        if own := self.shown.outside(EMPLOYERS).value:
            yield self._tile(
                _("直属单位"), scale, self.shown.outside(self.measure.figure), employers=own,
                uncovered=self.shown.outside(covering.UNCOVERED_EMPLOYERS).value,
                href=address("coverage-map", query={"unit": self.shown.unit.code, "own": 1}), spot=None,
            )  # fmt: skip

    def measures(self) -> Iterator[Tab]:
        """Yield the ways to shade the map."""
        for each in tiles.MEASURES:
            query = {"unit": self.shown.unit.code, "measure": each.code}
            yield Tab(_(each.label), address("coverage-map", query=query), is_current=each is self.measure)

    def legend(self) -> Iterator[Legend]:
        """Yield what each shade means."""
        scale = self._scale()
        lows = (0, *scale.bounds)
        for shade, low in enumerate(lows, start=1):
            high = lows[shade] if shade < len(lows) else None
            if high == low:
                continue
            yield Legend(
                shade, _words(scale)[shade - 1], _span(low, high, unit=self.measure.figure.unit.value)
            )

    def table(self) -> Table:
        """Return the same in numbers, with all measures."""
        columns = (Column(_("组织")), *(Column(_(each.label), is_numeric=True) for each in COLUMNS))
        rows = [
            Row((Link(unit.name, self._href(unit.code)), *self._cells(unit))) for unit in self.shown.below
        ]
        if self.shown.outside(EMPLOYERS).value:
            own = (Number(self.shown.outside(each).value, each.unit.value) for each in COLUMNS)
            rows.append(Row((Text(_("直属单位")), *own)))
        total = (Text(_("合计")), *self._cells(self.shown.unit))
        return Table(_("各下级组织的覆盖情况"), columns, tuple(rows), total=total)

    def headlines(self) -> Iterator[Headline]:
        """Yield the four numbers of the unit itself."""
        uncovered = self.shown.of(covering.UNCOVERED_EMPLOYERS).value
        lines = {
            EMPLOYERS.code: _("其中没有工会 %(number)s 家") % {"number": f"{uncovered or 0:,}"},
            covering.EMPLOYEES.code: _("各单位最近一次上报之和"),
            covering.EMPLOYEE_COVERAGE.code: self._quotient(covering.EMPLOYEE_COVERAGE),
            covering.MEMBERSHIP_RATE.code: self._quotient(covering.MEMBERSHIP_RATE),
        }
        for each in COLUMNS:
            if each.code in lines:
                yield Headline(
                    _(each.label),
                    self._number(each, self.shown.unit),
                    self.shown.kept.on,
                    line=lines[each.code],
                )

    def _quotient(self, declared: Ratio) -> str:
        found = self.shown.of(declared)
        return f"{found.numerator or 0:,} ÷ {found.denominator or 0:,}"

    def _scale(self) -> Scale:
        declared = self.measure.figure
        return tiles.scale_of(declared, [self.shown.of(declared, unit).value for unit in self.shown.below])

    def _tile(
        self,
        name: str,
        scale: Scale,
        found: Found,
        *,
        employers: Amount | None,
        uncovered: Amount | None,
        href: str,
        spot: Spot | None,
    ) -> Tile:
        shade = scale.shade(found.value) if employers else 0
        return Tile(
            name,
            Number(found.value, self.measure.figure.unit.value),
            word=_words(scale)[min(shade, tiles.SHADES) - 1] if shade else NOTHING,
            shade=min(shade, tiles.SHADES),
            href=href,
            line=_("%(all)s 家单位，%(without)s 家没有工会")
            % {"all": f"{employers or 0:,}", "without": f"{uncovered or 0:,}"},
            column=spot.column if spot else 0,
            row=spot.row if spot else 0,
        )

    def _cells(self, unit: OrgUnit) -> Iterator[Cell]:
        for each in COLUMNS:
            yield self._number(each, unit)

    def _number(self, declared: Stock | Ratio, unit: OrgUnit) -> Number:
        opened = figure if isinstance(declared, Ratio) else evidence
        href = opened(declared.code, unit_code=unit.code, on=self.shown.kept.on) if self.opens else ""
        return Number(self.shown.of(declared, unit).value, declared.unit.value, href)

    def _href(self, code: str) -> str:
        return address("coverage-map", query={"unit": code, "measure": self.measure.code})


def _words(scale: Scale) -> tuple[Words, ...]:
    return OF_A_SHARE if scale.is_share else OF_A_COUNT


def _span(low: int, high: int | None, *, unit: str) -> str:
    words = {"low": f"{low:,}", "high": f"{high:,}" if high else "", "unit": unit}
    if high is None:
        return _("%(low)s%(unit)s 及以上") % words
    return _("%(low)s%(unit)s 至不足 %(high)s%(unit)s") % words


def _crumbs(unit: OrgUnit) -> tuple[Crumb, ...]:
    return (Crumb(_("组建")), Crumb(_("组织覆盖图"), address("coverage-map")), Crumb(unit.name))
