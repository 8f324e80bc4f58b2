"""The pages of a record beside its overview: its course, its files, what was changed, who looked."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.careers import career_of
from juli.domains.registry.selectors.looks import LookedAt, looks_at_record
from juli.domains.registry.timeline import Timeline
from juli.domains.registry.views import folders, happening
from juli.domains.registry.views.addresses import address
from juli.domains.registry.views.folders import MEMBER, Folder
from juli.domains.registry.views.showing import unless_empty, until
from juli.engines.audit import recording
from juli.engines.desk import speaking
from juli.engines.desk.cells import NOTHING, Day, Link, Moment, Quiet, Text
from juli.engines.desk.pages import Column, Detail, Row, Section, Tab, Table
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor


@require_safe
@never_cache
def course(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Show the whole course of a record, or only what was done, or only what was put right."""
    row = folder.seen(named[folder.number], actor=request.actor)
    note_look(folder, row, part=folders.COURSE, actor=request.actor)
    told = folder.timeline(row.pk, actor=request.actor)
    chosen = request.GET.get("kind", "")
    shown = happening.timeline(_narrowed(told, chosen))
    page = replace(
        folder.head(row, current=folders.COURSE),
        sections=_segments(row, actor=request.actor) if folder is MEMBER else (),
        timeline=replace(shown, kinds=_kinds(told, chosen)),
    )
    return _shown(request, folder, row, page, part=folders.COURSE)


@require_safe
@never_cache
def changes(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Show every field of a record that was changed: what it said before and after, who, when and why."""
    row = folder.seen(named[folder.number], actor=request.actor)
    note_look(folder, row, part=folders.CHANGES, actor=request.actor)
    told = folder.timeline(row.pk, actor=request.actor)
    lines = tuple(
        Row(
            (
                Moment(entry.recorded_at),
                Text(f"{entry.subject} · {each.label}" if entry.subject else each.label),
                Quiet(each.old),
                Text(each.new),
                unless_empty(entry.by),
                unless_empty(entry.reason),
            )
        )
        for entry in told.entries
        for each in entry.changes
    )
    columns = (
        Column(_("时间")), Column(_("事项")), Column(_("原来")), Column(_("改为")), Column(_("谁改的")),
        Column(_("理由")),
    )  # fmt: skip
    section = Section(
        _("变更记录"),
        number=_("%(number)s 处") % {"number": len(lines)},
        table=Table(_("变更记录"), columns, lines) if lines else None,
        words=_("加密的号码只显示掩码；掩码相同的也可能换过。") if lines else _("登记以后还没有更改过。"),
    )
    page = replace(folder.head(row, current=folders.CHANGES), sections=(section,))
    return _shown(request, folder, row, page, part=folders.CHANGES)


@require_safe
@never_cache
def looks(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Show who looked at a record, took something out of it or printed it."""
    row = folder.seen(named[folder.number], actor=request.actor)
    found = looks_at_record(folder.kind, folder.numbers(row.pk))
    columns = (
        Column(_("时间")), Column(_("谁")), Column(_("组织")), Column(_("做了什么")), Column(_("理由")),
    )  # fmt: skip
    section = Section(
        _("查看记录"),
        number=_("%(number)s 次") % {"number": found.number},
        table=Table(_("查看记录"), columns, tuple(map(_look, found.latest))) if found.latest else None,
        words=_looks_words(folder, is_empty=not found.latest),
    )
    page = replace(folder.head(row, current=folders.LOOKS), sections=(section,))
    return _shown(request, folder, row, page, part=folders.LOOKS)


def note_look(
    folder: Folder, row: Any, *, part: str, actor: Actor
) -> None:  # Any: a row of one of the registers
    """Write down that somebody looked at a part of a person's record; others are public within the house."""
    if folder is MEMBER:
        recording.looked(row, path=row.path, person_id=row.pk, field=part, actor=actor, at=timezone.now())


def _shown(request: JuliRequest, folder: Folder, row: Any, page: Detail, *, part: str) -> HttpResponse:
    crumbs = folder.crumbs(row, last=folders.TITLES[part])
    return render(request, "desk/detail.html", {"detail": page, "crumbs": crumbs})


def _narrowed(told: Timeline, chosen: str) -> Timeline:
    wanted = {"acts": False, "corrections": True}.get(chosen)
    if wanted is None:
        return told
    return replace(told, entries=tuple(each for each in told.entries if each.is_correction is wanted))


def _kinds(told: Timeline, chosen: str) -> tuple[Tab, ...]:
    corrections = sum(each.is_correction for each in told.entries)
    every = len(told.entries)
    return (
        Tab(_("全部"), "?", every, is_current=chosen not in ("acts", "corrections")),
        Tab(_("办理"), "?kind=acts", every - corrections, is_current=chosen == "acts"),
        Tab(_("更正"), "?kind=corrections", corrections, is_current=chosen == "corrections"),
    )


def _segments(row: Any, *, actor: Actor) -> tuple[Section, ...]:
    career = career_of(row.pk)
    if not career:
        return ()
    may_edit = actor.holds(Permission.EDIT_MEMBERS)
    paths = dict(Membership.objects.filter(person_id=row.pk).values_list("pk", "path")) if may_edit else {}
    columns = (
        Column(_("工会")), Column(_("会籍状态")), Column(_("起因")), Column(_("起")), Column(_("终因")),
        Column(_("止")), *((Column(_("办理")),) if may_edit else ()),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Text(each.union_name), Text(each.standing_label), Text(each.opening_label),
                Day(each.valid_from), unless_empty(each.closing_label), until(each.valid_until),
                *((_correcting(each.id, paths, actor=actor),) if may_edit else ()),
            ),
            is_off=not each.is_in_force,
        )
        for each in career
    )  # fmt: skip
    return (Section(_("会籍各段"), table=Table(_("会籍各段"), columns, rows)),)


def _correcting(number: int, paths: dict[int, str], *, actor: Actor) -> Link | Quiet:
    if number in paths and actor.may(Permission.EDIT_MEMBERS, paths[number]):
        return Link(_("更正日期"), address("membership-correction", number))
    return Quiet("")


def _look(each: LookedAt) -> Row:
    return Row(
        (
            Moment(each.at),
            Text(each.who or _("本人或系统")),
            unless_empty(each.place),
            Text(f"{speaking.said(each.act_label)} {speaking.said(each.field_label)}".strip()),
            unless_empty(each.reason) if each.reason else Quiet(NOTHING),
        )
    )


def _looks_words(folder: Folder, *, is_empty: bool) -> str:
    if folder is MEMBER:
        return _("最近一百次；与本人看到的是同一份，任何人都不能删改。")
    return _("还没有人下载或打印过。") if is_empty else _("最近一百次下载和打印，任何人都不能删改。")
