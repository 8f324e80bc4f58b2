"""Every page, drawn from sample values: complete, escaped, and without anything the policy forbids."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from juli.engines.desk import figures, pages
from juli.engines.desk.cells import Name
from juli.engines.desk.pages import Column, Row, Table
from tests.desk.drawing import drawn, drawn_with
from tests.desk.samples import PAGES


class Reader(HTMLParser):
    """Collects the tags of a page, and what was opened and never closed."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("name", PAGES)
def test_every_tag_is_closed(name):
    assert read(drawn(name)).open == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_inline_that_the_policy_would_stop(name):
    for tag, attributes in read(drawn(name)).tags:
        assert "style" not in attributes, (tag, attributes)
        assert not [attribute for attribute in attributes if attribute.startswith("on")], (tag, attributes)
        assert tag != "style"
        assert tag != "script" or attributes["src"].startswith("/static/")


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_one_heading_leads_the_page(name):
    tags = read(drawn(name)).tags
    ids = [attributes["id"] for _tag, attributes in tags if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))
    assert [tag for tag, _attributes in tags].count("h1") == 1
    assert "main" in ids


@pytest.mark.parametrize("name", PAGES)
def test_every_post_carries_the_token(name):
    html = drawn(name)
    posts = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
    assert all("csrfmiddlewaretoken" in form for form in posts)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_a_fault_page_needs_no_context(name):
    assert "<h1>" in render_to_string(f"{name}.html")


def test_the_theme_is_that_of_the_cookie_and_nothing_else():
    assert 'data-bs-theme="dark"' in drawn("home", cookies="theme=dark")
    assert 'data-bs-theme="light"' in drawn("home")
    assert 'data-bs-theme="light"' in drawn("home", cookies="theme=%22%3E")


def test_words_of_a_record_are_escaped():
    table = Table("名册", (Column("<b>列</b>"),), (Row((Name("<script>x</script>", '"/><i>'),)),))
    html = render_to_string("desk/_table.html", {"table": table})
    assert "<script>" not in html
    assert "<i>" not in html
    assert "<b>列" not in html


def test_a_list_and_its_fragment_draw_the_same_rows():
    context = PAGES["list"][1]()
    fragment = render_to_string("desk/_rows.html", context).strip()
    assert fragment in drawn("list")


def test_an_empty_list_says_what_to_do_first():
    html = drawn("empty")
    assert "先把台账导进来" in html
    assert "<table" not in html


def test_an_error_stands_at_the_top_and_at_its_field():
    html = drawn("form")
    assert html.count("此人已有在籍会籍") == 1
    assert 'href="#id_name"' in html
    assert re.search(r'<input[^>]*name="name"[^>]*aria-invalid="true"', html)


def test_an_import_asks_for_its_progress_until_it_has_ended():
    running = render_to_string("desk/_import_progress.html", PAGES["batch"][1]())
    assert 'hx-get="/b/progress/"' in running
    progress = figures.Progress("已写入", 5, 5, "行", is_running=False)
    ended = figures.BatchPage("名册", "", (figures.Step("写入", "done"),), progress, "/b/progress/")
    html = render_to_string("desk/_import_progress.html", {"batch": ended})
    assert "hx-get" not in html
    assert 'value="100"' in html


def test_a_total_that_is_still_counted_is_not_guessed():
    listing = pages.Listing("会员", None, "人", Table("", (), ()), pages.Pager(""), pages.Empty("没有。"))
    assert "正在数" in drawn_with("desk/list.html", {"listing": listing})
