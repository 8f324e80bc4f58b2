"""Why a list is not taken out, or a file not handed over."""

from juli.kernel.refusal import Refusal


class ReasonForPlainMissing(Refusal):
    """Whoever takes personal data out in full says why."""

    code = "desk.reason_for_plain_missing"
    message = "导出证件、手机等明文须写明理由，理由会留在记录里，本人看得到。"
    status = 422


class MayNotReveal(Refusal):
    """The account may not see personal data in full in this list."""

    code = "desk.may_not_reveal"
    message = "您没有查看明文的权限，请改为导出掩码。"
    status = 403


class TooManyExports(Refusal):
    """An account has some exports under way at a time."""

    code = "desk.too_many_exports"
    message = "您已有 {most} 份导出正在进行，请等其中一份完成后再导出。"


class OrderTooLong(Refusal):
    """So many conditions do not fit into an address."""

    code = "desk.order_too_long"
    message = "条件太多，无法导出，请去掉一些条件再试。"


class LinkExpired(Refusal):
    """The file was there and went, or is going."""

    code = "desk.link_expired"
    message = "这份导出已过期删除，请回到列表重新导出。"
    status = 410


class ReachLost(Refusal):
    """The account reaches less than when the file was made."""

    code = "desk.reach_lost"
    message = "您的管理范围或权限在导出之后有变化，这份文件不再提供下载，请回到列表重新导出。"
    status = 403
