"""What can be done to many members, employers or unions at once."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry import actions
from juli.domains.registry.actions import many_careers, many_employers, many_members
from juli.domains.registry.forms import bulk as forms
from juli.domains.registry.permissions import Permission
from juli.engines.desk.bulk.declaring import BulkVerb, Inverse, one_by_one
from juli.engines.desk.cells import Icon

PERSON: Final = "person_id"
"""Members are named by the person: the membership in force is another after each of these acts."""

MEMBER_VERBS: Final = (
    BulkVerb(
        "verification", _("标记为已核验"), _("标记为已核验"), forms.VerifyMany, Permission.EDIT_MEMBERS,
        many_members.verify_persons, _("将把 %(number)s 名会员的实名核验结果标记为“已实名”。"),
        icon=Icon("user-check"), subject=PERSON,
        lead=_("只标记确实核对过的人；核验来源和理由会留在每个人的记录里。"),
    ),
    BulkVerb(
        "transfer", _("转会籍"), _("办理会籍转接"), forms.TransferMany, Permission.EDIT_MEMBERS,
        many_careers.transfer_members, _("将把 %(number)s 名会员的会籍转到同一家工会。"),
        icon=Icon("arrows-right-left"), subject=PERSON,
        lead=_("会员号和入会日期不变；在原工会的任职同时结束。"),
    ),
    BulkVerb(
        "retention", _("保留会籍"), _("转为保留会籍"), forms.RetainMany, Permission.EDIT_MEMBERS,
        many_careers.retain_members, _("将把 %(number)s 名会员转为保留会籍。"),
        icon=Icon("player-pause"), subject=PERSON,
        lead=_("退休、失业等暂离岗位的会员，会籍予以保留。"), inverse=Inverse("resumption"),
    ),
    BulkVerb(
        "resumption", _("恢复在籍"), _("恢复在籍"), forms.ResumeMany, Permission.EDIT_MEMBERS,
        many_careers.resume_members, _("将恢复 %(number)s 名会员的会籍。"),
        icon=Icon("player-play"), subject=PERSON,
        lead=_("各回保留前的单位；该单位已不由工会覆盖的，不带单位。"),
    ),
)  # fmt: skip

EMPLOYER_VERBS: Final = (
    BulkVerb(
        "marking", _("加标识"), _("加上标识"), forms.FlagMany, Permission.EDIT_EMPLOYERS,
        many_employers.flag_employers, _("将给 %(number)s 家单位加上标识。"),
        icon=Icon("tag"), inverse=Inverse("unmarking", carried=("mark",)),
    ),
    BulkVerb(
        "unmarking", _("取消标识"), _("取消标识"), forms.UnflagMany, Permission.EDIT_EMPLOYERS,
        many_employers.unflag_employers, _("将取消 %(number)s 家单位的标识。"),
        icon=Icon("tag-off"), inverse=Inverse("marking", carried=("mark",)),
    ),
)  # fmt: skip

UNION_VERBS: Final = (
    BulkVerb(
        "terms", _("登记换届"), _("登记这一届"), forms.BeginTerms, Permission.ARRANGE_UNIONS,
        one_by_one(actions.begin_term), _("将为 %(number)s 家工会登记新一届任期。"),
        icon=Icon("calendar-event"), lead=_("用于集中换届：届次接着各家上一届往下排。"),
    ),
)  # fmt: skip
