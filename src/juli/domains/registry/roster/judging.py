"""Judging the rows of a roster against the tree, against employers, and against themselves."""

from dataclasses import dataclass

import polars as pl

from juli.domains.registry.roster import faults, form
from juli.domains.registry.roster.known import Known, folded_names
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.kernel.idcodes import Sex, birth_dates, guess_kinds, sexes

_TELLS = ["resident_id", "residence_permit"]
_SEXES = {Sex.MALE: "male", Sex.FEMALE: "female"}


@dataclass(frozen=True, slots=True)
class Reference:
    """How rows name a union or an employer: by a code, by a name, or by both (引用)."""

    code: str
    name: str
    code_unknown: Fault
    name_unknown: Fault
    name_shared: Fault
    contradicts: Fault


UNION = Reference(
    "union_code", "union_name", faults.UNION_CODE_UNKNOWN, faults.UNION_NAME_UNKNOWN,
    faults.UNION_NAME_SHARED,
    faults.UNION_CONTRADICTS,
)  # fmt: skip
EMPLOYER = Reference(
    "uscc", "employer_name", faults.EMPLOYER_UNKNOWN, faults.EMPLOYER_NAME_UNKNOWN,
    faults.EMPLOYER_NAME_SHARED,
    faults.EMPLOYER_CONTRADICTS,
)  # fmt: skip


def judged_alone(judgement: Judgement) -> pl.DataFrame:
    """
    Return the rows as the register keeps them, judged against nothing but themselves.

    Sex and day of birth are filled in where the number tells them; politics become a yes or no.
    """
    rows = judgement.rows
    kinds = rows["document_kind"].fill_null(guess_kinds(rows["document"]))
    numbers = rows["document"].set(~kinds.is_in(_TELLS).fill_null(False), None)
    told_sex = sexes(numbers).replace_strict(_SEXES, default=None, return_dtype=pl.String)
    told_day = birth_dates(numbers)
    stated = rows["sex"].set(rows["sex"] == "unstated", None)
    labels = told_sex.replace_strict({"male": "男", "female": "女"}, default=None, return_dtype=pl.String)
    judgement.add_faults(stated != told_sex, column="sex", fault=faults.SEX_CONTRADICTS, value=labels)
    judgement.add_faults(
        rows["born_on"] != told_day, column="born_on", fault=faults.BORN_CONTRADICTS, value=told_day
    )
    born = told_day.zip_with(told_day.is_not_null(), rows["born_on"])
    judgement.add_faults(
        rows["joined_on"] <= born, column="joined_on", fault=faults.JOINED_BEFORE_BIRTH, value=born
    )
    numbered = rows["number"]
    if numbered.null_count() < len(numbered):
        twice = numbered.is_duplicated() & numbered.is_not_null()
        judgement.add_faults(twice, column="number", fault=faults.NUMBER_TWICE)
    is_party = rows["is_party_member"]
    return rows.with_columns(
        kinds.replace_strict(form.DOCUMENT_KINDS, default=None, return_dtype=pl.String).alias(
            "document_kind"
        ),
        told_sex.zip_with(told_sex.is_not_null(), rows["sex"]).alias("sex"),
        born.alias("born_on"),
        is_party.zip_with(is_party.is_not_null(), rows["politics"] == form.PARTY).alias("is_party_member"),
    ).drop("politics", "remark")


def placed(judgement: Judgement, rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """
    Return the rows with the union and the employer that each names, judged against both.

    Added: ``union_code`` and ``uscc`` as the register writes them, ``org_unit_id``, ``path``,
    ``founded_on`` and ``employer_id``.
    """
    found = resolved(judgement, rows, known.unions, UNION).rename({"found_id": "org_unit_id"})
    nothing = rows["union_code"].is_null() & rows["union_name"].is_null()
    judgement.add_faults(nothing, column="union_code", fault=faults.UNION_MISSING)
    told = found.select("org_unit_id").join(
        known.unions.select(
            pl.col("found_id").alias("org_unit_id"), "code", "name", "path", "founded_on", "ended_on"
        ),
        on="org_unit_id", how="left", maintain_order="left",
    )  # fmt: skip
    judgement.add_faults(
        told["ended_on"].is_not_null(), column="union_code", fault=faults.UNION_ENDED,
        value=told["name"], day=told["ended_on"],
    )  # fmt: skip
    employed = resolved(judgement, rows, known.employers, EMPLOYER)
    _judge_coverage(judgement, told, employed["found_id"], known)
    return rows.drop("union_code", "union_name", "uscc", "employer_name").with_columns(
        told["code"].alias("union_code"),
        told["org_unit_id"],
        told["path"],
        told["founded_on"],
        employed["found_id"].alias("employer_id"),
        employed["found_code"].alias("uscc"),
    )


def resolved(
    judgement: Judgement, rows: pl.DataFrame, table: pl.DataFrame, reference: Reference
) -> pl.DataFrame:
    """Return, beside the rows, ``found_id`` and ``found_code`` of what each names."""
    code, name = (_sound(judgement, rows[column]) for column in (reference.code, reference.name))
    by_code = _looked_up(code, table, key="code")
    judgement.add_faults(
        code.is_not_null() & by_code["found_id"].is_null(),
        column=reference.code, fault=reference.code_unknown, value=code,
    )  # fmt: skip
    if name.null_count() == len(name):
        return by_code.select("found_id", "found_code")
    by_name = _looked_up(folded_names(name), table, key="folded")
    alone = code.is_null() & name.is_not_null()
    judgement.add_faults(
        alone & by_name["found_id"].is_null(), column=reference.name, fault=reference.name_unknown, value=name
    )
    shared = alone & (by_name["bearers"] > 1).fill_null(False)
    judgement.add_faults(
        shared, column=reference.name, fault=reference.name_shared, value=name, count=by_name["bearers"]
    )
    other = name.is_not_null() & by_code["found_id"].is_not_null() & (by_code["folded"] != folded_names(name))
    judgement.add_faults(other, column=reference.name, fault=reference.contradicts, value=by_code["name"])
    is_coded = by_code["found_id"].is_not_null()
    return pl.DataFrame(
        [
            by_code[column].zip_with(is_coded, by_name[column].set(shared, None))
            for column in ("found_id", "found_code")
        ]
    )


def _sound(judgement: Judgement, values: pl.Series) -> pl.Series:
    """Return a column without the values that are known to be wrong: they need not be looked up."""
    label = judgement.form.column(values.name).label
    wrong = judgement.faults.filter(pl.col("column") == label)[ROW]
    return values.set(judgement.rows[ROW].is_in(wrong.implode()), None) if len(wrong) else values


def _looked_up(values: pl.Series, table: pl.DataFrame, *, key: str) -> pl.DataFrame:
    columns = table.select(
        pl.col(key).alias("@key"), "found_id", pl.col("code").alias("found_code"), "name", "folded", "bearers"
    )
    return values.alias("@key").to_frame().join(
        columns.unique("@key", keep="first", maintain_order=True), on="@key", how="left",
        maintain_order="left"
    )  # fmt: skip


def _judge_coverage(judgement: Judgement, told: pl.DataFrame, employer: pl.Series, known: Known) -> None:
    """A member works for an employer that their union, or one above it, stands for."""
    pairs = pl.DataFrame({"path": told["path"], "employer_id": employer}).drop_nulls().unique()
    if pairs.is_empty():
        return
    covered = pairs.join(known.coverages, on="employer_id").filter(
        pl.col("path").str.starts_with(pl.col("covered_from"))
    )
    wrong = pairs.join(covered.select("path", "employer_id").unique(), on=["path", "employer_id"], how="anti")
    if wrong.is_empty():
        return
    names = known.employers.select(pl.col("found_id").alias("employer_id"), pl.col("name").alias("employer"))
    marked = (
        pl.DataFrame({"path": told["path"], "employer_id": employer, "union": told["name"]})
        .join(
            wrong.with_columns(wrong=pl.lit(True)),
            on=["path", "employer_id"],
            how="left",
            maintain_order="left",
        )
        .join(names, on="employer_id", how="left", maintain_order="left")
    )
    judgement.add_faults(
        marked["wrong"], column="uscc", fault=faults.EMPLOYER_NOT_COVERED,
        value=marked["employer"], union=marked["union"],
    )  # fmt: skip
