"""One form in front of one visitor: asked, sent, refused, in conflict, or carried out."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from juli.engines.desk import speaking
from juli.engines.desk.filling import clashes, drafts, once, slips
from juli.engines.desk.filling.clashes import Clash
from juli.engines.desk.filling.drafts import Kept
from juli.engines.desk.filling.slips import Slip
from juli.engines.desk.pages import Crumb, FormPage, Section
from juli.engines.desk.verbs import Asking, Verb, number_of
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

NOT_SAVED: Final = 422
CLASHED: Final = 409


class _Clashed(Exception):
    """Somebody else saved first: everything done so far is undone, and the visitor chooses."""

    def __init__(self, found: tuple[Clash, ...], *, now: dict[str, str]) -> None:
        super().__init__()
        self.found, self.now = found, now


@dataclass(frozen=True)
class Seat:
    """What is known while one visitor fills in one form (办理席位)."""

    request: HttpRequest
    verb: Verb[Any]  # Any: each verb has its own kind of record
    subject: object
    actor: Actor
    at: datetime
    back_href: str
    crumbs: tuple[Crumb, ...]
    aside: tuple[Section, ...]

    def asked(self) -> HttpResponse:
        """Show the form: with what stands there, or as it was left in the draft where that is wanted."""
        kept = drafts.found(form=self._code, subject=self._number, actor=self.actor, at=self.at)
        is_filled_in = kept is not None and drafts.FILLED_IN in self.request.GET
        initial = self.verb.form.initial_for(self.subject, self.request.GET.dict())
        before = self._standing(self.subject)
        if kept is not None and is_filled_in:
            initial |= _initial_of(kept, self.verb.form)
            before = dict(kept.before) if kept.before is not None else before
        form = self._form(None, initial=initial)
        return self._page(form, slip=self._slip(form, before), kept=kept, is_filled_in=is_filled_in)

    def sent(self) -> HttpResponse:
        """
        Carry the verb out, or say why not on the same page.

        :raises NotFound: the action found the record out of reach.
        :raises NotPermitted: the actor may not do this to it.
        """
        slip, said = self._sent_slip, self.request.POST.copy()
        if slip is not None and slip.before is not None:
            said = clashes.settled(said, before=slip.before)
        form = self._form(said)
        if self._is_of_another:
            form.add_error(None, _("这一页是另一个账号打开的，内容还没有保存。请核对后再提交一次。"))
        elif form.is_valid():
            try:
                return self._carried_out(form, said, slip)
            except _Clashed as clashed:
                return self._choices(form, said, clashed)
            except (NotFound, NotPermitted):
                raise
            except Refusal as refusal:
                form.add_error(None, speaking.told(refusal))
        return self._page(form, slip=slip or self._slip(form, self._standing(self.subject)))

    def _carried_out(self, form: Asking, said: QueryDict, slip: Slip | None) -> HttpResponse:
        with transaction.atomic():
            if slip is not None and not once.is_first(slip, at=self.at):
                messages.info(self.request, _("这份表单已经办过，没有重复办理。"))
                return HttpResponseRedirect(once.led_to(slip) or self.back_href)
            self._refuse_what_clashes(form, said, slip)
            done = self.verb.act(self.subject, **form.arguments(), actor=self.actor, at=self.at)
            href = self.verb.leads_to(done) if self.verb.leads_to else self.back_href
            if slip is not None:
                once.remember(slip, led_to=href)
                drafts.forget(slip)
        messages.success(self.request, str(self.verb.done))
        return HttpResponseRedirect(href)

    def _refuse_what_clashes(self, form: Asking, said: QueryDict, slip: Slip | None) -> None:
        if slip is None or slip.before is None or not isinstance(self.subject, Model):
            return
        subject = clashes.locked(self.subject)
        if subject is None:
            raise NotFound
        now = self._standing(subject)
        if now is not None and (found := clashes.found(form, before=slip.before, now=now, said=said)):
            raise _Clashed(found, now=now)

    def _choices(self, form: Asking, said: QueryDict, clashed: _Clashed) -> HttpResponse:
        slip = self._sent_slip
        if slip is None:
            raise TypeError("nothing clashes with a page that told nothing")
        drafts.keep(slip, dict(said.lists()), at=self.at)
        fresh = replace(slip, nonce=slips.fresh_nonce(), before=clashed.now)
        context = {
            "page": self._form_page, "form": form, "crumbs": (*self.crumbs, Crumb(self.verb.title)),
            "slip": fresh.written(), "clashes": clashed.found, "carried": clashes.carried(said, form),
            "hand": clashes.last_hand(self.subject) if isinstance(self.subject, Model) else None,
        }  # fmt: skip
        return render(self.request, "desk/clash.html", context, status=CLASHED)

    def _page(
        self, form: Asking, *, slip: Slip | None, kept: Kept | None = None, is_filled_in: bool = False
    ) -> HttpResponse:
        context = {
            "page": self._form_page, "form": form, "crumbs": (*self.crumbs, Crumb(self.verb.title)),
            "slip": slip.written() if slip else "", "may_keep": bool(slip and slip.kept),
            "kept": kept, "is_filled_in": is_filled_in,
        }  # fmt: skip
        return render(self.request, "desk/form.html", context, status=NOT_SAVED if form.errors else 200)

    def _form(self, said: QueryDict | None, *, initial: dict[str, Any] | None = None) -> Asking:
        if initial is None:
            initial = self.verb.form.initial_for(self.subject, self.request.GET.dict())
        files = None if said is None else self.request.FILES
        return self.verb.form(said, files, actor=self.actor, subject=self.subject, initial=initial)

    def _standing(self, subject: object) -> dict[str, str] | None:
        """Return what stands in the fields of a form that corrects; of any other form, nothing."""
        kind = self.verb.form
        if not kind.corrects:
            return None
        form = kind(actor=self.actor, subject=subject, initial=kind.initial_for(subject, {}))
        return clashes.standing(form, sealed=kind.sealed_for(subject))

    def _slip(self, form: Asking, before: dict[str, str] | None) -> Slip | None:
        if self.actor.account_id is None:
            return None
        return Slip(
            account_id=self.actor.account_id,
            form=self._code,
            subject=self._number,
            title=str(self.verb.title),
            about=str(self.crumbs[-1].label) if self._number and self.crumbs else "",
            address=self._address,
            nonce=slips.fresh_nonce(),
            kept=tuple(name for name, field in form.fields.items() if _may_be_kept(field)),
            before=before,
        )

    @cached_property
    def _form_page(self) -> FormPage:
        return FormPage(
            self.verb.title, self.verb.submit, self.back_href, lead=self.verb.lead,
            groups=self.verb.form.groups, aside=self.aside, action_href=self._address,
        )  # fmt: skip

    @cached_property
    def _sent_slip(self) -> Slip | None:
        """The slip that came with the form, if it is of this form, this record and this visitor."""
        slip = slips.read(self.request.POST.get(slips.FIELD, ""))
        is_ours = slip is not None and (slip.form, slip.subject) == (self._code, self._number)
        return slip if is_ours and not self._is_of_another else None

    @cached_property
    def _is_of_another(self) -> bool:
        slip = slips.read(self.request.POST.get(slips.FIELD, ""))
        return slip is not None and slip.account_id != self.actor.account_id

    @cached_property
    def _code(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else self.verb.slug

    @cached_property
    def _number(self) -> str:
        return number_of(self.subject)

    @cached_property
    def _address(self) -> str:
        """The address of the form as it was opened, without the wish to have the draft filled in."""
        query = [(name, value) for name, value in self.request.GET.items() if name != drafts.FILLED_IN]
        return f"{self.request.path}?{urlencode(query)}" if query else self.request.path


def _may_be_kept(field: forms.Field) -> bool:
    return not isinstance(field.widget, forms.PasswordInput | forms.FileInput)


def _initial_of(kept: Kept, form: type[Asking]) -> dict[str, Any]:
    """Return a draft's values as a form takes them at first."""
    several = (forms.SelectMultiple, forms.CheckboxSelectMultiple)
    return {
        name: kept.values[name] if isinstance(field.widget, several) else next(iter(kept.values[name]), "")
        for name, field in form.base_fields.items()
        if name in kept.values
    }
