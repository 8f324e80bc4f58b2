from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "juli.domains.reporting"
    label = "reporting"
    verbose_name = "工作报告"

    def ready(self) -> None:
        """Make the kinds of fact and the indicators of this app known."""
        from juli.domains.reporting import facts, indicators
        from juli.engines.facts import recording
        from juli.engines.indicator import catalogue

        recording.register_kinds(facts.LABELS)
        catalogue.declare(indicators.INDICATORS)
