"""Pages of employers: the list, and what is done to them and reported of them."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.registry import selectors
from juli.domains.registry.forms.filters import EmployerNarrowing
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import EmployerRow
from juli.domains.registry.views import listing, reached
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.employer_verbs import REGISTER, UNFLAG
from juli.domains.registry.views.showing import linked
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.pages import Action, Column, Crumb, Empty, Listing, Row, Table, Weight
from juli.engines.party.models import Employer, EmployerFlag
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("单位")


@require_safe
@needs(Permission.SEE)
def employers(request: JuliRequest) -> HttpResponse:
    """List the employers within reach."""
    today = timezone.localdate()
    form = EmployerNarrowing(request.GET, units=listing.units_for(request), today=today)
    chosen = form.filter()
    page = selectors.employer_rows(actor=request.actor, chosen=chosen, place=listing.place_of(request))
    found = Listing(
        title=str(LABEL),
        total=page.total,
        unit=_("家"),
        total_href=figure("registry.covered_employers", on=chosen.on) if _is_the_figure(form) else "",
        counted=_("登记在册的用人单位，精确计数；覆盖情况截至 %(day)s。") % {"day": chosen.on.isoformat()},
        table=Table(_("单位名录"), _COLUMNS, tuple(_line(row) for row in page.items)),
        pager=listing.pager_of(request, page),
        empty=_empty(request, is_narrowed=bool(form.chips())),
        actions=listing.offered(
            request.actor,
            Permission.EDIT_EMPLOYERS,
            Action(_("登记单位"), address("employer-new"), icon="plus", weight=Weight.PRIMARY),
        ),
        tabs=tuple(listing.tabs(request, _USUAL)),
        chips=(listing.scope_chip(request), *form.chips()),
    )
    return listing.shown(request, found, form, module=MODULE, label=LABEL)


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_EMPLOYERS)
def registration(request: JuliRequest) -> HttpResponse:
    """Register an employer."""
    return asking.answer(
        request, REGISTER, None, actor=request.actor, at=timezone.now(), back_href=address("employers"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("employers"))),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def employer_verb(request: JuliRequest, employer_id: int, verb: Verb[Employer]) -> HttpResponse:
    """Do one of ``EMPLOYER_VERBS`` to an employer."""
    employer = reached.employer(employer_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, employer, employer=employer)


@require_http_methods(["GET", "POST"])
def mark_ending(request: JuliRequest, mark_id: int) -> HttpResponse:
    """Take a mark off an employer."""
    rows = EmployerFlag.objects.select_related("employer").defer("employer__name_bigrams")
    mark = reached.sought(rows, mark_id, actor=request.actor, permission=Permission.EDIT_EMPLOYERS)
    return _answer(request, UNFLAG, mark, employer=mark.employer)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, employer: Employer
) -> HttpResponse:
    back = address("employer", employer.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("employers")), Crumb(employer.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )


_USUAL = (
    (gettext_lazy("全部"), ""),
    (gettext_lazy("已由工会覆盖"), "covered=yes"),
    (gettext_lazy("未由工会覆盖"), "covered=no"),
)
_COLUMNS = (
    Column(gettext_lazy("单位名称")),
    Column(gettext_lazy("统一社会信用代码")),
    Column(gettext_lazy("经济类型")),
    Column(gettext_lazy("所在镇街")),
    Column(gettext_lazy("覆盖的工会")),
    Column(gettext_lazy("职工"), is_numeric=True),
    Column(gettext_lazy("会员"), is_numeric=True),
    Column(gettext_lazy("经营状态")),
)


def _line(row: EmployerRow) -> Row:
    members_href = address("members", query={"employer": row.id})
    return Row(
        (
            Name(row.name, record("employer", row.id)),
            Quiet(row.uscc),
            Text(row.ownership_label),
            Quiet(row.territory_name),
            linked(row.union_name, record("union", row.union_id))
            if row.union_id
            else State(_("未建会"), Tone.WARN, icon="circle-dashed"),
            Number(row.employees, _("人") if row.employees is not None else ""),
            Number(row.members, _("人"), href=members_href if row.members else ""),
            business_state(row.business, row.business_label),
        ),
        is_off=row.business == Employer.Business.CLOSED,
    )


def business_state(business: str, label: str) -> State:
    """Return how a state of business is shown."""
    match business:
        case Employer.Business.OPERATING:
            return State(label, Tone.OK)
        case Employer.Business.UNKNOWN:
            return State(label, Tone.WARN)
        case _:
            return State(label, Tone.MUTE)


def _is_the_figure(form: EmployerNarrowing) -> bool:
    names = {bound.name for bound in form if form.chosen(bound.name) is not None}
    return names <= {"on", "covered"} and form.chosen("covered") is True


def _empty(request: JuliRequest, *, is_narrowed: bool) -> Empty:
    if is_narrowed:
        return Empty(
            _("没有符合条件的单位。去掉一两个条件再看看。"),
            Action(_("看全部单位"), address("employers"), icon="building-factory-2"),
        )
    may = request.actor.holds(Permission.EDIT_EMPLOYERS)
    action = Action(_("登记单位"), address("employer-new"), icon="plus") if may else None
    return Empty(_("这里列出您管理范围内的用人单位。先登记一家单位。"), action)
