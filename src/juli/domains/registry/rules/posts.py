"""Who may hold which posts in a union."""

from collections.abc import Collection
from typing import Final

from juli.kernel.refusal import Refusal

ELECTED: Final = frozenset(
    {
        "chair", "vice_chair", "committee_member", "organiser",
        "audit_chair", "audit_member", "women_chair", "women_member",
    }
)  # fmt: skip
_COMMITTEE: Final = frozenset({"chair", "vice_chair", "committee_member"})
_AUDIT: Final = frozenset({"audit_chair", "audit_member"})
_WOMEN: Final = frozenset({"women_chair", "women_member"})
HEADS: Final = frozenset({"chair", "audit_chair", "women_chair"})
"""Posts that one person at a time holds in a union."""


class PostsIncompatible(Refusal):
    """Whoever audits does not sit on the committee that is audited."""

    # 工会法(2021)第四十五条: each level has an audit committee; that its members differ from the
    # committee's is practice to be confirmed.
    code = "registry.posts_incompatible"
    message = "经审委员会成员不能同时担任本工会的主席、副主席或委员，请先办理离任或另选人选。"


class PostTaken(Refusal):
    """One head at a time."""

    code = "registry.post_taken"
    message = "“{office}”现由他人担任，请先办理离任再登记任职。"


class PostHeld(Refusal):
    """The same person holds this very post."""

    code = "registry.post_held"
    message = "这位同志已担任“{office}”，无需重复登记。"


class PostForWomen(Refusal):
    """The women's committee consists of women."""

    code = "registry.post_for_women"
    message = "女职工委员会的职务应由女职工担任，请核对人选。"


class NotAMember(Refusal):
    """Who is elected by members is a member."""

    code = "registry.not_a_member"
    message = "选举产生的职务应由在籍会员担任；请先办理入会或恢复会籍。"


class PostLeft(Refusal):
    """The post was left before."""

    code = "registry.post_already_left"
    message = "这段任职已经结束，请刷新后查看。"


class CommitteeExists(Refusal):
    """One committee of a kind at a time."""

    code = "registry.committee_exists"
    message = "“{committee}”已经成立，无需重复登记。"


class CommitteeEnded(Refusal):
    """The committee was ended before."""

    code = "registry.committee_already_ended"
    message = "这个专门委员会已经撤销，请刷新后查看。"


def check_compatible(office: str, *, held: Collection[str]) -> None:
    """
    Let somebody take an office beside those held in the same union.

    :raises PostsIncompatible: committee and audit do not go together.
    """
    offices = {office, *held}
    if offices & _COMMITTEE and offices & _AUDIT:
        raise PostsIncompatible


def check_for_women(office: str, *, is_woman: bool) -> None:
    """
    Let somebody take an office of the women's committee.

    :raises PostForWomen: it is such an office, and this is no woman.
    """
    if office in _WOMEN and not is_woman:
        raise PostForWomen
