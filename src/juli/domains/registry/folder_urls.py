"""Addresses of the parts of records, the same for members, unions and employers."""

from typing import Final

from django.urls import URLPattern, path

from juli.domains.registry.views import attachments, folder_pages, papers
from juli.domains.registry.views.folders import (
    CHANGES,
    COURSE,
    EMPLOYER,
    FILES,
    FOLDERS,
    LOOKS,
    MEMBER,
    Folder,
)
from juli.domains.registry.views.following import follows
from juli.engines.party.models import Subject

_PAGES: Final = (
    (f"{COURSE}/", folder_pages.course, COURSE),
    (f"{CHANGES}/", folder_pages.changes, CHANGES),
    (f"{LOOKS}/", folder_pages.looks, LOOKS),
    (f"{FILES}/", attachments.files, FILES),
    (f"{FILES}/new/", attachments.adding, "file-new"),
    ("print/", papers.paper, "print"),
)


_MERGING: Final = {MEMBER.name: Subject.PERSON, EMPLOYER.name: Subject.EMPLOYER}
"""Records that may be merged: the old addresses of their parts lead on."""


def _of(folder: Folder) -> list[URLPattern]:
    subject = _MERGING.get(folder.name)
    return [
        path(
            f"{folder.noun}/<int:{folder.number}>/{end}",
            follows(subject)(view) if subject else view,
            {"folder": folder},
            name=f"{folder.name}-{name}",
        )
        for end, view, name in _PAGES
    ]


PATTERNS: Final = [
    *(pattern for folder in FOLDERS for pattern in _of(folder)),
    path("attachments/<int:attachment_id>/", attachments.attachment, name="attachment"),
    path("attachments/<int:attachment_id>/removal/", attachments.removal, name="attachment-removal"),
]
