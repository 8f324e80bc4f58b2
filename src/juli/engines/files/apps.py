from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "juli.engines.files"
    label = "files"
    verbose_name = "文件"
