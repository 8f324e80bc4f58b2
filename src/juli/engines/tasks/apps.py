from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "juli.engines.tasks"
    label = "tasks"
    verbose_name = "待办"
