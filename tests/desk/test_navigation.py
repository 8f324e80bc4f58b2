"""The left column shows what this visitor may open, and nothing that does not exist."""

import pytest

from juli.engines.desk import checks, navigation
from juli.kernel.actor import Actor, Door, Standing
from tests.desk.drawing import OFFICER

NOBODY = Actor("访客", Standing.PUBLIC, Door.PAGE)


def labels(actor: Actor | None, path: str = "/") -> list[str]:
    return [str(line.label) for group in navigation.groups_for(actor, path=path) for line in group.lines]


def current(path: str) -> list[str]:
    groups = navigation.groups_for(OFFICER, path=path)
    return [str(line.label) for group in groups for line in group.lines if line.is_current]


def test_a_right_that_is_not_held_hides_its_line():
    assert "账号与授权" in labels(OFFICER)
    assert "账号与授权" not in labels(NOBODY)
    assert "账号与授权" not in labels(None)


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "我的工作"), ("/registry/members/12/", "会员"), ("/sheet/imports/", "台账导入")],
)
def test_the_line_one_is_on_is_marked(path, label):
    assert current(path) == [label]


def test_a_page_of_no_line_marks_none():
    assert current("/search/") == []


def test_a_module_without_pages_has_no_heading():
    groups = [str(group.label) for group in navigation.groups_for(OFFICER, path="/")]
    assert groups == ["", "组建", "管理"]
    assert [str(module.label) for module in navigation.MODULES] == ["组建", "维权", "服务"]


def test_a_line_that_leads_nowhere_is_left_out_and_named_by_the_check(settings):
    assert checks.navigation_resolves(None) == []
    settings.ROOT_URLCONF = "tests.desk.no_addresses"
    assert labels(OFFICER) == []
    assert len(checks.navigation_resolves(None)) == len(navigation.ITEMS)
