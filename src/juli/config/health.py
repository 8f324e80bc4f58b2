"""
Two addresses for machines that watch the house: alive, and ready.

``/healthz`` asks nobody else; ``/readyz`` asks the database, and says so when it does not answer.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from juli import __version__
from juli.config.supervisor import vitals
from juli.engines.scope import walls
from juli.kernel.actor import Door


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive", "version": __version__})


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    try:
        with walls.entered(walls.stranger(door=Door.API)):
            found = vitals.measure()
    except DatabaseError:
        return JsonResponse({"status": "unready", "database": "unreachable"}, status=503)
    is_ready = not found.pending_migrations
    return JsonResponse(
        {
            "status": "ready" if is_ready else "unready",
            "database": "ok",
            "pending_migrations": len(found.pending_migrations),
            "oldest_job_seconds": round(found.oldest_job.total_seconds()),
        },
        status=200 if is_ready else 503,
    )


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
