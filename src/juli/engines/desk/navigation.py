"""What stands in the left column of the console, as data."""

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juli.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Module:
    """One part of the work, with a heading of its own in the navigation (模块)."""

    code: str
    label: Promise | str


@dataclass(frozen=True, slots=True)
class Item:
    """
    One line of the navigation (导航项).

    ``module`` is the code of its heading, empty for what stands above all headings. Whoever lacks
    ``permission`` everywhere does not see the line; an empty permission is everybody's.
    """

    code: str
    label: Promise | str
    url_name: str
    icon: str
    module: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item as one visitor sees it (导航行)."""

    label: Promise | str
    href: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the lines under it; the first group has no heading (导航组)."""

    label: Promise | str
    lines: tuple[Line, ...]


MODULES: Final = (
    Module("organising", _("组建")),
    Module("rights", _("维权")),
    Module("services", _("服务")),
)
"""The three modules of the work; an indicator counts them."""

ADMINISTRATION: Final = Module("administration", _("管理"))

SEE: Final = "registry.see"
"""Whoever lacks it finds nobody: neither the lists nor the search box are shown."""

ITEMS: Final = (
    Item("home", _("我的工作"), "home", icon="home"),
    Item(
        "unions", _("基层工会"), "registry:unions",
        icon="building-community", module="organising", permission=SEE,
    ),
    Item("members", _("会员"), "registry:members", icon="users", module="organising", permission=SEE),
    Item(
        "employers", _("单位"), "registry:employers",
        icon="building-factory-2", module="organising", permission=SEE,
    ),
    Item(
        "lookalikes", _("疑似重复"), "registry:lookalikes",
        icon="git-compare", module="organising", permission="registry.edit_members",
    ),
    Item(
        "coverages", _("覆盖关系"), "registry:coverages",
        icon="affiliate", module="organising", permission=SEE,
    ),
    Item("persons", _("人员"), "registry:persons", icon="user-search", module="organising", permission=SEE),
    Item("posts", _("任职"), "registry:posts", icon="id-badge-2", module="organising", permission=SEE),
    Item(
        "headcounts", _("职工人数"), "registry:headcounts",
        icon="users-group", module="organising", permission=SEE,
    ),
    Item(
        "hazards", _("有害岗位"), "registry:hazards",
        icon="biohazard", module="organising", permission=SEE,
    ),
    Item(
        "coverage-map", _("组织覆盖图"), "registry:coverage-map",
        icon="map-2", module="organising", permission=SEE,
    ),
    Item(
        "quality", _("数据质量"), "registry:quality",
        icon="clipboard-check", module="administration", permission=SEE,
    ),
    Item(
        "figures", _("指标与报告"), "reporting:figures",
        icon="chart-bar", module="administration", permission="reporting.see",
    ),
    Item(
        "imports", _("台账导入"), "sheet:imports",
        icon="table-import", module="administration", permission="registry.import",
    ),
    Item(
        "runs", _("后台任务"), "desk:runs",
        icon="stack-2", module="administration", permission=SEE,
    ),
    Item(
        "accounts", _("账号与授权"), "scope:accounts",
        icon="key", module="administration", permission="scope.see",
    ),
)  # fmt: skip


def groups_for(actor: Actor | None, *, path: str) -> tuple[Group, ...]:
    """Return the navigation this visitor may use, with the line that leads to ``path`` marked."""
    shown = [
        (item, href) for item in ITEMS if _is_open_to(item, actor) and (href := _address(item)) is not None
    ]
    current = max((href for _item, href in shown if _leads_to(href, path)), key=len, default="")
    groups = []
    for module in (Module("", ""), *MODULES, ADMINISTRATION):
        lines = tuple(
            Line(item.label, href, item.icon, is_current=href == current)
            for item, href in shown
            if item.module == module.code
        )
        if lines:
            groups.append(Group(module.label, lines))
    return tuple(groups)


def _is_open_to(item: Item, actor: Actor | None) -> bool:
    return not item.permission or (actor is not None and actor.holds(item.permission))


def _leads_to(href: str, path: str) -> bool:
    """Every path lies below the root, so the first page is current on itself only."""
    return path == href if href == "/" else path.startswith(href)


def _address(item: Item) -> str | None:
    """A line whose page does not exist yet is left out: no dead links (checks.py names it)."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return None
