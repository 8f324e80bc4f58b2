from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "juli.domains.registry"
    label = "registry"
    verbose_name = "组织与会员"

    def ready(self) -> None:
        """Make the kinds of fact and the indicators of this app known."""
        from juli.domains.registry import facts, indicators
        from juli.engines.facts import recording
        from juli.engines.indicator import catalogue

        recording.register_kinds(facts.LABELS)
        catalogue.declare(indicators.INDICATORS)
