"""
What is shipped holds in Chromium 109, the last one for Windows 7 (docs/adr/0013-browser-baseline.md).

The lists name what came later and would leave something broken. A rule or a property that an older browser
passes over without harm may stand, if it says so: inside ``@supports``.
"""

import re
from pathlib import Path

import pytest

from tools import assets

DESK = assets.SOURCE / "engines/desk/static/desk"
SHEETS = sorted([*DESK.rglob("*.css"), *assets.VENDOR.glob("*.css")])
SCRIPTS = sorted([*DESK.rglob("*.js"), *assets.VENDOR.glob("*.js")])
TEMPLATES = sorted(assets.SOURCE.rglob("templates/**/*.html"))

LATER_RULES = {
    "colour functions (111)": r"color-mix\(|\b(?:oklch|oklab|lch|lab)\(|\bcolor\(",
    "light-dark() (123)": r"light-dark\(",
    "@scope (118)": r"@scope\b",
    "@starting-style (117)": r"@starting-style\b",
    "@view-transition (126)": r"@view-transition\b|view-transition-name\s*:",
    "subgrid (117)": r":\s*subgrid\b",
    "scroll-driven animation (115)": r"animation-timeline\s*:|scroll-timeline",
    "anchors (125)": r"anchor\(|position-anchor\s*:|position-area\s*:|inset-area\s*:",
    "pseudo-classes of later": r":popover-open|:user-(?:in)?valid|:open\b|:has-slotted",
    "balanced text (114)": r"text-wrap\s*:",
    "linear() easing (113)": r"\blinear\((?![^)]*deg)[^)]*\d",
    "field-sizing (123)": r"field-sizing\s*:",
    "arithmetic of later (125)": r"[:\s(,](?:round|mod|rem|abs|sign)\(",
    "plain image-set() (113)": r"(?<!-webkit-)image-set\(",
    "media ranges are 104, functions in media of later": r"@media[^{]*\bif\(",
}
# What architecture declines beyond that: known to 109, and not to browsers that call themselves so.
DECLINED_BY_US = {"@container": r"@container\b", "@layer": r"@layer\b", ":has()": r":has\("}

LATER_CALLS = {
    "arrays changed by copy (110)": r"\.(?:toSorted|toReversed|toSpliced)\(",
    "groupBy (117)": r"\b(?:Object|Map)\.groupBy\(",
    "promises of later": r"Promise\.(?:withResolvers|try)\(",
    "fromAsync (121)": r"Array\.fromAsync\(",
    "sets (122)": r"\.(?:isSubsetOf|isSupersetOf|symmetricDifference|isDisjointFrom)\(",
    "popovers (114)": r"\.(?:showPopover|hidePopover|togglePopover)\(",
    "URL.parse, canParse (120)": r"URL\.(?:canParse|parse)\(",
    "well-formed strings (111)": r"\.(?:isWellFormed|toWellFormed)\(",
    "import attributes (123)": r"\bimport\b[^;\n]{1,200}\bwith\s*\{",
    "moveBefore (133)": r"\.moveBefore\(",
}
# Asked before it is called, so that an older browser goes on without.
ASKED_FIRST = {"htmx.min.js": {"moveBefore (133)"}}

LATER_MARKS = {
    "popover (114)": r"<[^>]*\spopover(?:=|\s|>)",
    "exclusive details (120)": r"<details[^>]*\sname=",
    "search element (118)": r"<search\b",
    "invokers (135)": r"\scommandfor=",
}


def bare(css: str) -> str:
    """Return a style sheet without its comments and without what only newer browsers are shown."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    while (start := text.find("@supports")) >= 0:
        text = text[:start] + text[_end_of_block(text, start) :]
    return text


def _end_of_block(text: str, start: int) -> int:
    depth = 0
    for place in range(text.index("{", start), len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return len(text)


def nested(css: str) -> list[str]:
    """Return the selectors that stand inside a rule: nesting came with Chromium 112."""
    found, stack = [], []
    for head, brace in re.findall(r"([^{}]*)([{}])", bare(css)):
        if brace == "}":
            stack and stack.pop()
            continue
        selector = head.rsplit(";", 1)[-1].strip()
        if stack and not stack[-1].startswith("@"):
            found.append(selector)
        stack.append(selector)
    return found


def found_in(text: str, patterns: dict[str, str]) -> list[str]:
    return [name for name, pattern in patterns.items() if re.search(pattern, text)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_uses_nothing_of_later(sheet):
    css = bare(sheet.read_text(encoding="utf-8"))
    assert found_in(css, LATER_RULES) == []
    assert nested(css) == []


@pytest.mark.parametrize("sheet", sorted(DESK.rglob("*.css")), ids=lambda path: path.name)
def test_our_own_style_sheets_stay_plain(sheet):
    assert found_in(bare(sheet.read_text(encoding="utf-8")), DECLINED_BY_US) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_calls_nothing_of_later(script):
    found = found_in(script.read_text(encoding="utf-8"), LATER_CALLS)
    assert set(found) - ASKED_FIRST.get(script.name, set()) == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_uses_no_mark_of_later(template):
    assert found_in(template.read_text(encoding="utf-8"), LATER_MARKS) == []


@pytest.mark.parametrize(
    "css", ["a { color: color-mix(in srgb, red, blue) }", "a { color: oklch(1 0 0) }", "@scope (a) {}"]
)
def test_what_came_later_is_found(css):
    assert found_in(bare(css), LATER_RULES)


def test_nesting_is_found_and_blocks_are_not_taken_for_it():
    assert nested("a { color: red; b { color: blue } }") == ["b"]
    assert nested("@media print { a { color: red } b { color: blue } }") == []
    assert nested("@supports (x: y) { a { b { c: d } } }") == []


def test_there_is_something_to_look_at():
    assert {path.name for path in SHEETS} >= {"base.css", "tabler.min.css"}
    assert {path.name for path in SCRIPTS} >= {"desk.js", "htmx.min.js"}
    assert isinstance(DESK, Path)
