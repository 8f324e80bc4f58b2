"""The queue of records that look alike begins with those that look most alike."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("party", "0005_mobiles_by_union")]

    operations = [
        migrations.RemoveIndex(model_name="lookalike", name="party_lookalike_queue"),
        migrations.AddField(
            model_name="lookalike",
            name="rank",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.expressions.CombinedExpression(models.Value(100), "-", models.F("score")),
                output_field=models.SmallIntegerField(verbose_name="次序"),
            ),
        ),
        migrations.AddIndex(
            model_name="lookalike",
            index=models.Index(fields=["state", "rank", "id"], name="party_lookalike_queue"),
        ),
    ]
