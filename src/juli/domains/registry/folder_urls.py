"""Addresses of the parts of records, the same for members, unions and employers."""

from typing import Final

from django.urls import URLPattern, path

from juli.domains.registry.views import attachments, folder_pages, papers
from juli.domains.registry.views.folders import CHANGES, COURSE, FILES, FOLDERS, LOOKS, Folder

_PAGES: Final = (
    (f"{COURSE}/", folder_pages.course, COURSE),
    (f"{CHANGES}/", folder_pages.changes, CHANGES),
    (f"{LOOKS}/", folder_pages.looks, LOOKS),
    (f"{FILES}/", attachments.files, FILES),
    (f"{FILES}/new/", attachments.adding, "file-new"),
    ("print/", papers.paper, "print"),
)


def _of(folder: Folder) -> list[URLPattern]:
    return [
        path(
            f"{folder.noun}/<int:{folder.number}>/{end}",
            view,
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
