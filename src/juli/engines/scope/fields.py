"""The column that carries a place in the tree."""

from typing import Any

from django.db import models


class PathField(models.CharField):  # type: ignore[type-arg]  # django-stubs: generic only at type time
    """
    A slash-closed path such as ``/1/12/``, compared in C collation so that a range is a prefix.

    Derived from the unit; never typed in by anybody.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the framework passes its own arguments
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
