"""The index by which members are counted also tells their classes, for figures broken down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_unions_counted")]

    operations = [
        migrations.RemoveIndex(model_name="membership", name="registry_membership_path"),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                fields=["path", "valid_from", "valid_until", "standing", "employer_class"],
                name="registry_membership_path",
            ),
        ),
    ]
