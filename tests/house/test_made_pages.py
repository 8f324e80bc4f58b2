"""Pages made by a command say what their data says."""

import re

import pytest

from juli.engines.indicator.catalogue import is_declared
from tools import coverage_table, rules_table

pytestmark = pytest.mark.house


@pytest.mark.parametrize("maker", [coverage_table, rules_table], ids=lambda maker: maker.__name__)
def test_the_page_is_current(maker):
    assert maker.main(["--check"]) == 0, "run: make docs"


@pytest.mark.parametrize("maker", [coverage_table, rules_table], ids=lambda maker: maker.__name__)
def test_a_stale_page_is_found(maker, tmp_path, monkeypatch):
    stale = tmp_path / "page.md"
    stale.write_text(maker.PAGE.read_text(encoding="utf-8") + "typed by hand\n", encoding="utf-8")
    monkeypatch.setattr(maker, "PAGE", stale)

    assert maker.main(["--check"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("number = 7\n", "number = 8\n"),
        lambda text: text.replace('status = "partial"', 'status = "begun"', 1),
        lambda text: text.replace('status = "none"', 'status = "done"', 1),
    ],
)
def test_an_unsound_row_is_found(change, tmp_path, monkeypatch):
    changed = tmp_path / "systems.toml"
    changed.write_text(change(coverage_table.DATA.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(coverage_table, "DATA", changed)

    with pytest.raises(ValueError, match=r"\d"):
        coverage_table.systems()


def test_every_figure_that_the_coverage_names_exists():
    named = {
        code for each in coverage_table.systems() for code in re.findall(r"`([a-z]+\.[a-z_]+)`", each.where)
    }

    assert named
    assert {code for code in named if not is_declared(code)} == set()
