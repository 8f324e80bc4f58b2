"""Every sentence of the desk's own pages is there in English."""

import re
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

from tests.desk.drawing import drawn
from tools.assets import SOURCE

SENTENCE = re.compile(r"""\{%\s*translate\s+(["'])(.*?)\1""")
BLOCK = re.compile(r"\{%\s*blocktranslate.*?%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
TEMPLATES = sorted(
    [*SOURCE.glob("engines/desk/templates/desk/*.html"), *SOURCE.glob("config/templates/**/*.html")]
)


@pytest.fixture(scope="module")
def english() -> set[str]:
    text = (SOURCE / "config/locale/en/LC_MESSAGES/django.po").read_bytes()
    return {message.id for message in read_po(BytesIO(text)) if message.id and message.string}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_is_translated(template, english):
    text = template.read_text()
    said = {sentence for _quote, sentence in SENTENCE.findall(text)}
    said |= {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in BLOCK.findall(text)}
    assert said <= english


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_chinese_stands_outside_the_translations(template):
    bare = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", template.read_text(), flags=re.DOTALL)
    bare = SENTENCE.sub("", BLOCK.sub("", bare))
    assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", bare) == []


def test_a_page_speaks_english_when_asked():
    with override("en"):
        html = drawn("list")
    assert '<html lang="en"' in html
    assert "Skip to content" in html
    assert "Base unions" in html
