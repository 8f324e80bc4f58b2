from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "juli.engines.desk"
    label = "desk"
    verbose_name = _("办公桌")

    def ready(self) -> None:
        """Register the checks of the navigation."""
        from juli.engines.desk import checks  # noqa: F401  importing registers them
