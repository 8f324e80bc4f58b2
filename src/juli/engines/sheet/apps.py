from django.apps import AppConfig


class SheetConfig(AppConfig):
    name = "juli.engines.sheet"
    label = "sheet"
    verbose_name = "台账"
