"""Sealing, opening and digesting whole columns."""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from juli.kernel.byterows import ByteMatrix, ByteRows, as_bytes, by_length
from juli.kernel.crypto.batch import opened_rows, sealed_rows
from juli.kernel.crypto.refusals import NotSealed, SealBroken
from juli.kernel.crypto.vault import (
    DIGEST_BYTES,
    HEADER_BYTES,
    NONCE_BYTES,
    SUITE_SM4_GCM,
    TAG_BYTES,
    Vault,
    header,
)

# About 50 MB at work at a time for identity numbers, and few enough NumPy calls that waiting
# for the interpreter's lock does not show.
_ROWS_AT_A_TIME = 1 << 18
_BODY = HEADER_BYTES + NONCE_BYTES


@dataclass(frozen=True, slots=True, eq=False)
class SealedColumn:
    """What the register keeps of a column: the sealed values and their blind indexes."""

    sealed: pl.Series
    digests: pl.Series


def seal_column(vault: Vault, values: pl.Series, *, context: str) -> pl.Series:
    """Return a Binary column of sealed values; a null stays null."""
    return _by_pieces(values, lambda piece: _seal_piece(vault, piece, context), pl.Binary)


def open_column(vault: Vault, sealed: pl.Series, *, context: str) -> pl.Series:
    """
    Return a String column of opened values; a null stays null.

    :raises NotSealed: a value is not in the layout of a sealed one.
    :raises UnknownKey: a value was sealed with a key that is not here.
    :raises SealBroken: a value was altered or belongs to another field; none is returned then.
    """
    return _by_pieces(sealed, lambda piece: _open_piece(vault, piece, context), pl.String)


def digest_column(vault: Vault, values: pl.Series, *, context: str) -> pl.Series:
    """Return a Binary column of blind indexes; a null stays null."""
    begun = vault.digester(context)

    def digest(plain: str) -> bytes:
        keyed = begun.copy()
        keyed.update(plain.encode())
        return keyed.finalize()[:DIGEST_BYTES]

    digests = [None if plain is None else digest(plain) for plain in values.to_list()]
    return pl.Series(values.name, digests, dtype=pl.Binary)


def seal_columns_on_all_cores(vault: Vault, columns: Mapping[str, pl.Series]) -> dict[str, SealedColumn]:
    """
    Seal and digest several columns at once; the mapping goes by context.

    Threads suffice: the digests hold the interpreter while sealing, which is NumPy and one
    call of the library a batch, mostly does not. No key leaves the process.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="seal") as beside:
        sealing = beside.submit(_seal_all, vault, columns)
        digests = {
            context: digest_column(vault, values, context=context) for context, values in columns.items()
        }
        sealed = sealing.result()
    return {context: SealedColumn(sealed[context], digests[context]) for context in columns}


def _seal_all(vault: Vault, columns: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    return {context: seal_column(vault, values, context=context) for context, values in columns.items()}


def _by_pieces(
    values: pl.Series, work: Callable[[ByteRows], ByteMatrix], made: type[pl.Binary | pl.String]
) -> pl.Series:
    """Return the column that ``work`` makes of a column, piece by piece, in its order."""
    filled, rows = [], []
    for piece in _pieces(values):
        result = pl.Series(as_bytes(work(piece)), dtype=pl.Binary)
        filled.append(result.cast(made))
        rows.append(piece.rows)
    nothing = np.flatnonzero(values.is_null().to_numpy())
    filled.append(pl.Series([None] * len(nothing), dtype=made))
    rows.append(nothing)
    places = np.argsort(np.concatenate(rows), kind="stable")
    return pl.concat(filled).gather(places).alias(values.name)


def _pieces(values: pl.Series) -> Iterator[ByteRows]:
    for start in range(0, len(values), _ROWS_AT_A_TIME):
        for piece in by_length(values.slice(start, _ROWS_AT_A_TIME)):
            yield ByteRows(piece.rows + start, piece.matrix)


def _seal_piece(vault: Vault, piece: ByteRows, context: str) -> ByteMatrix:
    count, length = piece.matrix.shape
    nonces = np.frombuffer(os.urandom(count * NONCE_BYTES), np.uint8).reshape(count, NONCE_BYTES)
    result = np.empty((count, _BODY + length + TAG_BYTES), np.uint8)
    result[:, :HEADER_BYTES] = np.frombuffer(header(vault.current), np.uint8)
    result[:, HEADER_BYTES:_BODY] = nonces
    key = vault.key(vault.current)
    result[:, _BODY:] = sealed_rows(key, nonces, piece.matrix, context.encode())
    # The library has the last word on every batch (see ``batch``).
    if vault.open(result[-1].tobytes(), context=context).encode() != piece.matrix[-1].tobytes():
        raise RuntimeError("a sealed batch does not open")
    return result


def _open_piece(vault: Vault, piece: ByteRows, context: str) -> ByteMatrix:
    blobs = piece.matrix
    count, width = blobs.shape
    if width < _BODY + TAG_BYTES or (blobs[:, 0] != SUITE_SM4_GCM).any():
        raise NotSealed
    result = np.empty((count, width - _BODY - TAG_BYTES), np.uint8)
    key_ids = blobs[:, 1].astype(np.int64) << 8 | blobs[:, 2]
    for key_id in np.unique(key_ids):
        here = np.flatnonzero(key_ids == key_id)
        nonces, bodies = blobs[here, HEADER_BYTES:_BODY], blobs[here, _BODY:]
        plain, is_whole = opened_rows(vault.key(int(key_id)), nonces, bodies, context.encode())
        if not is_whole.all():
            raise SealBroken
        result[here] = plain
    return result
