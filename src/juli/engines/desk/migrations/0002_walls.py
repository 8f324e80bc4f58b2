from django.db import migrations

from juli.engines.scope.masonry import MINE, REMOVE, Pass, RaiseWall, by_path, private

SHARED = f"({MINE} OR (is_shared AND {by_path()}))"


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_first_tables"), ("scope", "0003_statistics")]

    operations = [
        RaiseWall("desk_savedfilter", {"juli_staff": Pass(REMOVE, SHARED)}),
        RaiseWall("desk_draft", private()),
        RaiseWall("desk_recent", private()),
        RaiseWall("desk_export", private()),
        RaiseWall("desk_bulkrun", private()),
        RaiseWall("desk_bulkitem", private()),
    ]
