"""
SM4-GCM over many short values at once.

Calling the library per value costs 9 µs, nearly all of it in setting up a cipher for each nonce.
Here the library encrypts the counter blocks of all rows in one call (SM4 itself is never ours),
and the authentication polynomial GHASH (NIST SP 800-38D, 6.4; GB/T 36624-2018) is added up for
all rows together, by tables of 256 entries for each byte of a block. The result is byte for byte
what the library makes: a property test holds the two together, and ``columns`` opens a row of
each batch with the library before it lets the batch out.

The tables are indexed by ciphertext, which is no secret.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from juli.kernel.byterows import ByteMatrix

BLOCK = 16
_REDUCTION = 0xE1 << 120
_LOW_HALF = (1 << 64) - 1

_Halves = npt.NDArray[np.uint64]


def sealed_rows(key: bytes, nonces: ByteMatrix, plain: ByteMatrix, associated: bytes) -> ByteMatrix:
    """Return ciphertext followed by tag, a row for each row of ``plain``."""
    pads, mask = _key_stream(key, nonces, plain.shape[1])
    result = np.empty((len(plain), plain.shape[1] + BLOCK), np.uint8)
    np.bitwise_xor(plain, pads, out=result[:, :-BLOCK])
    np.bitwise_xor(_hashed(key, result[:, :-BLOCK], associated), mask, out=result[:, -BLOCK:])
    return result


def opened_rows(
    key: bytes, nonces: ByteMatrix, sealed: ByteMatrix, associated: bytes
) -> tuple[ByteMatrix, npt.NDArray[np.bool_]]:
    """Return the plain rows, and for each whether its tag is right; use none that is wrong."""
    ciphertext, tags = sealed[:, :-BLOCK], sealed[:, -BLOCK:]
    pads, mask = _key_stream(key, nonces, ciphertext.shape[1])
    expected = _hashed(key, ciphertext, associated) ^ mask
    return ciphertext ^ pads, np.asarray((expected == tags).all(axis=1))


def _key_stream(key: bytes, nonces: ByteMatrix, length: int) -> tuple[ByteMatrix, ByteMatrix]:
    """Return what is laid over each text, and what is laid over its hash."""
    rows, blocks = len(nonces), -(-length // BLOCK)
    counters = np.zeros((rows, blocks + 1, BLOCK), np.uint8)
    counters[:, :, :12] = nonces[:, None, :]
    counters[:, :, 12:] = np.arange(1, blocks + 2, dtype=">u4").view(np.uint8).reshape(-1, 4)
    # Single blocks under a fresh counter each: this is counter mode, not ECB over a text.
    cipher = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305
    stream = np.frombuffer(cipher.update(counters.data.cast("B")), np.uint8).reshape(rows, blocks + 1, BLOCK)
    return stream[:, 1:].reshape(rows, blocks * BLOCK)[:, :length], stream[:, 0]


def _hashed(key: bytes, ciphertext: ByteMatrix, associated: bytes) -> ByteMatrix:
    """Return GHASH of each row."""
    rows, length = ciphertext.shape
    blocks = -(-length // BLOCK)
    powers = _powers(key, blocks + 1)
    sums = np.empty((rows, 2), np.uint64)
    sums[:] = _halves(_same_for_all(powers, associated, length))
    for block in range(blocks):
        table = _table(powers[blocks + 1 - block])
        columns = ciphertext[:, block * BLOCK : (block + 1) * BLOCK]
        for place in range(columns.shape[1]):
            sums ^= table[place][columns[:, place]]
    return sums.astype(">u8").view(np.uint8)


def _powers(key: bytes, highest: int) -> list[int]:
    """Return 1, H, H² … of the hash key H, the encryption of zero."""
    cipher = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305
    result = [1 << 127, int.from_bytes(cipher.update(bytes(BLOCK)), "big")]
    while len(result) <= highest:
        result.append(_times(result[-1], result[1]))
    return result


def _same_for_all(powers: list[int], associated: bytes, length: int) -> int:
    """Return the part of the polynomial that does not depend on the row."""
    total = 0
    for start in range(0, len(associated), BLOCK):
        block = associated[start : start + BLOCK].ljust(BLOCK, b"\0")
        total = _times(total ^ int.from_bytes(block, "big"), powers[1])
    lengths = (len(associated) * 8) << 64 | length * 8
    return _times(total, powers[-1]) ^ _times(lengths, powers[1])


def _times(left: int, right: int) -> int:
    """Multiply in GF(2**128), bits counted from the left as GCM does."""
    product = 0
    for bit, shifted in enumerate(_shifted(right)):
        if left >> (127 - bit) & 1:
            product ^= shifted
    return product


def _shifted(element: int) -> Iterator[int]:
    """Yield the products of an element with each single bit, the leftmost first."""
    for _ in range(128):
        yield element
        element = element >> 1 ^ _REDUCTION if element & 1 else element >> 1


def _table(power: int) -> _Halves:
    """Return, for each place in a block and each byte there, its product with ``power``."""
    bits = np.array([_halves(shifted) for shifted in _shifted(power)], np.uint64).reshape(BLOCK, 8, 2)
    table = np.zeros((BLOCK, 256, 2), np.uint64)
    for bit in range(8):
        known = 1 << bit
        table[:, known : 2 * known] = table[:, :known] ^ bits[:, 7 - bit, None]
    return table


def _halves(block: int) -> tuple[int, int]:
    return block >> 64, block & _LOW_HALF
