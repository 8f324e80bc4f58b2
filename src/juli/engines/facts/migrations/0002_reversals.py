"""Find the reversal of a fact: every figure asks for it, and there are few."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_first_tables")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX facts_fact_reverses ON facts_fact (reverses) WHERE reverses IS NOT NULL",
            "DROP INDEX facts_fact_reverses",
        ),
    ]
