from django.db import migrations

from juli.engines.scope.masonry import OpenTable


class Migration(migrations.Migration):
    """The policy of the table covers every command; the right to delete was not given."""

    dependencies = [("files", "0002_attachments")]

    operations = [OpenTable("files_storedfile", {"juli_staff": "DELETE"})]
