"""Unions with their units of the tree."""

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from juli.domains.registry.facts import Happened
from juli.domains.registry.posting import facts, frames, places
from juli.domains.registry.posting.stamps import Posted, Stamp
from juli.engines.scope import tree
from juli.engines.sheet import staging
from juli.kernel.actor import Actor
from juli.kernel.text import name_keys

_STAGE = "stage_union"
_COLUMNS = {
    "id": "bigint NOT NULL DEFAULT nextval('registry_union_id_seq')", "is_planted": "boolean",
    "org_unit_id": "bigint", "root_id": "bigint", "parent_id": "bigint", "path": 'text COLLATE "C"',
    "depth": "smallint", "code": "text", "kind": "text", "name": "text", "bigrams": "integer[]",
    "initials": "text",
    "level": "text", "form": "text", "employer_class": "text", "approved_on": "date",
    "approval_number": "text",
    "legal_uscc": "text", "legal_certificate": "text", "legal_since": "date", "ended_on": "date",
    "ending": "text",
}  # fmt: skip
_OPTIONAL: frames.Optional = {
    "parent_code": (pl.String, None), "kind": (pl.String, None), "form": (pl.String, "not_applicable"),
    "employer_class": (pl.String, ""), "approval_number": (pl.String, ""), "legal_uscc": (pl.String, ""),
    "legal_certificate": (pl.String, ""), "legal_since": (pl.Date, None), "ended_on": (pl.Date, None),
    "ending": (pl.String, ""),
}  # fmt: skip
_TREE = """
INSERT INTO scope_orgunit (id, root_id, parent_id, path, depth, name, code, kind, opened_on, closed_on)
SELECT org_unit_id, root_id, parent_id, path, depth, name, code, kind, approved_on, ended_on
FROM stage_union WHERE NOT is_planted ORDER BY depth;
INSERT INTO scope_placement (org_unit_id, path, parent_id, valid_from, valid_until)
SELECT org_unit_id, path, parent_id, approved_on, ended_on FROM stage_union WHERE NOT is_planted;
"""
_UNIONS = """
INSERT INTO registry_union (id, org_unit_id, path, name, name_bigrams, name_initials, code, level, form,
  employer_class, approved_on, approval_number, legal_uscc, legal_certificate, legal_since, ended_on, ending,
  source, updated_at)
SELECT id, org_unit_id, path, name, bigrams, left(initials, 120), code, level, form, employer_class,
approved_on,
  approval_number, legal_uscc, legal_certificate, legal_since, ended_on, ending, %(source)s, %(at)s
FROM stage_union ORDER BY path
"""
_FOUNDED = facts.Telling(
    subject_kind="registry.union", subject="id", occurred_on="approved_on", path="path",
    category="employer_class",
    payload="jsonb_build_object('level', level, 'form', form)",
)  # fmt: skip
_DISSOLVED = facts.Telling(
    subject_kind="registry.union", subject="id", occurred_on="ended_on", path="path",
    category="employer_class",
    payload="jsonb_build_object('level', level, 'form', form)", where="ended_on IS NOT NULL",
)  # fmt: skip


class ParentMissing(LookupError):
    """A union names a parent that stands neither in the tree nor in the frame."""


def post_unions(
    frame: pl.DataFrame, *, actor: Actor, at: datetime, source: str, batch_id: int | None = None
) -> Posted:
    """
    Found unions, each with its unit of the tree, and write down that they were founded.

    Columns: code, parent_code (none for a root that is planted already), name, level, approved_on;
    may be left out: kind, form, employer_class, approval_number, legal_uscc, legal_certificate,
    legal_since, ended_on, ending. A parent may stand in the same frame.

    :raises ParentMissing: a parent stands nowhere.
    """
    stamp = Stamp(actor, at, source, batch_id)
    tree.lock()
    planted = _planted(frames.completed(frame, _OPTIONAL))
    staging.create(_STAGE, _COLUMNS)
    staging.fill(_STAGE, staging.Load.of(planted.select(name for name in _COLUMNS if name != "id")))
    staging.run(_TREE, {})
    staging.run(_UNIONS, facts.signed(stamp))
    facts.record_all(Happened.UNION_FOUNDED, _FOUNDED, stage=_STAGE, stamp=stamp)
    facts.record_all(Happened.UNION_DISSOLVED, _DISSOLVED, stage=_STAGE, stamp=stamp)
    return Posted(rows=planted.height)


def _planted(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with a place in the tree for every union."""
    standing = {
        code: (number, root, path)
        for code, number, root, path in places.Places.within_reach().units.iter_rows()
    }
    found = _places_in_tree(frame.select("code", "parent_code"), standing)
    columns = ("org_unit_id", "root_id", "parent_id", "path", "depth", "is_planted")
    tree = pl.DataFrame(
        [found[code] for code in frame["code"]], orient="row",
        schema=dict(zip(columns, (pl.Int64, pl.Int64, pl.Int64, pl.String, pl.Int16, pl.Boolean),
        strict=True)),
    )  # fmt: skip
    keys = name_keys(frame["name"]).select("name", "bigrams", "initials")
    kind = pl.col("kind").fill_null(pl.col("level"))
    return pl.concat([frame.drop("name"), tree, keys], how="horizontal").with_columns(kind)


def _places_in_tree(
    codes: pl.DataFrame, standing: Mapping[str, tuple[int, int, str]]
) -> dict[str, tuple[int, int, int | None, str, int, bool]]:
    """Return the place of each code, parents before children, drawing a number for each new unit."""
    waiting: dict[str, list[str]] = {}
    for code, parent in codes.iter_rows():
        if code not in standing:
            waiting.setdefault(parent, []).append(code)
    fresh = sum(len(children) for children in waiting.values())
    numbers = iter(tree.next_numbers(fresh))
    known = dict(standing)
    found: dict[str, tuple[int, int, int | None, str, int, bool]] = {}
    ready = [parent for parent in waiting if parent in known]
    while ready:
        parent = ready.pop()
        parent_id, root, above = known[parent]
        for code in waiting.pop(parent, ()):
            number = next(numbers)
            known[code] = (number, root, path := f"{above}{number}/")
            found[code] = (number, root, parent_id, path, path.count("/") - 1, False)
            if code in waiting:
                ready.append(code)
    if waiting:
        raise ParentMissing(next(iter(waiting)))
    for code in codes["code"]:
        if code in standing:
            number, root, path = standing[code]
            found[code] = (number, root, None, path, path.count("/") - 1, True)
    return found
