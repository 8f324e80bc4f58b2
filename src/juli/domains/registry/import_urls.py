"""Addresses of imports."""

from django.urls import path

from juli.domains.registry.views import imports

app_name = "sheet"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.template, name="template"),
    path("imports/<int:batch_id>/", imports.batch, name="import"),
    path("imports/<int:batch_id>/progress/", imports.progress, name="import-progress"),
    path("imports/<int:batch_id>/errors/", imports.error_workbook, name="error-workbook"),
]
