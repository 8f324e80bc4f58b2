from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "juli.domains.registry"
    label = "registry"
    verbose_name = "组织与会员"

    def ready(self) -> None:
        from juli.domains.registry import facts
        from juli.engines.facts import recording

        recording.register_kinds(facts.LABELS)
