"""Careers, timelines and the log of looking, as the pages draw them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership
from juli.domains.registry.selectors import Segment
from juli.domains.registry.selectors.looks import LookedAt, Looks
from juli.domains.registry.timeline import Happening
from juli.domains.registry.timeline import Timeline as Told
from juli.domains.registry.views.addresses import address
from juli.engines.desk import speaking
from juli.engines.desk.cells import Icon, Link, Words
from juli.engines.desk.pages import Career, Entry, Look, Section, Span, Timeline

TWENTY_FOURTHS: Final = 24
_MONTHS_A_YEAR, _DAYS_A_MONTH = 12, 30.4375

_ICONS: Final[Mapping[str, Icon]] = {
    Happened.UNION_FOUNDED: Icon("building-community"),
    Happened.UNION_RENAMED: Icon("pencil"),
    Happened.UNION_MOVED: Icon("arrows-right-left"),
    Happened.UNION_MERGED: Icon("arrow-merge"),
    Happened.UNION_DISSOLVED: Icon("ban"),
    Happened.TERM_BEGUN: Icon("calendar-event"),
    Happened.POST_TAKEN: Icon("user-check"),
    Happened.POST_LEFT: Icon("user-minus"),
    Happened.COMMITTEE_FORMED: Icon("users-group"),
    Happened.COMMITTEE_ENDED: Icon("ban"),
    Happened.COVERAGE_BEGUN: Icon("link"),
    Happened.COVERAGE_ENDED: Icon("unlink"),
    Happened.EMPLOYER_REGISTERED: Icon("building-factory-2"),
    Happened.HEADCOUNT_REPORTED: Icon("users"),
    Happened.EMPLOYER_FLAGGED: Icon("tag"),
    Happened.EMPLOYER_UNFLAGGED: Icon("tag-off"),
    Happened.HAZARD_REPORTED: Icon("alert-triangle"),
    Happened.PERSON_VERIFIED: Icon("shield-check"),
    Happened.PERSON_MERGED: Icon("arrow-merge"),
    Happened.PERSON_PARTED: Icon("arrows-split"),
    Happened.EMPLOYER_MERGED: Icon("arrow-merge"),
    Happened.EMPLOYER_PARTED: Icon("arrows-split"),
    Happened.MEMBER_ADMITTED: Icon("user-plus"),
    Happened.MEMBER_TRANSFERRED_OUT: Icon("arrow-up-right"),
    Happened.MEMBER_TRANSFERRED_IN: Icon("arrows-right-left"),
    Happened.MEMBERSHIP_RETAINED: Icon("player-pause"),
    Happened.MEMBERSHIP_RESUMED: Icon("player-play"),
    Happened.MEMBER_LEFT: Icon("door-exit"),
    Happened.MEMBER_EXPELLED: Icon("ban"),
    Happened.MEMBER_DIED: Icon("candle"),
    Happened.FILE_ATTACHED: Icon("paperclip"),
    Happened.FILE_REMOVED: Icon("file-x"),
    Happened.HAZARD_ENDED: Icon("ban"),
}


def timeline(told: Told, *, most: int | None = None, all_href: str = "") -> Timeline:
    """Return a timeline as a page draws it: all of it, or the latest entries and the way to the others."""
    shown = told.entries[:most]
    more = all_href if len(shown) < len(told.entries) else ""
    return Timeline(tuple(_entry(each) for each in shown), len(told.entries), more_href=more)


def _entry(happening: Happening) -> Entry:
    reasons = [_because(happening.reason)] if happening.reason else []
    reasons += [
        _("%(label)s：%(old)s 改为 %(new)s") % {"label": each.label, "old": each.old, "new": each.new}
        for each in happening.changes
    ]
    if happening.is_late:
        day = timezone.localdate(happening.recorded_at).isoformat()
        reasons.append(_("%(day)s 补记") % {"day": day})
    return Entry(
        on=happening.on,
        verb=_("冲销：%(verb)s") % {"verb": happening.verb} if happening.is_reversal else happening.verb,
        subject=f" {happening.subject}" if happening.subject else "",
        reason="；".join(reasons),
        by=happening.by,
        icon=_ICONS.get(happening.kind, Icon("edit")),
        attachment=_attachment(happening),
    )


def _attachment(happening: Happening) -> Link | None:
    """Return the way to the file that was put with the record."""
    if happening.attachment_id is None or happening.kind != Happened.FILE_ATTACHED:
        return None
    return Link(_("打开附件"), address("attachment", happening.attachment_id))


def _because(reason: str) -> str:
    return _("理由：%(reason)s") % {"reason": reason}


def career(segments: tuple[Segment, ...], *, here: Words, today: date) -> Career | None:
    """Return a career as a bar in proportion to time; None where there is none."""
    if not segments:
        return None
    ends = [each.valid_until or today for each in segments]
    spent = [max((end - each.valid_from).days, 1) for each, end in zip(segments, ends, strict=True)]
    spans = tuple(
        Span(
            _("保留会籍") if _is_resting(each) else each.union_name,
            _span_line(each),
            max(1, round(TWENTY_FOURTHS * days / sum(spent))),
            standing="current" if each.is_in_force else "resting" if _is_resting(each) else "past",
        )
        for each, days in zip(segments, spent, strict=True)
    )
    return Career(_("会籍履历"), _length(ends[-1] - segments[0].valid_from), here, spans)


def _is_resting(segment: Segment) -> bool:
    return segment.standing == Membership.Standing.RETAINED


def _span_line(segment: Segment) -> str:
    begun = _("%(month)s %(how)s") % {
        "month": segment.valid_from.strftime("%Y-%m"), "how": speaking.said(segment.opening_label),
    }  # fmt: skip
    if segment.is_in_force:
        return _("%(begun)s，至今") % {"begun": begun}
    if not segment.closing_label:
        return begun
    return _("%(place)s，%(said)s") % {"place": begun, "said": speaking.said(segment.closing_label)}


def _length(time: timedelta) -> str:
    years, months = divmod(int(time.days / _DAYS_A_MONTH), _MONTHS_A_YEAR)
    return _("%(years)s 年 %(months)s 个月") % {"years": years, "months": months}


def looks_section(looks: Looks, *, title: Words, words: Words) -> Section:
    """Return the log of who looked as a section beside a page."""
    return Section(
        title,
        number=_("%(number)s 次") % {"number": looks.number},
        looks=tuple(_looks(looks.latest)),
        words=words,
    )


def _looks(latest: Iterable[LookedAt]) -> Iterable[Look]:
    for each in latest:
        what = f"{speaking.said(each.act_label)} {speaking.said(each.field_label)}".strip()
        reason = f"，{_because(each.reason)}" if each.reason else ""
        when = timezone.localtime(each.at).strftime("%Y-%m-%d %H:%M")
        yield Look(each.who or _("本人或系统"), each.place, when, what + reason)
