"""Names of people: written one way, found by any, shown no further than needed (姓名处理)."""

from importlib import import_module
from typing import TYPE_CHECKING

from juli.kernel.text.bigrams import bigrams, query_bigrams, single_character_edges
from juli.kernel.text.masking import mask_account, mask_document, mask_mobile, mask_name
from juli.kernel.text.names import fold_query, normalise_name
from juli.kernel.text.pinyin import full_pinyin, initial_spellings, initials, pinyin_spellings
from juli.kernel.text.syllables import Reading, readings

if TYPE_CHECKING:
    from juli.kernel.text.columns import as_array_literals, name_keys, normalised_names
    from juli.kernel.text.masking_columns import (
        masked_accounts,
        masked_documents,
        masked_mobiles,
        masked_names,
    )

__all__ = [
    "Reading",
    "as_array_literals",
    "bigrams",
    "fold_query",
    "full_pinyin",
    "initial_spellings",
    "initials",
    "mask_account",
    "mask_document",
    "mask_mobile",
    "mask_name",
    "masked_accounts",
    "masked_documents",
    "masked_mobiles",
    "masked_names",
    "name_keys",
    "normalise_name",
    "normalised_names",
    "pinyin_spellings",
    "query_bigrams",
    "readings",
    "single_character_edges",
]

# What works on whole columns brings Polars and NumPy along: half a second that no page needs.
_COLUMNS = {
    "as_array_literals": "juli.kernel.text.columns",
    "name_keys": "juli.kernel.text.columns",
    "normalised_names": "juli.kernel.text.columns",
    "masked_accounts": "juli.kernel.text.masking_columns",
    "masked_documents": "juli.kernel.text.masking_columns",
    "masked_mobiles": "juli.kernel.text.masking_columns",
    "masked_names": "juli.kernel.text.masking_columns",
}


def __getattr__(name: str) -> object:
    if name not in _COLUMNS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_COLUMNS[name]), name)
