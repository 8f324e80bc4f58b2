"""What the repository holds, and what it must never hold."""

import hashlib
import re
import tomllib

import pytest

from tests.house.reading import ROOT, python_files, text_files

pytestmark = pytest.mark.house

EXPECTED = (
    "LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
    "Makefile", ".ci/run", "docs/glossary.toml", "docs/coverage.md", "docs/rules.md",
    "docs/handbook/where-to-put-a-file.md",
)  # fmt: skip

# Put together here, so that this file does not find itself.
MACHINE = {
    "a path of one machine": re.compile(
        r"(?<![\w.)])/(?:" + "|".join(("work", "farm", "root", "Users")) + r")/\w"
    ),
    "a home folder": re.compile(r"(?<![\w.)])/ho" + r"me/\w+/"),
    "a package index": re.compile(
        "index" + "-url|np" + "mrc|pypi" + r"\.org|npmjs" + r"\.org|pythonhosted" + r"\.org"
    ),
    "a download address in a lock": re.compile('"resol' + 'ved": *"http'),
    "a mirror": re.compile("npm" + "mirror|mirrors" + r"\.\w+|/opt/" + "(pypi|wheels)"),
}
HOSTS_MAY_BE_NAMED = {".gitignore"}

# Persons and enterprises named in a report that the product was learnt from. They are nobody's test
# data, so only digests stand here: length of the name, then BLAKE2b of it.
NAMES_OF_OTHERS: set[tuple[int, str]] = {
    (2, "565650e2b95292fa4b9ab2bd"),
    (3, "3d7d827fefae01ac5f71172a"),
    (3, "6c40e57a66aff01331dfb7de"),
    (3, "bc31ecdd52b06166bc216e97"),
    (3, "df2711478e166f5b65ae632e"),
    (3, "e8faffcf72f61ef2df213856"),
    (4, "352a841a6a30aaef7f6fe685"),
    (4, "74cda7fcdc85e22ff6de860a"),
    (4, "8f352bcab9d864275f138b19"),
    (4, "b181357b66a59a6ad0d8042d"),
    (6, "af8b874a7414fa49fcf934e8"),
    (6, "b08924feacdf2dde1d4d365d"),
}


def digest(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=12, person=b"juli-house").hexdigest()


def names_of_others(text: str, known=frozenset()) -> set[str]:
    """Return the first characters of every known name that a text holds; the text is cut at every place."""
    wanted = known or NAMES_OF_OTHERS
    found = set()
    for length in {length for length, _ in wanted}:
        pieces = {
            run[start : start + length]
            for run in re.findall(r"[\u3400-\u9fff]{2,}", text)
            for start in range(len(run) - length + 1)
        }
        found |= {piece[0] + "…" for piece in pieces if (length, digest(piece)) in wanted}
    return found


def machine_traces(text: str) -> list[str]:
    return [
        f"{what}: {found.group()}" for what, pattern in MACHINE.items() if (found := pattern.search(text))
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_papers_are_there(name):
    assert (ROOT / name).stat().st_size > 0


def test_the_licence_is_apache_2():
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:400]


def test_the_front_door_of_ci_can_be_run():
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_no_trace_of_one_machine():
    found = {
        str(path): traces
        for path, text in text_files()
        if path.name not in HOSTS_MAY_BE_NAMED and (traces := machine_traces(text))
    }

    assert not found


def test_nobody_from_a_report_enters_the_repository():
    found = {str(path): names for path, text in text_files() if (names := names_of_others(text))}

    assert not found


def totals_files():
    return sorted((ROOT / "src/juli/config/sample").rglob("*.toml"))


def readers_outside(sources, name: str) -> list[str]:
    """Return the sources that name a file of the sample without belonging to the sample."""
    return [str(each.path) for each in sources if name in each.text and "sample" not in each.parts]


def test_only_the_sample_reads_its_totals():
    ours = [source for source in python_files() if source.floor and "tests" not in source.roles]
    found = {path.name: readers for path in totals_files() if (readers := readers_outside(ours, path.name))}

    assert not found


def large_totals() -> set[int]:
    """Return the whole numbers of the totals that are too particular to stand in code by chance."""
    numbers, waiting = set(), [tomllib.loads(path.read_text(encoding="utf-8")) for path in totals_files()]
    while waiting:
        match waiting.pop():
            case dict() as table:
                waiting += table.values()
            case list() as items:
                waiting += items
            case bool():
                pass
            case int() as number if number >= 1000 and number % 100 and not 1900 < number < 2100:
                numbers.add(number)
    return numbers


def test_no_total_is_typed_into_the_code():
    typed = [
        f"{source.path}: {number}"
        for source in python_files()
        if source.floor and not source.roles & {"tests", "migrations"}
        for number in large_totals()
        if re.search(rf"(?<![\d_.]){number:_}(?![\d_])|(?<![\d_.]){number}(?![\d_])", source.text)
    ]

    assert not typed


@pytest.mark.parametrize(
    "text",
    ["open('/wo" + "rk/main/x')", "cd /ro" + "ot/juli", "/ho" + "me/clerk/juli", "--index" + "-url=x",
     '"resol' + 'ved": "https://x"', "https://registry.npm" + "js.org/x"],
)  # fmt: skip
def test_a_trace_of_a_machine_is_found(text):
    assert machine_traces(text)


@pytest.mark.parametrize("text", ["docs/work/x", "/etc/ssl", "the /tmp folder", "network/", "a/root/b"])
def test_an_innocent_path_passes(text):
    assert machine_traces(text) == []


def test_a_name_is_found_inside_a_sentence():
    known = {(3, digest("某某某"))}

    assert names_of_others("其中有某某某等三人。", known) == {"某…"}
    assert names_of_others("其中有某某等三人。", known) == set()
