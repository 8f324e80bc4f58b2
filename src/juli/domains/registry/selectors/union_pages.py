"""Everything that the page of one union shows, as values."""

from dataclasses import dataclass
from datetime import date

from juli.domains.registry.models import Coverage, Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling
from juli.domains.registry.selectors.employers import rows_of
from juli.domains.registry.selectors.lineage import Ancestor, PostHeld, lineage_of, posts_held
from juli.domains.registry.selectors.rows import EmployerRow
from juli.engines.party.models import Employer
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor, PathRange
from juli.kernel.refusal import NotFound

MOST_EMPLOYERS = 200
# A joint union stands for employers of several classes (registry.indicators counts it as one).
_CLASSES = {**dict(Employer.Ownership.choices), "joint": "联合组建"}


@dataclass(frozen=True, slots=True)
class TermHeld:
    """One term of a union's committee (届期)."""

    id: int
    number: int
    elected_on: date | None
    begins_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class CommitteeHeld:
    """A committee that a union has or had (专门委员会)."""

    id: int
    kind: str
    kind_label: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class UnionDetails:
    """What is registered of a union itself (工会登记事项)."""

    id: int
    org_unit_id: int
    name: str
    code: str
    level: str
    level_label: str
    form: str
    form_label: str
    employer_class: str
    employer_class_label: str
    approved_on: date
    approval_number: str
    legal_uscc: str
    legal_certificate: str
    legal_since: date | None
    ended_on: date | None
    ending_label: str
    source: str

    @property
    def is_in_force(self) -> bool:
        return self.ended_on is None


@dataclass(frozen=True, slots=True)
class UnionPage:
    """
    What the page of a union shows (工会详情).

    ``members`` and ``base_unions`` count the union and everything below it. At most
    ``MOST_EMPLOYERS`` of ``employers_covered`` are listed.
    """

    details: UnionDetails
    parent: labelling.Named | None
    heir: labelling.Named | None
    lineage: tuple[Ancestor, ...]
    members: int
    base_unions: int
    employers_covered: int
    employers: tuple[EmployerRow, ...]
    terms: tuple[TermHeld, ...]
    posts: tuple[PostHeld, ...]
    committees: tuple[CommitteeHeld, ...]


def union_page(union_id: int, *, actor: Actor, on: date) -> UnionPage:
    """
    Return what there is to show of a union on a day.

    :raises NotFound: it is out of reach.
    """
    within = Union.objects.within_reach_of(actor, Permission.SEE).select_related("org_unit")
    union = within.defer("name_bigrams").filter(pk=union_id).first()
    if union is None:
        raise NotFound
    below = in_ranges([PathRange.under(union.path)])
    covered = Coverage.objects.filter(labelling.in_force(on), union=union)
    above = union.org_unit.parent_id
    heirs = Union.objects.filter(pk=union.merged_into_id or 0).values_list("pk", "name")
    return UnionPage(
        details=_details(union),
        parent=labelling.unions_at([above]).get(above) if above else None,
        heir=next((labelling.Named(*row) for row in heirs), None),
        lineage=lineage_of(union.org_unit_id),
        members=Membership.objects.filter(below, labelling.in_force(on)).count(),
        base_unions=Union.objects.filter(below).in_force_on(on).base().count(),
        employers_covered=covered.count(),
        employers=_employers([each.employer_id for each in covered[:MOST_EMPLOYERS]], on=on),
        terms=_terms(union),
        posts=posts_held(union.posts.order_by("valid_until", "valid_from", "pk")),
        committees=_committees(union),
    )


def _details(union: Union) -> UnionDetails:
    ownership = union.employer_class
    return UnionDetails(
        id=union.pk,
        org_unit_id=union.org_unit_id,
        name=union.name,
        code=union.code,
        level=union.level,
        level_label=union.get_level_display(),
        form=union.form,
        form_label=union.get_form_display(),
        employer_class=ownership,
        employer_class_label=_CLASSES.get(ownership, ""),
        approved_on=union.approved_on,
        approval_number=union.approval_number,
        legal_uscc=union.legal_uscc,
        legal_certificate=union.legal_certificate,
        legal_since=union.legal_since,
        ended_on=union.ended_on,
        ending_label=union.get_ending_display() if union.ending else "",
        source=union.source,
    )


def _employers(numbers: list[int], *, on: date) -> tuple[EmployerRow, ...]:
    rows = Employer.objects.filter(pk__in=numbers).defer("name_bigrams").order_by("name", "pk")
    return tuple(rows_of(list(rows), on=on))


def _terms(union: Union) -> tuple[TermHeld, ...]:
    rows = union.terms.order_by("-begins_on", "-pk")
    return tuple(
        TermHeld(term.pk, term.number, term.elected_on, term.begins_on, term.expires_on) for term in rows
    )


def _committees(union: Union) -> tuple[CommitteeHeld, ...]:
    rows = union.committees.order_by("kind", "-valid_from", "-pk")
    return tuple(
        CommitteeHeld(each.pk, each.kind, each.get_kind_display(), each.valid_from, each.valid_until)
        for each in rows
    )
