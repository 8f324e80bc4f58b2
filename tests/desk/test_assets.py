"""The front-end build: nothing is named that is not there, and nothing is pinned loosely."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from tools import assets


def test_versions_are_exact_and_the_lock_says_no_address():
    wanted = json.loads((assets.ROOT / "package.json").read_text())
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    lock = json.loads(assets.LOCK.read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert "http" not in assets.NODE_LOCK.read_text()


def test_icons_and_files_are_found_wherever_they_are_named(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        """{% icon "users" %}{% icon 'x' "i-14" %}<script src="{% static 'vendor/htmx.min.js' %}">"""
    )
    code = tmp_path / "b.py"
    code.write_text('Item(icon="home")\nicon: str = "circle-dot"\nSEEN = {"a": Icon("eye")}\n')
    assert assets.named([page, code]) == (["htmx.min.js"], ["circle-dot", "eye", "home", "users", "x"])


def test_an_icon_that_does_not_exist_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "MODULES", tmp_path)
    with pytest.raises(assets.Unfinished, match="no-such-icon"):
        assets.draw_sprite(["no-such-icon"])


def test_a_file_that_no_package_has_stops_the_build():
    with pytest.raises(assets.Unfinished, match=r"jquery\.js"):
        assets.copy_files(["jquery.js"])


def test_the_sprite_holds_every_icon_that_is_named():
    _files, icons = assets.named(assets.sources())
    sprite = ET.parse(assets.VENDOR / assets.SPRITE).getroot()
    assert {symbol.get("id") for symbol in sprite} >= set(icons)


@pytest.mark.parametrize("name", ["tabler.min.css"])
def test_what_is_shipped_holds_in_the_oldest_browser(name):
    """Chrome 109 has no color-mix, oklch, @scope or nesting; :has stands once in Tabler and only adorns."""
    text = (assets.VENDOR / name).read_text()
    ours = [path.read_text() for path in (assets.SOURCE / "engines/desk/static/desk").glob("*.css")]
    for rules in [text, *ours]:
        bare = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
        assert not re.search(
            r"color-mix\(|oklch\(|oklab\(|@scope|@container|@layer|text-wrap:\s*balance", bare
        )
    assert text.count(":has(") == 1
    assert not any(":has(" in re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL) for rules in ours)
