"""Addresses of figures and reports."""

from django.urls import path

from juli.domains.reporting.views import figure_pages, report_pages

app_name = "reporting"
urlpatterns = [
    path("figures/", figure_pages.figures, name="figures"),
    path("figures/<str:code>/", figure_pages.figure, name="figure"),
    path("figures/<str:code>/records/", figure_pages.evidence, name="evidence"),
    path("reports/<slug:name>/", report_pages.report, name="report"),
    path("reports/<slug:name>/paper/", report_pages.report_paper, name="report-paper"),
]
