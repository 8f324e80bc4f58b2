"""What is asked when a file is put with a record, and when it is taken off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import ReasonField
from juli.engines.desk.asking import Asking

_ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.xls,.doc"


class AddFile(Asking):
    """A file and what it is."""

    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        help_text=_("PDF、JPEG、PNG、Word 或 Excel，不超过 20 MB。加密存放，只有看得到这份记录的人能打开。"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )
    title = forms.CharField(label=_("说明"), max_length=80, required=False)


class RemoveFile(Asking):
    """Why a file is taken off."""

    reason = ReasonField()

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}
