from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "juli.engines.audit"
    label = "audit"
    verbose_name = "留痕"
