"""Addresses of figures and reports."""

from django.urls import path

from juli.domains.reporting.views import figure_pages, register_pages, report_pages
from juli.domains.reporting.views.register_verbs import VERBS

app_name = "reporting"
urlpatterns = [
    path("figures/", figure_pages.figures, name="figures"),
    path("figures/<str:code>/", figure_pages.figure, name="figure"),
    path("figures/<str:code>/records/", figure_pages.evidence, name="evidence"),
    path("reports/<slug:name>/", report_pages.report, name="report"),
    path("reports/<slug:name>/paper/", report_pages.report_paper, name="report-paper"),
    path("sessions/", register_pages.registers, name="registers"),
    *(
        path(f"sessions/<int:unit_id>/{verb.slug}/", register_pages.entry, {"verb": verb}, name=verb.slug)
        for verb in VERBS
    ),
]
