"""System checks: the navigation leads somewhere."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.urls import NoReverseMatch, reverse

from juli.engines.desk import navigation


@register()
def navigation_resolves(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001  Django hands it to every check
    **options: object,  # noqa: ARG001
) -> list[CheckMessage]:
    """Warn about every navigation item whose URL name does not exist."""
    missing: list[CheckMessage] = []
    for item in navigation.ITEMS:
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            missing.append(Warning(f"No URL is named {item.url_name!r}.", obj=item.code, id="desk.W001"))
    return missing
