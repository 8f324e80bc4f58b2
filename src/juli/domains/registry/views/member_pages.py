"""One member: who they are, where their membership has been, what happened and who looked."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.registry import actions, selectors
from juli.domains.registry.forms.members import Reveal
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import MemberPage
from juli.domains.registry.selectors.looks import Looks, looks_at_person
from juli.domains.registry.timeline import timeline_of_person
from juli.domains.registry.views import folders, happening, reached
from juli.domains.registry.views.acting import menu_of
from juli.domains.registry.views.addresses import address, record
from juli.domains.registry.views.folders import MEMBER
from juli.domains.registry.views.following import follows
from juli.domains.registry.views.member_verbs import CAREER_VERBS, PERSON_VERBS
from juli.domains.registry.views.members import LABEL, MODULE
from juli.domains.registry.views.merged_section import merged_section
from juli.domains.registry.views.showing import answer_of, lineage_line, linked, until
from juli.domains.registry.views.states import standing_state, verification_state
from juli.engines.audit import recording
from juli.engines.desk import speaking
from juli.engines.desk.cells import Day, Link, Masked, State, Text, Tone
from juli.engines.desk.pages import (
    Action,
    Column,
    Crumb,
    Detail,
    Fact,
    FormPage,
    Note,
    Revealed,
    Row,
    Section,
    Table,
    Timeline,
)
from juli.engines.party.models import Person, Subject
from juli.engines.party.vault import Sealed
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


@follows(Subject.PERSON)
@require_safe
@never_cache
def member(request: JuliRequest, person_id: int) -> HttpResponse:
    """Show one member, and write down that somebody looked."""
    person = reached.person(person_id, actor=request.actor, permission=Permission.SEE)
    recording.looked(person, path=person.path, person_id=person.pk, actor=request.actor, at=timezone.now())
    page = selectors.member_page(person_id, actor=request.actor)
    may_edit = request.actor.may(Permission.EDIT_MEMBERS, person.path)
    all_href = MEMBER.href(person_id, folders.COURSE)
    told = timeline_of_person(person_id, actor=request.actor)
    detail = _detail(
        page, looks_at_person(person_id), happening.timeline(told, most=folders.LATEST, all_href=all_href),
        may_reveal=request.actor.may(Permission.REVEAL, person.path),
        menu=_menu(page) if may_edit else ((), ()),
        merges=merged_section(Subject.PERSON, person_id, actor=request.actor),
    )  # fmt: skip
    shown = replace(
        detail,
        tabs=MEMBER.tabs(person_id, current=folders.OVERVIEW),
        paper=MEMBER.paper(person_id),
        note=_next_step(page) if may_edit else None,
    )
    return render(request, "desk/detail.html", {"detail": shown, "crumbs": MEMBER.crumbs(person)})


def on_paper(person_id: int, *, actor: Actor) -> Detail:
    """
    Return one member as they are printed: numbers masked, nothing to press.

    :raises NotFound: they are out of reach.
    """
    page = selectors.member_page(person_id, actor=actor)
    told = happening.timeline(timeline_of_person(person_id, actor=actor))
    detail = _detail(page, Looks((), 0), told, may_reveal=False, menu=((), ()), merges=())
    return replace(detail, aside=detail.aside[1:])


def _next_step(page: MemberPage) -> Note | None:
    """Return what is to be done about a member next, if anything."""
    if page.membership is None:
        return None
    href = address("member-verification", page.person.id)
    match page.person.verification:
        case Person.Verification.UNVERIFIED:
            return Note(
                _("核验实名。"), lead=_("下一步："), tone=Tone.INFO, link=Link(_("登记核验结果"), href)
            )
        case Person.Verification.MISMATCHED:
            return Note(
                _("核验不一致，请对照证件更正后重新核验。"), lead=_("下一步："), tone=Tone.WARN,
                link=Link(_("更正姓名和证件"), address("member-identity", page.person.id)),
            )  # fmt: skip
        case _:
            return None


@follows(Subject.PERSON)
@sensitive_variables("plain")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def revelation(request: JuliRequest, person_id: int, value: str) -> HttpResponse:
    """Ask why somebody wants to see a sealed value, then show it for a minute."""
    if value not in {each.value for each in Sealed}:
        raise NotFound
    sealed = Sealed(value)
    person = reached.person(person_id, actor=request.actor, permission=Permission.REVEAL)
    back = address("member", person.pk)
    crumbs = (
        Crumb(MODULE), Crumb(LABEL, address("members")), Crumb(person.name, back), Crumb(sealed.label),
    )  # fmt: skip
    sent = request.POST if request.method == "POST" else None
    form = Reveal(sent, actor=request.actor, subject=person)
    if sent is not None and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            plain = actions.reveal(
                person.pk, value=sealed, reason=reason, actor=request.actor, at=timezone.now()
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refusal:
            form.add_error(None, speaking.told(refusal))
        else:
            revealed = Revealed(speaking.said(sealed.label), plain, reason, back)
            return render(request, "desk/revealed.html", {"revealed": revealed, "crumbs": crumbs})
    page = FormPage(
        _("查看%(field)s明文") % {"field": speaking.said(sealed.label)},
        _("记下理由并显示一分钟"),
        back,
        lead=_("%(name)s。查看会记入查看记录。") % {"name": person.name},
    )
    context = {"page": page, "form": form, "crumbs": crumbs}
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _menu(page: MemberPage) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Return the buttons in sight and those behind the menu."""
    number = page.person.id
    career = menu_of(
        CAREER_VERBS, state=page.membership, href=lambda verb: address(f"member-{verb.slug}", number)
    )
    person = menu_of(
        PERSON_VERBS, state=page.person, href=lambda verb: address(f"member-{verb.slug}", number)
    )
    return career[:1], (*person, *career[1:])


def _detail(
    page: MemberPage,
    looks: Looks,
    told: Timeline,
    *,
    may_reveal: bool,
    menu: tuple[tuple[Action, ...], tuple[Action, ...]],
    merges: tuple[Section, ...],
) -> Detail:
    person, membership = page.person, page.membership
    return Detail(
        person.name,
        states=(
            standing_state(membership.standing, membership.standing_label)
            if membership
            else State(_("会籍已终止"), Tone.MUTE),
            verification_state(person.verification, person.verification_label),
        ),
        line=(
            Fact(_("会员号"), Text(membership.number if membership else "")),
            *(_sealed(page, value, may_reveal=may_reveal) for value in person.sealed),
            Fact("", Text(_born(page))),
        ),
        actions=menu[0],
        more=menu[1],
        initial=person.name[:1],
        career=happening.career(
            page.career,
            here=_("今天所在：%(line)s") % {"line": lineage_line(page.lineage)} if membership else "",
            today=timezone.localdate(),
        ),
        sections=(_membership(page), _particulars(page), *_posts(page)),
        timeline=told,
        aside=(
            *merges,
            happening.looks_section(looks, title=_("谁看过这份记录"), words=_("与本人看到的是同一份。")),
            _verification(page),
        ),
    )


def _sealed(page: MemberPage, value: Sealed, *, may_reveal: bool) -> Fact:
    shown = {
        Sealed.DOCUMENT: page.person.document_shown,
        Sealed.MOBILE: page.person.mobile_shown,
        Sealed.BANK: page.person.bank_shown,
    }[value]
    label = page.person.document_kind_label if value is Sealed.DOCUMENT else value.label
    href = address("member-revelation", page.person.id, value) if may_reveal else ""
    return Fact(label, Masked(shown, href))


def _born(page: MemberPage) -> str:
    born = page.person.born_on
    if born is None:
        return page.person.sex_label
    return _("%(sex)s，%(year)s 年生") % {"sex": speaking.said(page.person.sex_label), "year": born.year}


def _membership(page: MemberPage) -> Section:
    membership = page.membership
    if membership is None:
        return Section(_("会籍"), words=_("现在没有有效的会籍，以前的会籍见履历和时间线。"))
    facts = (
        Fact(_("工会"), linked(membership.union_name, record("union", membership.union_id))),
        Fact(_("单位"), linked(membership.employer_name, record("employer", membership.employer_id))),
        Fact(_("入会日期"), Day(membership.joined_on)),
        Fact(_("本段会籍起"), Day(membership.valid_from)),
    )
    return Section(_("会籍"), facts=facts)


def _particulars(page: MemberPage) -> Section:
    told = page.person.particulars
    return Section(
        _("个人情况"),
        facts=(
            Fact(_("户籍性质"), Text(told.household.label)),
            Fact(_("农民工"), Text(_sourced(told.is_migrant_worker, told.migrant_source))),
            Fact(_("学历"), Text(told.education.label)),
            Fact(_("技能等级"), Text(told.skill.label)),
            Fact(_("就业状态"), Text(told.employment.label)),
            Fact(_("中共党员"), Text(_sourced(told.is_party_member, told.party_source))),
            Fact(_("劳模"), Text(_sourced(told.is_model_worker, told.model_source))),
            Fact(_("登记"), Text(_registered(page))),
        ),
    )


def _sourced(value: bool | None, source: str) -> str:
    said = answer_of(value)
    return speaking.with_aside(said, source) if said and source else said


def _registered(page: MemberPage) -> str:
    day = page.person.registered_on.isoformat()
    return speaking.with_aside(day, page.person.source) if page.person.source else day


def _verification(page: MemberPage) -> Section:
    facts = (
        Fact(_("实名状态"), verification_state(page.person.verification, page.person.verification_label)),
        Fact(_("核验日期"), Day(page.person.verified_on)),
        Fact(_("核验来源"), Text(page.person.verification_source)),
    )
    return Section(_("实名核验"), facts=facts)


def _posts(page: MemberPage) -> tuple[Section, ...]:
    if not page.posts:
        return ()
    columns = (Column(_("职务")), Column(_("工会")), Column(_("起")), Column(_("止")))
    rows = tuple(
        Row(
            (
                Text(post.office_label),
                linked(post.union_name, record("union", post.union_id)),
                Day(post.valid_from),
                until(post.valid_until),
            ),
            is_off=not post.is_in_force,
        )
        for post in page.posts
    )
    return (Section(_("工会任职"), table=Table(_("工会任职"), columns, rows)),)
