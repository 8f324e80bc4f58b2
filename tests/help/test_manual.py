"""The manual: every chapter renders, every link leads somewhere, every page leads to its part of it."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse

from juli.config.help import leading, manual
from tests.access.test_matrix import PATTERNS
from tests.pages.visiting import text_of, visitor_of
from tests.world import build

BETWEEN = re.compile(r"\d\d-([a-z]+)\.md(?:#([a-z-]+))?")
CHAPTERS = {
    "start", "work", "lists", "records", "ledgers", "finding", "duplicates", "quality", "figures", "accounts",
    "keys",
}  # fmt: skip


def test_every_area_has_its_chapter():
    assert {each.slug for each in manual.chapters()} == CHAPTERS


@pytest.mark.parametrize("chapter", manual.chapters(), ids=lambda chapter: chapter.slug)
def test_a_chapter_is_whole(chapter):
    assert chapter.title
    assert chapter.contents
    assert "{#" not in chapter.body
    assert "<h1" not in chapter.body
    assert "<script" not in chapter.body
    anchors = [part.anchor for part in chapter.parts if part.anchor]
    assert len(anchors) == len(set(anchors))
    for anchor in anchors:
        assert f'id="{anchor}"' in chapter.body


@pytest.mark.parametrize("chapter", manual.chapters(), ids=lambda chapter: chapter.slug)
def test_every_link_leads_somewhere(chapter):
    for link in chapter.links:
        if link.startswith("#"):
            assert link[1:] in chapter.anchors
        elif link.startswith("/"):
            try:
                resolve(link.split("?")[0])
            except Resolver404:
                pytest.fail(link)
        else:
            slug, anchor = BETWEEN.fullmatch(link).groups()
            assert (manual.folder() / link.split("#")[0]).is_file()
            assert anchor is None or anchor in manual.chapter(slug).anchors


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_page_leads_to_a_part_that_is_there(name):
    slug, anchor = leading.lead_for(name)
    assert anchor in manual.chapter(slug).anchors


def test_every_lead_belongs_to_a_page():
    assert [lead for lead in leading.LEADS if not any(name.startswith(lead) for name in PATTERNS)] == []


def test_a_word_is_found_in_headings_first():
    found = manual.mentions("撤回")
    assert found[0].part.title == "撤回"
    assert {mention.chapter.slug for mention in found} >= {"ledgers"}
    assert manual.mentions("  ") == ()
    assert manual.mentions("没有这样的词") == []


def test_raw_html_stays_text(tmp_path):
    file = tmp_path / "01-x.md"
    file.write_text("# 标题\n\n## 节 {#part}\n\n<script>alert(1)</script> 与 [链](#part)\n", encoding="utf-8")
    chapter = manual._read(file)
    assert "<script" not in chapter.body
    assert chapter.anchors == {"part"}


@pytest.mark.django_db
def test_the_console_serves_it():
    world = build()
    he = visitor_of(world.he)
    assert "我的工作与待办" in text_of(he.get(reverse("help")))
    for chapter in manual.chapters():
        assert chapter.title in text_of(he.get(reverse("help-chapter", args=[chapter.slug])))
    assert he.get("/help/nothing/").status_code == 404
    assert "提到“撤回”的地方" in text_of(he.get("/help/?q=撤回"))
    page = he.get("/members/").content.decode()
    assert f'href="{reverse("help-chapter", args=["lists"])}#members"' in page
