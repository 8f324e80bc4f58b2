"""Personal data sealed with SM4 and found again by HMAC-SM3 (国密加密与盲索引)."""

from importlib import import_module
from typing import TYPE_CHECKING

from juli.kernel.crypto.refusals import NotSealed, SealBroken, UnknownKey, UnusableKeys
from juli.kernel.crypto.vault import DIGEST_BYTES, Vault

if TYPE_CHECKING:
    from juli.kernel.crypto.columns import (
        SealedColumn,
        digest_column,
        open_column,
        seal_column,
        seal_columns_on_all_cores,
    )

__all__ = [
    "DIGEST_BYTES",
    "NotSealed",
    "SealBroken",
    "SealedColumn",
    "UnknownKey",
    "UnusableKeys",
    "Vault",
    "digest_column",
    "open_column",
    "seal_column",
    "seal_columns_on_all_cores",
]

# What works on whole columns brings Polars and NumPy along: half a second that no page needs.
_COLUMNS = {
    "SealedColumn": "juli.kernel.crypto.columns",
    "digest_column": "juli.kernel.crypto.columns",
    "open_column": "juli.kernel.crypto.columns",
    "seal_column": "juli.kernel.crypto.columns",
    "seal_columns_on_all_cores": "juli.kernel.crypto.columns",
}


def __getattr__(name: str) -> object:
    if name not in _COLUMNS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_COLUMNS[name]), name)
