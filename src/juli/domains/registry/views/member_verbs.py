"""What can be done to members and to the persons behind them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import report_lookalike
from juli.domains.registry.forms import members as forms
from juli.domains.registry.forms.lookalikes import ReportPerson
from juli.domains.registry.forms.unions import EndAsking
from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import MemberRow
from juli.domains.registry.views.acting import on_row
from juli.domains.registry.views.addresses import address
from juli.engines.desk.asking import Verb
from juli.engines.party.models import Person, Subject

EDIT: Final = Permission.EDIT_MEMBERS


def _is_active(membership: MemberRow | None) -> bool:
    return membership is not None and membership.standing == Membership.Standing.ACTIVE


def _is_retained(membership: MemberRow | None) -> bool:
    return membership is not None and membership.standing == Membership.Standing.RETAINED


def _is_in_force(membership: MemberRow | None) -> bool:
    return membership is not None


def _admit(_subject: object, **said: object) -> object:
    return actions.admit_member(**said)  # type: ignore[arg-type]  # the form's own names


ADMIT: Final = Verb[None](
    "new", _("新增会员"), _("登记入会"), _("会员已登记。"), forms.AdmitMember, _admit, EDIT, icon="plus",
    lead=_("按入会申请登记。证件号码已在册的，会接上原来的会员号和履历。"),
    leads_to=lambda membership: address("member", membership.person_id),
)  # fmt: skip


def _report(person: Person, **said: object) -> object:
    return report_lookalike(person.pk, subject=Subject.PERSON, **said)  # type: ignore[arg-type]  # the form's own


PERSON_VERBS: Final[tuple[Verb[Person], ...]] = (
    Verb("particulars", _("更正个人情况"), _("更正个人情况"), _("个人情况已更正。"), forms.CorrectPerson,
         on_row(actions.correct_person), EDIT, icon="edit"),
    Verb("contact", _("更换联系方式"), _("保存新的联系方式"), _("联系方式已更换。"), forms.ChangeContact,
         on_row(actions.change_contact), EDIT, icon="phone",
         lead=_("请填写现在用的号码和账号；留空表示不再登记。")),
    Verb("identity", _("更正姓名和证件"), _("更正姓名和证件"), _("姓名和证件已更正，请重新核验实名。"),
         forms.CorrectIdentity, on_row(actions.correct_identity), EDIT, icon="id"),
    Verb("verification", _("核验实名"), _("登记核验结果"), _("核验结果已登记。"), forms.VerifyPerson,
         on_row(actions.verify_person), EDIT, icon="user-check"),
    Verb("duplicate", _("指出重复记录"), _("逐项比对"), _("请逐项比对，再决定是否合并。"), ReportPerson,
         _report, EDIT, icon="git-compare", leads_to=lambda pair: address("lookalike", pair.pk)),
)  # fmt: skip

CAREER_VERBS: Final[tuple[Verb[Membership], ...]] = (
    Verb("transfer", _("转会籍"), _("办理会籍转接"), _("会籍已转接，会员号和入会日期不变。"),
         forms.TransferMember, on_row(actions.transfer_member), EDIT, icon="arrows-right-left",
         is_open=_is_in_force),
    Verb("retention", _("保留会籍"), _("转为保留会籍"), _("已转为保留会籍。"), EndAsking,
         on_row(actions.retain_membership), EDIT, icon="player-pause", is_open=_is_active,
         lead=_("退休、失业等暂离岗位的会员，会籍予以保留。")),
    Verb("resumption", _("恢复在籍"), _("恢复在籍"), _("已恢复在籍。"), forms.ResumeMembership,
         on_row(actions.resume_membership), EDIT, icon="player-play", is_open=_is_retained),
    Verb("leaving", _("退会"), _("登记退会"), _("退会已登记。"), EndAsking,
         on_row(actions.leave_membership), EDIT, icon="door-exit", is_danger=True, is_open=_is_in_force),
    Verb("expulsion", _("除名"), _("登记除名"), _("除名已登记。"), EndAsking,
         on_row(actions.expel_member), EDIT, icon="ban", is_danger=True, is_open=_is_in_force),
    Verb("death", _("去世"), _("登记去世"), _("已登记去世。"), forms.RecordDeath,
         on_row(actions.record_death), EDIT, icon="candle", is_danger=True, is_open=_is_in_force),
    Verb("withdrawal", _("撤销入会登记"), _("撤销入会登记"), _("入会登记已撤销。"), forms.WithdrawAdmission,
         on_row(actions.withdraw_admission), EDIT, icon="arrow-back-up", is_danger=True, is_open=_is_active,
         lead=_("入会登记有误时使用：这次入会不再计入任何一天的会员数，记录和理由保留。会员自己退出的，请办理退会。")),
)  # fmt: skip
