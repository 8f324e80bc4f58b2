"""Addresses of records that look alike and of what was merged."""

from typing import Final

from django.urls import URLPattern, path

from juli.domains.registry.views import lookalike_pages
from juli.domains.registry.views.lists.lookalikes import LOOKALIKES
from juli.engines.desk.lists.page import list_view

PATTERNS: Final[tuple[URLPattern, ...]] = (
    path("lookalikes/", list_view(LOOKALIKES), name="lookalikes"),
    path("lookalikes/search/", lookalike_pages.lookalike_search, name="lookalike-search"),
    path("lookalikes/<int:lookalike_id>/", lookalike_pages.lookalike, name="lookalike"),
    path(
        "lookalikes/<int:lookalike_id>/merging/", lookalike_pages.lookalike_merging, name="lookalike-merging"
    ),
    path(
        "lookalikes/<int:lookalike_id>/decision/",
        lookalike_pages.lookalike_decision,
        name="lookalike-decision",
    ),
    path("merges/<int:merge_id>/undoing/", lookalike_pages.merge_undoing, name="merge-undoing"),
)
