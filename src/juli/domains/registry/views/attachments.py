"""The files with a record: listed, put there, handed out, taken off."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.registry import actions
from juli.domains.registry.forms.attachments import AddFile, RemoveFile
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.attaching import KEEPING
from juli.domains.registry.timeline.authors import author, labels_of
from juli.domains.registry.views import folders, reached
from juli.domains.registry.views.acting import on_row
from juli.domains.registry.views.addresses import address
from juli.domains.registry.views.folder_pages import note_look
from juli.domains.registry.views.folders import FOLDERS, Folder
from juli.domains.registry.views.showing import unless_empty
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Link, Moment, Quiet, State, Text, Tone
from juli.engines.desk.pages import Column, Row, Section, Table
from juli.engines.files import attaching
from juli.engines.files.models import Attachment
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound

ADD: Final = Verb[Any](
    "new", gettext_lazy("添加附件"), gettext_lazy("上传附件"), gettext_lazy("附件已添加。"), AddFile,
    actions.attach_file, Permission.SEE, icon="paperclip",
)  # fmt: skip
REMOVE: Final = Verb[Attachment](
    "removal", gettext_lazy("移除附件"), gettext_lazy("移除附件"),
    gettext_lazy("附件已移除，名称、时间和理由留在记录里。"), RemoveFile, on_row(actions.remove_file),
    Permission.SEE, icon="file-x", is_danger=True,
)  # fmt: skip
_STEPS: Final = ("B", "KB", "MB")


@require_safe
@never_cache
def files(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Show what lies with a record, and ask for more where the visitor may add to it."""
    row = folder.seen(named[folder.number], actor=request.actor)
    note_look(folder, row, part=folders.FILES, actor=request.actor)
    may_keep = request.actor.may(folder.keeping, row.path)
    found = attaching.attached_to(folder.kind, folder.numbers(row.pk))
    page = replace(folder.head(row, current=folders.FILES), sections=(_section(found, may_keep=may_keep),))
    context = {
        "detail": page, "crumbs": folder.crumbs(row, last=folders.TITLES[folders.FILES]),
        "form": AddFile(actor=request.actor, subject=row) if may_keep else None,
        "upload_href": address(f"{folder.name}-file-new", row.pk),
    }  # fmt: skip
    return render(request, "desk/files.html", context)


@require_http_methods(["GET", "POST"])
def adding(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Put a file with a record."""
    row = folder.row(named[folder.number], actor=request.actor, permission=folder.keeping)
    return asking.answer(
        request, ADD, row, actor=request.actor, at=timezone.now(),
        back_href=folder.href(row.pk, folders.FILES),
        crumbs=folder.crumbs(row, last=folders.TITLES[folders.FILES]),
    )  # fmt: skip


@require_safe
@never_cache
def attachment(request: JuliRequest, attachment_id: int) -> HttpResponse:
    """Hand out a file; a line of the log says to whom."""
    content = actions.hand_out_file(attachment_id, actor=request.actor, at=timezone.now())
    response = HttpResponse(content.plain, content_type=content.type_of_content)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=content.name) or ""
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "POST"])
def removal(request: JuliRequest, attachment_id: int) -> HttpResponse:
    """Take a file off its record."""
    within = Attachment.objects.within_reach_of(request.actor, Permission.SEE)
    kind = within.filter(pk=attachment_id).values_list("subject_kind", flat=True).first()
    if kind not in KEEPING:
        raise NotFound
    found = reached.sought(
        Attachment.objects.select_related("file"),
        attachment_id,
        actor=request.actor,
        permission=KEEPING[kind],
    )
    folder = next(each for each in FOLDERS if each.kind == kind)
    row = folder.seen(found.subject_id, actor=request.actor)
    return asking.answer(
        request, REMOVE, found, actor=request.actor, at=timezone.now(),
        back_href=folder.href(row.pk, folders.FILES), crumbs=folder.crumbs(row, last=found.file.name),
    )  # fmt: skip


def _section(found: list[Attachment], *, may_keep: bool) -> Section:
    lying = sum(not each.is_removed for each in found)
    title, number = _("附件"), _("%(number)s 份") % {"number": lying}
    if not found:
        return Section(title, number=number, words=_("还没有附件。批复、证书、登记表的扫描件可以放在这里。"))
    columns = (
        Column(_("文件")), Column(_("说明")), Column(_("大小")), Column(_("上传人")), Column(_("上传时间")),
        Column(_("状态")), *((Column(_("办理")),) if may_keep else ()),
    )  # fmt: skip
    labels = labels_of([account for each in found for account in (each.added_by, each.removed_by)])
    rows = tuple(_row(each, labels, may_keep=may_keep) for each in found)
    return Section(title, number=number, table=Table(title, columns, rows))


def _row(each: Attachment, labels: dict[int, str], *, may_keep: bool) -> Row:
    name = each.file.name
    removed = _("%(who)s移除：%(reason)s") % {
        "who": author(each.removed_by, "", labels), "reason": each.removal_reason,
    }  # fmt: skip
    cells = (
        Text(name) if each.is_removed else Link(name, address("attachment", each.pk)),
        unless_empty(each.title),
        Quiet(size_of(each.file.size)),
        Text(author(each.added_by, "", labels)),
        Moment(each.added_at),
        State(removed, Tone.MUTE) if each.is_removed else State(each.file.get_kind_display(), Tone.OK),
    )
    removal = Quiet("") if each.is_removed else Link(_("移除"), address("attachment-removal", each.pk))
    return Row((*cells, removal) if may_keep else cells, is_off=each.is_removed)


def size_of(count: int) -> str:
    """Return a number of bytes as people read it."""
    size, step = count, 0
    while size >= 1024 and step < len(_STEPS) - 1:
        size, step = round(size / 1024), step + 1
    return f"{size} {_STEPS[step]}"
