"""The second wall around committees, sessions and reports."""

from django.db import migrations

from juli.engines.scope.masonry import APPEND, RaiseWall, staff

TABLES = ("committeeterm", "plenary", "annualreport")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_first_tables"), ("scope", "0002_walls")]

    operations = [
        *[RaiseWall(f"reporting_{table}", staff()) for table in TABLES],
        *[RaiseWall(f"reporting_{table}event", staff(APPEND)) for table in TABLES],
    ]
