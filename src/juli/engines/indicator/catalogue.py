"""Every indicator that the domains have declared, by code."""

import re
from collections.abc import Iterable

from juli.engines.indicator.declarations import AnyIndicator, Partition, Ratio
from juli.kernel.refusal import Refusal

CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z][a-z0-9_]*")

_DECLARED: dict[str, AnyIndicator] = {}


class DoublyDeclared(ValueError):
    """Two indicators claim one code: a mistake of the programmer, found when the house starts."""


class UnknownIndicator(Refusal):
    """No indicator bears the code."""

    code = "indicator.unknown_indicator"
    message = "没有编码为 {indicator} 的指标，请核对后重试。"
    status = 404


def declare(indicators: Iterable[AnyIndicator]) -> None:
    """
    Make indicators known, each once; the same declaration may come again.

    :raises DoublyDeclared: another indicator bears the code.
    :raises ValueError: a declaration contradicts itself.
    """
    for each in indicators:
        if fault := _fault_of(each):
            raise ValueError(f"{each.code}: {fault}")
        if _DECLARED.setdefault(each.code, each) is not each:
            raise DoublyDeclared(each.code)


def indicator(code: str) -> AnyIndicator:
    """
    Return the indicator of a code.

    :raises UnknownIndicator: there is none.
    """
    if code not in _DECLARED:
        raise UnknownIndicator(indicator=code)
    return _DECLARED[code]


def is_declared(code: str) -> bool:
    """Say whether an indicator bears the code."""
    return code in _DECLARED


def every_indicator() -> tuple[AnyIndicator, ...]:
    """Return all of them, by code."""
    return tuple(_DECLARED[code] for code in sorted(_DECLARED))


def _fault_of(declared: AnyIndicator) -> str:
    numbers = [each.number for each in declared.versions]
    if not CODE.fullmatch(declared.code):
        return "the code is not app.thing"
    if not (declared.label and declared.definition and declared.formula and declared.source):
        return "it must say what it is, how it is worked out and after whom"
    if numbers != list(range(1, len(numbers) + 1)):
        return "its versions are not numbered 1, 2, 3 …"
    if isinstance(declared, Ratio) and declared.unit.value != "%":
        return "a ratio is spoken in %"
    if isinstance(declared, Partition) and any(part.unit != declared.unit for part in declared.parts):
        return "parts of another unit do not sum"
    return ""
