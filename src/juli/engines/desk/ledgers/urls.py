"""Addresses of ledgers."""

from django.urls import path

from juli.engines.desk.ledgers.views import batches, verbs

app_name = "sheet"

urlpatterns = [
    path("imports/", batches.imports, name="imports"),
    path("imports/template/", batches.template, name="template"),
    path("imports/foreign/", batches.foreign_sheet, name="foreign-sheet"),
    path("imports/<int:batch_id>/", batches.batch, name="import"),
    path("imports/<int:batch_id>/progress/", batches.progress, name="import-progress"),
    path("imports/<int:batch_id>/errors/", batches.error_workbook, name="error-workbook"),
    path("imports/<int:batch_id>/differences/", batches.differences, name="import-differences"),
    path("imports/<int:batch_id>/confirmation/", verbs.confirmation, name="import-confirmation"),
    path("imports/<int:batch_id>/dropping/", verbs.dropping, name="import-dropping"),
    path("imports/<int:batch_id>/undoing/", verbs.undoing, name="import-undoing"),
    path("imports/<int:batch_id>/rows/<int:row_number>/mending/", verbs.mending, name="row-mending"),
    path("imports/<int:batch_id>/rows/<int:row_number>/leaving/", verbs.leaving, name="row-leaving"),
]
