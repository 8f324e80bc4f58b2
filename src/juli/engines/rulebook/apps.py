"""The rulebook as a Django app: its data is proven when the house starts."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Rules as dated, cited data (规则库)."""

    name = "juli.engines.rulebook"
    label = "rulebook"
    verbose_name = "规则库"

    def ready(self) -> None:
        """Read every rule, so that a wrong one stops the house at the door and not at a citizen's case."""
        from juli.engines.rulebook import book

        book.every_rule()
