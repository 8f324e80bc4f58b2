from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "juli.domains.registry"
    label = "registry"
    verbose_name = "组织与会员"

    def ready(self) -> None:
        """Make known what of this app is recorded, counted, waited for and recalled."""
        from juli.domains.registry import facts, indicators, recalled, references, waiting, waiting_batches
        from juli.domains.registry.ledgers.entries import ENTRIES
        from juli.domains.registry.quality import topics
        from juli.domains.registry.views.lists import REGISTERS
        from juli.engines.desk import lists, recalling
        from juli.engines.facts import recording
        from juli.engines.indicator import catalogue
        from juli.engines.party import merging
        from juli.engines.sheet import entries
        from juli.engines.tasks import catalogue as tasks

        recording.register_kinds(facts.LABELS)
        for subject, tables in references.REFERENCES.items():
            merging.refer(subject, tables)
        catalogue.declare((*indicators.INDICATORS, *topics.INDICATORS))
        tasks.declare((*waiting.KINDS, *waiting_batches.KINDS))
        recalling.declare(recalled.KINDS)
        lists.declare(REGISTERS)
        entries.declare(*ENTRIES)
