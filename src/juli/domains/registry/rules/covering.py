"""Which union may stand for an employer: one at a time, so that no employer is counted twice."""

from juli.domains.registry.rules.founding import COVERING
from juli.kernel.refusal import Refusal


class LevelCoversNobody(Refusal):
    """Federations cover employers through their base unions, groups through the union above."""

    code = "registry.level_covers_nobody"
    message = "{level}不直接覆盖单位，请选择基层工会或工会联合会。"


class AlreadyCovered(Refusal):
    """One union at a time stands for an employer."""

    code = "registry.already_covered"
    message = "这个单位已由“{union}”覆盖，请先解除原来的覆盖。"


class CoverageEnded(Refusal):
    """The coverage was ended before."""

    code = "registry.coverage_ended"
    message = "这段覆盖已经结束，请刷新后查看。"


class MembersStillThere(Refusal):
    """Members would be left without the employer they work for."""

    code = "registry.members_still_there"
    message = "“{employer}”还有 {members} 名在册会员，请先办理会籍转接或保留，再解除覆盖。"


class TerritoryOutOfReach(Refusal):
    """The employer would go where the actor does not reach."""

    code = "registry.territory_out_of_reach"
    message = "解除覆盖后“{employer}”归所在镇街管理，不在您的管理范围内，请由上级工会办理。"


def check_level(level: str, *, label: str) -> None:
    """
    Let unions of a level stand for employers.

    :raises LevelCoversNobody: they do not.
    """
    if level not in COVERING:
        raise LevelCoversNobody(level=label)
