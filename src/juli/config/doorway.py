"""Signing in and out with Django's own password sign-in; what was being filled in meanwhile is not lost."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from juli.engines.audit import recording
from juli.engines.audit.models import Access
from juli.engines.desk.cells import Text, Tone
from juli.engines.desk.filling import interrupted
from juli.engines.desk.pages import Fact, Note
from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account, OrgUnit
from juli.kernel.actor import Door

TRIES, LOCKED_SECONDS = 8, 600


class SignInForm(forms.Form):
    """The name and password of an account."""

    username = forms.CharField(label=_("登录名"), max_length=64)
    password = forms.CharField(label=_("密码"), strip=False, widget=forms.PasswordInput)


class SignInRequired(LoginRequiredMiddleware):
    """Sends whoever is not signed in to the door, and has what they were filling in wait there."""

    def handle_no_permission(  # type: ignore[override]  # Django's own only redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Answer with the sign-in; a form that came in goes along, sealed, instead of being lost."""
        if interrupted.slip_in(request) is None:
            return super().handle_no_permission(request, view_func)
        return _interrupted(request)


@login_not_required
@never_cache
@sensitive_post_parameters("password", interrupted.FIELD)
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let somebody in and send them where they were going."""
    form = SignInForm(request.POST or None)
    target = request.POST.get("next") or request.GET.get("next") or ""
    kept = request.POST.get(interrupted.FIELD, "")
    with walls.entered(walls.doorkeeper()):
        if request.method == "POST" and form.is_valid() and _let_in(request, form):
            back = _brought_back(request, kept) if kept else None
            return HttpResponseRedirect(back or _safe(target, request))
        return _door(request, form, target=target, kept=kept, status=422 if form.errors else 200)


@sensitive_post_parameters()
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    Answer a form whose page is older than the session: it comes back filled in, to be sent once more.

    Somebody signed in again elsewhere in the browser, or its cookies are gone. Nothing is carried out;
    what came on no page of this account is refused.
    """
    slip = interrupted.slip_in(request)
    if slip is None:
        return csrf_failure(request, reason=reason)
    if not isinstance(request.user, Account):
        return _interrupted(request)
    with walls.entered(walls.doorkeeper()):
        back = _brought_back(request, interrupted.sealed(request))
    return HttpResponseRedirect(back) if back else csrf_failure(request, reason=reason)


def _interrupted(request: HttpRequest) -> HttpResponse:
    """Answer a form that nobody signed in has sent."""
    if interrupted.is_while_typing(request):
        return render(request, "desk/_draft_kept.html", {"saved_at": None})
    slip = interrupted.slip_in(request)
    note = Note(
        _("刚才填的内容都还在：请用原来的账号登录，登录后会填回表单里，再提交一次。"),
        lead=_("登录已失效。"),
        tone=Tone.WARN,
    )
    with walls.entered(walls.doorkeeper()):
        return _door(
            request, SignInForm(), target=slip.address if slip else "", kept=interrupted.sealed(request),
            status=403, message=note,
        )  # fmt: skip


def _brought_back(request: HttpRequest, kept: str) -> str | None:
    """Keep what waited at the door as a draft of whoever has just signed in; return where it is filled in."""
    if not isinstance(request.user, Account):
        return None
    at = timezone.now()
    actor = reaching.actor_for(request.user, on=timezone.localdate(at), door=Door.PAGE)
    with walls.entered(actor):
        back = interrupted.brought_back(kept, account_id=request.user.pk, at=at)
    if back is None:
        messages.warning(request, str(_("登录前填的内容属于另一个账号，没有带过来。")))
    else:
        messages.info(request, str(_("刚才填的内容已经填回，还没有提交。请核对后再提交一次。")))
    return back


def _door(
    request: HttpRequest,
    form: SignInForm,
    *,
    target: str,
    kept: str,
    status: int,
    message: Note | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "next": target,
        "kept": kept,
        "message": message,
        "federation_name": _federation_name(),
        "sample_accounts": _sample_accounts(),
    }
    return render(request, "desk/sign_in.html", context, status=status)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    with walls.entered(walls.doorkeeper()) as door:
        if isinstance(request.user, Account):
            recording.passed_the_door(
                Access.Act.SIGNED_OUT,
                account_id=request.user.pk,
                path=request.user.path,
                actor=door,
                at=timezone.now(),
            )
        logout(request)
    return redirect("sign-in")


def _let_in(request: HttpRequest, form: SignInForm) -> bool:
    username = form.cleaned_data["username"].strip()
    key = f"sign-in:{username.casefold()}"
    if cache.get(key, 0) >= TRIES:
        form.add_error(None, _("密码连续输错多次，请十分钟后再试，或请管理员重设密码。"))
        return False
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if not isinstance(user, Account):
        cache.set(key, cache.get(key, 0) + 1, LOCKED_SECONDS)
        form.add_error(None, _("登录名或密码不正确，请核对后重新输入。"))
        return False
    cache.delete(key)
    login(request, user)
    recording.passed_the_door(
        Access.Act.SIGNED_IN, account_id=user.pk, path=user.path, actor=walls.doorkeeper(), at=timezone.now()
    )
    return True


def _safe(target: str, request: HttpRequest) -> str:
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return settings.LOGIN_REDIRECT_URL if settings.LOGIN_REDIRECT_URL.startswith("/") else "/"


def _federation_name() -> str:
    root = OrgUnit.objects.filter(parent__isnull=True).order_by("pk").first()
    return root.name if root else ""


def _sample_accounts() -> tuple[Fact, ...]:
    """Name the accounts of the sample; a house without the sample has none."""
    accounts = Account.objects.filter(is_sample=True, is_active=True).order_by("pk")[:8]
    return tuple(Fact(account.display_name, Text(account.username)) for account in accounts)
