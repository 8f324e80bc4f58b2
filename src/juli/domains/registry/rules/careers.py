"""Careers of members: who may be admitted, moved, rested and let go (工会会员会籍管理办法)."""

from juli.kernel.refusal import Refusal


class MembershipEnded(Refusal):
    """The segment is over: somebody else was quicker, or the page is old."""

    code = "registry.membership_ended"
    message = "这段会籍已经结束，请刷新后查看最新的会籍情况。"


class AlreadyMember(Refusal):
    """One membership at most is in force for a person."""

    code = "registry.already_member"
    message = "这位职工已经是会员，会籍在“{union}”；如需变更所在工会，请办理会籍转接。"


class PersonKnownElsewhere(Refusal):
    """The document is registered out of the actor's reach; nothing of it is told."""

    code = "registry.person_known_elsewhere"
    message = "这个证件号码已由管理范围之外的工会登记，请由双方共同的上级工会办理会籍转接。"


class NameDiffers(Refusal):
    """The document is registered under another name."""

    code = "registry.name_differs"
    message = "这个证件号码登记的是另一个姓名，请对照证件核对；如已更名，请先更正个人资料。"


class EmployerNotCovered(Refusal):
    """A member works for an employer that the union stands for."""

    code = "registry.employer_not_covered"
    message = "“{employer}”不在“{union}”的覆盖范围内，请先办理覆盖登记，或选择其他单位。"


class PersonHasDied(Refusal):
    """The dead join no union."""

    code = "registry.person_has_died"
    message = "这位会员已登记去世，不能再办理会籍业务。"


class SameUnion(Refusal):
    """A transfer leads to another union or another employer."""

    code = "registry.same_union"
    message = "会籍已经在这家工会和这个单位，无需转接。"


class NotActive(Refusal):
    """Only an active membership can be rested."""

    code = "registry.not_active"
    message = "这位会员目前是保留会籍，不能重复办理保留。"


class NotRetained(Refusal):
    """Only a retained membership can be resumed."""

    code = "registry.not_retained"
    message = "这位会员目前在籍，无需恢复会籍。"


class NotJustAdmitted(Refusal):
    """Only an admission from which nothing has followed can be taken back."""

    code = "registry.not_just_admitted"
    message = "这段会籍不是由入会开始，或者已经结束，不能撤销入会登记。"


class RestsOnAdmission(Refusal):
    """Something was registered since that needs the membership."""

    code = "registry.rests_on_admission"
    message = "入会以后已登记工会任职，不能撤销入会登记；请先更正任职。"
