"""How a page asks for what a verb takes, and carries it out: one way for every form of the house."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from juli.engines.desk.cells import Words
from juli.engines.desk.pages import Crumb, FieldGroup, FormPage, Section
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

Subject = TypeVar("Subject")
Said = Mapping[str, Any]  # Any: each field says what it cleans to
Act = Callable[..., object]

NOT_SAVED = 422


class Asking(forms.Form):
    """A form whose cleaned values are what an action takes (业务表单)."""

    groups: ClassVar[tuple[FieldGroup, ...]] = ()

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


def answer(
    request: HttpRequest,
    verb: Verb[Subject],
    subject: Subject,
    *,
    actor: Actor,
    at: datetime,
    back_href: str,
    crumbs: tuple[Crumb, ...],
    aside: tuple[Section, ...] = (),
) -> HttpResponse:
    """
    Show the form of a verb, or carry the verb out and lead back to the record.

    A refusal comes back as the same page with status 422 and its sentence on top.

    :raises NotFound: the action found the record out of reach.
    :raises NotPermitted: the actor may not do this to it.
    """
    sent = request.POST if request.method == "POST" else None
    initial = verb.form.initial_for(subject, request.GET.dict())
    form = verb.form(sent, actor=actor, subject=subject, initial=initial)
    if sent is not None and form.is_valid():
        try:
            done = verb.act(subject, **form.arguments(), actor=actor, at=at)
        except (NotFound, NotPermitted):
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, str(verb.done))
            return HttpResponseRedirect(verb.leads_to(done) if verb.leads_to else back_href)
    page = FormPage(verb.title, verb.submit, back_href, lead=verb.lead, groups=verb.form.groups, aside=aside)
    context = {"page": page, "form": form, "crumbs": (*crumbs, Crumb(verb.title))}
    return render(request, "desk/form.html", context, status=NOT_SAVED if form.errors else 200)
