"""Links between the pages of the repository lead somewhere."""

import re

import pytest

from tests.house.reading import ROOT, text_files

pytestmark = pytest.mark.house

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")


def dead_links(path, text: str) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    return [target for target in LINK.findall(text) if not (ROOT / path.parent / target).exists()]


def test_no_link_is_dead():
    found = {
        str(path): dead
        for path, text in text_files()
        if path.suffix == ".md" and (dead := dead_links(path, text))
    }

    assert not found


def test_every_decision_has_its_head():
    headless = [
        str(path)
        for path, text in text_files()
        if path.parent.name == "adr"
        and not re.match(
            rf"# {path.name[:4]} · .+\n\nStatus: \w+ · \d{{4}}-\d\d-\d\d\nTags: .+\n\n## Decision\n", text
        )
    ]

    assert not headless


def test_a_dead_link_is_found():
    page = next(path for path, _ in text_files() if path.name == "README.md" and len(path.parts) == 1)

    assert dead_links(page, "[here](LICENSE) and [there](docs/no-such-page.md#top)") == [
        "docs/no-such-page.md"
    ]
