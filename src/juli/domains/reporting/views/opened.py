"""One figure as a page of the desk: the number, how it is worked out, how it falls apart."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.domains.reporting.views.asked import Asked
from juli.domains.reporting.views.listing import table_of
from juli.domains.reporting.views.numbers import numbered
from juli.engines.desk import speaking
from juli.engines.desk.cells import Link, Number, State, Text, Tone
from juli.engines.desk.figures import FigurePage, Measure, Share, Split
from juli.engines.desk.pages import Action, Fact, Table
from juli.engines.indicator import catalogue, paging, sets
from juli.engines.indicator.declarations import AnyIndicator, Flow, Listed, Partition, Ratio, Stock
from juli.engines.indicator.figures import Amount, Figure, Part
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.records import Tree
from juli.engines.indicator.working import TOWN, break_down, share, work_out
from juli.kernel.period import Year

FIRST_RECORDS: Final = 12
FIRST_COLUMNS: Final = 3


def page(declared: AnyIndicator, asked: Asked, *, report: str) -> FigurePage:
    """Work a figure out with its breakdowns and lay it out."""
    moves = Moves.ever() if asked.tree is Tree.OF_THE_DAY else Moves.none()
    broken_down = _broken_down(declared, asked, moves)
    found = broken_down[0] if broken_down else _worked_out(declared, asked, moves)
    slot = sets.figure_set(report).slot_of(declared.code)
    quotation = sets.spoken_for(slot, found) if slot else None
    columns = None if isinstance(declared, Ratio | Partition) else declared.evidence
    lines = paging.page_of(found.evidence, columns, size=FIRST_RECORDS).lines if columns else ()
    return FigurePage(
        title=declared.label,
        line=_line(declared, asked),
        code=declared.code,
        version=_("第 %(number)s 版") % {"number": declared.version},
        number=numbered(found.value, declared.unit, asked.evidence(declared.code)),
        on=asked.on,
        definition=tuple(_definition(found, asked)),
        spoken=quotation.spoken if quotation else "",
        formula=_formula(found),
        check=_check(found),
        measures=tuple(_measures(found, asked, moves)),
        splits=tuple(_splits(found, broken_down, asked)),
        records=_narrow(table_of(columns, lines)) if columns and lines else None,
        records_number=f"{found.evidence_count:,}",
        records_href=asked.evidence(declared.code),
        report_on=min(Year.of(asked.on).last_day, asked.today),
        today=asked.today,
        used_in=tuple(_uses(declared, asked, report=report)),
        actions=_actions(declared, asked),
    )


def _narrow(table: Table) -> Table:
    """Keep what fits beside the breakdowns; all columns stand on the page of the records."""
    rows = tuple(replace(row, cells=row.cells[:FIRST_COLUMNS]) for row in table.rows)
    return replace(table, columns=table.columns[:FIRST_COLUMNS], rows=rows)


def _worked_out(declared: AnyIndicator, asked: Asked, moves: Moves) -> Figure:
    return work_out(
        declared, unit=asked.unit, period=asked.period, actor=asked.actor, at=asked.at,
        tree=asked.tree, moves=moves,
    )  # fmt: skip


def _broken_down(declared: AnyIndicator, asked: Asked, moves: Moves) -> tuple[Figure, ...]:
    """Return the figure broken down in every way it can be; by the units below only where there are some."""
    towns = (TOWN,) if asked.unit.children.exists() else ()
    ways = (*towns, *(dimension.code for dimension in declared.dimensions))
    bys = tuple(by for by in ways if sets.can_be_broken_down(declared, by=by))
    if not bys:
        return ()
    return break_down(
        declared, unit=asked.unit, period=asked.period, actor=asked.actor, at=asked.at,
        tree=asked.tree, moves=moves, bys=bys,
    )  # fmt: skip


def _line(declared: AnyIndicator, asked: Asked) -> str:
    if isinstance(declared, Flow):
        stretch = _("%(first)s 至 %(last)s") % {"first": asked.period.start, "last": asked.on}
        return _("%(unit)s，%(period)s") % {"unit": asked.unit.name, "period": stretch}
    return _("%(unit)s，截至 %(day)s") % {"unit": asked.unit.name, "day": asked.on}


def _formula(found: Figure) -> str:
    if isinstance(found.indicator, Ratio):
        return f"{_shown(found.numerator)} ÷ {_shown(found.denominator)}"
    if isinstance(found.indicator, Partition):
        return _sum(found)
    return ""


def _sum(found: Figure) -> str:
    parts = " ＋ ".join(_shown(part.value) for part in found.parts)
    total = sum(part.value or 0 for part in found.parts)
    return f"{parts} ＝ {_shown(total)}"


def _shown(value: Amount | None) -> str:
    return "—" if value is None else f"{value:,}"


def _check(found: Figure) -> State:
    if found.is_withheld:
        return State(_("数目过小，不予显示"), Tone.MUTE)
    if found.is_partial:
        return State(_("只含您管理范围内的部分"), Tone.WARN)
    if found.value is None:
        return State(_("没有登记"), Tone.WARN)
    if isinstance(found.indicator, Partition) and found.difference:
        return State(_("各部分之和与总数相差 %(number)s") % {"number": _shown(found.difference)}, Tone.BAD)
    return State(_("与记录一致"), Tone.OK)


def _definition(found: Figure, asked: Asked) -> Iterator[Fact]:
    declared = found.indicator
    yield Fact(_("定义"), Text(declared.definition))
    yield Fact(_("公式"), Text(declared.formula))
    yield Fact(_("计量单位"), Text(declared.unit.value))
    yield Fact(_("类型"), Text(declared.kind_label))
    if not isinstance(declared, Listed):
        yield Fact(_("归属"), Text(_belonging(declared, asked)))
    yield Fact(_("来源"), Text(declared.source))
    yield Fact(_("记录"), Text(_("%(number)s 条") % {"number": f"{found.evidence_count:,}"}))
    if found.late:
        late = _("%(number)s 条在期末之后补录，已计入") % {"number": f"{found.late:,}"}
        yield Fact(_("补录"), Text(late))
    for version in declared.versions[:-1]:
        yield Fact(_("第 %(number)s 版") % {"number": version.number}, Text(version.definition))
    moment = timezone.localtime(found.worked_out_at)
    yield Fact(_("算出"), Text(f"{moment:%Y-%m-%d %H:%M}"))


def _belonging(declared: AnyIndicator, asked: Asked) -> str:
    if asked.tree is Tree.TODAY:
        return _("按今天的隶属关系")
    if isinstance(declared, Flow):
        return _("按事情发生时的隶属关系，后来的调整不改变")
    return _("按截止日的隶属关系")


def _measures(found: Figure, asked: Asked, moves: Moves) -> Iterator[Measure]:
    for component in found.components:
        code = component.indicator.code
        yield Measure(component.indicator.label, _number(component, asked, code), component.indicator.formula)
    for code in found.indicator.beside:
        other = _worked_out(catalogue.indicator(code), asked, moves)
        yield Measure(other.indicator.label, _number(other, asked, code), other.indicator.formula)


def _number(found: Figure, asked: Asked, code: str) -> Number:
    return numbered(found.value, found.indicator.unit, asked.figure(code))


def _splits(found: Figure, broken_down: tuple[Figure, ...], asked: Asked) -> Iterator[Split]:
    declared = found.indicator
    if isinstance(declared, Partition):
        yield _split(found, asked, title=_("构成"), heading=_("部分"))
        return
    for each in broken_down:
        dimension = declared.dimension(each.by)
        if dimension is None:
            yield _split(each, asked, title=_("各下级组织"), heading=_("组织"))
        else:
            title = _("按%(dimension)s") % {"dimension": speaking.said(dimension.label)}
            yield _split(each, asked, title=title, heading=dimension.label)


def _split(found: Figure, asked: Asked, *, title: str, heading: str) -> Split:
    largest = max((Decimal(part.value) for part in found.parts if part.value is not None), default=Decimal(0))
    unit = found.indicator.unit.value
    return Split(
        title=title,
        heading=heading,
        shares=tuple(
            Share(
                part.label,
                Number(part.value, unit, _part_href(found, part, asked)),
                int(part.value * 1000 / largest) / 1000 if part.value and largest else 0,
                _percent(found, part),
            )
            for part in found.parts
        ),
        total=Number(found.value, unit),
        check=_agreement(found),
    )


def _part_href(found: Figure, part: Part, asked: Asked) -> str:
    code = found.indicator.code
    if part.is_withheld:
        return ""
    if isinstance(found.indicator, Partition):
        return asked.figure(part.code)
    if found.by == TOWN and part.code:
        return asked.figure(code, unit_code=part.unit_code)
    return asked.evidence(code, by=found.by, part=part.code)


def _percent(found: Figure, part: Part) -> str:
    if found.denominator is not None or (found.indicator.parts_may_overlap and found.difference):
        return ""
    portion = share(part.value, found.value)
    return "" if portion is None else f"{portion}%"


def _agreement(found: Figure) -> State | None:
    if found.denominator is not None or found.difference is None:
        return None
    if not found.difference:
        return State(_("分项相加等于合计"), Tone.OK)
    if isinstance(found.indicator, Stock | Flow) and found.indicator.parts_may_overlap:
        return State(_("分项之间有重复，合计按去重另算"), Tone.INFO)
    return State(_("分项之和与合计相差 %(number)s") % {"number": _shown(found.difference)}, Tone.BAD)


def _uses(declared: AnyIndicator, asked: Asked, *, report: str) -> Iterator[Link]:
    query = urlencode({"unit": asked.unit.code, "year": asked.on.year})
    if sets.figure_set(report).slot_of(declared.code):
        try:
            href = f"{reverse('reporting:report', args=[report])}?{query}"
            yield Link(_("%(year)s 年工作报告") % {"year": asked.on.year}, href)
        except NoReverseMatch:
            pass
    yield Link(_("指标与报告"), f"{reverse('reporting:figures')}?{query}")


def _actions(declared: AnyIndicator, asked: Asked) -> tuple[Action, ...]:
    if isinstance(declared, Listed):
        return ()
    if asked.tree is Tree.TODAY:
        href = asked.by_tree(Tree.OF_THE_DAY).figure(declared.code)
        return (Action(_("按当日的隶属关系"), href, icon="history"),)
    href = asked.by_tree(Tree.TODAY).figure(declared.code)
    return (Action(_("按今天的隶属关系"), href, icon="hierarchy-2"),)
