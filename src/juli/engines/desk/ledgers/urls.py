"""Addresses of ledgers."""

from django.urls import path

from juli.engines.desk.ledgers import verbs, views

app_name = "sheet"

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/", views.template, name="template"),
    path("imports/foreign/", views.foreign_sheet, name="foreign-sheet"),
    path("imports/<int:batch_id>/", views.batch, name="import"),
    path("imports/<int:batch_id>/progress/", views.progress, name="import-progress"),
    path("imports/<int:batch_id>/errors/", views.error_workbook, name="error-workbook"),
    path("imports/<int:batch_id>/differences/", views.differences, name="import-differences"),
    path("imports/<int:batch_id>/confirmation/", verbs.confirmation, name="import-confirmation"),
    path("imports/<int:batch_id>/dropping/", verbs.dropping, name="import-dropping"),
    path("imports/<int:batch_id>/undoing/", verbs.undoing, name="import-undoing"),
    path("imports/<int:batch_id>/rows/<int:row_number>/mending/", verbs.mending, name="row-mending"),
    path("imports/<int:batch_id>/rows/<int:row_number>/leaving/", verbs.leaving, name="row-leaving"),
]
