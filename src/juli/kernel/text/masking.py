"""What is shown of a personal number or name by default; the whole is an action with a reason."""

import polars as pl

STAR = "*"
# From 15 characters on, eight shown leave seven hidden; below that fewer may be shown.
_LONG, _SHORT = 15, 8
_MOBILE = 11


def mask_name(name: str) -> str:
    """Return the first and last character of a name: 张*明, 张*."""
    if len(name) <= 1:
        return STAR * len(name)
    last = name[-1] if len(name) > 2 else ""
    return name[0] + STAR * (len(name) - 1 - len(last)) + last


def mask_document(number: str) -> str:
    """Return four characters at each end of a document number, of short ones two, of shorter none."""
    return _between(number, _shown_of(len(number)))


def mask_mobile(number: str) -> str:
    """Return the first three and last four digits of a mobile number: 138****5521; none of less."""
    if len(number) < _MOBILE:
        return STAR * len(number)
    return f"{number[:3]}{STAR * (len(number) - 7)}{number[-4:]}"


def mask_account(number: str) -> str:
    """Return the last four digits of a bank account, however long it is: ****1234."""
    return STAR * 4 + (number[-4:] if len(number) >= _SHORT else "")


def masked_names(names: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_name`` applied to every value; nulls stay null."""
    length = names.str.len_chars()
    ends = pl.when(length > 2).then(1).otherwise(0)
    masked = (
        names.str.head(1) + _starred(names.str.slice(1, length.clip(2) - 1 - ends)) + names.str.tail(ends)
    )
    return pl.when(length > 1).then(masked).otherwise(_starred(names))


def masked_documents(numbers: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_document`` applied to every value; nulls stay null."""
    length = numbers.str.len_chars()
    shown = pl.when(length >= _LONG).then(4).when(length >= _SHORT).then(2).otherwise(0)
    hidden = _starred(numbers.str.slice(shown, length - 2 * shown))
    return numbers.str.head(shown) + hidden + numbers.str.tail(shown)


def masked_mobiles(numbers: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_mobile`` applied to every value; nulls stay null."""
    length = numbers.str.len_chars()
    # Both branches are worked out for every value: no length may turn negative in either.
    hidden = _starred(numbers.str.slice(3, length.clip(_MOBILE) - 7))
    masked = numbers.str.head(3) + hidden + numbers.str.tail(4)
    return pl.when(length >= _MOBILE).then(masked).otherwise(_starred(numbers))


def masked_accounts(numbers: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_account`` applied to every value; nulls stay null."""
    shown = pl.when(numbers.str.len_chars() >= _SHORT).then(4).otherwise(0)
    return pl.lit(STAR * 4) + numbers.str.tail(shown)


def _shown_of(length: int) -> int:
    if length >= _LONG:
        return 4
    return 2 if length >= _SHORT else 0


def _between(text: str, shown: int) -> str:
    return text[:shown] + STAR * (len(text) - 2 * shown) + text[len(text) - shown :]


def _starred(texts: pl.Expr) -> pl.Expr:
    return texts.str.replace_all(r"(?s).", STAR)
