"""Write pictures of pages as PNG with at most 64 colours: a quarter of the size, and nobody sees it."""

from __future__ import annotations

import struct
import zlib
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
MOST_COLOURS = 64


def written(pixels: Pixels) -> bytes:
    """Return the PNG of a picture given as rows of pixels of red, green and blue."""
    height, width, _ = pixels.shape
    palette, places = reduced(pixels)
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # before each row stands: not filtered
    rows[:, 1:] = places
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def reduced(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """
    Return the colours that are kept, and for each pixel which of them is nearest to its own.

    Kept are the most frequent ones: pages are flat, and what is left over are the edges of letters.
    """
    height, width, _ = pixels.shape
    wide = pixels.astype(np.uint32)
    packed = (wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]).ravel()
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = np.sort(colours[np.argsort(counts)[::-1][:MOST_COLOURS]])
    nearest = _nearest(_apart(colours), _apart(kept))
    return _apart(kept).astype(np.uint8), nearest[places].reshape(height, width)


def _apart(packed: NDArray[np.uint32]) -> NDArray[np.int32]:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1).astype(np.int32)


def _nearest(colours: NDArray[np.int32], kept: NDArray[np.int32]) -> Pixels:
    found = np.empty(len(colours), dtype=np.uint8)
    for start in range(0, len(colours), 2048):
        part = colours[start : start + 2048, None, :]
        found[start : start + 2048] = ((part - kept[None, :, :]) ** 2).sum(axis=-1).argmin(axis=-1)
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
