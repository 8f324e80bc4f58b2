"""Fields that the forms share: days, reasons, choices, and records named by code or name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.days import LONGEST_REASON
from juli.domains.registry.selectors.finding import Findings, find
from juli.engines.desk.asking import WithinReach
from juli.engines.party import vault
from juli.engines.party.models import Employer, Person
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import PathRange
from juli.kernel.text import normalise_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "str | _StrPromise"
"""What a field of Django's is called: plain or a lazy translation."""

Choice = TypeVar("Choice", bound=TextChoices)
MOST_NAMED = 5
PLEASE_CHOOSE, REASON = _("请选择"), _("理由")


class DayField(forms.DateField):
    """A calendar day, picked or typed as 2018-12-31 (日期)."""

    def __init__(self, label: Label, *, required: bool = True, help_text: Label = "") -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)


class ReasonField(forms.CharField):
    """A sentence or two that stay on the record (理由)."""

    def __init__(self, label: Label = REASON, *, required: bool = True, help_text: Label = "") -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=help_text or _("理由会留在记录里，本人和上级都能看到。"),
        )


def choice(among: type[Choice], label: Label, *, required: bool = True, blank: Label = PLEASE_CHOOSE) -> Any:
    """Return a field that takes one of a closed set; where it may be left out, None stands for that."""
    options: list[tuple[str, Label]] = [(each.value, each.label) for each in among]
    return forms.TypedChoiceField(
        label=label, required=required, choices=[("", blank), *options], coerce=among, empty_value=None
    )


def yes_no(label: Label) -> Any:
    """Return a field that takes yes, no or nothing known."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("未说明")), ("yes", _("是")), ("no", _("否"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )


def said_of(value: bool | None) -> str:
    """Return how ``yes_no`` writes a value."""
    return {None: "", True: "yes", False: "no"}[value]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that was named: its number, and how to name it without doubt (候选)."""

    id: int
    name: str
    code: str


class RecordField(WithinReach, forms.CharField):
    """
    A record within reach, named by its code or its name; it cleans to the record's number.

    No list of ten thousand options and no script: who types a part of a name is told the codes.
    """

    permission: str = Permission.SEE

    def __init__(
        self, label: Label, *, required: bool = True, help_text: Label = "", permission: str = ""
    ) -> None:
        super().__init__(label=label, required=required, help_text=help_text or self.hint, max_length=120)
        self.permission = permission or self.permission
        self.widget.attrs["autocomplete"] = "off"

    hint: Label = ""

    def clean(self, value: Any) -> int | None:  # Any: as the widget hands it over
        text = super().clean(value).strip()
        if not text:
            return None
        found = self.found(text)
        if not found:
            raise ValidationError(
                gettext("在您的管理范围内没有找到“%(text)s”，请核对编码或名称。"), params={"text": text}
            )
        if len(found) > 1:
            named = "、".join(f"{each.name}（{each.code}）" for each in found[:MOST_NAMED])
            raise ValidationError(
                gettext("“%(text)s”对应不止一条记录，请改填编码，例如：%(named)s。"),
                params={"text": text, "named": named},
            )
        return found[0].id

    def found(self, text: str) -> Sequence[Candidate]:
        """Return the records that a text may mean."""
        raise NotImplementedError

    def hits(self, text: str) -> Findings:
        """Return what the search box finds by a text: in letters, by last digits, for short."""
        return find(text, actor=self.actor, on=date.max)  # what has not ended, ends on no day


class UnionField(RecordField):
    """A union by its code or name (工会)."""

    hint = _("填写组织编码，或名称中的几个字。")

    def found(self, text: str) -> Sequence[Candidate]:
        rows = Union.objects.within_reach_of(self.actor, self.permission).filter(ended_on__isnull=True)
        named = _nearest(
            rows.filter(code=text),
            rows.filter(name=normalise_name(text)),
            rows.filter(name__contains=normalise_name(text)),
            code="code",
        )
        return named or _nearest(rows.filter(pk__in=[hit.id for hit in self.hits(text).unions]), code="code")


class TerritoryField(UnionField):
    """The town or village where something lies, named by its union; it cleans to the unit (所在镇街)."""

    hint = _("填写镇街或村（社区）工会的编码，或名称中的几个字。")

    def clean(self, value: Any) -> int | None:
        union_id = super().clean(value)
        return (
            None if union_id is None else Union.objects.values_list("org_unit_id", flat=True).get(pk=union_id)
        )


class EmployerField(RecordField):
    """An employer by its credit code or name (单位)."""

    hint = _("填写统一社会信用代码，或名称中的几个字。")

    def found(self, text: str) -> Sequence[Candidate]:
        rows = Employer.objects.within_reach_of(self.actor, self.permission)
        named = _nearest(
            rows.filter(uscc=text.upper()),
            rows.filter(name=normalise_name(text)),
            rows.filter(name__contains=normalise_name(text)),
            code="uscc",
        )
        numbers = (hit.id for hit in self.hits(text).employers) if not named else ()
        return named or _nearest(rows.filter(pk__in=list(numbers)), code="uscc")


class MemberField(RecordField):
    """A person by member number, document, or name among the members of the union in question (会员)."""

    hint = _("填写会员号或证件号码；本工会的会员也可以填写姓名。")

    def found(self, text: str) -> Sequence[Candidate]:
        numbers = Membership.objects.filter(number=text).values("person_id")
        is_same = Q(pk__in=numbers) | Q(document_digest=vault.document_digest(text))
        rows = Person.objects.within_reach_of(self.actor, Permission.SEE)
        named = rows.none()
        if isinstance(self.subject, Union):
            own = in_ranges([PathRange.under(self.subject.path)])
            named = rows.filter(own, name=normalise_name(text))
        if found := _nearest(rows.filter(is_same), named, code="document_shown"):
            return found
        hits = [hit.person_id for hit in self.hits(text).persons]
        return _nearest(rows.filter(pk__in=hits), code="document_shown")


def _nearest(*narrowing: Any, code: str) -> Sequence[Candidate]:  # Any: querysets of one table
    """Return what the first question that has an answer finds."""
    for rows in narrowing:
        found = rows.order_by("pk").values_list("pk", "name", code)[: MOST_NAMED + 1]
        if candidates := [Candidate(*each) for each in found]:
            return candidates
    return ()


def today_or(day: date | None) -> str:
    """Return a day as the widget writes it."""
    return day.isoformat() if day else ""
