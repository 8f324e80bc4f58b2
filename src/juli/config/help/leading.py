"""Which part of the manual belongs to which page of the console."""

from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

START: Final = ("start", "sign-in")
LEADS: Final[dict[str, tuple[str, str]]] = {
    "home": ("work", "home"),
    "search": ("finding", "search"),
    "palette": ("keys", "palette"),
    "help": ("start", "page"),
    "tasks:": ("work", "tasks"),
    "registry:members": ("lists", "members"),
    "registry:unions": ("lists", "unions"),
    "registry:employers": ("lists", "employers"),
    "registry:member-": ("records", "correct"),
    "registry:union-": ("records", "correct"),
    "registry:employer-": ("records", "correct"),
    "registry:quality": ("quality", "read"),
    "registry:coverage-map": ("quality", "map"),
    "registry:lookalike": ("duplicates", "queue"),
    "registry:lookalike-": ("duplicates", "compare"),
    "registry:member-duplicate": ("duplicates", "queue"),
    "registry:employer-duplicate": ("duplicates", "queue"),
    "registry:merge-undoing": ("duplicates", "undo"),
    "registry:coverages": ("lists", "employers"),
    "registry:posts": ("lists", "unions"),
    "registry:headcounts": ("lists", "employers"),
    "registry:hazards": ("lists", "employers"),
    "registry:": ("records", "detail"),
    "desk:export": ("ledgers", "export"),
    "desk:runs": ("ledgers", "export"),
    "desk:bulk": ("lists", "bulk"),
    "drafts:": ("records", "draft"),
    "desk:": ("lists", "shape"),
    "sheet:import-undoing": ("ledgers", "undo"),
    "sheet:row-": ("ledgers", "mend"),
    "sheet:import": ("ledgers", "preview"),
    "sheet:imports": ("ledgers", "import"),
    "sheet:": ("ledgers", "import"),
    "reporting:report": ("figures", "report"),
    "reporting:": ("figures", "figure"),
    "scope:": ("accounts", "accounts"),
}
"""For the name of an address, or for all whose names begin so, the chapter and the anchor in it."""


def lead_for(view_name: str) -> tuple[str, str]:
    """Return the chapter and anchor of a page: the longest beginning of its name decides."""
    known = [name for name in LEADS if view_name.startswith(name)]
    return LEADS[max(known, key=len)] if known else START


def help_link(request: HttpRequest) -> dict[str, str]:
    """Give every page the address of its part of the manual, as ``help_href``."""
    match = request.resolver_match
    chapter, anchor = lead_for(match.view_name) if match else START
    try:
        return {"help_href": f"{reverse('help-chapter', args=[chapter])}#{anchor}"}
    except NoReverseMatch:
        return {"help_href": ""}  # a page that says that something is wrong is shown in any case
