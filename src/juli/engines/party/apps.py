from django.apps import AppConfig


class PartyConfig(AppConfig):
    name = "juli.engines.party"
    label = "party"
    verbose_name = "自然人与单位"
