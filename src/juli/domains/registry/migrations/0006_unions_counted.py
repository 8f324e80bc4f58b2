"""The index by which unions are listed also answers how many there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_indexes_for_counts")]

    operations = [
        migrations.RemoveIndex(model_name="union", name="registry_union_path"),
        migrations.AddIndex(
            model_name="union",
            index=models.Index(
                fields=["path", "id"],
                include=("approved_on", "ended_on", "level"),
                name="registry_union_path",
            ),
        ),
    ]
