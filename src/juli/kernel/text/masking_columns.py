"""What is shown of personal numbers and names by default, whole columns at once."""

import polars as pl

from juli.kernel.text.masking import LONG, MOBILE, SHORT, STAR


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
    shown = pl.when(length >= LONG).then(4).when(length >= SHORT).then(2).otherwise(0)
    hidden = _starred(numbers.str.slice(shown, length - 2 * shown))
    return numbers.str.head(shown) + hidden + numbers.str.tail(shown)


def masked_mobiles(numbers: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_mobile`` applied to every value; nulls stay null."""
    length = numbers.str.len_chars()
    # Both branches are worked out for every value: no length may turn negative in either.
    hidden = _starred(numbers.str.slice(3, length.clip(MOBILE) - 7))
    masked = numbers.str.head(3) + hidden + numbers.str.tail(4)
    return pl.when(length >= MOBILE).then(masked).otherwise(_starred(numbers))


def masked_accounts(numbers: pl.Expr) -> pl.Expr:
    """Return the expression with ``mask_account`` applied to every value; nulls stay null."""
    shown = pl.when(numbers.str.len_chars() >= SHORT).then(4).otherwise(0)
    return pl.lit(STAR * 4) + numbers.str.tail(shown)


def _starred(texts: pl.Expr) -> pl.Expr:
    return texts.str.replace_all(r"(?s).", STAR)
