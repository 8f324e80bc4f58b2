"""Unions have somebody who keeps their money."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_search"),
    ]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="office",
            field=models.CharField(
                choices=[
                    ("chair", "主席"),
                    ("vice_chair", "副主席"),
                    ("committee_member", "委员"),
                    ("organiser", "组织员"),
                    ("audit_chair", "经审委员会主任"),
                    ("audit_member", "经审委员"),
                    ("women_chair", "女职工委员会主任"),
                    ("women_member", "女职工委员"),
                    ("treasurer", "财务负责人"),
                    ("staff", "工会专职工作人员"),
                    ("socialised", "社会化工会工作者"),
                ],
                max_length=20,
                verbose_name="职务",
            ),
        ),
        migrations.AlterField(
            model_name="postevent",
            name="office",
            field=models.CharField(
                choices=[
                    ("chair", "主席"),
                    ("vice_chair", "副主席"),
                    ("committee_member", "委员"),
                    ("organiser", "组织员"),
                    ("audit_chair", "经审委员会主任"),
                    ("audit_member", "经审委员"),
                    ("women_chair", "女职工委员会主任"),
                    ("women_member", "女职工委员"),
                    ("treasurer", "财务负责人"),
                    ("staff", "工会专职工作人员"),
                    ("socialised", "社会化工会工作者"),
                ],
                max_length=20,
                null=True,
                verbose_name="职务",
            ),
        ),
    ]
