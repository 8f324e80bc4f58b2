"""Why something is not done to a task."""

from juli.kernel.refusal import Refusal


class AlreadyClosed(Refusal):
    """Somebody closed it first."""

    code = "tasks.already_closed"
    message = "这件待办已经办结，不用再办。"


class ClosesItself(Refusal):
    """A counted task closes when nothing is left to count."""

    code = "tasks.closes_itself"
    message = "这件待办按登记情况自动计数，逐条办完后会自动消失，不能手工办结。"


class NobodyToReturnTo(Refusal):
    """The house itself has listed it."""

    code = "tasks.nobody_to_return_to"
    message = "这件待办由系统列出，没有可以退回的人，可以转交给同事。"


class CannotWorkOnIt(Refusal):
    """The account does not hold the permission where the task waits."""

    code = "tasks.cannot_work_on_it"
    message = "这个账号在该组织没有办理这件事的权限，请换一位同事，或先给他授权。"
