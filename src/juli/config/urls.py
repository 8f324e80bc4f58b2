"""Every address of the house, by app."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from juli.config import doorway

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", doorway.sign_in, name="sign-in"),
    path("sign-out/", doorway.sign_out, name="sign-out"),
]
for app in ("juli.config.health", "juli.config.home"):
    if find_spec(app):
        from importlib import import_module

        urlpatterns += import_module(app).urlpatterns
for app in ("juli.config.accounts.urls", "juli.domains.registry.urls", "juli.domains.reporting.urls"):
    if find_spec(app.rpartition(".")[0]) and find_spec(app):
        urlpatterns.append(path("", include(app)))
