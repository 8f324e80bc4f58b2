"""Pages of exports: ask for one, watch it, fetch its file."""

from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juli.engines.desk import speaking
from juli.engines.desk.background.behind import account_of
from juli.engines.desk.cells import Number, Text
from juli.engines.desk.exports import actions, pages, permitting
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.lists.registers import UnknownRegister
from juli.engines.desk.models import Export
from juli.engines.desk.pages import Crumb, Fact, FormPage, Section
from juli.engines.files import storing
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

NOT_SAVED = 422


class ExportForm(forms.Form):
    """What kind of file, and whether personal columns are in full."""

    form = forms.ChoiceField(
        label=gettext_lazy("文件格式"), choices=Export.Form, initial=Export.Form.WORKBOOK,
        widget=forms.RadioSelect,
    )  # fmt: skip
    is_plain = forms.BooleanField(
        label=gettext_lazy("导出明文，不用星号"), required=False,
        help_text=gettext_lazy("只有您有权查看明文的人员会导出明文，其余仍是掩码。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("为什么要导出明文"), required=False, max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("导出明文必须填写；理由会记入查看记录，本人看得到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, may_reveal: bool, **kwargs: Any) -> None:  # as Django's own
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["is_plain"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """See that nobody takes personal data out in full without a reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("is_plain") and not said.get("reason", "").strip():
            self.add_error("reason", _("请写明理由，理由会留在记录里。"))
        return said

    def reason_in_full(self) -> str:
        """Return the reason where personal columns are wanted in full."""
        return str(self.cleaned_data["reason"]) if self.cleaned_data.get("is_plain") else ""


@require_http_methods(["GET", "POST"])
def export_asking(request: JuliRequest, register_code: str) -> HttpResponse:
    """Ask how a list is to be taken out, and have it done."""
    order = _order(register_code, request)
    permitting.check(order, actor=request.actor)
    may_reveal = bool(order.personal) and request.actor.holds(order.register.reveals or "-")
    form = ExportForm(request.POST if request.method == "POST" else None, may_reveal=may_reveal)
    if request.method == "POST" and form.is_valid():
        wanted = Order(order.register, order.query, form.reason_in_full())
        try:
            export = actions.ask_for_export(
                wanted, form=Export.Form(form.cleaned_data["form"]), actor=request.actor, at=timezone.now()
            )
        except (NotFound, NotPermitted):
            raise
        except Refusal as refusal:
            form.add_error(None, speaking.told(refusal))
        else:
            return redirect("desk:export", export.pk)
    page = _form_page(order, request)
    crumbs = (Crumb(order.register.title, _back(order)), Crumb(page.title))
    context = {"page": page, "form": form, "crumbs": crumbs}
    return render(request, "desk/form.html", context, status=NOT_SAVED if form.errors else 200)


@require_safe
def export(request: JuliRequest, export_id: int) -> HttpResponse:
    """Show one export: how far it has come, or where its file is."""
    found = _mine(request, export_id)
    page = pages.run_page(found, at=timezone.now())
    crumbs = (Crumb(_("后台任务"), reverse("desk:runs")), Crumb(page.title))
    return render(request, "desk/run.html", {"run": page, "crumbs": crumbs})


@require_safe
def export_progress(request: JuliRequest, export_id: int) -> HttpResponse:
    """Answer a page that asks how far its export has come."""
    page = pages.run_page(_mine(request, export_id), at=timezone.now())
    return render(request, "desk/_run.html", {"run": page})


@require_POST
def export_stopping(request: JuliRequest, export_id: int) -> HttpResponse:
    """Call an export off."""
    actions.call_export_off(export_id, actor=request.actor, at=timezone.now())
    return redirect("desk:export", export_id)


@require_safe
def export_file(request: JuliRequest, export_id: int) -> HttpResponseBase:
    """Hand the file over, to its owner and nobody else, as long as they may see all of it."""
    stored = actions.fetch_export(export_id, actor=request.actor, at=timezone.now())
    with storing.opened(stored) as path:
        answer = FileResponse(path.open("rb"), as_attachment=True, filename=stored.name)
    answer["Cache-Control"] = "no-store"
    return answer


def _order(register_code: str, request: JuliRequest) -> Order:
    try:
        return Order.of(register_code, request.GET.urlencode())
    except UnknownRegister as error:
        raise NotFound from error


def _mine(request: JuliRequest, export_id: int) -> Export:
    mine = Export.objects.filter(pk=export_id, account_id=account_of(request.actor))
    found = mine.first()
    if found is None:
        raise NotFound
    return found


def _form_page(order: Order, request: JuliRequest) -> FormPage:
    facts = [
        Fact(_("行数"), Number(order.number_of_rows(actor=request.actor), order.register.unit)),
        Fact(_("列"), Text(speaking.listed(order.headings))),
        Fact(_("条件"), Text("；".join(_conditions(order, request)) or _("没有条件，管理范围内的全部"))),
    ]
    return FormPage(
        _("导出%(title)s") % {"title": order.register.title},
        _("开始导出"),
        _back(order),
        lead=_("按列表现在的条件、排序和列导出，在后台进行；做好后只有您本人能下载。"),
        aside=(Section(_("将要导出"), facts=tuple(facts)),),
    )


def _conditions(order: Order, request: JuliRequest) -> list[str]:
    chips = order.register.chips(order.asked(actor=request.actor), actor=request.actor)
    return [f"{chip.label}：{chip.value}" for chip in chips]


def _back(order: Order) -> str:
    if not order.register.address:
        return reverse("desk:runs")
    query = order.query.urlencode()
    return f"{order.register.href()}?{query}" if query else order.register.href()
