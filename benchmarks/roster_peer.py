"""
The peer: django-import-export with ``use_bulk``, bringing the same rows into the same two tables.

As its documentation has it: a resource a table, related rows by ``ForeignKeyWidget``, values prepared in
``before_import_row``. Facts, history, walls and set-wise checks are left out.
"""

import json
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from juli.config.cli import session

BATCH = 1_000
DAY, MOMENT = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)


def measured(file: str, rows: int) -> dict[str, float]:
    """Import so many rows of a roster in a transaction that is undone; return rows a second."""
    table = pl.read_excel(file, engine="calamine", infer_schema_length=0).head(rows)
    with session.in_house(as_owner=True):
        import tablib
        from django.db import transaction

        people, memberships = _resources()
        # The library wants a column for each value by which it looks rows up, though they are made later.
        data = tablib.Dataset(headers=[*table.columns, "document_digest", "person"])
        data.extend([(*row, "", "") for row in table.rows()])
        with transaction.atomic():
            _emptied()
            start = time.perf_counter()
            result = people().import_data(data, raise_errors=True)
            memberships().import_data(data, raise_errors=True)
            seconds = time.perf_counter() - start
            transaction.set_rollback(True)
    return {"seconds": round(seconds, 3), "rows": rows, "new": result.totals["new"]}


def _emptied() -> None:
    """Begin with the empty register that the pipeline began with; the transaction is undone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE party_person, registry_membership, registry_post")


def _resources() -> tuple[Any, Any]:
    """Return the two resources, made once Django is set up."""
    from import_export import fields, resources, widgets

    from juli.domains.registry.models import Membership
    from juli.engines.party import registering, vault
    from juli.engines.party.models import Employer, Person
    from juli.engines.party.particulars import Contact, Identity
    from juli.engines.scope.models import OrgUnit

    class Value(widgets.Widget):
        def clean(self, value: Any, row: Any = None, **_: Any) -> Any:
            return value

    derived = (
        "name", "name_bigrams", "name_initials", "name_pinyin", "sex", "born_on", "document_kind",
        "document_sealed", "document_digest", "document_shown", "mobile_sealed", "mobile_digest",
        "mobile_shown", "path", "registered_on", "updated_at",
    )  # fmt: skip
    plain = {name: fields.Field(name, name, widget=Value()) for name in derived}
    derived_values = type(resources.ModelResource)("Derived", (resources.ModelResource,), plain)

    class People(derived_values):  # type: ignore[misc,valid-type]  # made of a dictionary
        org_unit = fields.Field("org_unit", "工会编码", widget=widgets.ForeignKeyWidget(OrgUnit, "code"))

        def before_import_row(self, row: Any, **_: Any) -> None:
            person = Person()
            registering.identified(person, Identity(row["姓名"], row["证件号码"]), on=DAY)
            registering.reached(person, Contact(mobile=row["手机号码"]))
            row.update({name: getattr(person, name) for name in derived})
            row.update({"path": "/1/", "registered_on": DAY, "updated_at": MOMENT})

        class Meta:
            model = Person
            import_id_fields = ("document_digest",)
            fields = (*derived, "org_unit")
            use_bulk, batch_size, skip_diff = True, BATCH, True

    class Memberships(resources.ModelResource):
        person = fields.Field("person", "person", widget=widgets.ForeignKeyWidget(Person, "document_digest"))
        org_unit = fields.Field("org_unit", "工会编码", widget=widgets.ForeignKeyWidget(OrgUnit, "code"))
        employer = fields.Field(
            "employer", "单位统一社会信用代码", widget=widgets.ForeignKeyWidget(Employer, "uscc")
        )

        path = fields.Field("path", "path", widget=Value())

        def before_import_row(self, row: Any, **_: Any) -> None:
            day = row["入会日期"][:10]
            row.update({"person": vault.document_digest(row["证件号码"]), "number": row["证件号码"]})
            row.update({"joined_on": day, "valid_from": day, "path": "/1/"})

        class Meta:
            model = Membership
            import_id_fields = ("person",)
            fields = ("person", "org_unit", "employer", "number", "joined_on", "valid_from", "path")
            use_bulk, batch_size, skip_diff = True, BATCH, True

    return People, Memberships


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
