"""Every address of the house, by app."""

from django.urls import URLPattern, URLResolver, include, path

from juli.config import doorway, health, home

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", doorway.sign_in, name="sign-in"),
    path("sign-out/", doorway.sign_out, name="sign-out"),
    *health.urlpatterns,
    *home.urlpatterns,
    path("", include("juli.config.accounts.urls")),
    path("", include("juli.config.tasks.views")),
    path("", include("juli.config.palette.views")),
    path("", include("juli.config.help.views")),
    path("", include("juli.engines.desk.filling.urls")),
    path("", include("juli.engines.desk.urls")),
    path("", include("juli.domains.registry.urls")),
    path("", include("juli.engines.desk.ledgers.urls")),
    path("", include("juli.domains.reporting.urls")),
]
