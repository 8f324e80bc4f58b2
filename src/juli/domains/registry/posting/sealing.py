"""Personal values of whole frames, sealed, digested and masked; names with the keys they are found by."""

from collections.abc import Sequence

import polars as pl

from juli.engines.party.vault import Sealed, vault
from juli.kernel.crypto import digest_column, seal_column, seal_columns_on_all_cores
from juli.kernel.text import masked_accounts, masked_documents, masked_mobiles, name_keys

_MASKS = {Sealed.DOCUMENT: masked_documents, Sealed.MOBILE: masked_mobiles, Sealed.BANK: masked_accounts}


def digested(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with the blind index of each of ``document``, ``mobile`` and ``bank``."""
    digests = [
        digest_column(vault(), frame[value.value], context=value.context).alias(f"{value}_digest")
        for value in Sealed
    ]
    return frame.with_columns(digests)


def sealed(frame: pl.DataFrame, values: Sequence[Sealed] = tuple(Sealed)) -> pl.DataFrame:
    """
    Return the frame with three columns for each personal value in place of the plain one.

    Digests that are there already are kept.
    """
    filled = [value for value in values if frame[value.value].null_count() < frame.height]
    made = _made(frame, filled) if filled else {}
    nothing = pl.Series([None], dtype=pl.Binary).new_from_index(0, frame.height)
    for value in set(values) - set(filled):
        made |= {f"{value}_sealed": nothing, f"{value}_digest": nothing}
    shown = [_MASKS[value](pl.col(value.value)).fill_null("").alias(f"{value}_shown") for value in values]
    return frame.with_columns(**made).with_columns(shown).drop(value.value for value in values)


def _made(frame: pl.DataFrame, values: Sequence[Sealed]) -> dict[str, pl.Series]:
    if all(f"{value}_digest" in frame.columns for value in values):
        return {
            f"{value}_sealed": seal_column(vault(), frame[value.value], context=value.context)
            for value in values
        }
    both = seal_columns_on_all_cores(vault(), {value.context: frame[value.value] for value in values})
    return {f"{value}_sealed": both[value.context].sealed for value in values} | {
        f"{value}_digest": both[value.context].digests for value in values
    }


def keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with names as the register keeps them and the keys they are found by."""
    keys = name_keys(frame["name"]).select("name", "bigrams", "initials", "pinyin")
    return pl.concat([frame.drop("name"), keys], how="horizontal")
