"""What members see of their own record: membership, career, and who looked at it."""

from datetime import date

from django.utils.translation import gettext as _

from juli.domains.registry.selectors.own_records import OwnRecord, own_record
from juli.domains.registry.views import happening
from juli.domains.registry.views.states import standing_state, verification_state
from juli.engines.desk.cells import Day, Masked, State, Text, Tone
from juli.engines.desk.pages import Detail, Fact, Section
from juli.kernel.actor import Actor


def own_detail(*, actor: Actor, today: date) -> Detail:
    """
    Return one's own record as a page draws it.

    :raises NotFound: nobody stands behind the account, or they are not registered.
    """
    record = own_record(actor=actor)
    standing = (
        standing_state(record.standing, record.standing_label)
        if record.standing
        else State(_("会籍已终止"), Tone.MUTE)
    )
    here = _("现在的工会：%(union)s") % {"union": record.union_name} if record.union_name else ""
    return Detail(
        record.name,
        states=(standing, verification_state(record.verification, record.verification_label)),
        line=(Fact(_("会员号"), Text(record.number)),),
        initial=record.name[:1],
        career=happening.career(record.career, here=here, today=today),
        sections=(_membership(record),),
        aside=(
            happening.looks_section(
                record.looks,
                title=_("谁看过我的记录"),
                words=_("每次打开和查看明文都会记在这里，任何人都不能删改。"),
            ),
        ),
    )


def _membership(record: OwnRecord) -> Section:
    return Section(
        _("我的会籍"),
        facts=(
            Fact(_("工会"), Text(record.union_name)),
            Fact(_("入会日期"), Day(record.joined_on)),
            Fact(_("证件号码"), Masked(record.document_shown)),
            Fact(_("手机"), Masked(record.mobile_shown)),
        ),
        words=_("登记有误的，请联系所在工会更正。"),
    )
