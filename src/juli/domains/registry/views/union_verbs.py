"""What can be done to a union, to its offices and to what it covers."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry import actions
from juli.domains.registry.forms import unions as forms
from juli.domains.registry.models import Committee, Coverage, Post, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.founding import COVERING
from juli.domains.registry.rules.terms import WITHOUT_TERM
from juli.domains.registry.selectors.union_pages import UnionDetails
from juli.domains.registry.views.acting import as_named, on_row
from juli.domains.registry.views.addresses import address
from juli.engines.desk.asking import Verb

ARRANGE: Final = Permission.ARRANGE_UNIONS


def _stands(union: UnionDetails) -> bool:
    return union.is_in_force


def _moves(union: UnionDetails) -> bool:
    return union.is_in_force and union.level != Union.Level.FEDERATION


def _has_terms(union: UnionDetails) -> bool:
    return union.is_in_force and union.level not in WITHOUT_TERM


def _covers(union: UnionDetails) -> bool:
    return union.is_in_force and union.level in COVERING


def _found(_subject: object, **said: object) -> object:
    return actions.found_union(**said)  # type: ignore[arg-type]  # the form's own names


FOUND: Final = Verb[None](
    "new", _("成立工会"), _("登记成立工会"), _("工会已登记。"), forms.FoundUnion, _found, ARRANGE,
    icon="plus", lead=_("按上一级工会的批复登记，登记后组织树里就有这家工会。"),
    leads_to=lambda union: address("union", union.pk),
)  # fmt: skip

UNION_VERBS: Final[tuple[Verb[Union], ...]] = (
    Verb("correction", _("更正登记事项"), _("更正登记事项"), _("登记事项已更正。"), forms.CorrectUnion,
         on_row(actions.correct_union), ARRANGE, icon="edit", is_open=_stands),
    Verb("name", _("更名"), _("登记新名称"), _("工会已更名，原名称留在时间线里。"), forms.RenameUnion,
         on_row(actions.rename_union), ARRANGE, icon="pencil", is_open=_stands),
    Verb("terms", _("换届"), _("登记这一届"), _("届期已登记。"), forms.BeginTerm,
         on_row(actions.begin_term), ARRANGE, icon="calendar-event", is_open=_has_terms),
    Verb("posts", _("任职"), _("登记任职"), _("任职已登记。"), forms.TakePost,
         as_named("union_id", actions.take_post), ARRANGE, icon="user-check", is_open=_stands),
    Verb("committees", _("成立专门委员会"), _("登记专门委员会"), _("专门委员会已登记。"), forms.FormCommittee,
         as_named("union_id", actions.form_committee), ARRANGE, icon="users-group", is_open=_stands),
    Verb("coverages", _("纳入覆盖单位"), _("登记覆盖"), _("单位已纳入覆盖。"), forms.CoverEmployer,
         as_named("union_id", actions.cover_employer), ARRANGE, icon="link", is_open=_covers,
         lead=_("一个单位同一时间只由一家工会覆盖。")),
    Verb("place", _("调整隶属关系"), _("调整到新的上级工会"), _("隶属关系已调整。"), forms.MoveUnion,
         on_row(actions.move_union), ARRANGE, icon="arrows-right-left", is_open=_moves,
         lead=_("下级组织和会员随同调整；已发生的事实仍归当日所在的组织。")),
    Verb("merger", _("并入其他工会"), _("并入并终止本工会"),
         _("工会已并入，会员和覆盖单位已转到并入的工会。"),
         forms.MergeUnion, on_row(actions.merge_union), ARRANGE, icon="arrow-merge", is_danger=True,
         is_open=_moves, leads_to=lambda heir: address("union", heir.pk)),
    Verb("dissolution", _("撤销"), _("撤销本工会"), _("工会已撤销，会员的会籍由上一级工会保留。"),
         forms.EndAsking, on_row(actions.dissolve_union), ARRANGE, icon="ban", is_danger=True,
         is_open=_moves),
)  # fmt: skip

LEAVE_POST: Final = Verb[Post](
    "leaving", _("离任"), _("登记离任"), _("离任已登记。"), forms.EndAsking, on_row(actions.leave_post),
    ARRANGE, icon="user-minus",
)  # fmt: skip
END_COMMITTEE: Final = Verb[Committee](
    "ending", _("撤销专门委员会"), _("撤销专门委员会"), _("专门委员会已撤销。"), forms.EndAsking,
    on_row(actions.end_committee), ARRANGE, icon="ban", is_danger=True,
)  # fmt: skip
UNCOVER: Final = Verb[Coverage](
    "ending", _("解除覆盖"), _("解除覆盖"), _("覆盖已解除，单位归所在镇街管理。"), forms.EndAsking,
    on_row(actions.uncover_employer), ARRANGE, icon="unlink", is_danger=True,
)  # fmt: skip
