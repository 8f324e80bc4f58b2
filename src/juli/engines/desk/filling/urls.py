"""Addresses of drafts."""

from django.urls import path

from juli.engines.desk.filling import views

app_name = "drafts"

urlpatterns = [
    path("drafts/", views.draft_keeping, name="keeping"),
    path("drafts/<int:draft_id>/removal/", views.draft_removal, name="removal"),
]
