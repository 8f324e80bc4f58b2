"""Where records and figures are opened; nothing where the page does not exist."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def address(name: str, *arguments: object, query: Mapping[str, object] | None = None) -> str:
    """Return the address of a page of this app, or nothing where there is none."""
    return _reversed(f"registry:{name}", arguments, query)


def record(name: str, number: int | None) -> str:
    """Return where a record is opened; nothing for none, or for one out of reach."""
    return "" if number is None else address(name, number)


def figure(code: str, *, unit_code: str = "", on: date | None = None) -> str:
    """Return the page of a figure, opened at a unit and a day."""
    query = {"unit": unit_code, "on": on.isoformat() if on else ""}
    return _reversed("reporting:figure", (code,), {name: value for name, value in query.items() if value})


def evidence(code: str, *, unit_code: str = "", on: date | None = None) -> str:
    """Return the page of the records behind a figure, of a unit and as of a day."""
    query = {"unit": unit_code, "on": on.isoformat() if on else ""}
    return _reversed("reporting:evidence", (code,), {name: value for name, value in query.items() if value})


def _reversed(name: str, arguments: tuple[object, ...], query: Mapping[str, object] | None) -> str:
    try:
        found = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query)}" if query else found
