"""Indexes by which members are counted: of a district in a few hundredths of a second, whatever the wall."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("party", "0002_walls"),
        ("registry", "0004_roster"),
        ("scope", "0002_walls"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="membership", name="registry_membership_path"),
        migrations.AlterField(
            model_name="membership",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="party.employer",
                verbose_name="单位",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="party.person",
                verbose_name="会员",
            ),
        ),
        # Columns of the key and not beside it: equal entries are then stored once.
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                fields=["path", "valid_from", "valid_until", "standing"], name="registry_membership_path"
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("valid_until__isnull", True)),
                fields=["path"],
                name="registry_membership_open",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("valid_until__isnull", True)),
                fields=["valid_from"],
                name="registry_membership_begun",
            ),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("valid_until__isnull", False)),
                fields=["valid_until"],
                name="registry_membership_ended",
            ),
        ),
    ]
