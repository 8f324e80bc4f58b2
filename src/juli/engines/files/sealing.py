"""A whole file sealed with SM4-GCM, read and written piece by piece."""

import os
from collections.abc import Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from juli.kernel.crypto import NotSealed, SealBroken, Vault

_MAGIC = b"JULI1"
_KEY_ID_BYTES, _NONCE_BYTES, _TAG_BYTES = 2, 12, 16
_HEADER_BYTES = len(_MAGIC) + _KEY_ID_BYTES + _NONCE_BYTES
OVERHEAD = _HEADER_BYTES + _TAG_BYTES
_PIECE = 1 << 20


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes: ...


def vault() -> Vault:
    """Return the vault of this house's keys."""
    found = settings.VAULT_KEYS
    if found is None:
        raise RuntimeError("the house has no keys yet: run juli init")
    return Vault.from_hex(current=found.crypto_key_id, keys=found.sm4_keys, index_key=found.index_key)


def sealed(plain: Readable, *, sha256: str) -> Iterator[bytes]:
    """Yield the sealed file; the hash of the content is authenticated with it."""
    keys, nonce = vault(), os.urandom(_NONCE_BYTES)
    header = _MAGIC + keys.current.to_bytes(_KEY_ID_BYTES, "big") + nonce
    cipher = Cipher(algorithms.SM4(keys.key(keys.current)), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(header + sha256.encode())
    yield header
    while piece := plain.read(_PIECE):
        yield cipher.update(piece)
    yield cipher.finalize() + cipher.tag


def unsealed(stored: Readable, *, sha256: str, size: int) -> Iterator[bytes]:
    """
    Yield the plain file; whoever reads must not use any of it before the last piece has come.

    :raises NotSealed: the file is not one of ours.
    :raises UnknownKey: it was sealed with a key that is not here.
    :raises SealBroken: it was altered.
    """
    header = stored.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise NotSealed
    key_id = int.from_bytes(header[len(_MAGIC) : -_NONCE_BYTES], "big")
    cipher = Cipher(algorithms.SM4(vault().key(key_id)), modes.GCM(header[-_NONCE_BYTES:])).decryptor()
    cipher.authenticate_additional_data(header + sha256.encode())
    left = size
    while left and (piece := stored.read(min(_PIECE, left))):
        left -= len(piece)
        yield cipher.update(piece)
    try:
        yield cipher.finalize_with_tag(stored.read(_TAG_BYTES))
    except (InvalidTag, ValueError):
        raise SealBroken from None
