"""An admission that was a mistake ends on its own day: it is withdrawn."""

from django.db import migrations, models

CLOSINGS = [
    ("transferred_out", "转出"),
    ("retained", "转为保留会籍"),
    ("resumed", "恢复在籍"),
    ("left", "退会"),
    ("expelled", "除名"),
    ("died", "去世"),
    ("merged", "并入重复记录"),
    ("withdrawn", "撤销入会登记"),
]


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_sorted_lists")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="closing",
            field=models.CharField(blank=True, choices=CLOSINGS, max_length=16, verbose_name="终因", **extra),
        )
        for model, extra in (("membership", {}), ("membershipevent", {"null": True}))
    ]
