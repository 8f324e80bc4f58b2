"""Two records side by side, value by value: masked, with nothing sealed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry.models import Coverage, Membership, Post
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import merging as rules
from juli.domains.registry.selectors import labelling
from juli.domains.registry.selectors.lookalikes import LookalikeRow, rows_of
from juli.engines.desk import speaking
from juli.engines.party.models import Employer, Headcount, Lookalike, Person, Subject
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

_UNLOADED: Final = ("name_bigrams", "document_sealed", "mobile_sealed", "bank_sealed")


@dataclass(frozen=True, slots=True)
class Compared:
    """
    One value of both records (比对项).

    ``part`` is what can be taken over, empty for what merely informs.
    """

    label: str
    first: str
    second: str
    part: str = ""
    is_different: bool = False

    @property
    def fuller(self) -> str:
        """Which record has something here where the other has nothing; empty where neither or both."""
        if bool(self.first) == bool(self.second):
            return ""
        return "first" if self.first else "second"


@dataclass(frozen=True, slots=True)
class MembershipHeld:
    """A membership in force of one of the two (有效会籍)."""

    id: int
    union_name: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PairPage:
    """
    Two records side by side (逐项比对).

    ``memberships`` are those in force where the two are members of different unions. Nothing is compared
    where a half is out of reach.
    """

    row: LookalikeRow
    is_open: bool
    values: tuple[Compared, ...] = ()
    memberships: tuple[MembershipHeld, ...] = ()
    older: str = "first"

    @property
    def is_whole(self) -> bool:
        return bool(self.values)


def pair_page(lookalike_id: int, *, actor: Actor) -> PairPage:
    """
    Return two records side by side, as far as they are within reach.

    :raises NotFound: neither is.
    """
    pair = Lookalike.objects.within_reach_of(actor, Permission.SEE).filter(pk=lookalike_id).first()
    if pair is None:
        raise NotFound
    (row,) = rows_of([pair])
    if not (row.first.is_within_reach and row.second.is_within_reach):
        return PairPage(row, is_open=pair.is_open)
    numbers = (pair.first_id, pair.second_id)
    if pair.subject == Subject.EMPLOYER:
        return _employers(row, pair, numbers)
    return _persons(row, pair, numbers)


def _persons(row: LookalikeRow, pair: Lookalike, numbers: tuple[int, int]) -> PairPage:
    found = Person.objects.defer(*_UNLOADED).in_bulk(numbers)
    first, second = (found[number] for number in numbers)
    held = Membership.objects.filter(person_id__in=numbers).order_by("valid_from", "pk")
    segments = list(held.select_related("org_unit", "employer"))
    posts = dict(
        Post.objects.filter(person_id__in=numbers, valid_until__isnull=True)
        .values_list("person_id").annotate(posts=Count("pk")).order_by()
    )  # fmt: skip
    values = (
        *(_part(part, first, second) for part in _PERSON_LABELS),
        *_careers(segments, numbers),
        _line(_("在任职务"), *(_counted(posts.get(number, 0), _("项")) for number in numbers)),
        _line(_("登记日期"), first.registered_on.isoformat(), second.registered_on.isoformat()),
        _line(_("登记来源"), first.source, second.source),
    )
    current = [each for each in segments if each.valid_until is None]
    is_asked = len({each.org_unit_id for each in current}) > 1
    return PairPage(
        row,
        is_open=pair.is_open,
        values=values,
        memberships=tuple(MembershipHeld(each.pk, each.org_unit.name, each.valid_from) for each in current)
        if is_asked
        else (),
        older="first" if first.registered_on <= second.registered_on else "second",
    )


def _employers(row: LookalikeRow, pair: Lookalike, numbers: tuple[int, int]) -> PairPage:
    found = Employer.objects.defer("name_bigrams").in_bulk(numbers)
    first, second = (found[number] for number in numbers)
    territories = labelling.unit_names(each.territory_id for each in (first, second))
    unions = dict(
        Coverage.objects.filter(employer_id__in=numbers, valid_until__isnull=True)
        .order_by("valid_from", "pk").values_list("employer_id", "org_unit__name")
    )  # fmt: skip
    members = dict(
        Membership.objects.filter(employer_id__in=numbers, valid_until__isnull=True)
        .values_list("employer_id").annotate(members=Count("pk")).order_by()
    )  # fmt: skip
    counted = dict(
        Headcount.objects.filter(employer_id__in=numbers).order_by("counted_on", "pk")
        .values_list("employer_id", "employees")
    )  # fmt: skip
    values = (
        *(_part(part, first, second, territories) for part in _EMPLOYER_LABELS),
        _line(_("覆盖的工会"), *(unions.get(number, "") for number in numbers)),
        _line(_("会员"), *(_counted(members.get(number, 0), _("人")) for number in numbers)),
        _line(_("职工"), *(_counted(counted.get(number, 0), _("人")) for number in numbers)),
        _line(_("登记日期"), first.registered_on.isoformat(), second.registered_on.isoformat()),
        _line(_("登记来源"), first.source, second.source),
    )
    older = "first" if first.registered_on <= second.registered_on else "second"
    return PairPage(row, is_open=pair.is_open, values=values, older=older)


def _careers(segments: list[Membership], numbers: tuple[int, int]) -> tuple[Compared, ...]:
    current = {each.person_id: each for each in segments if each.valid_until is None}
    told = [current.get(number) for number in numbers]
    since = [
        min((each.joined_on.isoformat() for each in segments if each.person_id == number), default="")
        for number in numbers
    ]
    return (
        _line(_("会员号"), *(each.number if each else "" for each in told)),
        _line(_("工会"), *(each.org_unit.name if each else "" for each in told)),
        _line(_("单位"), *(each.employer.name if each and each.employer else "" for each in told)),
        _line(_("入会日期"), *since),
    )


def _part(
    part: str, first: Any, second: Any, territories: Mapping[int, str] | None = None
) -> Compared:  # Any: a person or an employer
    columns = rules.PERSON_PARTS[part] if isinstance(first, Person) else rules.EMPLOYER_PARTS[part]
    labels = _PERSON_LABELS if isinstance(first, Person) else _EMPLOYER_LABELS
    return Compared(
        str(labels[part]),
        _told(part, first, territories or {}),
        _told(part, second, territories or {}),
        part=part,
        is_different=any(
            _plain(getattr(first, column)) != _plain(getattr(second, column))
            for column in columns
            if column not in _UNLOADED and column not in _UNTOLD
        ),
    )


def _told(part: str, record: Any, territories: Mapping[int, str]) -> str:  # Any: a person or an employer
    match part:
        case rules.DOCUMENT:
            born = record.born_on.isoformat() if record.born_on else ""
            told = (record.get_document_kind_display(), record.document_shown, record.get_sex_display(), born)
            return " · ".join(map(speaking.said, [*filter(None, told), record.get_verification_display()]))
        case "mobile" | "bank":
            return str(getattr(record, f"{part}_shown"))
        case "migrant":
            said = {None: "", True: _("是"), False: _("否")}[record.is_migrant_worker]
            as_of = record.migrant_as_of.isoformat() if record.migrant_as_of else ""
            return " · ".join(filter(None, (said, record.migrant_source, as_of)))
        case "party":
            return {None: "", True: _("是"), False: _("否")}[record.is_party_member]
        case "model":
            return {None: "", True: _("是"), False: _("否")}[record.is_model_worker]
        case "territory":
            return territories.get(record.territory_id, "")
        case "name" | "uscc" | "industry" | "address":
            return str(getattr(record, part))
        case _:
            value = getattr(record, part)
            return "" if value == "unstated" else speaking.said(getattr(record, f"get_{part}_display")())


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _line(label: str, first: str, second: str) -> Compared:
    return Compared(label, first, second, is_different=first != second)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number else ""


_UNTOLD: Final = ("name_initials", "name_pinyin", "verification_source")
_PERSON_LABELS: Final = {
    "name": gettext_lazy("姓名"),
    "document": gettext_lazy("证件与实名"),
    "mobile": gettext_lazy("手机号码"),
    "bank": gettext_lazy("银行账号"),
    "household": gettext_lazy("户籍性质"),
    "migrant": gettext_lazy("农民工"),
    "education": gettext_lazy("学历"),
    "skill": gettext_lazy("技能等级"),
    "employment": gettext_lazy("就业状态"),
    "party": gettext_lazy("中共党员"),
    "model": gettext_lazy("劳模"),
}
_EMPLOYER_LABELS: Final = {
    "name": gettext_lazy("单位名称"),
    "uscc": gettext_lazy("统一社会信用代码"),
    "ownership": gettext_lazy("经济类型"),
    "industry": gettext_lazy("国民经济行业"),
    "address": gettext_lazy("地址"),
    "business": gettext_lazy("经营状态"),
    "territory": gettext_lazy("所在镇街或村社区"),
}
