"""Every page in Chinese: no English word was left behind, and the punctuation is that of Chinese."""

import re
from html import unescape
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from tests import world as building
from tests.access.routes import furnished
from tests.access.test_matrix import address_of, visitors
from tests.pages.test_every_page_in_english import SAID, SILENT, TAG, entered, openings
from tools.assets import SOURCE

WORD = re.compile(r"[A-Za-z]{3,}")
# Names of things that Chinese offices call so themselves, and codes that stand beside their words.
CALLED_SO = {
    "Excel", "WPS", "PDF", "Word", "JPEG", "PNG", "UTF", "GBK", "xlsx", "xls", "csv", "docx", "pdf", "jpg",
    "png", "English", "Ctrl", "Enter", "Esc", "Escape", "Tab", "Shift", "Alt", "SHA", "Juli", "JSON",
}  # fmt: skip
CODE = re.compile(r"[a-z]+(?:[._/#-][a-z0-9_]+)+|[a-z]+_[a-z_]+|[0-9a-f]{16,}")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?](?=[\s\u4e00-\u9fff]|$)|[,;!?][\u4e00-\u9fff]")


def left_over(text: str, known: str) -> list[str]:
    """Return the English words of a text that nobody has entered."""
    bare = CODE.sub(" ", text)
    return [word for word in WORD.findall(bare) if word not in CALLED_SO and word not in known]


@pytest.mark.django_db
def test_no_english_was_left_behind():
    place = furnished(building.build())
    everybody = visitors(place)
    known = " ".join(entered())
    forgotten = {}
    for name, who in openings():
        answer = everybody[who].get(address_of(name, place))
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = SILENT.sub(" ", answer.content.decode())
        pieces = {unescape(each).strip() for each in [*SAID.findall(page), *TAG.split(page)]}
        found = [piece for piece in pieces if left_over(piece, known) and "width=device-width" not in piece]
        found = [piece for piece in found if not piece.startswith("{") and piece != "light dark"]
        if found:
            forgotten[f"{name} ({who})"] = sorted(found)
    assert forgotten == {}


def test_the_punctuation_of_every_sentence_is_full_width():
    text = (SOURCE / "config/locale/en/LC_MESSAGES/django.po").read_bytes()
    sentences = [
        each for message in read_po(BytesIO(text)) if message.id for each in _forms(message.id) if each
    ]
    assert len(sentences) > 1000
    assert [each for each in sentences if HALF_WIDTH.search(each)] == []


def _forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)
