"""Pages of unions: the list, and what is done to them and their offices."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.registry import selectors
from juli.domains.registry.forms.filters import UnionNarrowing
from juli.domains.registry.models import Committee, Coverage, Post, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import UnionRow
from juli.domains.registry.views import listing, reached
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.union_verbs import END_COMMITTEE, FOUND, LEAVE_POST, UNCOVER
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Day, Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.pages import Action, Column, Crumb, Empty, Listing, Row, Table, Weight
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("基层工会")
_COUNTED_BELOW = frozenset({Union.Level.BASE, Union.Level.SUB, Union.Level.GROUP})


@require_safe
@needs(Permission.SEE)
def unions(request: JuliRequest) -> HttpResponse:
    """List the unions within reach."""
    today = timezone.localdate()
    form = UnionNarrowing(request.GET, units=listing.units_for(request), today=today)
    chosen = form.filter()
    page = selectors.union_rows(actor=request.actor, chosen=chosen, place=listing.place_of(request))
    is_base = chosen.level == Union.Level.BASE
    found = Listing(
        title=str(LABEL) if is_base else _("工会"),
        total=page.total,
        unit=_("家"),
        total_href=figure("registry.base_unions", on=chosen.on) if _is_the_figure(form) else "",
        counted=_("精确计数，截至 %(day)s；联合工会不论覆盖多少单位只算一家。")
        % {"day": chosen.on.isoformat()},
        table=Table(_("工会名录"), _COLUMNS, tuple(_line(row) for row in page.items)),
        pager=listing.pager_of(request, page),
        empty=_empty(request, is_narrowed=set(request.GET) - {"after", "before"} != set()),
        actions=listing.offered(
            request.actor,
            Permission.ARRANGE_UNIONS,
            Action(_("成立工会"), address("union-new"), icon="plus", weight=Weight.PRIMARY),
        ),
        tabs=tuple(listing.tabs(request, _USUAL)),
        chips=(listing.scope_chip(request), *form.chips()),
    )
    return listing.shown(request, found, form, module=MODULE, label=LABEL)


@require_http_methods(["GET", "POST"])
@needs(Permission.ARRANGE_UNIONS)
def founding(request: JuliRequest) -> HttpResponse:
    """Found a union."""
    return asking.answer(
        request, FOUND, None, actor=request.actor, at=timezone.now(), back_href=address("unions"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("unions"))),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def union_verb(request: JuliRequest, union_id: int, verb: Verb[Union]) -> HttpResponse:
    """Do one of ``UNION_VERBS`` to a union."""
    union = reached.union(union_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, union, union=union)


@require_http_methods(["GET", "POST"])
def post_leaving(request: JuliRequest, post_id: int) -> HttpResponse:
    """Let somebody leave a post."""
    rows = Post.objects.select_related("union").defer("union__name_bigrams")
    post = reached.sought(rows, post_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, LEAVE_POST, post, union=post.union)


@require_http_methods(["GET", "POST"])
def committee_ending(request: JuliRequest, committee_id: int) -> HttpResponse:
    """End a committee."""
    rows = Committee.objects.select_related("union").defer("union__name_bigrams")
    committee = reached.sought(rows, committee_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, END_COMMITTEE, committee, union=committee.union)


@require_http_methods(["GET", "POST"])
def coverage_ending(request: JuliRequest, coverage_id: int) -> HttpResponse:
    """Let a union stand for an employer no longer."""
    rows = Coverage.objects.select_related("union").defer("union__name_bigrams")
    coverage = reached.sought(rows, coverage_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, UNCOVER, coverage, union=coverage.union)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, union: Union
) -> HttpResponse:
    back = address("union", union.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("unions")), Crumb(union.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )


_USUAL = (
    (gettext_lazy("基层工会"), ""),
    (gettext_lazy("联合组建"), "form=joint"),
    (gettext_lazy("镇街总工会"), "level=town"),
    (gettext_lazy("全部层级"), "level=all"),
    (gettext_lazy("已终止"), "ended=yes"),
)
_COLUMNS = (
    Column(gettext_lazy("工会名称")),
    Column(gettext_lazy("编码")),
    Column(gettext_lazy("层级")),
    Column(gettext_lazy("建会形式")),
    Column(gettext_lazy("批准日期")),
    Column(gettext_lazy("届期止")),
    Column(gettext_lazy("覆盖单位"), is_numeric=True),
    Column(gettext_lazy("会员"), is_numeric=True),
    Column(gettext_lazy("状态")),
)


def _line(row: UnionRow) -> Row:
    return Row(
        (
            Name(row.name, record("union", row.id)),
            Quiet(row.code),
            Text(row.level_label),
            Quiet(row.form_label),
            Day(row.approved_on),
            Day(row.term_expires_on),
            Number(row.employers, _("家")),
            _members_of(row),
            State(_("存续"), Tone.OK) if row.is_in_force else State(_("已终止"), Tone.MUTE),
        ),
        is_off=not row.is_in_force,
    )


def _members_of(row: UnionRow) -> Number | Quiet:
    """Only of base unions and what lies below them: above, members are counted on the union's own page."""
    if row.level not in _COUNTED_BELOW:
        return Quiet("")
    return Number(row.members, _("人"), href=address("members", query={"unit": row.org_unit_id}))


def _is_the_figure(form: UnionNarrowing) -> bool:
    names = {bound.name for bound in form if form.chosen(bound.name) is not None}
    return names <= {"on", "level"} and form.chosen("level") == Union.Level.BASE


def _empty(request: JuliRequest, *, is_narrowed: bool) -> Empty:
    if is_narrowed:
        return Empty(
            _("没有符合条件的工会。去掉一两个条件再看看。"),
            Action(_("看全部基层工会"), address("unions"), icon="building-community"),
        )
    may = request.actor.holds(Permission.ARRANGE_UNIONS)
    action = Action(_("成立工会"), address("union-new"), icon="plus") if may else None
    return Empty(_("这里列出您管理范围内的基层工会。先登记一家批准成立的工会。"), action)
