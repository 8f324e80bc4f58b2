"""
One member of staff in front of a browser: signs in, follows links, fills in the forms that are shown.

Nothing of the house is imported here: a clerk knows what stands in the pages. A form is sent with every
field that it shows, hidden ones included, as a browser sends it.
"""

import http.client
import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE_SECONDS = 30
EMPTY = {"button", "submit", "reset", "image", "file"}
HREF = re.compile(r'href="([^"#]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took until the last byte was there."""

    status: int
    text: str
    location: str
    milliseconds: float

    def links(self, pattern: str) -> list[str]:
        """Return the addresses on the page that match a pattern, each once."""
        found = (each.replace("&amp;", "&") for each in HREF.findall(self.text))
        return list(dict.fromkeys(each for each in found if re.fullmatch(pattern, each)))


class _Form(HTMLParser):
    """Collects the fields of the page's form that is sent by POST and has most of them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._fields: dict[str, str] | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {} if said.get("method", "").lower() == "post" else None
        if self._fields is None:
            return
        name = said.get("name", "")
        if tag == "input" and name and said.get("type") not in EMPTY:
            if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                self._fields[name] = said.get("value", "")
        elif tag == "select":
            self._select = name
            self._fields[name] = ""
        elif tag == "option" and self._select and "selected" in said:
            self._fields[self._select] = said.get("value", "")
        elif tag == "textarea":
            self._area = name
            self._fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._fields is not None:
            self.forms.append(self._fields)
            self._fields = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._fields is not None:
            self._fields[self._area] += data


def form_of(answer: Answer) -> dict[str, str]:
    """Return the fields of a page's form with what stands in them."""
    reader = _Form()
    reader.feed(answer.text)
    return max(reader.forms, key=len, default={})


@dataclass(slots=True)
class Browser:
    """A connection that stays open, and the cookies that came over it."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _link: http.client.HTTPConnection | None = None

    def get(self, address: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", address, None)

    def post(self, address: str, said: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", address, said)

    def sign_in(self, username: str, password: str) -> float:
        """
        Sign in by the form of the door, and return how long that took.

        :raises PermissionError: the door stays shut.
        """
        said = form_of(self.get("/sign-in/")) | {"username": username, "password": password}
        answer = self.post("/sign-in/", said)
        if answer.status != 302:
            raise PermissionError(f"{username} was not let in ({answer.status})")
        return answer.milliseconds

    def _ask(self, method: str, address: str, said: dict[str, str] | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers["Accept-Language"] = "zh-CN"
        body = None
        if said is not None:
            body = urlencode(said)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}:{self.port}"
        start = time.perf_counter()
        came = self._sent(method, address, body, headers)
        text = came.read().decode("utf-8", "replace")
        taken = (time.perf_counter() - start) * 1000
        for line in came.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        where = urlsplit(urljoin(address, came.headers.get("Location", "")))
        location = where.path + (f"?{where.query}" if where.query else "")
        return Answer(came.status, text, location, taken)

    def _sent(
        self, method: str, address: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """Send over the open connection; one that was closed meanwhile is opened again, as browsers do."""
        for is_last in (self._link is None, True):
            if self._link is None:
                self._link = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_SECONDS)
            try:
                self._link.request(method, address, body, headers)
                return self._link.getresponse()
            except (http.client.RemoteDisconnected, ConnectionError):
                self._link.close()
                self._link = None
                if is_last:
                    raise
        raise AssertionError("one of the two tries has answered or raised")
