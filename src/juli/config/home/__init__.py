"""The first page after signing in: what waits for oneself, what runs, and the figures of one's unit."""

from juli.config.home.views import urlpatterns

__all__ = ["urlpatterns"]
