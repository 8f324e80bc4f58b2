"""How headings may be spelt, and forms that contradict themselves."""

import pytest

from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from tests.sheet.forms import ROSTER


@pytest.mark.parametrize(
    "heading",
    ["姓名", "姓 名", "姓　名", "*姓名", "姓名*", "姓名（必填）", "姓名(必填)", "姓名：", "姓\n名",
     "【必填】姓名", "\ufeff姓名", "ＮＡＭＥ", "name", "会员姓名", "名字"],
)  # fmt: skip
def test_a_heading_is_known_however_it_is_spelt(heading):
    assert ROSTER.find_column(heading).code == "name"


@pytest.mark.parametrize("heading", ["会费（元）", "会费(元)", "会费", "会费（元，必填）"])
def test_brackets_that_belong_to_a_label_may_stay_or_go(heading):
    assert ROSTER.find_column(heading).code == "dues"


@pytest.mark.parametrize("heading", ["", "姓", "姓名拼音", "（必填）", "序号"])
def test_an_unknown_heading_is_no_column(heading):
    assert ROSTER.find_column(heading) is None


def test_labels_that_differ_only_in_brackets_stay_apart():
    form = LedgerForm(
        code="t",
        label="人数",
        columns=(Column(code="men", label="人数（男）"), Column(code="women", label="人数（女）")),
    )
    assert form.find_column("人数(男)").code == "men"
    assert form.find_column("人数（女）").code == "women"
    assert form.find_column("人数") is None


@pytest.mark.parametrize(
    "columns",
    [
        (Column(code="a", label="甲"), Column(code="a", label="乙")),
        (Column(code="a", label="甲"), Column(code="b", label="乙", aliases=("甲 *",))),
        (
            Column(
                code="a",
                label="甲",
                kind=Kind.CHOICE,
                choices=(Choice("x", "一"), Choice("y", "二", ("一",))),
            ),
        ),
    ],
)
def test_a_form_that_contradicts_itself_is_refused_at_import(columns):
    with pytest.raises(ValueError, match=r"twice|two"):
        LedgerForm(code="t", label="表", columns=columns)


def test_a_key_names_columns_of_the_form():
    with pytest.raises(ValueError, match="no column"):
        LedgerForm(code="t", label="表", columns=(Column(code="a", label="甲"),), key=("b",))
