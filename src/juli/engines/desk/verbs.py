"""What can be done to a record through a form, and the form that asks for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.db.models import Model

from juli.engines.desk.cells import Words
from juli.engines.desk.pages import FieldGroup
from juli.kernel.actor import Actor

Subject = TypeVar("Subject")
Said = Mapping[str, Any]  # Any: each field says what it cleans to
Act = Callable[..., object]


class Asking(forms.Form):
    """
    A form whose cleaned values are what an action takes (业务表单).

    One that ``corrects`` shows what stands in a record and puts other things there: it is not carried
    out over what somebody else has saved meanwhile. What it shows of sealed values is told by
    ``sealed_for``.
    """

    groups: ClassVar[tuple[FieldGroup, ...]] = ()
    corrects: ClassVar[bool] = False

    def __init__(self, *args: Any, actor: Actor, subject: object, **kwargs: Any) -> None:  # as Django's own
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        for each in self.fields.values():
            if isinstance(each, WithinReach):
                each.actor, each.subject = actor, subject

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:  # noqa: ARG003  forms of what exists need it
        """Return what the fields hold at first: what stands there now, or what the address names."""
        return {name: query[name] for name in cls.base_fields if name in query}

    @classmethod
    def sealed_for(cls, subject: object) -> Mapping[str, str]:  # noqa: ARG003  forms of what is sealed need it
        """Return, for fields of sealed values, what is carried along (``filling.clashes.hidden``)."""
        return {}

    def arguments(self) -> dict[str, Any]:
        """Return the named arguments of the action."""
        return dict(self.cleaned_data)


class WithinReach(forms.Field):
    """A field that looks for a record: it is told who asks and about what (管理范围内的字段)."""

    actor: Actor
    subject: object


def _always(_subject: object) -> bool:
    return True


@dataclass(frozen=True)
class Verb(Generic[Subject]):
    """
    One thing that can be done to a record through a form (业务).

    ``act`` takes the subject, then the form's arguments by name, ``actor`` and ``at``. ``is_open``
    says whether the record is in a state in which this makes sense, so that menus leave out the rest;
    the action refuses in any case. ``leads_to`` gives the address to go to afterwards, from what the
    action returned; without it, it is the record's own.
    """

    slug: str
    title: Words
    submit: Words
    done: Words
    form: type[Asking]
    act: Act
    permission: str
    icon: str
    lead: Words = ""
    is_danger: bool = False
    is_open: Callable[[Any], bool] = _always  # Any: what the record's page knows of it
    leads_to: Callable[[Any], str] | None = field(default=None)  # Any: what the action returns


def number_of(subject: object) -> str:
    """Return the number of a record as text; of nothing, which is still to be made, none."""
    return str(subject.pk) if isinstance(subject, Model) else ""
