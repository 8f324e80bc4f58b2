"""Mobile numbers by union, so that those which many share are found from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("party", "0004_merging"),
        ("scope", "0004_bounds"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="person",
            name="party_person_mobile",
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["mobile_digest", "path"], include=["id"], name="party_person_mobile"),
        ),
    ]
