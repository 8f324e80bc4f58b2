"""What is asked when a task is closed, sent back or handed on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from juli.engines.desk import speaking
from juli.engines.desk.verbs import Asking
from juli.engines.tasks import selectors
from juli.engines.tasks.models import Task


class CloseTask(Asking):
    """How it ended."""

    remark = forms.CharField(
        label=_("办理结果"), required=False, max_length=Task.LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("可以不填。不要写姓名和号码。"),
    )  # fmt: skip


class ReturnTask(Asking):
    """Why it is sent back."""

    remark = forms.CharField(
        label=_("退回原因"), max_length=Task.LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("对方会看到这句话。不要写姓名和号码。"),
    )  # fmt: skip


class HandTask(Asking):
    """Who is to do it."""

    account_id = forms.TypedChoiceField(label=_("转交给"), coerce=int)
    remark = forms.CharField(
        label=_("附言"), required=False, max_length=Task.LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as Django's own
        super().__init__(*args, **kwargs)
        field = self.fields["account_id"]
        if isinstance(self.subject, Task) and isinstance(field, forms.ChoiceField):
            colleagues = selectors.colleagues_for(self.subject, on=timezone.localdate())
            others = [each for each in colleagues if each.pk != self.actor.account_id]
            field.choices = [
                ("", _("请选择")),
                *((each.pk, speaking.with_aside(each.display_name, each.org_unit.name)) for each in others),
            ]
