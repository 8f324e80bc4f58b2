"""
The peer of our search: the search of Django's own admin, as it comes, over the very same table.

It runs in a process of its own, with Django's usual settings and the owner's connection, around all walls.
``python -m benchmarks.stock_admin`` reads queries from its input, one a line, and prints milliseconds.
"""

import json
import subprocess
import sys

from benchmarks.timing import Times, milliseconds

FIELDS = ("name", "name_initials", "name_pinyin")
COLUMNS = ("name", "sex", "born_on", "document_shown", "mobile_shown", "verification", "registered_on")


def searched(queries: list[str]) -> Times:
    """Return how long the stock admin takes to show what it finds for each query."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.stock_admin"],
        input="\n".join(queries), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Times(tuple(json.loads(said.stdout)))


def _set_up() -> None:
    import django
    from django.conf import settings

    from juli.config.embedded import connection

    as_owner = connection.parameters(as_owner=True)
    settings.configure(
        SECRET_KEY="only-for-this-process",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
            "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "benchmarks.stock_admin.Admitting",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]},
        }],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": as_owner["dbname"], "USER": as_owner["user"],
            "PASSWORD": as_owner["password"], "HOST": as_owner["host"], "PORT": as_owner["port"],
            "OPTIONS": {"options": "-c min_parallel_table_scan_size=8MB"},  # as PostgreSQL comes
        }},
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        LANGUAGE_CODE="zh-hans", USE_TZ=True, STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )  # fmt: skip
    django.setup()


class Admitting:
    """Lets everybody in as a superuser without asking the database: the peer is spared the sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        from django.contrib.auth.models import User

        request.user = User(pk=1, username="owner", is_staff=True, is_superuser=True, is_active=True)
        return self.get_response(request)


def _site():
    from django.contrib import admin
    from django.db import models

    class Person(models.Model):
        name = models.CharField(max_length=64)
        name_initials = models.CharField(max_length=64)
        name_pinyin = models.CharField(max_length=255)
        sex = models.CharField(max_length=8)
        born_on = models.DateField(null=True)
        document_shown = models.CharField(max_length=24)
        mobile_shown = models.CharField(max_length=16)
        verification = models.CharField(max_length=12)
        registered_on = models.DateField()

        class Meta:
            app_label, db_table, managed = "auth", "party_person", False

        def __str__(self) -> str:
            return self.name

    class PersonAdmin(admin.ModelAdmin):
        search_fields = FIELDS
        list_display = COLUMNS

    site = admin.AdminSite()
    site.register(Person, PersonAdmin)
    return site


def main() -> None:
    """Answer the queries of the input."""
    _set_up()
    from django.test import Client
    from django.urls import path

    global urlpatterns
    urlpatterns = [path("admin/", _site().urls)]
    client = Client(SERVER_NAME="localhost")

    def ask(query: str) -> None:
        answer = client.get("/admin/auth/person/", {"q": query})
        assert answer.status_code == 200, answer.status_code

    queries = [line.strip() for line in sys.stdin if line.strip()]
    ask(queries[0])
    print(json.dumps([milliseconds(lambda query=query: ask(query)) for query in queries]))


urlpatterns: list[object] = []

if __name__ == "__main__":
    sys.modules["benchmarks.stock_admin"] = sys.modules["__main__"]  # one module under both names
    main()
