"""
The staff of an office day, each in a thread of one process beside the house: readers and writers.

    python -m benchmarks.clerks PLAN RECORD    reads the plan, works, and writes down every page

Everybody asks for one page every so many seconds, at moments that are not the others'. What a clerk asks
for is drawn by weight from what lies before them: lists, what stands on the last list, the search box.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.clerk import Answer, Browser, form_of
from juli.kernel.idcodes import resident_check_digit

Plan = dict[str, Any]
# A province code under which no resident identity card was ever issued.
REGION = "710199"
MEMBER, UNION, EMPLOYER = r"/members/\d+/", r"/unions/\d+/", r"/employers/\d+/"
REASON = "按本人提供的材料更正"
FILTERED = "/members/?migrant=yes"
# A form is sent to the page on which it stands, but for this one.
SENT_TO = {FILTERED: "/lists/members/filters/"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page that was asked for (一次打开)."""

    kind: str
    is_write: bool
    milliseconds: float
    fault: str = ""


class Clerk:
    """Somebody with an account, a browser, and something that stands on the screen."""

    def __init__(self, plan: Plan, person: Plan, number: int) -> None:
        self.plan, self.person = plan, person
        self.chance = random.Random(f"{plan['seed']} {number}")
        self.browser = Browser(plan["host"], plan["port"])
        self.pages: list[Page] = []
        self.seen: dict[str, list[str]] = {MEMBER: [], UNION: [], EMPLOYER: []}
        self.next_page = ""
        self.sign_in_ms = 0.0

    def work(self, everybody: threading.Barrier) -> None:
        """Sign in, wait for everybody, and then ask for one page each interval until the day is over."""
        every = self.plan["every_seconds"]
        self.sign_in_ms = self.browser.sign_in(self.person["username"], self.plan["password"])
        everybody.wait()
        begin = time.monotonic()
        end = begin + self.plan["seconds"]
        due = begin + self.chance.random() * every
        while due < end:
            time.sleep(max(0.0, due - time.monotonic()))
            self.one_page()
            due = max(due + every, time.monotonic())

    def one_page(self) -> None:
        """Ask for one page."""
        raise NotImplementedError

    def look(self, kind: str, address: str) -> Answer | None:
        """Open a page and remember what it leads to."""
        return self.noted(kind, lambda: self.browser.get(address), wanted=200, is_write=False)

    def noted(self, kind: str, act: Callable[[], Answer], *, wanted: int, is_write: bool) -> Answer | None:
        """Do something and write down how it went; anything but the wanted answer is a fault."""
        try:
            answer = act()
        except Exception as broken:  # noqa: BLE001  whatever went wrong is what is measured
            self.pages.append(Page(kind, is_write, 0.0, repr(broken)))
            return None
        is_fine = answer.status == wanted
        self.pages.append(
            Page(kind, is_write, answer.milliseconds, "" if is_fine else f"{answer.status} {_told(answer)}")
        )
        if not is_fine:
            return None
        for pattern in self.seen:
            self.seen[pattern] = answer.links(pattern) or self.seen[pattern]
        return answer


class Reader(Clerk):
    """Reads and searches."""

    def one_page(self) -> None:
        weights = {
            self.home: 10, self.members: 18, self.turn: 8, self.member: 22, self.search: 18, self.unions: 7,
            self.union: 6, self.employers: 5, self.employer: 3, self.figures: 3,
        }  # fmt: skip
        self.chance.choices(list(weights), list(weights.values()))[0]()

    def home(self) -> None:
        self.look("home", "/")

    def members(self) -> None:
        ways = (
            "", "?migrant=yes", "?verification=unverified", "?standing=retained", "?employer_class=private",
            f"?named={quote(self.name()[:2])}", "?on=2018-12-31",
        )  # fmt: skip
        self.listed("members", "/members/" + self.chance.choice(ways))

    def unions(self) -> None:
        ways = ("", "?form=joint", "?level=all", "?employer_class=private", "?level=village")
        self.listed("unions", "/unions/" + self.chance.choice(ways))

    def employers(self) -> None:
        ways = ("", "?covered=no", "?ownership=private", "?mark=catering")
        self.listed("employers", "/employers/" + self.chance.choice(ways))

    def listed(self, kind: str, address: str) -> None:
        if answer := self.look(kind, address):
            following = answer.links(r"[^\"]*[?&]after=[^\"]*")
            self.next_page = _absolute(following[0], address) if following else ""

    def turn(self) -> None:
        if self.next_page:
            self.listed("next page", self.next_page)
        else:
            self.members()

    def search(self) -> None:
        name = self.name()
        asked = self.chance.choice((name[:2], name, self.chance.choice(self.plan["initials"])))
        self.look("search", f"/search/?q={quote(asked)}")

    def member(self) -> None:
        self.record("member", MEMBER, self.members)

    def union(self) -> None:
        self.record("union", UNION, self.unions)

    def employer(self) -> None:
        self.record("employer", EMPLOYER, self.employers)

    def record(self, kind: str, pattern: str, otherwise: Callable[[], None]) -> None:
        if self.seen[pattern]:
            self.look(kind, self.chance.choice(self.seen[pattern]))
        else:
            otherwise()

    def figures(self) -> None:
        self.look("figures", "/figures/")

    def name(self) -> str:
        return str(self.chance.choice(self.plan["names"]))


class Writer(Clerk):
    """Opens a form, fills it in by the next page, sends it, and sees the record."""

    def __init__(self, plan: Plan, person: Plan, number: int) -> None:
        super().__init__(plan, person, number)
        self.number = number
        self.form: tuple[str, str, dict[str, str]] | None = None
        self.serial = 0
        self.chance.shuffle(person["people"])

    def one_page(self) -> None:
        if self.form is None:
            self.open_form()
        else:
            self.send_form()

    def open_form(self) -> None:
        weights = {
            self.particulars: 35, self.contact: 20, self.admission: 20, self.transfer: 15, self.headcount: 10,
            self.filter: 5
        }  # fmt: skip
        kind, address, said = self.chance.choices(list(weights), list(weights.values()))[0]()
        if answer := self.look("form", address):
            self.form = (kind, SENT_TO.get(address, address), form_of(answer) | said)

    def send_form(self) -> None:
        kind, address, said = self.form or ("", "", {})
        self.form = None
        answer = self.noted(kind, lambda: self.browser.post(address, said), wanted=302, is_write=True)
        if answer and answer.location:
            self.look("after a form", answer.location)

    def particulars(self) -> tuple[str, str, dict[str, str]]:
        said = {"education": self.chance.choice(("college", "bachelor", "junior")), "reason": REASON}
        return "correct particulars", f"/members/{self.someone()}/particulars/", said

    def contact(self) -> tuple[str, str, dict[str, str]]:
        said = {"mobile": f"139{self.chance.randrange(10**8):08d}", "reason": REASON}
        return "correct contact", f"/members/{self.someone()}/contact/", said

    def transfer(self) -> tuple[str, str, dict[str, str]]:
        said = {"to_union_id": self.a_union(), "employer_id": "", "on": self.plan["today"], "reason": REASON}
        return "transfer", f"/members/{self.someone()}/transfer/", said

    def admission(self) -> tuple[str, str, dict[str, str]]:
        said = {
            "union_id": self.a_union(), "joined_on": self.plan["today"],
            "name": str(self.chance.choice(self.plan["names"])), "document_kind": "resident",
            "document_number": self.new_number(), "mobile": f"138{self.chance.randrange(10**8):08d}",
        }  # fmt: skip
        return "admit", "/members/new/", said

    def headcount(self) -> tuple[str, str, dict[str, str]]:
        self.serial += 1
        said = {"counted_on": self.plan["today"], "employees": str(self.chance.randrange(5, 400))}
        employer = self.person["employers"].pop()
        return "count heads", f"/employers/{employer}/headcounts/", said

    def filter(self) -> tuple[str, str, dict[str, str]]:
        self.serial += 1
        said = {"name": f"筛选 {self.number}-{self.serial}", "state": "migrant=yes"}
        return "save a filter", FILTERED, said

    def someone(self) -> int:
        """Return a member of the town to whom nobody has done anything today."""
        return int(self.person["people"].pop())

    def a_union(self) -> str:
        return str(self.chance.choice(self.person["unions"]))

    def new_number(self) -> str:
        """Return a number with a right check digit that nobody else gives out."""
        self.serial += 1
        born = 19600101 + self.number * 10000 + self.serial // 500 % 12 * 100 + self.serial // 6000
        first = f"{REGION}{born}{self.serial % 500 * 2 + 1:03d}"
        return first + resident_check_digit(first)


def _absolute(link: str, address: str) -> str:
    return link if link.startswith("/") else address.split("?")[0] + link


def _told(answer: Answer) -> str:
    """Return what a page that was not wanted says of itself, for the record."""
    start = answer.text.find("data-focus")
    return " ".join(answer.text[start : start + 400].split()) if start >= 0 else answer.text[:120]


def main(arguments: list[str]) -> int:
    """Let everybody work for a day, and write down what they saw."""
    plan = json.loads(Path(arguments[0]).read_text("utf-8"))
    kinds = {"read": Reader, "write": Writer}
    staff = [kinds[person["does"]](plan, person, number) for number, person in enumerate(plan["staff"])]
    everybody = threading.Barrier(len(staff))
    threads = [threading.Thread(target=clerk.work, args=(everybody,)) for clerk in staff]
    for thread in threads:
        thread.start()
        time.sleep(plan["arriving_seconds"] / len(threads))
    for thread in threads:
        thread.join()
    record = {
        "pages": [asdict(page) for clerk in staff for page in clerk.pages],
        "sign_ins": [clerk.sign_in_ms for clerk in staff],
    }
    Path(arguments[1]).write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
