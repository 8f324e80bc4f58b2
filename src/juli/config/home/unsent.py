"""The forms that the visitor has begun and not sent yet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Link
from juli.engines.desk.filling import drafts
from juli.engines.desk.pages import Fact, Section
from juli.kernel.actor import Actor

MOST_SHOWN: Final = 5


def unsent(*, actor: Actor, at: datetime) -> Iterator[Section]:
    """Return the latest drafts, each leading to its form, filled in."""
    kept = drafts.mine(actor=actor, at=at, most=MOST_SHOWN)
    if kept:
        facts = tuple(
            Fact(timezone.localtime(each.saved_at).strftime("%m-%d %H:%M"), _link(each)) for each in kept
        )
        yield Section(_("没提交的草稿"), facts=facts, words=_("只有您自己看得到，十四天后自动清除。"))


def _link(kept: drafts.Kept) -> Link:
    words = f"{kept.title}：{kept.about}" if kept.about else kept.title
    return Link(words, kept.href)
