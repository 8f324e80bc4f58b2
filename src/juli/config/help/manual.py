"""
The user manual: Markdown files, read once, rendered with an anchor at every heading.

A chapter is a file ``NN-slug.md``; its title is the first heading. A heading may name its own anchor:
``## 导入 {#import}``. Links between chapters are written as on any platform that shows Markdown
(``03-ledgers.md#mend``) and lead to the pages of the console here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

PACKAGED: Final = Path(__file__).parent / "manual"
IN_THE_SOURCE: Final = Path(__file__).resolve().parents[4] / "docs" / "manual"

_FILE: Final = re.compile(r"\d\d-([a-z]+)\.md")
_LINK: Final = re.compile(r"\d\d-([a-z]+)\.md(#[a-z-]+)?")
_ANCHOR: Final = re.compile(r"\s*\{#([a-z][a-z-]*)\}\s*$")
_DEEPEST_LISTED: Final = 2
_AROUND: Final = 40
_MOST_FOUND: Final = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a chapter and the words under it (节)."""

    anchor: str
    title: str
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the manual (章)."""

    slug: str
    title: str
    body: SafeString
    parts: tuple[Part, ...]
    links: tuple[str, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """Where a link into this chapter may lead."""
        return frozenset(part.anchor for part in self.parts if part.anchor)

    @property
    def contents(self) -> tuple[Part, ...]:
        """The headings that are listed beside the text."""
        return tuple(part for part in self.parts if part.anchor and part.level == _DEEPEST_LISTED)


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of the manual that holds what was looked for, with the words around it (提及)."""

    chapter: Chapter
    part: Part
    before: str
    found: str
    after: str


def folder() -> Path:
    """Return where the files are: inside the package once it is built, else in the source."""
    return PACKAGED if PACKAGED.is_dir() else IN_THE_SOURCE


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return every chapter, in order."""
    files = sorted(each for each in folder().glob("*.md") if _FILE.fullmatch(each.name))
    return tuple(_read(each) for each in files)


def chapter(slug: str) -> Chapter | None:
    """Return a chapter by the name in its address, or None."""
    return next((each for each in chapters() if each.slug == slug), None)


def mentions(text: str) -> Sequence[Mention]:
    """Return the parts that hold a text, those first that hold it in their heading."""
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    found = [
        mention
        for each in chapters()
        for part in each.parts
        if (mention := _mention(each, part, wanted)) is not None
    ]
    found.sort(key=lambda mention: wanted not in mention.part.title.casefold())
    return found[:_MOST_FOUND]


def _mention(each: Chapter, part: Part, wanted: str) -> Mention | None:
    place = part.words.casefold().find(wanted)
    if place < 0:
        return (
            Mention(each, part, "", "", part.words[: 2 * _AROUND])
            if wanted in part.title.casefold()
            else None
        )
    end = place + len(wanted)
    before = part.words[max(0, place - _AROUND) : place]
    return Mention(each, part, before, part.words[place:end], part.words[end : end + _AROUND])


def _read(file: Path) -> Chapter:
    found = _FILE.fullmatch(file.name)
    assert found is not None, "chapters() chose the files"  # noqa: S101
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _table_open)
    reader.add_render_rule("table_close", _table_close)
    tokens = reader.parse(file.read_text(encoding="utf-8"))
    parts = tuple(_parts(tokens))
    links = tuple(_relinked(tokens))
    body = _without_title(tokens)
    html = mark_safe(reader.renderer.render(body, reader.options, {}))  # noqa: S308  our own text, no raw HTML in it
    return Chapter(found[1], parts[0].title, html, parts, links)


def _parts(tokens: list[Token]) -> Iterator[Part]:
    """Yield the headings with the words under them, and give each heading its anchor."""
    places = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    for place, end in zip(places, [*places[1:], len(tokens)], strict=True):
        heading, inline = tokens[place], tokens[place + 1]
        anchor = ""
        if found := _ANCHOR.search(inline.content):
            anchor = found[1]
            heading.attrSet("id", anchor)
            inline.content = inline.content[: found.start()]
            last = [each for each in inline.children or () if each.type == "text"][-1]
            last.content = _ANCHOR.sub("", last.content)
        words = " ".join(_words(tokens[place + 3 : end]))
        yield Part(anchor, inline.content, int(heading.tag[1]), " ".join(words.split()))


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(each.content for each in token.children or ())
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _relinked(tokens: list[Token]) -> Iterator[str]:
    """Yield every link as it is written, and let those between chapters lead to pages."""
    for token in tokens:
        for each in token.children or ():
            if each.type == "link_open":
                written = str(each.attrGet("href"))
                yield written
                if found := _LINK.fullmatch(written):
                    each.attrSet("href", reverse("help-chapter", args=[found[1]]) + (found[2] or ""))


def _without_title(tokens: list[Token]) -> list[Token]:
    """Leave the first heading to the page that shows the chapter."""
    place = next(number for number, token in enumerate(tokens) if token.type == "heading_open")
    return tokens[:place] + tokens[place + 3 :]


def _table_open(
    _self: Any, _tokens: Any, _place: int, _options: Any, _env: Any
) -> str:  # as the library calls it
    return '<div class="tb-wrap"><table class="tb">\n'


def _table_close(_self: Any, _tokens: Any, _place: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"
