"""Addresses of figures and reports."""

from django.urls import URLPattern

app_name = "reporting"
urlpatterns: list[URLPattern] = []
