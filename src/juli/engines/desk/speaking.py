"""Words that the house keeps in Chinese, said in the visitor's language where they are shown."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext

from juli.engines.desk.cells import Words
from juli.kernel.refusal import Refusal


def said(words: Words) -> str:
    """
    Return words as the visitor reads them.

    Labels of closed sets, units, indicators and columns are declared, and partly stored, in Chinese. Where
    a page shows one it is looked up here; what nobody translated, such as a name, stays as it is.
    """
    text = str(words)
    if not text or is_chinese():
        return text
    return gettext(text)


def is_chinese() -> bool:
    """Say whether the visitor reads Chinese, as nearly everybody does."""
    return (get_language() or "zh").startswith("zh")


def told(refusal: Refusal) -> str:
    """Return the sentence of a refusal as the visitor reads it; words that it quotes are said likewise."""
    if is_chinese():
        return refusal.sentence
    quoted = {name: said(each) if isinstance(each, str) else each for name, each in refusal.fields.items()}
    return gettext(refusal.message).format(**quoted)


def listed(words: Iterable[Words]) -> str:
    """Return several words as one list."""
    return ("、" if is_chinese() else ", ").join(said(each) for each in words)


def with_aside(words: Words, aside: Words) -> str:
    """Return words with others in brackets behind them."""
    return f"{said(words)}（{said(aside)}）" if is_chinese() else f"{said(words)} ({said(aside)})"
