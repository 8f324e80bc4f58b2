"""Addresses of unions, employers and members."""

from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, path

from juli.domains.registry.folder_urls import PATTERNS as OF_FOLDERS
from juli.domains.registry.lookalike_urls import PATTERNS as OF_LOOKALIKES
from juli.domains.registry.views import (
    corrections,
    coverage_pages,
    employer_pages,
    employers,
    member_pages,
    members,
    quality_pages,
    union_pages,
    unions,
)
from juli.domains.registry.views.correction_verbs import PARTS
from juli.domains.registry.views.employer_verbs import EMPLOYER_VERBS
from juli.domains.registry.views.lists import (
    COVERAGES,
    EMPLOYERS,
    HAZARDS,
    HEADCOUNTS,
    MEMBERS,
    PERSONS,
    POSTS,
    UNIONS,
)
from juli.domains.registry.views.member_verbs import CAREER_VERBS, PERSON_VERBS
from juli.domains.registry.views.union_verbs import UNION_VERBS
from juli.engines.desk.asking import Verb
from juli.engines.desk.lists.page import list_view

app_name = "registry"


def _verbs(noun: str, record: str, view: Any, verbs: Iterable[Verb[Any]]) -> list[URLPattern]:  # a view
    """Return one address for each verb of a record: ``unions/7/merger/`` is ``union-merger``."""
    return [
        path(
            f"{noun}/<int:{record}_id>/{verb.slug}/",
            view,
            {"verb": verb},
            name=f"{_singular(noun)}-{verb.slug}",
        )
        for verb in verbs
    ]


def _singular(noun: str) -> str:
    return noun.removesuffix("s")


urlpatterns = [
    *OF_FOLDERS,
    *OF_LOOKALIKES,
    path("members/", list_view(MEMBERS), name="members"),
    path("members/new/", members.admission, name="member-new"),
    path("members/<int:person_id>/", member_pages.member, name="member"),
    path(
        "members/<int:person_id>/revelations/<slug:value>/", member_pages.revelation, name="member-revelation"
    ),
    *_verbs("members", "person", members.person_verb, PERSON_VERBS),
    *_verbs("members", "person", members.career_verb, CAREER_VERBS),
    path("unions/", list_view(UNIONS), name="unions"),
    path("unions/new/", unions.founding, name="union-new"),
    path("unions/<int:union_id>/", union_pages.union, name="union"),
    *_verbs("unions", "union", unions.union_verb, UNION_VERBS),
    path("posts/<int:post_id>/leaving/", unions.post_leaving, name="post-leaving"),
    path("committees/<int:committee_id>/ending/", unions.committee_ending, name="committee-ending"),
    path("coverages/<int:coverage_id>/ending/", unions.coverage_ending, name="coverage-ending"),
    path("employers/", list_view(EMPLOYERS), name="employers"),
    path("persons/", list_view(PERSONS), name="persons"),
    path("coverages/", list_view(COVERAGES), name="coverages"),
    path("posts/", list_view(POSTS), name="posts"),
    path("headcounts/", list_view(HEADCOUNTS), name="headcounts"),
    path("hazards/", list_view(HAZARDS), name="hazards"),
    path("employers/new/", employers.registration, name="employer-new"),
    path("employers/<int:employer_id>/", employer_pages.employer, name="employer"),
    *_verbs("employers", "employer", employers.employer_verb, EMPLOYER_VERBS),
    path("quality/", quality_pages.quality, name="quality"),
    path("coverage/", coverage_pages.coverage_map, name="coverage-map"),
    path("marks/<int:mark_id>/ending/", employers.mark_ending, name="mark-ending"),
    *[
        path(
            f"{part.noun}/<int:{part.number}>/{part.verb.slug}/",
            corrections.correction,
            {"part": part},
            name=part.name,
        )
        for part in PARTS
    ],
]
