"""The addresses that the frame of a page leads to, so that pages can be drawn without the house."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def app(name: str, *lines: str) -> object:
    return path(
        f"{name}/", include(([path(f"{line}/", nothing, name=line) for line in lines], name), namespace=name)
    )


urlpatterns = [
    path("", nothing, name="home"),
    path("search/", nothing, name="search"),
    path("palette/", nothing, name="palette"),
    path("help/", nothing, name="help"),
    path("help/<slug:slug>/", nothing, name="help-chapter"),
    path("sign-in/", nothing, name="sign-in"),
    path("sign-out/", nothing, name="sign-out"),
    path("help/<slug:chapter>/", nothing, name="help-chapter"),
    path("palette/", nothing, name="palette"),
    app("desk", "runs"),
    app(
        "registry",
        "unions",
        "members",
        "employers",
        "coverages",
        "posts",
        "headcounts",
        "hazards",
        "persons",
        "lookalikes",
        "coverage-map",
        "quality",
    ),
    app("reporting", "figures"),
    app("sheet", "imports"),
    app("scope", "accounts"),
    path(
        "drafts/",
        include(
            ([path("", nothing, name="keeping"), path("<int:draft_id>/", nothing, name="removal")], "drafts"),
            namespace="drafts",
        ),
    ),
]
