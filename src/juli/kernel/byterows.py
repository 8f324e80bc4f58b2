"""String columns as matrices of bytes: one NumPy row a value, grouped by length."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

ByteMatrix = npt.NDArray[np.uint8]
RowNumbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ByteRows:
    """All values of a column that are equally long: where they stand, and their bytes."""

    rows: RowNumbers
    matrix: ByteMatrix


def of_length(values: pl.Series, length: int) -> ByteRows:
    """Return the values of a String or Binary column that are exactly ``length`` bytes long."""
    return _gathered(values, np.flatnonzero(_sizes(values) == length), length)


def by_length(values: pl.Series) -> Iterator[ByteRows]:
    """Yield a String or Binary column length by length; nulls belong to no length."""
    sizes = _sizes(values)
    for length in np.unique(sizes[sizes >= 0]):
        yield _gathered(values, np.flatnonzero(sizes == length), int(length))


def as_bytes(matrix: ByteMatrix) -> list[bytes]:
    """Return the rows of a matrix as byte strings."""
    count, width = matrix.shape
    if width == 0:
        return [b""] * count
    flat = matrix.tobytes()
    return [flat[at : at + width] for at in range(0, count * width, width)]


def _sizes(values: pl.Series) -> RowNumbers:
    lengths = values.str.len_bytes() if values.dtype == pl.String else values.bin.size("b")
    return lengths.cast(pl.Int64).fill_null(-1).to_numpy()


def _gathered(values: pl.Series, rows: RowNumbers, length: int) -> ByteRows:
    chosen = values if len(rows) == len(values) else values.gather(rows)
    texts = chosen.to_list()
    flat = "".join(texts).encode() if values.dtype == pl.String else b"".join(texts)
    return ByteRows(rows, np.frombuffer(flat, np.uint8).reshape(len(rows), length))
