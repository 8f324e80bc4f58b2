"""Days of events: late is allowed and shown, the future is not."""

from datetime import date

from juli.kernel.refusal import Refusal

LONGEST_REASON = 200


class InTheFuture(Refusal):
    """What has not happened yet is not written down."""

    code = "registry.in_the_future"
    message = "{day} 还没有到，请填写实际发生的日期。"


class TooEarly(Refusal):
    """The day lies before what must have come first."""

    code = "registry.too_early"
    message = "日期不能早于 {earliest}（{event}），请核对后重新填写。"


class ReasonTooLong(Refusal):
    """A reason is a sentence or two."""

    code = "registry.reason_too_long"
    message = "理由请控制在 {most} 个字以内。"


class ReasonMissing(Refusal):
    """Some acts need a reason that stays on the record."""

    code = "registry.reason_missing"
    message = "请写明理由，理由会留在记录里。"


def check_happened(day: date, *, today: date) -> None:
    """
    Let a day pass that has come.

    :raises InTheFuture: it has not.
    """
    if day > today:
        raise InTheFuture(day=day.isoformat())


def check_not_before(day: date, *, earliest: date, event: str) -> None:
    """
    Let a day pass that is not before an event.

    :raises TooEarly: it is.
    """
    if day < earliest:
        raise TooEarly(earliest=earliest.isoformat(), event=event)


def checked_reason(reason: str) -> str:
    """
    Return a reason without blanks around it.

    :raises ReasonMissing: nothing is left.
    :raises ReasonTooLong: it is no reason but a report.
    """
    kept = reason.strip()
    if not kept:
        raise ReasonMissing
    if len(kept) > LONGEST_REASON:
        raise ReasonTooLong(most=LONGEST_REASON)
    return kept
