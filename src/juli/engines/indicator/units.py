"""What a figure counts; figures of two units never add up."""

from enum import StrEnum


class Unit(StrEnum):
    """
    The unit of a figure (计量单位).

    人 counts distinct persons and 人次 takings-part: the one never follows from the other.
    """

    PERSON = "人"
    PERSON_POLITE = "名"
    PERSON_TIME = "人次"
    TIME_OR_PERSON = "次/人"
    HOUSEHOLD = "户"
    CASE = "件"
    ESTABLISHMENT = "家"
    EVENT = "场"
    EVENT_TIME = "场次"
    RUN = "期"
    ROUND = "轮"
    SESSION = "次"
    TERM = "届"
    ROOM = "间"
    ITEM = "项"
    ARTICLE = "条"
    THING = "个"
    SHEET = "张"
    MACHINE = "台"
    TEAM = "支"
    SUBJECT = "专题"
    CLASS = "类"
    VIRTUE = "德"
    FORM = "种"
    STRONG = "强"
    CONGRESS = "大"
    LINE = "号线"
    LEVEL = "级"
    MONTH = "月"
    YEAR = "年"
    ANNIVERSARY = "周年"
    YUAN = "元"
    PERCENT = "%"
