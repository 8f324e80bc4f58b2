"""Employers as the register takes them."""

from collections.abc import Iterable

from juli.kernel.refusal import Refusal


class EmployerKnown(Refusal):
    """One employer, one record."""

    code = "registry.employer_known"
    message = "这个统一社会信用代码已经登记过，请先按代码查找；查不到的，请由上级工会查询。"


class PartsExceedWhole(Refusal):
    """Women and migrant workers are counted among the employees."""

    code = "registry.parts_exceed_whole"
    message = "女职工人数、农民工人数都不能超过职工总数，请核对。"


class AlreadyFlagged(Refusal):
    """The employer bears the mark."""

    code = "registry.already_flagged"
    message = "这个单位已有“{mark}”标识，无需重复登记。"


class NotFlagged(Refusal):
    """The mark was taken off before."""

    code = "registry.not_flagged"
    message = "这个标识已经取消，请刷新后查看。"


class CountedThatDay(Refusal):
    """One count a day."""

    code = "registry.counted_that_day"
    message = "{day} 的职工人数已经另有一条登记，请更正那一条。"


class HazardEnded(Refusal):
    """The post was ended before."""

    code = "registry.hazard_already_ended"
    message = "这个有害岗位已经登记消除，请刷新后查看。"


class PostTitleMissing(Refusal):
    """A post has a name."""

    code = "registry.post_title_missing"
    message = "请填写岗位名称。"


def check_parts(employees: int, *, parts: Iterable[int | None]) -> None:
    """
    Let parts of a headcount pass that fit into the whole.

    :raises PartsExceedWhole: one is larger.
    """
    if any(part is not None and part > employees for part in parts):
        raise PartsExceedWhole


def checked_title(title: str) -> str:
    """
    Return the name of a post without blanks around it.

    :raises PostTitleMissing: nothing is left.
    """
    kept = title.strip()
    if not kept:
        raise PostTitleMissing
    return kept
