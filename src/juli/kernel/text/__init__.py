"""Names of people: written one way, found by any, shown no further than needed (姓名处理)."""

from juli.kernel.text.bigrams import bigrams, query_bigrams, single_character_edges
from juli.kernel.text.columns import as_array_literals, name_keys, normalised_names
from juli.kernel.text.masking import (
    mask_account,
    mask_document,
    mask_mobile,
    mask_name,
    masked_accounts,
    masked_documents,
    masked_mobiles,
    masked_names,
)
from juli.kernel.text.names import fold_query, normalise_name
from juli.kernel.text.pinyin import full_pinyin, initial_spellings, initials, pinyin_spellings

__all__ = [
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
    "single_character_edges",
]
