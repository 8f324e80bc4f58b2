"""How unions end: never at will, and their members keep their membership (工会法(2021)第十三条)."""

from juli.kernel.refusal import Refusal


class NeedsCommonSuperior(Refusal):
    """Who joins two unions' affairs reaches both."""

    code = "registry.needs_common_superior"
    message = "另一家工会不在您的管理范围内，请由两家工会共同的上级工会办理。"


class NeedsSuperior(Refusal):
    """A union is ended by the next higher one, which keeps its members."""

    code = "registry.needs_superior"
    message = "撤销“{name}”须由上一级工会办理，会员的会籍由上一级工会保留。"


class AlreadyThere(Refusal):
    """The union stands where it would be moved."""

    code = "registry.already_there"
    message = "这家工会已隶属于“{parent}”，无需调整。"


class IntoItself(Refusal):
    """A union is not merged into itself."""

    code = "registry.into_itself"
    message = "不能把工会并入它自己，请另选并入的工会。"


class LevelsDiffer(Refusal):
    """Only unions of one level are merged."""

    code = "registry.levels_differ"
    message = "只能并入同一层级的工会；“{name}”是{level}。"


def check_merger(union_id: int, *, heir_id: int, level: str, heir_level: str, heir: str, label: str) -> None:
    """
    Let a union go into another.

    :raises IntoItself: it is the same.
    :raises LevelsDiffer: they stand on different levels.
    """
    if union_id == heir_id:
        raise IntoItself
    if level != heir_level:
        raise LevelsDiffer(name=heir, level=label)
