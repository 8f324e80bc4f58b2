"""The peer: django-import-export with ``use_bulk`` into the same table of persons, without any encryption."""

import json
import sys
import time
from datetime import UTC, date, datetime

import polars as pl

from juli.config.cli import session

BATCH = 1_000


def measured(file: str, rows: int) -> dict[str, float]:
    """Import so many rows of a roster in a transaction that is undone; return rows a second."""
    with session.in_house(as_owner=True):
        import tablib
        from django.db import transaction
        from import_export import fields, resources, widgets

        from juli.engines.party.models import Person
        from juli.engines.scope.models import OrgUnit

        class Bytes(widgets.Widget):
            def clean(self, value: bytes, row: object = None, **_: object) -> bytes:
                return value

        class PersonResource(resources.ModelResource):
            document_digest = fields.Field("document_digest", "document_digest", widget=Bytes())
            document_sealed = fields.Field("document_sealed", "document_sealed", widget=Bytes())

            class Meta:
                model = Person
                import_id_fields = ("document_digest",)
                fields = (
                    "document_digest",
                    "document_sealed",
                    "name",
                    "sex",
                    "born_on",
                    "document_shown",
                    "mobile_shown",
                    "household",
                    "education",
                    "skill",
                    "employment",
                    "org_unit",
                    "path",
                    "registered_on",
                    "updated_at",
                )
                use_bulk = True
                batch_size = BATCH

        unit = OrgUnit.objects.order_by("pk").first()
        table = tablib.Dataset(headers=list(PersonResource.Meta.fields))
        for row in (
            pl.read_excel(file, engine="calamine", infer_schema_length=0).head(rows).iter_rows(named=True)
        ):
            number = row["证件号码"]
            table.append(
                (
                    number.encode(),
                    number.encode(),
                    row["姓名"],
                    "male",
                    row["出生日期"],
                    number[:4],
                    row["手机号码"][:3],
                    "rural",
                    "college",
                    "none",
                    "employed",
                    unit.pk,
                    unit.path,
                    date(2026, 1, 1),
                    datetime(2026, 1, 1, tzinfo=UTC),
                )
            )
        with transaction.atomic():
            start = time.perf_counter()
            result = PersonResource().import_data(table, raise_errors=True)
            seconds = time.perf_counter() - start
            transaction.set_rollback(True)
    return {"seconds": round(seconds, 3), "rows": rows, "new": result.totals["new"]}


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
