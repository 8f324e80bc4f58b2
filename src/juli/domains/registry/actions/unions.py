"""Founding, naming and correcting unions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days, founding
from juli.domains.registry.taken import refused_by
from juli.engines.facts import recording
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer
from juli.engines.scope import actions as scope
from juli.engines.scope import tree
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.characters import visible
from juli.kernel.refusal import NotPermitted, Refusal
from juli.kernel.text import bigrams, initials


class LegalCodeTaken(Refusal):
    """Another union is registered under the code of the legal person."""

    code = "registry.legal_code_taken"
    message = "这个工会法人代码已登记在另一家工会名下，请对照法人资格证书核对。"


@dataclass(frozen=True, slots=True)
class LegalPerson:
    """The registration of a union as a legal person (工会法人资格; 工会法(2021)第十五条)."""

    uscc: str = ""
    certificate: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """The next higher union's answer to the founding (批复; 工会法(2021)第十二条)."""

    on: date
    number: str = ""


NO_LEGAL_PERSON = LegalPerson()
ONE_LEGAL_CODE = "registry_union_one_per_legal_code"
CORRECTABLE = (
    "form", "employer_class", "approved_on", "approval_number",
    "legal_uscc", "legal_certificate", "legal_since", "updated_at",
)  # fmt: skip


@transaction.atomic
def found_federation(*, name: str, code: str, approval: Approval, actor: Actor, at: datetime) -> Union:
    """
    Plant a tree with a federation at its root.

    :raises NotPermitted: only a machine of the house founds a house.
    :raises InTheFuture: the day of approval has not come.
    :raises UnionNameMissing: there is no name.
    :raises UnitCodeTaken: the code is in use.
    """
    if not actor.is_machine:
        raise NotPermitted
    days.check_happened(approval.on, today=timezone.localdate(at))
    unit = scope.plant_tree(
        name=_checked_name(name),
        code=code,
        kind=Union.Level.FEDERATION,
        opened_on=approval.on,
        actor=actor,
        at=at,
    )
    union = _new_union(unit, level=Union.Level.FEDERATION, approval=approval, at=at)
    union.save(force_insert=True)
    _record_founding(union, unit=unit, actor=actor, at=at)
    return union


@transaction.atomic
def found_union(
    *, parent_id: int, name: str, code: str, level: Union.Level, approval: Approval,
    actor: Actor, at: datetime, form: Union.Form = Union.Form.NOT_APPLICABLE,
    employer_class: Employer.Ownership | None = None,
    legal_person: LegalPerson = NO_LEGAL_PERSON, source: str = "",
) -> Union:  # fmt: skip
    """
    Found a union below the union that approved it.

    :raises NotFound: the parent is out of reach.
    :raises NotPermitted: the actor may not found unions there.
    :raises UnionEnded: the parent exists no more.
    :raises WrongParent: a union of this level does not stand below that one.
    :raises FormMissing: a base union without a form, or another with one.
    :raises InTheFuture: the day of approval has not come.
    :raises TooEarly: the parent did not exist yet.
    :raises UnitCodeTaken: the code is in use.
    :raises LegalCodeFaulty: the code of the legal person is wrong.
    :raises LegalCodeTaken: another union bears it.
    """
    tree.lock()
    parent = claim_union(parent_id, actor=actor)
    founding.check_parent(
        level,
        parent_level=parent.level,
        label=Union.Level(level).label,
        parent_label=parent.get_level_display(),
    )
    founding.check_form(level, form=form)
    days.check_happened(approval.on, today=timezone.localdate(at))
    days.check_not_before(approval.on, earliest=parent.approved_on, event="上级工会成立")
    unit = scope.open_unit(
        parent_id=parent.org_unit_id, name=_checked_name(name), code=code.strip(), kind=level,
        opened_on=approval.on, actor=actor, at=at,
    )  # fmt: skip
    union = _new_union(unit, level=level, approval=approval, at=at)
    union.form, union.source, union.employer_class = form, source, employer_class or ""
    _make_legal(union, legal_person)
    with refused_by(ONE_LEGAL_CODE, LegalCodeTaken()):
        union.save(force_insert=True)
    _record_founding(union, unit=unit, actor=actor, at=at)
    return union


@transaction.atomic
def rename_union(union_id: int, *, name: str, on: date, reason: str, actor: Actor, at: datetime) -> Union:
    """
    Give a union another name from a day; its history keeps the old one.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not do this to it.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    """
    union = claim_union(union_id, actor=actor)
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    _name(union, _checked_name(name))
    union.updated_at = at
    union.save(update_fields=["name", "name_bigrams", "name_initials", "updated_at"])
    union.org_unit.rename(union.name)
    recording.record(
        Happened.UNION_RENAMED,
        subject=union,
        org_unit=union.org_unit,
        occurred_on=on,
        reason=kept,
        actor=actor,
        at=at,
    )
    return union


@transaction.atomic
def correct_union(
    union_id: int, *, form: Union.Form, employer_class: Employer.Ownership | None, approval: Approval,
    legal_person: LegalPerson, reason: str, actor: Actor, at: datetime,
) -> Union:  # fmt: skip
    """
    Put right what is registered of a union; its history keeps what stood there.

    Where day, form or class change, the founding is written down anew, so that its year is right.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not do this to it.
    :raises FoundedElsewhere: it was founded where the actor does not reach, and its year would change.
    :raises ReasonMissing: no reason was given.
    :raises FormMissing: a base union without a form, or another with one.
    :raises OwnUnionCoversMore: an employer's own union cannot cover several.
    :raises InTheFuture: the day of approval has not come.
    :raises LegalCodeFaulty: the code of the legal person is wrong.
    :raises LegalCodeTaken: another union bears it.
    """
    union = claim_union(union_id, actor=actor)
    kept = days.checked_reason(reason)
    founding.check_form(union.level, form=form)
    covered = union.coverages.filter(valid_until__isnull=True).count()
    founding.check_covered(form, employers=covered)
    days.check_happened(approval.on, today=timezone.localdate(at))
    was = _as_founded(union)
    union.form, union.employer_class = form, employer_class or ""
    union.approved_on, union.approval_number = approval.on, approval.number.strip()
    union.updated_at = at
    _make_legal(union, legal_person)
    with refused_by(ONE_LEGAL_CODE, LegalCodeTaken()):
        union.save(update_fields=CORRECTABLE)
    recording.record(
        Happened.UNION_CORRECTED, subject=union, org_unit=union.org_unit,
        occurred_on=timezone.localdate(at), reason=kept, actor=actor, at=at,
    )  # fmt: skip
    if _as_founded(union) != was:
        _restate_founding(union, reason=kept, actor=actor, at=at)
    return union


def _new_union(unit: OrgUnit, *, level: Union.Level, approval: Approval, at: datetime) -> Union:
    union = Union(
        org_unit=unit, path=unit.path, code=unit.code, level=level,
        approved_on=approval.on, approval_number=approval.number.strip(), updated_at=at,
    )  # fmt: skip
    _name(union, unit.name)
    return union


def _checked_name(name: str) -> str:
    kept = visible(name)
    if not kept:
        raise founding.UnionNameMissing
    return kept


def _name(union: Union, name: str) -> None:
    union.name, union.name_bigrams, union.name_initials = name, bigrams(name), initials(name)[:120]


def _make_legal(union: Union, legal_person: LegalPerson) -> None:
    uscc = founding.checked_legal_code(legal_person.uscc)
    union.legal_uscc, union.legal_certificate = uscc, legal_person.certificate.strip()
    union.legal_since = legal_person.since


def _record_founding(union: Union, *, unit: OrgUnit, actor: Actor, at: datetime) -> None:
    recording.record(
        Happened.UNION_FOUNDED, subject=union, org_unit=unit, occurred_on=union.approved_on,
        category=union.employer_class, payload=_told(union), actor=actor, at=at,
    )  # fmt: skip


def _restate_founding(union: Union, *, reason: str, actor: Actor, at: datetime) -> None:
    told = Fact.objects.within_reach_of(actor, Permission.ARRANGE_UNIONS).filter(
        kind=Happened.UNION_FOUNDED, subject_kind=Union._meta.label_lower, subject_id=union.pk
    )
    undone = told.filter(reverses__isnull=False).values("reverses")
    founding_fact = told.filter(reverses__isnull=True).exclude(id__in=undone).order_by("-id").first()
    if founding_fact is None:
        raise founding.FoundedElsewhere
    recording.restate(
        founding_fact, occurred_on=union.approved_on, category=union.employer_class, payload=_told(union),
        reason=reason, actor=actor, at=at,
    )  # fmt: skip


def _as_founded(union: Union) -> tuple[date, str, str]:
    return union.approved_on, union.form, union.employer_class


def _told(union: Union) -> dict[str, object]:
    return {"level": union.level, "form": union.form}
