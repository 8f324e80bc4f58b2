"""Anticipated refusals: each carries a code for programs and a sentence for people."""

from typing import ClassVar


class Refusal(Exception):
    """
    Say no for a reason that the user can understand and mend.

    A subclass names the reason, never the act (``AlreadyDecided``). ``message`` is a complete
    Chinese sentence; it may hold ``{fields}`` that the raiser fills in with keyword arguments.
    """

    code: ClassVar[str] = "juli.refused"
    message: ClassVar[str] = "操作没有完成，请检查后重试。"
    status: ClassVar[int] = 409

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The message with its fields filled in."""
        return self.message.format(**self.fields)


class NotPermitted(Refusal):
    """The actor sees the row but may not do this to it."""

    code = "juli.not_permitted"
    message = "您没有办理这项业务的权限，请联系本单位管理员授权。"
    status = 403


class NotFound(Refusal):
    """There is no such row, or none that the actor may see: the two look the same from outside."""

    code = "juli.not_found"
    message = "没有找到这条记录，它可能不存在，或不在您的管理范围内。"
    status = 404
