"""``juli import`` called in the wrong way says so, and how it is called."""

from pathlib import Path

import pytest

from juli.config import cli


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import"], ""),
        (["import", "member"], "是不是想用 juli import members"),
        (["import", "members"], "缺少"),
        (["import", "members", "/nowhere/roster.xlsx"], "该路径不存在"),
        (["import", "members", "/"], "这是文件夹"),
        (["import", "members", "{file}", "--unti", "1"], "是不是想用 --unit"),
        (["import", "members", "{file}", "{file}"], "多出了参数"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_ends_with_two_and_a_hint(words, sentence, tmp_path: Path, capsys):
    file = tmp_path / "roster.csv"
    file.write_text("姓名\n")

    assert cli.main([word.format(file=file) for word in words]) == 2

    said = capsys.readouterr().err
    assert sentence in said
    assert "--help" in said


def test_help_says_what_it_takes(capsys):
    assert cli.main(["import", "members", "--help"]) == 0

    said = capsys.readouterr().out
    assert "--unit" in said
    assert "xlsx" in said
