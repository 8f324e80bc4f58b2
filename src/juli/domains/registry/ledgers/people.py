"""Persons whom rows name by their document or their member number, found behind the wall."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

import polars as pl

from juli.domains.registry.models import Membership
from juli.engines.party.models import Person
from juli.engines.party.vault import Sealed, vault
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.kernel.crypto import digest_column

PERSON_UNKNOWN = Fault(
    "registry.person_unknown",
    "没有登记过这个人，或者不在这次导入的范围内；新会员请先用会员名册导入。",
)
PERSON_NOT_NAMED = Fault("registry.person_not_named", "证件号码和会员号至少填写一项，导出的表可以用记录号。")
NAME_OF_ANOTHER = Fault(
    "registry.name_of_another", "号码登记的是另一个姓名，请对照证件核对；确已更名的请在会员详情中更正。"
)
Value = TypeVar("Value")
_AT_A_TIME: Final = 5_000
_SCHEMA: Final = {"@person_id": pl.Int64, "@held_name": pl.String}


def digests(rows: pl.DataFrame, value: Sealed) -> pl.Series:
    """Return the blind index of a personal column."""
    return digest_column(vault(), rows[value.value], context=value.context)


def found(rows: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """
    Return the rows with ``@person_id`` of whom each names by document or by member number.

    Who is not there, or goes by another name, is added to the judgement; rows with a record number may
    name nobody.
    """
    by_document = _by_document(digests(rows, Sealed.DOCUMENT))
    by_number = _by_number(rows["number"]) if "number" in rows.columns else None
    person, name = by_document["@person_id"], by_document["@held_name"]
    if by_number is not None:
        person = person.zip_with(person.is_not_null(), by_number["@person_id"])
        name = name.zip_with(name.is_not_null(), by_number["@held_name"])
    is_asked = rows["document"].is_not_null()
    if by_number is not None:
        is_asked |= rows["number"].is_not_null()
    has_record = rows["record"].is_not_null()
    judgement.add_faults(is_asked & person.is_null(), column="document", fault=PERSON_UNKNOWN)
    judgement.add_faults(~is_asked & ~has_record, column="document", fault=PERSON_NOT_NAMED)
    other = person.is_not_null() & rows["name"].is_not_null() & (rows["name"] != name)
    judgement.add_faults(other, column="name", fault=NAME_OF_ANOTHER)
    return rows.with_columns(person.alias("@person_id"))


def _by_document(asked: pl.Series) -> pl.DataFrame:
    known: dict[bytes, tuple[int, str]] = {}
    for some in pieces(asked.drop_nulls().unique().to_list()):
        rows = Person.objects.filter(document_digest__in=some)
        for digest, number, name in rows.values_list("document_digest", "pk", "name"):
            known[bytes(digest)] = (number, name)
    nobody = (None, None)
    return pl.DataFrame([known.get(each, nobody) for each in asked], schema=_SCHEMA, orient="row")


def _by_number(asked: pl.Series) -> pl.DataFrame:
    known: dict[str, tuple[int, str]] = {}
    for some in pieces(asked.drop_nulls().unique().to_list()):
        rows = Membership.objects.filter(number__in=some).order_by("valid_from")
        for number, person, name in rows.values_list("number", "person_id", "person__name"):
            known[number] = (person, name)
    nobody = (None, None)
    return pl.DataFrame([known.get(each, nobody) for each in asked], schema=_SCHEMA, orient="row")


def pieces(values: Sequence[Value]) -> Iterator[list[Value]]:
    """Yield values in lists that a statement can name."""
    for start in range(0, len(values), _AT_A_TIME):
        yield list(values[start : start + _AT_A_TIME])
