"""Addresses of what every list has."""

from django.urls import path

from juli.engines.desk.lists import views as lists

app_name = "desk"

urlpatterns = [
    path("lists/<slug:register_code>/filters/", lists.filter_saving, name="filter-saving"),
    path("filters/<int:filter_id>/removal/", lists.filter_removal, name="filter-removal"),
]
