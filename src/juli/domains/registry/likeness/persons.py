"""
Persons who look alike, found set-wise: rows are grouped by a key, and only groups are compared.

Identity numbers stay sealed. The mask shows the four characters at each end and the register the day of
birth, which is all but two digits of a number: numbers are near where these differ little.
"""

from collections.abc import Mapping
from typing import Final

from juli.engines.party.models import Lookalike

Reason = Lookalike.Reason

# A mobile that many share is a switchboard's; a name that many share in one place says nothing.
_MOST_OF_A_GROUP: Final = 12
_MOST_OF_A_MOBILE: Final = 6
_SAME_SEX: Final = "(one.sex = other.sex OR 'unstated' IN (one.sex, other.sex))"
_SAME_MOBILE: Final = "coalesce(one.mobile_digest = other.mobile_digest, false)::int"
# Of the groups hardly any has two: each is looked up by itself, where a join would read the register again.
_PAIRS: Final = """
SELECT one.id AS first_id, other.id AS second_id, one.path AS first_path, other.path AS second_path,
  least({score}, 99) AS score
FROM ({groups}) AS groups, unnest(groups.ids) AS left_id, unnest(groups.ids) AS right_id,
  LATERAL (SELECT * FROM party_person WHERE id = left_id OFFSET 0) AS one,
  LATERAL (SELECT * FROM party_person WHERE id = right_id OFFSET 0) AS other
WHERE left_id < right_id AND ({condition})
"""


def _pairs(groups: str, *, score: str, condition: str = "true") -> str:
    return _PAIRS.format(groups=groups, score=score, condition=condition)


_BY_NAME_AND_BIRTH: Final = f"""
SELECT array_agg(id) AS ids FROM party_person WHERE born_on IS NOT NULL
GROUP BY name, born_on HAVING count(*) BETWEEN 2 AND {_MOST_OF_A_GROUP}
"""  # noqa: S608  built of our own numbers
_BY_MOBILE: Final = f"""
SELECT array_agg(id) AS ids FROM party_person WHERE mobile_digest IS NOT NULL
GROUP BY mobile_digest HAVING count(*) BETWEEN 2 AND {_MOST_OF_A_MOBILE}
"""  # noqa: S608
_BY_NUMBER_BUT_BIRTH: Final = f"""
SELECT array_agg(id) AS ids FROM party_person
WHERE document_kind IN ('resident', 'hmt_residence') AND length(document_shown) = 18 AND born_on IS NOT NULL
GROUP BY name, left(document_shown, 4), substr(document_shown, 15, 3)
HAVING count(*) BETWEEN 2 AND {_MOST_OF_A_GROUP}
"""  # noqa: S608
_BY_NAME_AND_EMPLOYER: Final = f"""
SELECT array_agg(DISTINCT person.id) AS ids
FROM registry_membership AS held JOIN party_person AS person ON person.id = held.person_id
WHERE held.valid_until IS NULL AND held.employer_id IS NOT NULL
GROUP BY held.employer_id, person.name HAVING count(*) BETWEEN 2 AND {_MOST_OF_A_MOBILE}
"""  # noqa: S608
# The places of two days of birth, written as eight digits, at which they differ.
_APART: Final = """
SELECT array_agg(place ORDER BY place) FROM generate_series(1, 8) AS place
WHERE substr(to_char(one.born_on, 'YYYYMMDD'), place, 1)
  <> substr(to_char(other.born_on, 'YYYYMMDD'), place, 1)
"""
_TURNED: Final = """
substr(to_char({one}.born_on, 'YYYYMMDD'), apart.places[1], 1)
  = substr(to_char({other}.born_on, 'YYYYMMDD'), apart.places[2], 1)
"""
_IS_NEAR: Final = f"""
EXISTS (SELECT 1 FROM ({_APART}) AS apart(places) WHERE cardinality(apart.places) = 1
  OR (cardinality(apart.places) = 2 AND apart.places[2] = apart.places[1] + 1
      AND {_TURNED.format(one="one", other="other")} AND {_TURNED.format(one="other", other="one")}))
"""  # noqa: S608
# What office systems before GB 18030 could not write was left out, spelt in letters or replaced.
_RARE: Final = "[^一-龥]"
_RARE_NAMES: Final = f"""
SELECT least(one.id, other.id) AS first_id, greatest(one.id, other.id) AS second_id,
  CASE WHEN one.id < other.id THEN one.path ELSE other.path END AS first_path,
  CASE WHEN one.id < other.id THEN other.path ELSE one.path END AS second_path,
  max(70 + 15 * {_SAME_MOBILE} + 10 * (one.org_unit_id = other.org_unit_id)::int) AS score
FROM party_person AS one JOIN party_person AS other ON other.born_on = one.born_on AND other.id <> one.id
WHERE one.name ~ '{_RARE}' AND one.name ~ '[一-龥]' AND one.name !~ '·' AND length(one.name) BETWEEN 2 AND 8
  AND other.name <> one.name AND {_SAME_SEX}
  AND other.name ~ ('^' || regexp_replace(one.name, '{_RARE}+', '[^·]{{0,6}}', 'g') || '$')
GROUP BY 1, 2, 3, 4
"""  # noqa: S608

STEPS: Final[Mapping[Reason, str]] = {
    Reason.NAME_AND_BIRTH: _pairs(
        _BY_NAME_AND_BIRTH,
        score=f"60 + 20 * {_SAME_MOBILE} + 10 * (one.org_unit_id = other.org_unit_id)::int"
        " + 10 * (left(one.document_shown, 4) = left(other.document_shown, 4))::int",
        condition=_SAME_SEX,
    ),
    Reason.MOBILE: _pairs(
        _BY_MOBILE,
        score="40 + 45 * (one.name = other.name)::int"
        " + 15 * (one.name <> other.name AND one.name_pinyin = other.name_pinyin)::int",
    ),
    Reason.NEAR_DOCUMENT: _pairs(
        _BY_NUMBER_BUT_BIRTH,
        score=f"75 + 15 * {_SAME_MOBILE} + 10 * (one.org_unit_id = other.org_unit_id)::int",
        condition=f"{_SAME_SEX} AND one.born_on <> other.born_on AND {_IS_NEAR}",
    ),
    Reason.NAME_AND_EMPLOYER: _pairs(
        _BY_NAME_AND_EMPLOYER, score=f"45 + 40 * {_SAME_MOBILE}", condition=_SAME_SEX
    ),
    Reason.RARE_NAME: _RARE_NAMES,
}
"""For each reason, the statement that finds the pairs it holds for."""
