"""Saving a list's state under a name, and letting go of it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from juli.engines.desk import speaking
from juli.engines.desk.lists import saving
from juli.engines.desk.lists.registers import UnknownRegister, register_of
from juli.engines.desk.models import SavedFilter
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound


class FilterForm(forms.Form):
    """How a saved filter is called, and who sees it."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=SavedFilter.LONGEST_NAME)
    is_shared = forms.BooleanField(label=gettext_lazy("与本级同事共用"), required=False)
    state = forms.CharField(required=False, widget=forms.HiddenInput)


@require_POST
def filter_saving(request: JuliRequest, register_code: str) -> HttpResponse:
    """Keep the state of a list, and show the list again."""
    try:
        register = register_of(register_code)
    except UnknownRegister as error:
        raise NotFound from error
    form = FilterForm(request.POST)
    state = str(form.data.get("state", ""))
    back = f"{register.href()}?{state}" if state else register.href()
    if not form.is_valid():
        messages.error(request, _("请先给常用筛选起一个名称（不超过 40 个字）。"))
        return HttpResponseRedirect(back)
    try:
        saved = saving.save_filter(
            register=register.code,
            name=form.cleaned_data["name"],
            query=state,
            is_shared=form.cleaned_data["is_shared"],
            actor=request.actor,
            at=timezone.now(),
        )
    except (saving.FilterNameTaken, saving.FilterTooLong) as refusal:
        messages.error(request, speaking.told(refusal))
    else:
        messages.success(request, _("已保存常用筛选“%(name)s”。") % {"name": saved.name})
    return HttpResponseRedirect(back)


@require_POST
def filter_removal(request: JuliRequest, filter_id: int) -> HttpResponse:
    """Keep a filter no longer, and show its list as it was set up."""
    dropped = saving.drop_filter(filter_id, actor=request.actor, at=timezone.now())
    messages.success(request, _("已删除常用筛选“%(name)s”。") % {"name": dropped.name})
    register = register_of(dropped.register)
    return HttpResponseRedirect(f"{register.href()}?{dropped.query}")
