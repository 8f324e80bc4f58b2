"""What can be wrong with a cell or a row, each as a code for programs and a sentence for people."""

from dataclasses import dataclass

from juli.kernel import idcodes


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One reason why a row cannot be taken in (差错).

    The sentence is complete Chinese; its ``{fields}`` are filled in for each row when the fault is added.
    """

    code: str
    sentence: str


REQUIRED = Fault("sheet.required", "这一列必须填写。")
MERGED = Fault(
    "sheet.merged", "第 {first} 至 {last} 行的这一列是合并单元格，只有第一格有内容，请取消合并后逐行填写。"
)
MERGED_ACROSS = Fault("sheet.merged_across", "这一行有横向合并的单元格，请取消合并；小标题行、合计行请删除。")
MASKED = Fault("sheet.masked", "这里是打了星号的脱敏内容，请填写完整的内容。")
ERROR_CELL = Fault("sheet.error_cell", "单元格里是 Excel 公式的错误结果“{value}”，请改正公式或直接填写内容。")
DIGITS_LOST = Fault(
    "sheet.digits_lost", "Excel 把这个长号码变成了数字，后几位已丢失，请在原表里改成文本格式后重新填写。"
)
TOO_LONG = Fault("sheet.too_long", "这里有 {length} 个字，超过 {limit} 个字的上限，请缩短后填写。")
OVERLONG_ROW = Fault(
    "sheet.overlong_row",
    "这一行的列数比表头多，可能有内容里的逗号没有用双引号括起来，后面的内容错了位，请改正后再导入。",
)

NOT_A_CHOICE = Fault("sheet.not_a_choice", "没有“{value}”这个选项，可以填写：{choices}。")
NOT_YES_OR_NO = Fault("sheet.not_yes_or_no", "“{value}”看不出是“是”还是“否”，请填写“是”或“否”。")
NOT_WHOLE = Fault("sheet.not_whole", "“{value}”不是整数，请只填写数字，不要带单位。")
NOT_A_NUMBER = Fault("sheet.not_a_number", "“{value}”不是数字，请只填写数字，不要带单位。")
TOO_MANY_PLACES = Fault("sheet.too_many_places", "“{value}”的小数超过 {places} 位，请四舍五入后填写。")
TOO_SMALL = Fault("sheet.too_small", "“{value}”小于 {least}，请核对。")
TOO_LARGE = Fault("sheet.too_large_number", "“{value}”大于 {most}，请核对。")

NOT_A_DAY = Fault("sheet.not_a_day", "“{value}”不是日期，请按“2018-12-05”的样子填写。")
NO_SUCH_MONTH = Fault("sheet.no_such_month", "“{value}”里的月份不对，没有 {month} 月，请核对。")
NO_SUCH_DAY = Fault("sheet.no_such_day", "“{value}”里的日子不对，{year} 年 {month} 月没有 {day} 日，请核对。")
ONLY_A_MONTH = Fault(
    "sheet.only_a_month", "“{value}”只有年月，没有日；如果不知道是哪一天，可以填写“{guess}”。"
)
ONLY_A_YEAR = Fault(
    "sheet.only_a_year", "“{value}”只有年份，没有月和日；如果不知道是哪一天，可以填写“{guess}”。"
)
SHORT_YEAR = Fault("sheet.short_year", "“{value}”的年份只有两位，看不出是哪一年；如果是“{guess}”，请写全。")
DAY_COMES_FIRST = Fault(
    "sheet.day_comes_first", "“{value}”看不出哪个是月、哪个是日；请按年月日的顺序填写，例如“{guess}”。"
)
TOO_EARLY = Fault("sheet.too_early", "日期 {value} 早于 {earliest}，请核对年份。")
IN_THE_FUTURE = Fault("sheet.in_the_future", "日期 {value} 还没有到（今天是 {today}），请核对。")

SAME_KEY = Fault("sheet.same_key", "与第 {rows} 行的“{columns}”相同，请核对后只保留一行。")
SAME_ROW = Fault("sheet.same_row", "与第 {rows} 行完全相同，重复的这一行没有读入。")

RECORD_UNKNOWN = Fault(
    "sheet.record_unknown",
    "没有记录号为“{value}”的记录，或者它不在这次导入的范围内；新增的行请不要填记录号。",
)
RECORD_OF_ANOTHER = Fault(
    "sheet.record_of_another", "记录号与这一行的其他内容指的不是同一条记录，请核对，或清空记录号。"
)
SAME_RECORD = Fault("sheet.same_record", "本表另有一行指的是同一条记录，请核对后只保留一行。")

FAULTS: dict[str, Fault] = {
    fault.code: fault for fault in list(globals().values()) if isinstance(fault, Fault)
}
"""Every fault that judging itself can find, by code."""


def of_number(fault: idcodes.Fault) -> Fault:
    """Return what is wrong with an identity number, a mobile or a credit code as a fault of its cell."""
    return Fault(fault.code, fault.sentence)
