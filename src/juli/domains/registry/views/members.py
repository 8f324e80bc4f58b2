"""Pages of members: the list, one of them, and what is done to them."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.registry import selectors
from juli.domains.registry.forms.filters import MemberNarrowing
from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import MemberRow
from juli.domains.registry.views import listing, reached
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.member_verbs import ADMIT
from juli.domains.registry.views.showing import linked, unless_empty
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Day, Link, Masked, Name, Quiet, State, Tone
from juli.engines.desk.pages import Action, Chip, Column, Crumb, Empty, Listing, Row, Table, Weight
from juli.engines.party.models import Person
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("会员")


@require_safe
@needs(Permission.SEE)
def members(request: JuliRequest) -> HttpResponse:
    """List the members within reach."""
    today = timezone.localdate()
    form = MemberNarrowing(request.GET, units=listing.units_for(request), today=today)
    chosen = form.filter()
    page = selectors.member_rows(actor=request.actor, chosen=chosen, place=listing.place_of(request))
    found = Listing(
        title=str(LABEL),
        total=page.total,
        unit=_("人"),
        total_href=figure("registry.members", on=chosen.on) if _is_the_figure(form) else "",
        counted=_("精确计数，按人去重，截至 %(day)s。") % {"day": chosen.on.isoformat()},
        table=Table(_("会员名册"), _COLUMNS, tuple(_line(row) for row in page.items)),
        pager=listing.pager_of(request, page),
        empty=_empty(request, is_narrowed=bool(form.chips())),
        actions=(
            *listing.offered(
                request.actor,
                Permission.IMPORT,
                Action(_("导入名册"), listing.imports(), icon="table-import"),
            ),
            *listing.offered(
                request.actor,
                Permission.EDIT_MEMBERS,
                Action(_("新增会员"), address("member-new"), icon="plus", weight=Weight.PRIMARY),
            ),
        ),
        tabs=tuple(listing.tabs(request, _USUAL)),
        chips=(listing.scope_chip(request), *form.chips(), *_employer_chip(form)),
    )
    return listing.shown(request, found, form, module=MODULE, label=LABEL)


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_MEMBERS)
def admission(request: JuliRequest) -> HttpResponse:
    """Admit somebody."""
    return asking.answer(
        request, ADMIT, None, actor=request.actor, at=timezone.now(), back_href=address("members"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("members"))),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def person_verb(request: JuliRequest, person_id: int, verb: Verb[Person]) -> HttpResponse:
    """Do one of ``PERSON_VERBS`` to a person."""
    person = reached.person(person_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, person, person=person)


@require_http_methods(["GET", "POST"])
def career_verb(request: JuliRequest, person_id: int, verb: Verb[Membership]) -> HttpResponse:
    """Do one of ``CAREER_VERBS`` to the membership of a person that is in force."""
    membership = reached.membership(person_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, membership, person=membership.person)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, person: Person
) -> HttpResponse:
    back = address("member", person.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("members")), Crumb(person.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )


_USUAL = (
    (gettext_lazy("全部"), ""),
    (gettext_lazy("待核验"), "verification=unverified"),
    (gettext_lazy("农民工"), "migrant=yes"),
    (gettext_lazy("保留会籍"), "standing=retained"),
)
_COLUMNS = (
    Column(gettext_lazy("姓名")),
    Column(gettext_lazy("会员号")),
    Column(gettext_lazy("证件号码")),
    Column(gettext_lazy("手机")),
    Column(gettext_lazy("工会")),
    Column(gettext_lazy("单位")),
    Column(gettext_lazy("入会日期")),
    Column(gettext_lazy("会籍")),
    Column(gettext_lazy("实名")),
)


def _line(row: MemberRow) -> Row:
    href = record("member", row.person_id)
    return Row(
        (
            Name(row.name, href) if row.name else Quiet(_("（已转出您的管理范围）")),
            Quiet(row.number),
            Masked(row.document_shown),
            Masked(row.mobile_shown),
            linked(row.union_name, record("union", row.union_id)),
            unless_empty(row.employer_name),
            Day(row.joined_on),
            standing_state(row.standing, row.standing_label),
            verification_state(row.verification, row.verification_label),
        )
    )


def standing_state(standing: str, label: str) -> State:
    """Return how a standing is shown."""
    is_active = standing == Membership.Standing.ACTIVE
    return State(
        label, Tone.OK if is_active else Tone.MUTE, icon="circle-check" if is_active else "player-pause"
    )


def verification_state(verification: str, label: str) -> State:
    """Return how the checking of a real name is shown."""
    match verification:
        case Person.Verification.VERIFIED:
            return State(label, Tone.INFO, icon="shield-check")
        case Person.Verification.MISMATCHED:
            return State(label, Tone.BAD)
        case _:
            return State(label or _("未核验"), Tone.WARN, icon="user-question")


def _is_the_figure(form: MemberNarrowing) -> bool:
    """The total is that of the indicator only where nothing but the day narrows the list."""
    names = {bound.name for bound in form if form.chosen(bound.name) is not None}
    return names <= {"on"}


def _employer_chip(form: MemberNarrowing) -> tuple[Chip, ...]:
    if form.chosen("employer") is None:
        return ()
    rest = form.query.copy()
    rest.pop("employer")
    return (Chip(_("单位"), _("指定的单位"), f"?{rest.urlencode()}"),)


def _empty(request: JuliRequest, *, is_narrowed: bool) -> Empty:
    if is_narrowed:
        return Empty(
            _("没有符合条件的会员。去掉一两个条件再看看。"),
            Action(_("看全部会员"), address("members"), icon="users"),
        )
    upload = listing.imports()
    action = Action(_("导入名册"), upload, icon="table-import") if upload else None
    template = (
        Link(_("逐个登记"), address("member-new")) if request.actor.holds(Permission.EDIT_MEMBERS) else None
    )
    return Empty(_("这里列出您管理范围内的会员。先把会员名册导进来。"), action, template)
