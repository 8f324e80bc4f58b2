"""Every refusal has one code of its own and a sentence that somebody would be content to read."""

import importlib
import pkgutil
import re
import string

import pytest

import juli
from juli.kernel.refusal import Refusal

pytestmark = pytest.mark.house

CODE = re.compile(r"[a-z]+(\.[a-z][a-z_]*)+")
HAN = r"[\u3400-\u9fff]"
CHINESE = r"[\u3400-\u9fff\uff0c\u3002\u300a\u300b\u201c\u201d\uff08\uff09]"
HALF_WIDTH = re.compile(rf"(?<={CHINESE})[,;:?!()]|[,;:?!()](?={CHINESE})|\.$")
ENDING = re.compile(r"[。？！]$|[：。]\{[a-z_]+\}$")  # what a program said may stand at the end
ADDRESS = re.compile(r"\b[a-z]+://\S+")


def all_refusals() -> list[type[Refusal]]:
    """Import the whole house and return every refusal in it."""
    for module in pkgutil.walk_packages(juli.__path__, "juli."):
        if not {"migrations", "tests", "settings", "__main__"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    found, waiting = [], [Refusal]
    while waiting:
        refusal = waiting.pop()
        waiting += refusal.__subclasses__()
        if refusal.__module__.startswith("juli.") and not refusal.__name__.startswith("_"):
            found.append(refusal)
    return found


def faults_of(code: str, message: str) -> list[str]:
    """Return what is wrong with a refusal's code and sentence."""
    faults = []
    if not CODE.fullmatch(code):
        faults.append(f"code {code!r} is not app.reason")
    if not ENDING.search(message):
        faults.append("the sentence does not end with 。")
    plain = ADDRESS.sub("", "".join(text for text, *_ in string.Formatter().parse(message)))
    if not re.search(HAN, plain):
        faults.append("the sentence is not Chinese")
    if HALF_WIDTH.search(plain):
        faults.append("half-width punctuation in a Chinese sentence")
    return faults


def shared(refusals) -> dict[str, list[str]]:
    """Return the codes that more than one refusal uses."""
    users: dict[str, list[str]] = {}
    for refusal in refusals:
        users.setdefault(refusal.code, []).append(refusal.__qualname__)
    return {code: names for code, names in users.items() if len(names) > 1}


def test_every_refusal_is_worded():
    faults = {
        each.__qualname__: found for each in all_refusals() if (found := faults_of(each.code, each.message))
    }

    assert not faults


def test_every_refusal_has_a_code_of_its_own():
    assert shared(all_refusals()) == {}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Benefits.TooMuch", "金额超过上限。"),
        ("toomuch", "金额超过上限。"),
        ("benefits.too_much", "金额超过上限"),
        ("benefits.too_much", "金额超过上限."),
        ("benefits.too_much", "金额,超过上限。"),
        ("benefits.too_much", "Too much。"),
        ("benefits.too_much", "金额(元)超过上限。"),
    ],
)
def test_a_badly_worded_refusal_is_found(code, message):
    assert faults_of(code, message)


@pytest.mark.parametrize(
    "message", ["金额超过上限。", "第 {row} 行的“{column}”写的是 {value}，应为 2018-12-31。"]
)
def test_a_well_worded_refusal_passes(message):
    assert faults_of("benefits.too_much", message) == []


def test_a_code_used_twice_is_found():
    class One:
        code = "benefits.too_much"

    class Other:
        code = "benefits.too_much"

    assert shared([One, Other])
