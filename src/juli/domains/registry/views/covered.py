"""The employers of a place, with who stands for them: the last step down the map of coverage."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality import boards
from juli.domains.registry.quality.wholes import EMPLOYERS
from juli.domains.registry.selectors import labelling
from juli.domains.registry.selectors.employers import KEYS
from juli.domains.registry.views.addresses import record
from juli.engines.desk.cells import Name, Number, Quiet, State, Tone
from juli.engines.desk.narrowing import turned
from juli.engines.desk.pages import Column, Empty, Listing, Pager, Row, Table
from juli.engines.desk.paging import Place, slice_of
from juli.engines.indicator.ranges import within, without
from juli.engines.scope.querysets import in_ranges
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import PathRange


def employers_of(request: JuliRequest, shown: boards.Board, *, on: date, is_own: bool) -> Listing:
    """Return the employers of a unit; with ``is_own`` those alone that lie in none of the places below."""
    holes = [PathRange.under(unit.path) for unit in shown.below] if is_own else []
    ranges = without([PathRange.under(shown.unit.path)], holes)
    ranges = within(ranges, request.actor.roots_for(Permission.SEE))
    rows = EMPLOYERS.records(on).filter(in_ranges(ranges))
    place = Place(after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    part = slice_of(rows.defer("name_bigrams"), keys=KEYS, place=place)
    numbers = [row.pk for row in part.rows]
    unions = labelling.unions_of_employers(numbers, on=on)
    members = labelling.members_of_employers(numbers, on=on)
    lines = [_line(row, union=unions.get(row.pk), members=members.get(row.pk, 0)) for row in part.rows]
    page = part.page(lines, counted=rows.order_by().count)
    columns = (
        Column(_("单位")),
        Column(_("经济类型")),
        Column(_("职工人数"), is_numeric=True),
        Column(_("会员"), is_numeric=True),
        Column(_("工会")),
    )
    said = {"shown": len(page.items), "total": f"{page.total:,}"}
    return Listing(
        title=_("单位名单"),
        total=page.total,
        unit=_("家"),
        table=Table(_("单位名单"), columns, page.items),
        pager=Pager(
            _("本页 %(shown)s 家，共 %(total)s 家") % said,
            previous_href=turned(request.GET, before=page.before),
            next_href=turned(request.GET, after=page.after),
        ),
        empty=Empty(_("这里没有登记的单位。")),
    )


def _line(row: Any, *, union: labelling.Named | None, members: int) -> Row:  # Any: with its employees
    return Row(
        (
            Name(row.name, record("employer", row.pk)),
            Quiet(row.get_ownership_display()),
            Number(row.employees, _("人")),
            Number(members, _("人")),
            Name(union.name, record("union", union.id)) if union else State(_("没有工会"), Tone.WARN),
        )
    )
