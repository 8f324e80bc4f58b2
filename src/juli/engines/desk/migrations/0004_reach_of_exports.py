from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_sent_forms")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="reach",
            field=models.JSONField(default=list, verbose_name="管理范围"),
        ),
        migrations.AlterField(
            model_name="bulkitem",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "待办理"),
                    ("done", "已办理"),
                    ("refused", "未能办理"),
                    ("skipped", "已取消"),
                ],
                default="waiting",
                max_length=8,
                verbose_name="办理结果",
            ),
        ),
    ]
