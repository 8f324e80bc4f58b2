"""Indexes by which those are found who are not verified: few, so that the others need not be looked at."""

from django.db import migrations

INDEXES = """
CREATE INDEX IF NOT EXISTS party_person_unverified ON party_person (path) WHERE verification <> 'verified';
CREATE INDEX IF NOT EXISTS party_person_verified_on ON party_person (verified_on);
"""
UNDO = """
DROP INDEX party_person_verified_on;
DROP INDEX party_person_unverified;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_lettered")]

    operations = [migrations.RunSQL(INDEXES, UNDO)]
