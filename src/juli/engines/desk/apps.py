from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "juli.engines.desk"
    label = "desk"
    verbose_name = _("办公桌")

    def ready(self) -> None:
        """Register the checks of the navigation, the list of what bulk actions came to, and its tasks."""
        from juli.engines.desk import checks, lists  # noqa: F401  importing registers the checks
        from juli.engines.desk.background import waiting
        from juli.engines.desk.bulk.results import RESULTS
        from juli.engines.tasks import catalogue

        lists.declare((RESULTS,))
        catalogue.declare(waiting.KINDS)
