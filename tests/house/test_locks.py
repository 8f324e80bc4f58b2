"""The locks: current, complete, the same for running as for testing; every dependency has its reason."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.reading import ROOT, declared

pytestmark = pytest.mark.house

LOCKS = [
    "requirements/base.txt",
    "requirements/dev.txt",
    "requirements/build.txt",
    "tools/node-requirements.txt",
]


def pins(name: str) -> dict[str, str]:
    """Return package → version of a lock."""
    text = (ROOT / name).read_text()
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^ ;\\]+)", text, flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def stale(wanted, lock: dict[str, str]) -> list[str]:
    """Return the requirements that a lock does not meet."""
    parsed = [Requirement(each) for each in wanted]
    return [
        str(each)
        for each in parsed
        if not each.specifier.contains(lock.get(canonicalize_name(each.name), "0"), prereleases=True)
        or canonicalize_name(each.name) not in lock
    ]


def unreasoned(text: str, table: str) -> list[str]:
    """Return the dependencies of one array that have no reason beside them."""
    array = re.search(rf"^{table} = \[\n(.*?)^\]", text, flags=re.MULTILINE | re.DOTALL)
    return [line.strip() for line in array.group(1).splitlines() if line.strip() and "#" not in line]


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        (declared()["project"]["dependencies"], "requirements/base.txt"),
        (declared()["project"]["dependencies"], "requirements/dev.txt"),
        (declared()["dependency-groups"]["dev"], "requirements/dev.txt"),
        (declared()["dependency-groups"]["build"], "requirements/build.txt"),
    ],
    ids=["base", "dev", "tools", "build"],
)
def test_the_lock_is_current(wanted, lock):
    assert stale(wanted, pins(lock)) == [], "run: make lock"


def test_what_runs_is_what_was_tested():
    developed = pins("requirements/dev.txt")
    running = pins("requirements/base.txt")

    assert {name: pin for name, pin in running.items() if developed.get(name) != pin} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_carries_a_hash(name):
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]

    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)


def test_every_dependency_has_its_reason():
    assert unreasoned((ROOT / "pyproject.toml").read_text(encoding="utf-8"), "dependencies") == []


def test_a_stale_lock_is_found():
    assert stale(["django~=6.0"], {"django": "5.2.9"})
    assert stale(["no-such-package"], {"django": "5.2.9"})
    assert stale(["Django~=5.2.0"], {"django": "5.2.9"}) == []


def test_a_dependency_without_a_reason_is_found():
    assert unreasoned('dependencies = [\n  "a", # why\n  "b",\n]\n', "dependencies") == ['"b",']
