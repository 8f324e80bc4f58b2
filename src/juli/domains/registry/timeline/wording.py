"""The object of each verb: to which union, in which post, with how many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Post
from juli.engines.desk import speaking
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Person
from juli.engines.scope.models import OrgUnit

BEYOND_REACH = "管理范围外的组织"
_CORRECTED = {"particulars": "个人情况", "identity": "姓名与证件", "contact": "联系方式与账号"}
_ENTRIES = {
    "term": "届期", "post": "任职", "committee": "专门委员会", "coverage": "覆盖日期",
    "headcount": "职工人数", "hazard": "有害岗位", "mark": "标识",
}  # fmt: skip
_BY_MEMBERS = {
    Happened.MEMBER_ADMITTED,
    Happened.MEMBER_TRANSFERRED_OUT,
    Happened.MEMBER_TRANSFERRED_IN,
    Happened.MEMBERSHIP_RETAINED,
    Happened.MEMBERSHIP_RESUMED,
    Happened.MEMBER_LEFT,
    Happened.MEMBER_EXPELLED,
    Happened.MEMBER_DIED,
    Happened.MEMBERSHIP_CORRECTED,
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names within reach that the wording of some facts needs (名称)."""

    units: Mapping[int, str]
    persons: Mapping[int, str]
    employers: Mapping[int, str]

    def unit(self, number: object) -> str:
        """Return the name of a unit, or that it is out of reach."""
        return self.units.get(number, BEYOND_REACH) if isinstance(number, int) else ""


def names_for(facts: Sequence[Fact]) -> Names:
    """Return the names that these facts speak of, each register asked once."""
    units = {fact.org_unit_id for fact in facts} | {
        number for fact in facts if isinstance(number := fact.payload.get("to_unit"), int)
    }
    covering = {fact.employer_id for fact in facts if fact.kind in _COVERING and fact.employer_id}
    named = {*_POSTS, Happened.ENTRY_CORRECTED}
    holders = {fact.person_id for fact in facts if fact.kind in named and fact.person_id}
    return Names(
        units=dict(OrgUnit.objects.filter(pk__in=units).values_list("pk", "name")) if units else {},
        persons=dict(Person.objects.filter(pk__in=holders).values_list("pk", "name")) if holders else {},
        employers=dict(Employer.objects.filter(pk__in=covering).values_list("pk", "name"))
        if covering
        else {},
    )


def subject_of(fact: Fact, *, names: Names, of_person: bool) -> str:
    """Return the object of a fact's verb; ``of_person`` tells on whose timeline it is read."""
    kind = fact.kind
    if kind in _BY_MEMBERS:
        return names.unit(fact.org_unit_id)
    if kind in _POSTS:
        where = names.unit(fact.org_unit_id) if of_person else names.persons.get(fact.person_id or 0, "")
        return " ".join(part for part in (_choice(Post.Office, fact.category), where) if part)
    if wording := _WORDINGS.get(kind):
        return wording(fact, names)
    return ""


def _choice(choices: type[Post.Office] | type[Committee.Kind] | type[EmployerFlag.Flag], value: str) -> str:
    return speaking.said(choices(value).label) if value in choices.values else ""


def _term(fact: Fact, _: Names) -> str:
    return gettext("第 %(number)s 届") % {"number": fact.payload.get("number", "")}


def _committee(fact: Fact, _: Names) -> str:
    return _choice(Committee.Kind, fact.category)


def _moved(fact: Fact, names: Names) -> str:
    return names.unit(fact.payload.get("to_unit"))


def _covered(fact: Fact, names: Names) -> str:
    employer = names.employers.get(fact.employer_id or 0, "")
    return " · ".join(part for part in (names.unit(fact.org_unit_id), employer) if part)


def _flagged(fact: Fact, _: Names) -> str:
    return _choice(EmployerFlag.Flag, fact.category)


def _counted(fact: Fact, _: Names) -> str:
    return gettext("%(count)s 人") % {"count": f"{fact.quantity:.0f}"}


def _hazard(fact: Fact, _: Names) -> str:
    known = fact.category in HazardousPost.Hazard.values
    label = HazardousPost.Hazard(fact.category).label if known else ""
    count = gettext("%(count)s 人") % {"count": f"{fact.quantity:.0f}"}
    return f"{speaking.said(label)} {count}".strip()


def _corrected(fact: Fact, _: Names) -> str:
    return speaking.said(_CORRECTED.get(fact.category, ""))


def _entry(fact: Fact, names: Names) -> str:
    holder = names.persons.get(fact.person_id or 0, "")
    return " ".join(part for part in (speaking.said(_ENTRIES.get(fact.category, "")), holder) if part)


def _verified(fact: Fact, _: Names) -> str:
    known = fact.category in Person.Verification.values
    return speaking.said(Person.Verification(fact.category).label) if known else ""


def _merged(fact: Fact, _: Names) -> str:
    return speaking.said(_MERGED.get(fact.category, ""))


_MERGED = {"kept": "保留这一份", "gone": "并入的那一份"}
_POSTS = {Happened.POST_TAKEN, Happened.POST_LEFT}
_COVERING = {Happened.COVERAGE_BEGUN, Happened.COVERAGE_ENDED}
_WORDINGS: Mapping[str, Callable[[Fact, Names], str]] = {
    Happened.TERM_BEGUN: _term,
    Happened.COMMITTEE_FORMED: _committee,
    Happened.COMMITTEE_ENDED: _committee,
    Happened.UNION_MOVED: _moved,
    Happened.COVERAGE_BEGUN: _covered,
    Happened.COVERAGE_ENDED: _covered,
    Happened.EMPLOYER_FLAGGED: _flagged,
    Happened.EMPLOYER_UNFLAGGED: _flagged,
    Happened.HEADCOUNT_REPORTED: _counted,
    Happened.HAZARD_REPORTED: _hazard,
    Happened.HAZARD_ENDED: _hazard,
    Happened.ENTRY_CORRECTED: _entry,
    Happened.PERSON_CORRECTED: _corrected,
    Happened.PERSON_MERGED: _merged,
    Happened.PERSON_PARTED: _merged,
    Happened.EMPLOYER_MERGED: _merged,
    Happened.EMPLOYER_PARTED: _merged,
    Happened.PERSON_VERIFIED: _verified,
}
