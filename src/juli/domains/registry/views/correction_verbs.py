"""What can be put right of the entries below a record, each with the record it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry import actions
from juli.domains.registry.forms import corrections as forms
from juli.domains.registry.forms.unions import EndAsking
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term
from juli.domains.registry.permissions import Permission
from juli.domains.registry.views.acting import on_row
from juli.domains.registry.views.addresses import address
from juli.engines.desk.asking import Asking, Verb
from juli.engines.desk.cells import Words
from juli.engines.desk.pages import Crumb
from juli.engines.party.models import EmployerFlag, HazardousPost, Headcount

_ARRANGE, _EDIT = Permission.ARRANGE_UNIONS, Permission.EDIT_EMPLOYERS
_MODULE: Final = _("组建")


@dataclass(frozen=True)
class Part:
    """
    A kind of entry below a record (登记项): where it stands, what is done to it, and whose it is.

    ``owner`` is the way from an entry to its record: ``union``, ``employer`` or ``person``.
    """

    noun: str
    number: str
    rows: Callable[[], Any]  # Any: the querysets of several tables
    owner: str
    verb: Verb[Any]

    @property
    def name(self) -> str:
        """The name of its address."""
        return f"{self.number.removesuffix('_id')}-{self.verb.slug}"

    def crumbs_of(self, entry: Any) -> tuple[Crumb, ...]:  # Any: an entry of one of the tables
        """Return the way to the record of an entry."""
        label, register, page = _OWNERS[self.owner]
        record = getattr(entry, self.owner)
        return (
            Crumb(_MODULE), Crumb(label, address(register)), Crumb(record.name, address(page, record.pk))
        )  # fmt: skip


_OWNERS: Final[dict[str, tuple[Words, str, str]]] = {
    "union": (_("基层工会"), "unions", "union"),
    "employer": (_("单位"), "employers", "employer"),
    "person": (_("会员"), "members", "member"),
}


def _correction(
    title: Words, form: type[Asking], action: Callable[..., object], permission: Permission, lead: Words = ""
) -> Verb[Any]:
    return Verb(
        "correction", title, title, _("登记已更正，原来的内容留在变更记录里。"), form, on_row(action),
        permission, icon="edit", lead=lead,
    )  # fmt: skip


PARTS: Final = (
    Part("terms", "term_id", lambda: Term.objects.select_related("union"), "union",
         _correction(_("更正届期"), forms.CorrectTerm, actions.correct_term, _ARRANGE)),
    Part("posts", "post_id", lambda: Post.objects.select_related("union"), "union",
         _correction(_("更正任职"), forms.CorrectPost, actions.correct_post, _ARRANGE)),
    Part("committees", "committee_id", lambda: Committee.objects.select_related("union"), "union",
         _correction(_("更正专门委员会"), forms.CorrectCommittee, actions.correct_committee, _ARRANGE)),
    Part("coverages", "coverage_id", lambda: Coverage.objects.select_related("union"), "union",
         _correction(_("更正覆盖日期"), forms.CorrectCoverage, actions.correct_coverage, _ARRANGE,
                     _("涵盖单位数按更正后的日期重新统计。"))),
    Part("headcounts", "headcount_id", lambda: Headcount.objects.select_related("employer"), "employer",
         _correction(_("更正职工人数"), forms.CorrectHeadcount, actions.correct_headcount, _EDIT)),
    Part("hazards", "hazard_id", lambda: HazardousPost.objects.select_related("employer"), "employer",
         _correction(_("更正有害岗位"), forms.CorrectHazard, actions.correct_hazard, _EDIT)),
    Part("hazards", "hazard_id", lambda: HazardousPost.objects.select_related("employer"), "employer",
         Verb("ending", _("登记消除"), _("登记消除"), _("有害岗位已登记消除。"), EndAsking,
              on_row(actions.end_hazard), _EDIT, icon="ban")),
    Part("marks", "mark_id", lambda: EmployerFlag.objects.select_related("employer"), "employer",
         _correction(_("更正标识"), forms.CorrectMark, actions.correct_mark, _EDIT)),
    Part("memberships", "membership_id", lambda: Membership.objects.select_related("person"), "person",
         _correction(_("更正会籍日期"), forms.CorrectMembership, actions.correct_membership,
                     Permission.EDIT_MEMBERS,
                     _("更正入会的这一段会一并更正入会日期；其他各段的起，也是上一段的止。"))),
)  # fmt: skip
