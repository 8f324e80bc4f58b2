"""Addresses of what every list has."""

from django.urls import path

from juli.engines.desk.bulk import views as bulk
from juli.engines.desk.exports import views as exports
from juli.engines.desk.lists import views as lists
from juli.engines.desk.runs import views as runs

app_name = "desk"

urlpatterns = [
    path("lists/<slug:register_code>/filters/", lists.filter_saving, name="filter-saving"),
    path("filters/<int:filter_id>/removal/", lists.filter_removal, name="filter-removal"),
    path("runs/", runs.runs, name="runs"),
    path("runs/progress/", runs.runs_progress, name="runs-progress"),
    path("lists/<slug:register_code>/export/", exports.export_asking, name="export-asking"),
    path("exports/<int:export_id>/", exports.export, name="export"),
    path("exports/<int:export_id>/progress/", exports.export_progress, name="export-progress"),
    path("exports/<int:export_id>/stopping/", exports.export_stopping, name="export-stopping"),
    path("exports/<int:export_id>/file/", exports.export_file, name="export-file"),
    path("lists/<slug:register_code>/bulk/<slug:verb_slug>/", bulk.bulk_asking, name="bulk-asking"),
    path("bulk/<int:run_id>/", bulk.bulk_run, name="bulk-run"),
    path("bulk/<int:run_id>/progress/", bulk.bulk_progress, name="bulk-progress"),
    path("bulk/<int:run_id>/stopping/", bulk.bulk_stopping, name="bulk-stopping"),
    path("bulk/<int:run_id>/resumption/", bulk.bulk_resumption, name="bulk-resumption"),
    path("bulk/<int:run_id>/undoing/", bulk.bulk_undoing, name="bulk-undoing"),
]
