"""The sequence that member numbers are made from."""

from django.db import migrations

SEQUENCE = """
CREATE SEQUENCE registry_member_number_seq AS bigint;
GRANT USAGE ON SEQUENCE registry_member_number_seq TO juli_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_walls")]

    operations = [migrations.RunSQL(SEQUENCE, "DROP SEQUENCE registry_member_number_seq")]
