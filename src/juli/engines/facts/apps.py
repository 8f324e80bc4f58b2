from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "juli.engines.facts"
    label = "facts"
    verbose_name = "事实"
