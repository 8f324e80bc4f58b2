from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "juli.engines.scope"
    label = "scope"
    verbose_name = "范围与授权"
