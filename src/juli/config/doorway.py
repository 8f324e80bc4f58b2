"""Signing in and out with Django's own password sign-in."""

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from juli.engines.audit import recording
from juli.engines.audit.models import Access
from juli.engines.desk.cells import Text
from juli.engines.desk.pages import Fact
from juli.engines.scope import walls
from juli.engines.scope.models import Account, OrgUnit

TRIES, LOCKED_SECONDS = 8, 600


class SignInForm(forms.Form):
    """The name and password of an account."""

    username = forms.CharField(label=_("登录名"), max_length=64)
    password = forms.CharField(label=_("密码"), strip=False, widget=forms.PasswordInput)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let somebody in and send them where they were going."""
    form = SignInForm(request.POST or None)
    target = request.POST.get("next") or request.GET.get("next") or ""
    with walls.entered(walls.doorkeeper()):
        if request.method == "POST" and form.is_valid() and _let_in(request, form):
            return HttpResponseRedirect(_safe(target, request))
        context = {
            "form": form,
            "next": target,
            "federation_name": _federation_name(),
            "sample_accounts": _sample_accounts(),
        }
        return render(request, "desk/sign_in.html", context, status=422 if form.errors else 200)


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
