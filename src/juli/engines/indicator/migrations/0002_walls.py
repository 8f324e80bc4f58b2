"""The second wall around the cache of figures; it may be emptied at any time."""

from django.db import migrations

from juli.engines.scope.masonry import REMOVE, RaiseWall, staff


class Migration(migrations.Migration):
    dependencies = [("indicator", "0001_first_tables"), ("scope", "0002_walls")]

    operations = [RaiseWall("indicator_rollup", staff(REMOVE))]
