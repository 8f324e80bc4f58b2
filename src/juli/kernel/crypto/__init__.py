"""Personal data sealed with SM4 and found again by HMAC-SM3 (国密加密与盲索引)."""

from juli.kernel.crypto.columns import (
    SealedColumn,
    digest_column,
    open_column,
    seal_column,
    seal_columns_on_all_cores,
)
from juli.kernel.crypto.refusals import NotSealed, SealBroken, UnknownKey, UnusableKeys
from juli.kernel.crypto.vault import DIGEST_BYTES, Vault

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
