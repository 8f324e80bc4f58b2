"""
One box that finds members, unions and employers.

An identity number or a mobile stays out of every address and log. The box sends words by GET, so that
a search can be reloaded and shared; what looks like such a number is not repeated on the page nor in
any link, the answer is kept by nobody (``no-store``) and tells no other page where it was
(``no-referrer``), and the web server writes no query strings down (config/cli/web.py keeps no access
log). See docs/adr/0017.
"""

import re
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from juli.domains.registry import selectors
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import EmployerHit, Findings, PersonHit, UnionHit
from juli.domains.registry.views.addresses import record
from juli.domains.registry.views.showing import linked, unless_empty
from juli.engines.desk.cells import Masked, Name, Number, Quiet, Text
from juli.engines.desk.pages import Column, Crumb, Hits, Row, Search, Table
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.idcodes import Fault, guess_kind, mobile_fault, tidy_code, tidy_mobile

LONGEST_QUERY = 60
MOST_SHOWN = 20
_MANY_DIGITS = re.compile(r"(?:[0-9][\s\-]*){11,}")


@sensitive_variables()
@require_safe
@never_cache
@needs(Permission.SEE)
def search(request: JuliRequest) -> HttpResponse:
    """Find whom or what the actor may see."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = selectors.find(query, actor=request.actor, on=timezone.localdate()) if query else Findings("")
    repeated = "" if found.is_too_short or is_personal(query) else query
    shown = Search(repeated, _groups(found), _sentence(query, found))
    response = render(request, "desk/search.html", {"search": shown, "crumbs": (Crumb(_("搜索")),)})
    response["Referrer-Policy"] = "no-referrer"
    return response


def is_personal(query: str) -> bool:
    """Say whether a query may be the number of a document, a mobile or an account."""
    return (
        guess_kind(tidy_code(query)) is not None
        or mobile_fault(tidy_mobile(query)) is Fault.NONE
        or _MANY_DIGITS.search(query) is not None
    )


def _sentence(query: str, found: Findings) -> str:
    if found.is_too_short:
        return _("请至少输入两个字、两个拼音字母、完整的号码，或号码的末四位。")
    if not query:
        return ""
    if found.is_empty and is_personal(query):
        return _("在您的管理范围内没有找到这个号码。号码要完整，查过以后不再显示。")
    if found.is_empty:
        return ""
    return _("在您的管理范围内找到：会员 %(persons)s 人，工会 %(unions)s 家，单位 %(employers)s 家。") % {
        "persons": _number(found.persons),
        "unions": _number(found.unions),
        "employers": _number(found.employers),
    }


def _number(rows: Sequence[object]) -> str:
    return _("前 %(most)s") % {"most": MOST_SHOWN} if len(rows) >= MOST_SHOWN else str(len(rows))


def _groups(found: Findings) -> tuple[Hits, ...]:
    groups = (_persons(found.persons), _unions(found.unions), _employers(found.employers))
    return tuple(group for group in groups if group.table.rows)


def _persons(hits: Sequence[PersonHit]) -> Hits:
    columns = (
        Column(_("姓名")), Column(_("会员号")), Column(_("证件号码")), Column(_("手机")), Column(_("工会")),
        Column(_("单位")), Column(_("会籍")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Name(hit.name, record("member", hit.person_id)),
                Quiet(hit.member_number),
                Masked(hit.document_shown),
                Masked(hit.mobile_shown),
                linked(hit.union_name, record("union", hit.union_id)),
                unless_empty(hit.employer_name),
                Text(hit.standing_label or _("没有有效会籍")),
            )
        )
        for hit in hits
    )
    return Hits(_("会员"), _counted(hits, _("人")), Table(_("找到的会员"), columns, rows))


def _unions(hits: Sequence[UnionHit]) -> Hits:
    columns = (
        Column(_("工会名称")), Column(_("编码")), Column(_("层级")), Column(_("覆盖单位"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Name(hit.name, record("union", hit.id)),
                Quiet(hit.code),
                Text(hit.level_label),
                Number(hit.employers, _("家")),
            ),
            is_off=not hit.is_in_force,
        )
        for hit in hits
    )
    return Hits(_("工会"), _counted(hits, _("家")), Table(_("找到的工会"), columns, rows))


def _employers(hits: Sequence[EmployerHit]) -> Hits:
    columns = (
        Column(_("单位名称")), Column(_("统一社会信用代码")), Column(_("所在镇街")), Column(_("覆盖的工会")),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Name(hit.name, record("employer", hit.id)),
                Quiet(hit.uscc),
                Quiet(hit.territory_name),
                linked(hit.union_name, record("union", hit.union_id)),
            )
        )
        for hit in hits
    )
    return Hits(_("单位"), _counted(hits, _("家")), Table(_("找到的单位"), columns, rows))


def _counted(hits: Sequence[object], unit: str) -> str:
    return f"{_number(hits)} {unit}"
