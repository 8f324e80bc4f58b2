"""What may be put right, and what has to be done by another act."""

from datetime import date

from juli.kernel.refusal import Refusal


class ToldElsewhere(Refusal):
    """It happened where the actor does not reach, and the figures of that place would change."""

    code = "registry.told_elsewhere"
    message = "这件事当时登记在您的管理范围之外，更正会改动那里的统计，请由双方共同的上级工会更正。"


class NotEndedYet(Refusal):
    """What still lasts is ended by the act that ends it, not by a correction."""

    code = "registry.not_ended_yet"
    message = "这一段还没有结束，更正时不能填写结束日期，请办理相应的终止业务。"


class EndsTooEarly(Refusal):
    """A stretch of time ends after it begins."""

    code = "registry.ends_too_early"
    message = "结束日期 {end} 早于开始日期 {begin}，请核对。"


class EndedByTheNext(Refusal):
    """Where one segment of a career ends the next begins."""

    code = "registry.ended_by_the_next"
    message = "这一段会籍在下一段开始时结束，请更正下一段的开始日期。"


class SegmentsCross(Refusal):
    """A segment begins within the one before it."""

    code = "registry.segments_cross"
    message = "开始日期应晚于上一段会籍的开始日期 {earliest}，请核对履历。"


class NothingToCorrect(Refusal):
    """What was sent is what stands there."""

    code = "registry.nothing_to_correct"
    message = "填写的内容与登记的一致，没有需要更正的。"


def check_order(begin: date, end: date | None) -> None:
    """
    Let a stretch of time pass that does not end before it begins.

    :raises EndsTooEarly: it does.
    """
    if end is not None and end < begin:
        raise EndsTooEarly(begin=begin.isoformat(), end=end.isoformat())


def check_end(end: date | None, *, standing: date | None) -> None:
    """
    Let an end be moved or taken back, but not be put where there is none.

    :raises NotEndedYet: it still lasts.
    """
    if standing is None and end is not None:
        raise NotEndedYet
