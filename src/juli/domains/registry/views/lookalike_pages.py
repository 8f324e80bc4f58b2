"""Two records that look alike: side by side, merged, told apart or put off; and a merge undone."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juli.domains.registry.actions.merging import decide_lookalike, undo_merge
from juli.domains.registry.actions.merging_employers import merge_employers
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.forms.lookalikes import UndoMerge
from juli.domains.registry.pairing import PERMISSIONS
from juli.domains.registry.permissions import Permission
from juli.domains.registry.resting import resting_on
from juli.domains.registry.rules.merging import LookalikeDecided, MergeUndone
from juli.domains.registry.selectors.comparing import Compared, PairPage, pair_page
from juli.domains.registry.selectors.lookalikes import Half
from juli.domains.registry.views import reached
from juli.domains.registry.views.acting import on_row
from juli.domains.registry.views.addresses import address, record
from juli.engines import queue
from juli.engines.audit import recording as looking
from juli.engines.desk import asking, speaking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Cell, Link, Quiet, State, Text, Tone
from juli.engines.desk.comparing import FIRST, SECOND, Choice, Comparison, Side, Value
from juli.engines.desk.pages import Crumb, Fact, Note, Section
from juli.engines.party.models import Lookalike, Merge, Subject
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("疑似重复")
_NOUN: Final = {Subject.PERSON: "member", Subject.EMPLOYER: "employer"}


@require_safe
@never_cache
def lookalike(request: JuliRequest, lookalike_id: int) -> HttpResponse:
    """Show two records side by side, and write down that somebody looked."""
    page = _page(request, lookalike_id)
    _looked(request, page)
    return _shown(request, page)


@require_POST
def lookalike_merging(request: JuliRequest, lookalike_id: int) -> HttpResponse:
    """Merge the two, with the values that were chosen."""
    page = _page(request, lookalike_id)
    first, second = page.row.first.number, page.row.second.number
    said = request.POST
    kept, gone = (second, first) if said.get("keep") == SECOND else (first, second)
    other = FIRST if kept == second else SECOND
    taken = [each.part for each in page.values if each.part and said.get(f"part-{each.part}") == other]
    by: dict[str, Any] = {"actor": request.actor, "at": timezone.now()}  # Any: as the actions name them
    reason = said.get("reason", "")
    try:
        if not page.is_open:
            raise LookalikeDecided
        if page.row.subject is Subject.PERSON:
            membership = said.get("membership", "")
            merge_persons(
                kept, gone_id=gone, taken=taken, reason=reason,
                membership_id=int(membership) if membership.isdecimal() else None, **by,
            )  # fmt: skip
        else:
            merge_employers(kept, gone_id=gone, taken=taken, reason=reason, **by)
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        return _shown(request, page, error=speaking.told(refusal))
    messages.success(request, _("两份记录已合并成一份；合并错了，可以在右侧“合并”一栏撤销。"))
    return HttpResponseRedirect(record(_NOUN[page.row.subject], kept))


@require_POST
def lookalike_decision(request: JuliRequest, lookalike_id: int) -> HttpResponse:
    """Say that the two are not the same, or put it off; then show the next pair of the queue."""
    said = request.POST.get("state", "")
    is_different = said == Lookalike.State.DIFFERENT
    state = Lookalike.State.DIFFERENT if is_different else Lookalike.State.LATER
    try:
        decide_lookalike(lookalike_id, state=state, actor=request.actor, at=timezone.now())
    except (NotFound, NotPermitted):
        raise
    except Refusal as refusal:
        messages.error(request, speaking.told(refusal))
    else:
        messages.success(request, _("已记下：不是同一个。") if is_different else _("已放到“以后再说”。"))
    return HttpResponseRedirect(address("lookalikes"))


@require_POST
@needs(Permission.EDIT_MEMBERS)
def lookalike_search(request: JuliRequest) -> HttpResponse:
    """Search the whole register anew, in the background."""
    queue.later("registry.find_lookalikes", timestamp=int(timezone.now().timestamp()))
    messages.success(request, _("已开始全册查重，一般几秒钟就好，稍后刷新本页。"))
    return HttpResponseRedirect(address("lookalikes"))


UNDO: Final = Verb[Merge](
    "undoing", gettext_lazy("撤销合并"), gettext_lazy("恢复成两份记录"), gettext_lazy("两份记录已恢复。"),
    UndoMerge, on_row(undo_merge), Permission.EDIT_MEMBERS, icon="arrows-split", is_danger=True,
    lead=gettext_lazy("两份记录会恢复成合并以前的样子。"),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def merge_undoing(request: JuliRequest, merge_id: int) -> HttpResponse:
    """Ask why a merge is undone, tell what rests on it, and undo it."""
    rows = Merge.objects.filter(pk=merge_id)
    merge = rows.within_reach_of(request.actor, Permission.SEE).first()
    if merge is None:
        raise NotFound
    if not request.actor.may(PERMISSIONS[Subject(merge.subject)], merge.path):
        raise NotPermitted
    if merge.is_undone and request.method == "GET":
        messages.error(request, speaking.told(MergeUndone()))
    back = record(_NOUN[Subject(merge.subject)], merge.kept_id)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("lookalikes")))
    return asking.answer(
        request, UNDO, merge, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs,
        aside=_standing_of(merge),
    )  # fmt: skip


def _standing_of(merge: Merge) -> tuple[Section, ...]:
    """Return when and why the merge was made, and what rests on it."""
    rests = () if merge.is_undone else resting_on(merge)
    told = (
        Fact(_("合并时间"), Text(timezone.localtime(merge.merged_at).strftime("%Y-%m-%d %H:%M"))),
        Fact(_("合并理由"), Text(merge.reason)),
    )
    return (
        Section(_("这次合并"), facts=told),
        Section(
            _("合并以后的办理"),
            words=_("已经办理了：%(rests)s。先处理这些，才能撤销。") % {"rests": speaking.listed(rests)}
            if rests
            else _("没有别的办理依据这次合并，可以撤销。"),
        ),
    )


def _page(request: JuliRequest, lookalike_id: int) -> PairPage:
    """
    Return the pair for whoever may merge at one half at least.

    :raises NotFound: neither half is within reach.
    :raises NotPermitted: the actor may only read there.
    """
    page = pair_page(lookalike_id, actor=request.actor)
    ranges = request.actor.roots_for(PERMISSIONS[page.row.subject])
    if not Lookalike.objects.filter(pk=lookalike_id).touching(ranges).exists():
        raise NotPermitted
    return page


def _looked(request: JuliRequest, page: PairPage) -> None:
    if page.row.subject is not Subject.PERSON:
        return
    for half in (page.row.first, page.row.second):
        if half.is_within_reach:
            person = reached.person(half.number, actor=request.actor, permission=Permission.SEE)
            looking.looked(
                person, path=person.path, person_id=person.pk, actor=request.actor, at=timezone.now()
            )


def _shown(request: JuliRequest, page: PairPage, *, error: str = "") -> HttpResponse:
    row, said = page.row, request.POST
    may_merge = page.is_open and page.is_whole
    kept = said.get("keep", page.older)
    is_person = row.subject is Subject.PERSON
    comparison = Comparison(
        title=_("是不是同一个人？") if is_person else _("是不是同一家单位？"),
        sides=(_side(row.subject, row.first, row.elsewhere), _side(row.subject, row.second, row.elsewhere)),
        states=() if page.is_open else (State(row.state_label, Tone.MUTE),),
        line=(
            Fact(_("疑似原因"), Text(speaking.listed(row.reasons))),
            Fact(_("相似程度"), Text(str(row.score))),
        ),
        note=_note(page),
        values=tuple(_value(each, kept=kept, said=said.get(f"part-{each.part}", "")) for each in page.values),
        kept=kept,
        question=_("两份记录各有一段有效会籍，保留哪一段？另一段从今天起终止。"),
        answers=tuple(
            Choice(
                str(each.id),
                _("%(union)s，自 %(day)s") % {"union": each.union_name, "day": each.valid_from.isoformat()},
                is_chosen=said.get("membership") == str(each.id),
            )
            for each in page.memberships
        ),
        merge_href=address("lookalike-merging", row.id) if may_merge else "",
        decision_href=address("lookalike-decision", row.id) if page.is_open else "",
        back_href=address("lookalikes"),
        different_label=(_("不是同一人") if is_person else _("不是同一家")) if page.is_whole else "",
        reason=said.get("reason", ""),
        error=error,
    )
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("lookalikes")), Crumb(row.shown.name))
    return render(
        request, "desk/compare.html", {"comparison": comparison, "crumbs": crumbs},
        status=422 if error else 200,
    )  # fmt: skip


def _note(page: PairPage) -> Note | None:
    if page.row.elsewhere:
        words = _("另一份记录在%(federation)s的管理范围内。请联系该工会核对，或请上一级工会合并。")
        return Note(words % {"federation": page.row.elsewhere}, tone=Tone.INFO)
    return None


def _side(subject: Subject, half: Half, elsewhere: str) -> Side:
    if half.is_within_reach:
        name: Cell = Link(half.name, record(_NOUN[subject], half.number))
        return Side(name, half.line)
    return Side(Quiet(elsewhere or _("已并入")))


def _value(each: Compared, *, kept: str, said: str) -> Value:
    return Value(
        each.label,
        each.first,
        each.second,
        field=f"part-{each.part}" if each.part else "",
        chosen=said or each.fuller or kept,
        is_different=each.is_different,
    )
