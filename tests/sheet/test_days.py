"""Days in every form that offices write them, and what is said of those that are none."""

import datetime as days

import pytest

from tests.sheet import files
from tests.sheet.files import HEADER, codes, good_row, judged, judged_cells, workbook

DAY = days.date(2018, 12, 5)


@pytest.mark.parametrize(
    "text",
    ["2018-12-05", "2018-12-5", "2018/12/5", "2018.12.5", "2018.12.05", "2018年12月5日", "2018年12月05日",
     "2018年12月5号", "20181205", "43439", "43439.5", "２０１８－１２－０５", "２０１８年１２月５日",
     " 2018-12-05 ", "2018 - 12 - 05", "2018/12/5 0:00", "2018-12-05 08:30:15", "2018-12-05T08:30:15",
     "2018—12—05", "2018、12、5", "2018。12。5", "2018年12月5日 星期三", "2018-12-05（周三）",
     "2018年12月5日上午9:30", "二〇一八年十二月五日", "二零一八年十二月五日",
     "'2018-12-05", "2018-12\u200b-05", "2018_12_05"],
)  # fmt: skip
def test_a_day_however_it_is_written(tmp_path, text):
    judgement = judged_cells(tmp_path / "a.xlsx", "入会日期", [text])
    assert judgement.rows["joined_on"].to_list() == [DAY]
    assert judgement.bad_rows == 0


@pytest.mark.parametrize("value", [DAY, days.datetime(2018, 12, 5, 9, 30), 43439, 20181205, 43439.75])
def test_a_day_that_is_a_real_day_or_a_number(tmp_path, value):
    assert judged_cells(tmp_path / "a.xlsx", "入会日期", [value]).rows["joined_on"].to_list() == [DAY]


@pytest.mark.parametrize("text", [None, "", "  ", "/", "—", "无", "不详"])
def test_an_empty_day_is_no_fault_where_none_is_required(tmp_path, text):
    judgement = judged_cells(tmp_path / "a.xlsx", "入会日期", [text])
    assert judgement.rows["joined_on"].to_list() == [None]
    assert judgement.bad_rows == 0


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("2018-13-05", "no_such_month", "没有 13 月"),
        ("20181305", "no_such_month", "没有 13 月"),
        ("2018-02-30", "no_such_day", "2018 年 2 月没有 30 日"),
        ("2018年4月31日", "no_such_day", "2018 年 4 月没有 31 日"),
        ("二〇一八年二月三十日", "no_such_day", "2018 年 2 月没有 30 日"),
        ("2018-12", "only_a_month", "可以填写“2018-12-01”"),
        ("2018年12月", "only_a_month", "可以填写“2018-12-01”"),
        ("201812", "only_a_month", "可以填写“2018-12-01”"),
        ("201813", "no_such_month", "没有 13 月"),
        ("2018", "only_a_year", "可以填写“2018-01-01”"),
        ("18-12-05", "short_year", "如果是“2018-12-05”"),
        ("68/3/7", "short_year", "如果是“1968-03-07”"),
        ("05/12/2018", "day_comes_first", "例如“2018-05-12”"),
        ("25/12/2018", "day_comes_first", "例如“2018-12-25”"),
        ("去年入会", "not_a_day", "“去年入会”不是日期"),
        ("0", "not_a_day", "不是日期"),
        ("999999", "no_such_month", "没有 99 月"),
        ("2026-11-23", "in_the_future", "还没有到（今天是 2026-11-22）"),
        ("1018-12-05", "too_early", "日期 1018-12-05 早于 1900-01-01"),
        ("1.1E+17", "not_a_day", "不是日期"),
    ],
)
def test_what_is_no_day_is_told_why(tmp_path, text, code, said):
    judgement = judged_cells(tmp_path / "a.xlsx", "入会日期", ["2018-12-05", text])
    assert codes(judgement) == [(3, "入会日期", f"sheet.{code}")]
    assert said in judgement.faults["reason"][0]


def test_today_is_not_the_future_and_a_term_may_end_in_it(tmp_path):
    assert judged_cells(tmp_path / "a.xlsx", "入会日期", ["2026-11-22"]).bad_rows == 0
    assert judged_cells(tmp_path / "b.xlsx", "任期届满", ["2029-06-30"]).bad_rows == 0


def test_serial_numbers_of_1904(tmp_path):
    def change(book):
        book.epoch = files.openpyxl.utils.datetime.CALENDAR_MAC_1904

    path = workbook(tmp_path / "a.xlsx", [HEADER, [*good_row()[:3], 41977], [*good_row(2)[:3], DAY]], change)
    assert judged(path).rows["joined_on"].to_list() == [DAY, DAY]
