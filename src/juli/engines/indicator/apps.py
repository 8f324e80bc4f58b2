from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    name = "juli.engines.indicator"
    label = "indicator"
    verbose_name = "指标"

    def ready(self) -> None:
        """Register the checks of the catalogue and of the figure sets."""
        from juli.engines.indicator import checks  # noqa: F401  importing registers them
