"""The ledger of persons: what is known of those who are registered, and how to reach them (人员台账)."""

from typing import Any, Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import people, places
from juli.domains.registry.ledgers.columns import REMARK
from juli.domains.registry.roster import form as roster
from juli.engines.party import vault
from juli.engines.party.models import Person
from juli.engines.party.particulars import Contact, Particulars
from juli.engines.sheet.columns import Column, Kind, LedgerForm
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger
from juli.engines.sheet.saying import RECORD, RECORD_COLUMN, SOURCE, Occasion, Posted, Said

_LIKE_ROSTER: Final = (
    "name", "document", "mobile", "household", "is_migrant_worker", "education", "skill", "employment",
    "is_party_member", "is_model_worker", "bank",
)  # fmt: skip
_PARTICULARS: Final = ("household", "education", "skill", "employment")
_SOURCED: Final = {
    "is_migrant_worker": "migrant_source", "is_party_member": "party_source",
    "is_model_worker": "model_source",
}  # fmt: skip
_VALUES: Final = ("name", "document_shown", *_PARTICULARS, *_SOURCED)


def _as_in_roster(code: str) -> Column:
    """Return a roster's column, the document not being required beside a record number."""
    column = roster.MEMBERS.column(code)
    if code != "document":
        return column
    return Column(
        code=code, label=column.label, kind=Kind.DOCUMENT, aliases=column.aliases, max_length=32,
        is_personal=True, example=column.example,
    )  # fmt: skip


FORM: Final = LedgerForm(
    code="registry.persons",
    label="人员台账",
    columns=(RECORD_COLUMN, *(_as_in_roster(code) for code in _LIKE_ROSTER), REMARK),
    key=("document",),
    record=RECORD,
)


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    del occasion
    found = people.found(rows, judgement)
    numbered = rows[RECORD].cast(pl.Int64, strict=False)
    person = found["@person_id"]
    return found.with_columns(numbered.zip_with(numbered.is_not_null(), person).alias("@person_id"))


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    """Return the persons whom the rows name; a sealed value equal to the row's own is shown as it is."""
    told: dict[int, tuple[str | None, str | None]] = {
        row["@person_id"]: (row["mobile"], row["bank"])
        for row in rows.select("@person_id", "mobile", "bank").iter_rows(named=True)
        if row["@person_id"] is not None
    }
    persons = (person for some in people.pieces(list(told)) for person in Person.objects.filter(pk__in=some))
    held = [_held(person, *told[person.pk]) for person in persons]
    schema = {
        "@record": pl.Int64, "@path": pl.String, "@person_id": pl.Int64, "name": pl.String,
        "document": pl.String, **dict.fromkeys(_PARTICULARS, pl.String),
        **dict.fromkeys(_SOURCED, pl.Boolean), "mobile": pl.String, "bank": pl.String,
    }  # fmt: skip
    return pl.DataFrame(held, schema=schema, orient="row").filter(places.within(occasion.ranges, "@path"))


def _held(person: Person, mobile: str | None, bank: str | None) -> tuple[Any, ...]:
    return (
        person.pk, person.path, person.pk, *(getattr(person, column) for column in _VALUES),
        _seen(person, vault.Sealed.MOBILE, mobile), _seen(person, vault.Sealed.BANK, bank),
    )  # fmt: skip


def _seen(person: Person, value: vault.Sealed, told: str | None) -> str | None:
    """Return a sealed value masked, or as it was told where it is the very same."""
    held = getattr(person, f"{value}_digest")
    if told and held and vault.vault().digest(told, context=value.context) == bytes(held):
        return told
    return getattr(person, f"{value}_shown") or None


def _post(said: Said, occasion: Occasion) -> Posted:
    by: dict[str, Any] = {"reason": occasion.reason, "actor": occasion.actor, "at": occasion.at}
    number = said["@person_id"]
    person = Person.objects.get(pk=number)
    if said.told & {"mobile", "bank"}:
        contact = Contact(
            mobile=said["mobile"] if "mobile" in said.told else None,
            bank_account=said["bank"] if "bank" in said.told else None,
        )
        actions.change_contact(number, contact=contact, **by)
    if said.told & {*_PARTICULARS, *_SOURCED}:
        actions.correct_person(number, particulars=_particulars(person, said, occasion), **by)
    return Posted(number)


def _particulars(person: Person, said: Said, occasion: Occasion) -> Particulars:
    sources = {
        source: SOURCE if code in said.told else getattr(person, source) for code, source in _SOURCED.items()
    }
    is_told = "is_migrant_worker" in said.told
    return Particulars(
        household=Person.Household(said["household"]), education=Person.Education(said["education"]),
        skill=Person.Skill(said["skill"]), employment=Person.Employment(said["employment"]),
        is_migrant_worker=said["is_migrant_worker"],
        migrant_as_of=occasion.day if is_told else person.migrant_as_of,
        is_party_member=said["is_party_member"], is_model_worker=said["is_model_worker"], **sources,
    )  # fmt: skip


PERSONS: Final = Ledger(
    form=FORM, model=Person, register=_register, judged=_judged, post=_post, match=("@person_id",),
    unread=frozenset({"name", "document", "remark"}),
)  # fmt: skip
