from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "juli.domains.registry"
    label = "registry"
    verbose_name = "组织与会员"

    def ready(self) -> None:
        """Make the kinds of fact, the indicators and the kinds of task of this app known."""
        from juli.domains.registry import facts, indicators, waiting, waiting_batches
        from juli.domains.registry.quality import topics
        from juli.domains.registry.views.lists import REGISTERS
        from juli.engines.desk import lists
        from juli.engines.facts import recording
        from juli.engines.indicator import catalogue
        from juli.engines.tasks import catalogue as tasks

        recording.register_kinds(facts.LABELS)
        catalogue.declare((*indicators.INDICATORS, *topics.INDICATORS))
        tasks.declare((*waiting.KINDS, *waiting_batches.KINDS))
        lists.declare(REGISTERS)
