"""What an examination finds: a word, a sentence, and how to mend it (检查结果)."""

from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """How well something is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"

    @property
    def label(self) -> str:
        """The word on the terminal."""
        return {Word.OK: "正常", Word.WARN: "注意", Word.BAD: "有问题"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined."""

    subject: str
    word: Word
    sentence: str
    mend: str = ""


def ok(subject: str, sentence: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(subject, Word.OK, sentence)


def warn(subject: str, sentence: str, *, mend: str) -> Finding:
    """Return a finding that can wait."""
    return Finding(subject, Word.WARN, sentence, mend)


def bad(subject: str, sentence: str, *, mend: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(subject, Word.BAD, sentence, mend)
