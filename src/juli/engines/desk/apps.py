from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "juli.engines.desk"
    label = "desk"
    verbose_name = _("办公桌")

    def ready(self) -> None:
        """Register the checks of the navigation, and the list of what bulk actions came to."""
        from juli.engines.desk import checks, lists  # noqa: F401  importing registers the checks
        from juli.engines.desk.bulk.results import RESULTS

        lists.declare((RESULTS,))
