"""Employers as the register takes them."""

from juli.kernel.refusal import Refusal


class EmployerKnown(Refusal):
    """One employer, one record."""

    code = "registry.employer_known"
    message = "这个统一社会信用代码已经登记过，请先按代码查找；查不到的，请由上级工会查询。"
