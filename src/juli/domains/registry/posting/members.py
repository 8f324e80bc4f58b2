"""Persons with their memberships, by hundreds of thousands."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from juli.domains.registry.facts import Happened
from juli.domains.registry.posting import facts, frames, places, sealing
from juli.domains.registry.posting.firstload import indexes_last, tell_planner
from juli.domains.registry.posting.stamps import Posted, Stamp
from juli.engines.sheet import staging
from juli.kernel.actor import Actor
from juli.kernel.idcodes import birth_dates, sexes

STAGE = "stage_member"
Tell = Callable[[int], None]
"""Called after each frame with the number of rows posted so far."""

_UNSTATED = "unstated"
_OPTIONAL: frames.Optional = {
    "uscc": (pl.String, None), "mobile": (pl.String, None), "bank": (pl.String, None),
    "document_kind": (pl.String, "resident"), "sex": (pl.String, None), "born_on": (pl.Date, None),
    "household": (pl.String, _UNSTATED), "is_migrant_worker": (pl.Boolean, None),
    "migrant_as_of": (pl.Date, None),
    "migrant_source": (pl.String, None), "education": (pl.String, _UNSTATED), "skill": (pl.String, _UNSTATED),
    "employment": (pl.String, _UNSTATED), "is_party_member": (pl.Boolean, None),
    "is_model_worker": (pl.Boolean, None), "valid_from": (pl.Date, None), "valid_until": (pl.Date, None),
    "standing": (pl.String, "active"), "opening": (pl.String, "admitted"), "closing": (pl.String, ""),
    "number": (pl.String, None), "verified_on": (pl.Date, None),
}  # fmt: skip
_COLUMNS = {
    "person_id": "bigint NOT NULL DEFAULT nextval('party_person_id_seq')",
    "membership_id": "bigint NOT NULL DEFAULT nextval('registry_membership_id_seq')",
    "org_unit_id": "bigint", "root_id": "bigint", "path": 'text COLLATE "C"',
    "admitted_at": 'text COLLATE "C"',
    "opened_at": 'text COLLATE "C"', "closed_at": 'text COLLATE "C"', "employer_id": "bigint",
    "employer_class": "text",
    "name": "text", "bigrams": "integer[]", "initials": "text", "pinyin": "text", "sex": "text",
    "born_on": "date",
    "document_kind": "text", "document_sealed": "bytea", "document_digest": "bytea", "document_shown": "text",
    "mobile_sealed": "bytea", "mobile_digest": "bytea", "mobile_shown": "text",
    "bank_sealed": "bytea", "bank_digest": "bytea", "bank_shown": "text",
    "household": "text", "is_migrant_worker": "boolean", "migrant_source": "text", "migrant_as_of": "date",
    "education": "text", "skill": "text", "employment": "text", "is_party_member": "boolean",
    "is_model_worker": "boolean", "number": "text", "standing": "text", "opening": "text", "closing": "text",
    "joined_on": "date", "valid_from": "date", "valid_until": "date", "verified_on": "date",
}  # fmt: skip
_DRAWN = ("person_id", "membership_id")
_STOOD = {"joined_on": "admitted_at", "valid_from": "opened_at", "valid_until": "closed_at"}
_FOLLOWING = ("org_unit_id", "root_id", "path", "employer_id", "employer_class", *_STOOD.values())
_PERSONS = """
INSERT INTO party_person (id, org_unit_id, path, name, name_bigrams, name_initials, name_pinyin, sex, born_on,
  document_kind, document_sealed, document_digest, document_shown, mobile_sealed, mobile_digest, mobile_shown,
  bank_sealed, bank_digest, bank_shown, verification, verified_on, verification_source, household,
  is_migrant_worker,
  migrant_source, migrant_as_of, education, skill, employment, is_party_member, party_source, is_model_worker,
  model_source, source, registered_on, updated_at)
SELECT person_id, org_unit_id, path, name, bigrams, left(initials, 64), left(pinyin, 255), sex, born_on,
  document_kind, document_sealed, document_digest, document_shown, mobile_sealed, mobile_digest, mobile_shown,
  bank_sealed, bank_digest, bank_shown, CASE WHEN verified_on IS NULL THEN 'unverified' ELSE 'verified' END,
  verified_on, CASE WHEN verified_on IS NULL THEN '' ELSE %(source)s END, household, is_migrant_worker,
  migrant_source, migrant_as_of, education, skill, employment, is_party_member,
  CASE WHEN is_party_member IS NULL THEN '' ELSE %(source)s END, is_model_worker,
  CASE WHEN is_model_worker IS NULL THEN '' ELSE %(source)s END, %(source)s, %(day)s, %(at)s
FROM stage_member
"""
_MEMBERSHIPS = """
INSERT INTO registry_membership (id, org_unit_id, path, person_id, employer_id, number, standing, opening,
closing,
  joined_on, valid_from, valid_until, employer_class, source, batch_id)
SELECT membership_id, org_unit_id, path, person_id, employer_id,
  coalesce(number, registry_member_number(serial)), standing, opening, closing,
  joined_on, valid_from, valid_until, employer_class, %(source)s, %(batch)s
FROM (
  -- The number is drawn first: a volatile argument would keep the function from being inlined.
  SELECT *, CASE WHEN number IS NULL THEN nextval('registry_member_number_seq') END AS serial
  FROM stage_member OFFSET 0) AS numbered
"""
_MIGRANT = """CASE is_migrant_worker WHEN true THEN '{"migrant": true}'::jsonb
  WHEN false THEN '{"migrant": false}'::jsonb ELSE '{}'::jsonb END"""
ADMITTED = facts.Telling(
    subject_kind="registry.membership", subject="membership_id", occurred_on="joined_on", path="admitted_at",
    person="person_id", employer="employer_id", category="employer_class", payload=_MIGRANT,
    where="opening = 'admitted'",
)  # fmt: skip
_TRANSFERRED_IN = facts.Telling(
    subject_kind="registry.membership", subject="membership_id", occurred_on="valid_from", path="opened_at",
    person="person_id", employer="employer_id", category="employer_class", where="opening = 'transferred_in'",
)  # fmt: skip
_CLOSED = {
    "left": Happened.MEMBER_LEFT,
    "expelled": Happened.MEMBER_EXPELLED,
    "died": Happened.MEMBER_DIED,
    "transferred_out": Happened.MEMBER_TRANSFERRED_OUT,
}


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Where members may stand: units, employers, and the classes of unions (入账环境)."""

    places: places.Places
    employers: pl.DataFrame
    classes: pl.DataFrame

    @classmethod
    def within_reach(cls) -> "Surroundings":
        """Read what the transaction reaches."""
        found = places.Places.within_reach()
        return cls(found, places.employers(found.units), places.union_classes())

    def located(self, frame: pl.DataFrame) -> pl.DataFrame:
        """
        Return the frame with everything that follows from ``union_code``, ``uscc`` and the days.

        :raises UnknownCode: a union or an employer is not within reach.
        """
        found = self.places.located(frame.drop(_FOLLOWING, strict=False), code="union_code")
        employed = places.employed(found, self.employers).join(
            self.classes, on="org_unit_id", how="left", maintain_order="left"
        )
        classed = employed.with_columns(
            pl.coalesce("ownership", "union_class", pl.lit("")).alias("employer_class")
        )
        for day, column in _STOOD.items():
            classed = self.places.stood(classed, on=day, column=column)
        return classed


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """Members as they go to the stage, and what happens among them (待入账会员)."""

    load: staging.Load
    openings: frozenset[str]
    closings: frozenset[str]


def post_members(
    members: Iterable[pl.DataFrame],
    *,
    actor: Actor,
    at: datetime,
    source: str,
    batch_id: int | None = None,
    expected: int = 0,
    tell: Tell | None = None,
) -> Posted:
    """
    Register persons who are new with their memberships, and write down that they were admitted.

    Columns: union_code, name, document, joined_on; may be left out: uscc, mobile, bank,
    document_kind, sex, born_on (from the document where it tells them), household,
    is_migrant_worker, migrant_as_of, migrant_source, education, skill, employment,
    is_party_member, is_model_worker, valid_from, valid_until, standing, opening, closing, number.
    While one frame is being written, the next is asked for and sealed in another thread: whoever makes
    the frames must not ask the database. ``expected`` says how many rows
    will come: very many into a register that is nearly empty build the indexes last.

    :raises UnknownCode: a union or an employer is not within reach.
    """
    stamp = Stamp(actor, at, source, batch_id)
    surroundings = Surroundings.within_reach()
    staging.create(STAGE, _COLUMNS)
    posted = 0
    with indexes_last(expected) as is_first:
        for ready in _prepared(members, surroundings, stamp):
            _post(ready, stamp)
            posted += ready.load.rows
            if tell:
                tell(posted)
    if not is_first:
        tell_planner(posted)
    return Posted(rows=posted)


def post_returning(frame: pl.DataFrame, stamp: Stamp, surroundings: Surroundings) -> Posted:
    """
    Admit persons again who stand in the register; columns as for ``post_members``, and ``person_id``.

    :raises UnknownCode: a union or an employer is not within reach.
    """
    staging.create(STAGE, _COLUMNS)
    ready = prepared(frame, surroundings, stamp)
    staging.fill(STAGE, ready.load)
    _post_memberships(ready, stamp)
    return Posted(rows=frame.height)


def _post(ready: Ready, stamp: Stamp) -> None:
    staging.empty(STAGE)
    staging.fill(STAGE, ready.load)
    staging.run(_PERSONS, facts.signed(stamp))
    _post_memberships(ready, stamp)


def _post_memberships(ready: Ready, stamp: Stamp) -> None:
    """Write the memberships that stand on the stage, and what happened to them."""
    staging.run(_MEMBERSHIPS, facts.signed(stamp))
    if "admitted" in ready.openings:
        facts.record_all(Happened.MEMBER_ADMITTED, ADMITTED, stage=STAGE, stamp=stamp)
    if "transferred_in" in ready.openings:
        facts.record_all(Happened.MEMBER_TRANSFERRED_IN, _TRANSFERRED_IN, stage=STAGE, stamp=stamp)
    for closing, kind in _CLOSED.items():
        if closing in ready.closings:
            facts.record_all(kind, _closed(closing), stage=STAGE, stamp=stamp)


def _closed(closing: str) -> facts.Telling:
    return facts.Telling(
        subject_kind="registry.membership", subject="membership_id", occurred_on="valid_until",
        path="closed_at",
        person="person_id", employer="employer_id", category="employer_class", where=f"closing = '{closing}'",
    )  # fmt: skip


def _prepared(members: Iterable[pl.DataFrame], surroundings: Surroundings, stamp: Stamp) -> Iterator[Ready]:
    """Yield the frames ready for the stage, the next one being prepared meanwhile."""
    waiting = iter(members)

    def following() -> Ready | None:
        frame = next(waiting, None)
        return None if frame is None else prepared(frame, surroundings, stamp)

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="prepare") as beside:
        coming = beside.submit(following)
        while (ready := coming.result()) is not None:
            coming = beside.submit(following)
            yield ready


def prepared(frame: pl.DataFrame, surroundings: Surroundings, stamp: Stamp) -> Ready:
    """Return a frame as it goes to the stage: located, sealed, with all that is derived."""
    complete = frames.completed(frame, _OPTIONAL)
    is_told = pl.col("is_migrant_worker").is_not_null()
    known = complete.with_columns(
        *_told(complete),
        pl.col("valid_from").fill_null(pl.col("joined_on")),
        pl.when(is_told).then(pl.col("migrant_as_of").fill_null(stamp.day)).alias("migrant_as_of"),
        pl.when(is_told)
        .then(pl.col("migrant_source").fill_null(stamp.source))
        .otherwise(pl.lit(""))
        .alias("migrant_source"),
    )
    staged = sealing.keyed(sealing.sealed(surroundings.located(known)))
    given = [name for name in _DRAWN if name in staged.columns]
    return Ready(
        openings=frozenset(staged["opening"].unique()),
        closings=frozenset(staged["closing"].unique()),
        load=staging.Load.of(staged.select(*given, *(name for name in _COLUMNS if name not in _DRAWN))),
    )


def _told(frame: pl.DataFrame) -> list[pl.Series]:
    """Return sex and day of birth, from the number where nobody stated them and the number does."""
    tells = frame["document_kind"].is_in(["resident", "hmt_residence"])
    numbers_that_tell = frame["document"].set(~tells, None)
    words = sexes(numbers_that_tell).replace_strict({1: "male", 2: "female"}, return_dtype=pl.String)
    born = frame["born_on"].zip_with(frame["born_on"].is_not_null(), birth_dates(numbers_that_tell))
    sex = frame["sex"].zip_with(frame["sex"].is_not_null(), words).fill_null(_UNSTATED)
    return [sex.alias("sex"), born.alias("born_on")]
