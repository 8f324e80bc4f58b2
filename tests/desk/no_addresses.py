"""A house without a single page."""

urlpatterns: list[object] = []
