"""One interface for sealing personal data: SM4-GCM (GB/T 32907, GB/T 36624) and HMAC-SM3."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NoReturn, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from juli.kernel.crypto.refusals import NotSealed, SealBroken, UnknownKey, UnusableKeys

SUITE_SM4_GCM = 1
KEY_BYTES = 16
INDEX_KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = 3
LARGEST_KEY_ID = 0xFFFF
# Half of SM3's 32 bytes. RFC 2104 allows a truncation to half; at 30 million persons two values
# meet by chance once in 10**23 registers, and the unique indexes are a third smaller.
DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Vault:
    """
    Keys, and what is done with them: seal, open, and digest for exact look-up (密码保护).

    A sealed value is ``suite (1) | key id (2) | nonce (12) | ciphertext | tag (16)``: 31 bytes
    more than the text. The suite byte leaves room for another cipher, the key id for rotation.
    ``context`` names the field (``person.document``) and is authenticated, so a value moved
    into another column does not open. Nonces are random: rotate a key long before 2**32 values
    (NIST SP 800-38D, 8.3). The index key cannot rotate without digesting every value anew.

    :raises UnusableKeys: a key of the wrong length, or no current key among them.
    """

    current: int
    keys: Mapping[int, bytes]
    index_key: bytes

    def __post_init__(self) -> None:
        sound = (
            self.current in self.keys
            and all(len(key) == KEY_BYTES for key in self.keys.values())
            and all(0 < key_id <= LARGEST_KEY_ID for key_id in self.keys)
            and len(self.index_key) == INDEX_KEY_BYTES
        )
        if not sound:
            raise UnusableKeys
        object.__setattr__(self, "keys", MappingProxyType(dict(self.keys)))

    @classmethod
    def freshly_cut(cls) -> Self:
        """Return a vault with new random keys, the only cipher key numbered 1."""
        return cls(1, {1: os.urandom(KEY_BYTES)}, os.urandom(INDEX_KEY_BYTES))

    @classmethod
    def from_hex(cls, *, current: str, keys: Mapping[str, str], index_key: str) -> Self:
        """
        Return a vault of keys as they stand in the key file: numbers and hexadecimal text.

        :raises UnusableKeys: not numbers, not hexadecimal, or not a vault's keys.
        """
        try:
            numbered = {int(key_id): bytes.fromhex(key) for key_id, key in keys.items()}
            return cls(int(current), numbered, bytes.fromhex(index_key))
        except ValueError:
            raise UnusableKeys from None

    def __repr__(self) -> str:
        return f"<Vault: current key {self.current} of {len(self.keys)}>"

    def __reduce__(self) -> NoReturn:
        # A pickled vault would carry keys into queues, caches and crash reports.
        raise TypeError("a vault is never pickled")

    def seal(self, plain: str, *, context: str) -> bytes:
        """Return the text sealed with the current key for one field."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = Cipher(algorithms.SM4(self.key(self.current)), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(context.encode())
        sealed = cipher.update(plain.encode()) + cipher.finalize()
        return header(self.current) + nonce + sealed + cipher.tag

    def open(self, sealed: bytes | memoryview, *, context: str) -> str:
        """
        Return the text of a sealed value.

        :raises NotSealed: the bytes are no sealed value.
        :raises UnknownKey: sealed with a key that is not here.
        :raises SealBroken: altered, or sealed for another field.
        """
        blob = bytes(sealed)
        key = self.key(key_id_of(blob))
        nonce = blob[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, blob[-TAG_BYTES:])).decryptor()
        cipher.authenticate_additional_data(context.encode())
        try:
            plain = cipher.update(blob[HEADER_BYTES + NONCE_BYTES : -TAG_BYTES])
            return (plain + cipher.finalize()).decode()
        except InvalidTag:
            raise SealBroken from None

    def digest(self, plain: str, *, context: str) -> bytes:
        """
        Return the blind index of a text: equal texts of one field have equal digests.

        The text is taken as it is, so tidy it first (``idcodes.tidy_code``).
        """
        keyed = self.digester(context)
        keyed.update(plain.encode())
        return keyed.finalize()[:DIGEST_BYTES]

    def needs_resealing(self, sealed: bytes | memoryview) -> bool:
        """
        Say whether a value was sealed with another key than the current one.

        :raises NotSealed: the bytes are no sealed value.
        """
        return key_id_of(bytes(sealed)) != self.current

    def key(self, key_id: int) -> bytes:
        """
        Return one cipher key.

        :raises UnknownKey: it is not here.
        """
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnknownKey(key_id=key_id) from None

    def digester(self, context: str) -> hmac.HMAC:
        """Return the keyed hash of one field, begun; copy it for each text."""
        keyed = hmac.HMAC(self.index_key, hashes.SM3())
        # The zero byte ends the context: no field's texts can run into another's.
        keyed.update(context.encode() + b"\0")
        return keyed


def header(key_id: int) -> bytes:
    """Return the first bytes of every value sealed with this key."""
    return bytes((SUITE_SM4_GCM,)) + key_id.to_bytes(2, "big")


def key_id_of(sealed: bytes) -> int:
    """
    Return the number of the key that a value was sealed with.

    :raises NotSealed: the bytes are no sealed value.
    """
    if len(sealed) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES or sealed[0] != SUITE_SM4_GCM:
        raise NotSealed
    return int.from_bytes(sealed[1:HEADER_BYTES], "big")
