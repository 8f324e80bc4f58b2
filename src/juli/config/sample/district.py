"""A district to be made: its places, and the totals that its records shall add up to."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from juli.kernel.refusal import Refusal

DISTRICTS = Path(__file__).parent / "districts"


class UnknownDistrict(Refusal):
    """No sample bears that name."""

    code = "sample.unknown_district"
    message = "没有名为“{name}”的样例，可用的有：{known}。"


class TotalsDoNotFit(Refusal):
    """No district could count like this."""

    code = "sample.totals_do_not_fit"
    message = "样例总数无法成立：{reason}。请修改总数文件后重试。"


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street with its villages; ``weight`` is its part of the district's work."""

    name: str
    weight: int
    villages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the indicators shall count at the end of the year."""

    base_unions: int
    covered_units: int
    members: int
    new_unions: int
    new_migrant_members: int
    committee_term: int
    plenary_session_no: int
    uncovered_employers: int
    ended_unions: int
    former_members: int


@dataclass(frozen=True, slots=True)
class District:
    """The whole recipe of a sample (样例配方)."""

    name: str
    code: str
    year: int
    federation_since: date
    totals: Totals
    towns: tuple[Town, ...]
    parks: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]

    @property
    def last_day(self) -> date:
        """The day the stocks are counted on."""
        return date(self.year, 12, 31)


def read(name: str, *, totals_file: Path | None = None, scale: float = 1.0) -> District:
    """
    Read a recipe, with the totals of another file and scaled down if so wished.

    :raises UnknownDistrict: no sample bears the name.
    :raises TotalsDoNotFit: the totals contradict each other.
    """
    path = DISTRICTS / f"{name}.toml"
    if not path.exists():
        known = "、".join(sorted(each.stem for each in DISTRICTS.glob("*.toml")))
        raise UnknownDistrict(name=name, known=known)
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    if totals_file is not None:
        found["totals"] |= _other_totals(totals_file)
    district = District(
        name=found["name"],
        code=found["code"],
        year=found["year"],
        federation_since=found["federation_since"],
        totals=Totals(**found["totals"]),
        towns=tuple(Town(each["name"], each["weight"], tuple(each["villages"])) for each in found["town"]),
        parks=tuple((each["name"], each["town"]) for each in found.get("park", [])),
        sectors=tuple(each["name"] for each in found.get("sector", [])),
    )
    return _fitting(replace(district, totals=_scaled(district.totals, scale)))


def _other_totals(path: Path) -> dict[str, int]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TotalsDoNotFit(reason=f"文件 {path.name} 读不出来") from error
    totals = found.get("totals", found)
    unknown = set(totals) - set(Totals.__dataclass_fields__)
    if unknown:
        raise TotalsDoNotFit(reason=f"不认识 {'、'.join(sorted(unknown))}")
    if not all(isinstance(value, int) and value >= 0 for value in totals.values()):
        raise TotalsDoNotFit(reason="每个总数都应是不小于零的整数")
    return dict(totals)


def _scaled(totals: Totals, scale: float) -> Totals:
    if scale == 1:
        return totals
    fixed = {"committee_term", "plenary_session_no"}
    return Totals(
        **{
            name: getattr(totals, name) if name in fixed else max(1, round(getattr(totals, name) * scale))
            for name in Totals.__dataclass_fields__
        }
    )


def _fitting(district: District) -> District:
    totals = district.totals
    if totals.covered_units < totals.base_unions:
        raise TotalsDoNotFit(reason="涵盖单位不能少于基层工会")
    if totals.members < totals.covered_units:
        raise TotalsDoNotFit(reason="会员不能少于涵盖单位")
    if totals.new_unions > totals.base_unions:
        raise TotalsDoNotFit(reason="新建工会不能多于基层工会")
    if totals.new_migrant_members > totals.members:
        raise TotalsDoNotFit(reason="新发展农民工会员不能多于会员")
    return district
