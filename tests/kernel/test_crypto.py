"""Sealing: what goes in comes out, and nothing else does."""

import pickle

import polars as pl
import pytest
from cryptography.hazmat.primitives import hashes, hmac
from hypothesis import given, settings
from hypothesis import strategies as st

from juli.kernel import crypto
from juli.kernel.crypto import Vault

KEY = bytes(range(16))
INDEX_KEY = bytes(range(32))
VAULT = Vault(1, {1: KEY}, INDEX_KEY)
ROTATED = Vault(2, {1: KEY, 2: bytes(16)}, INDEX_KEY)
CONTEXT = "person.document"

texts = st.text(max_size=70)
columns = st.lists(st.none() | texts, max_size=30)


@given(texts, st.text(max_size=40))
def test_a_sealed_text_opens_in_its_own_context(plain, context):
    assert VAULT.open(VAULT.seal(plain, context=context), context=context) == plain


def test_two_seals_of_one_text_differ_but_their_digests_do_not():
    assert VAULT.seal("11010519491231002X", context=CONTEXT) != VAULT.seal(
        "11010519491231002X", context=CONTEXT
    )
    assert VAULT.digest("11010519491231002X", context=CONTEXT) == VAULT.digest(
        "11010519491231002X", context=CONTEXT
    )
    assert len(VAULT.digest("", context=CONTEXT)) == crypto.DIGEST_BYTES


def test_the_digest_is_plain_hmac_sm3():
    expected = hmac.HMAC(INDEX_KEY, hashes.SM3())
    expected.update(b"person.document\x0011010519491231002X")

    assert VAULT.digest("11010519491231002X", context=CONTEXT) == expected.finalize()[:16]


def test_a_value_moved_to_another_field_does_not_open():
    with pytest.raises(crypto.SealBroken):
        VAULT.open(VAULT.seal("13800001234", context="person.mobile"), context=CONTEXT)


def test_digests_of_two_fields_do_not_meet():
    assert VAULT.digest("1", context="a") != VAULT.digest("1", context="b")
    assert VAULT.digest("bc", context="a") != VAULT.digest("c", context="ab")


@given(texts, st.data())
def test_a_single_altered_bit_is_noticed(plain, data):
    sealed = bytearray(VAULT.seal(plain, context=CONTEXT))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises((crypto.SealBroken, crypto.UnknownKey, crypto.NotSealed)):
        VAULT.open(bytes(sealed), context=CONTEXT)


@pytest.mark.parametrize(
    "blob", [b"", b"\x01\x00\x01", b"\x02" + bytes(60), b"plain text, quite long enough...."]
)
def test_what_was_never_sealed_is_named_so(blob):
    with pytest.raises(crypto.NotSealed):
        VAULT.open(blob, context=CONTEXT)
    with pytest.raises(crypto.NotSealed):
        crypto.open_column(VAULT, pl.Series([blob], dtype=pl.Binary), context=CONTEXT)


def test_rotation_opens_the_old_and_seals_with_the_new():
    old = VAULT.seal("13800001234", context=CONTEXT)
    new = ROTATED.seal("13800001234", context=CONTEXT)

    assert ROTATED.open(old, context=CONTEXT) == "13800001234"
    assert ROTATED.needs_resealing(old)
    assert not ROTATED.needs_resealing(new)
    with pytest.raises(crypto.UnknownKey) as refusal:
        VAULT.open(new, context=CONTEXT)
    assert refusal.value.sentence == "找不到编号为 2 的密钥，请把停用前的密钥放回密钥文件后重试。"


@pytest.mark.parametrize(
    ("current", "keys", "index_key"),
    [
        (1, {}, INDEX_KEY),
        (2, {1: KEY}, INDEX_KEY),
        (1, {1: KEY[:15]}, INDEX_KEY),
        (1, {1: KEY}, INDEX_KEY[:16]),
        (0, {0: KEY}, INDEX_KEY),
        (65536, {65536: KEY}, INDEX_KEY),
    ],
)
def test_unusable_keys_make_no_vault(current, keys, index_key):
    with pytest.raises(crypto.UnusableKeys):
        Vault(current, keys, index_key)


def test_a_vault_from_the_key_file_is_the_same_vault():
    read = Vault.from_hex(current="1", keys={"1": KEY.hex()}, index_key=INDEX_KEY.hex())

    assert read.open(VAULT.seal("x", context=CONTEXT), context=CONTEXT) == "x"
    with pytest.raises(crypto.UnusableKeys):
        Vault.from_hex(current="one", keys={"1": KEY.hex()}, index_key=INDEX_KEY.hex())


def test_a_vault_shows_no_key_and_cannot_be_pickled():
    vault = Vault.freshly_cut()

    assert repr(vault) == str(vault) == "<Vault: current key 1 of 1>"
    with pytest.raises(TypeError, match="never pickled"):
        pickle.dumps(vault)
    with pytest.raises(TypeError):
        vault.keys[3] = KEY


@given(columns, st.text(max_size=40))
def test_columns_and_single_values_understand_each_other(plains, context):
    column = pl.Series("c", plains, dtype=pl.String)

    sealed = crypto.seal_column(VAULT, column, context=context)
    opened = [None if blob is None else VAULT.open(blob, context=context) for blob in sealed]
    assert opened == plains
    assert sealed.dtype == pl.Binary
    assert sealed.name == "c"

    singly = [None if plain is None else VAULT.seal(plain, context=context) for plain in plains]
    back = crypto.open_column(VAULT, pl.Series("c", singly, dtype=pl.Binary), context=context)
    assert back.to_list() == plains

    digests = crypto.digest_column(VAULT, column, context=context)
    assert digests.to_list() == [
        None if plain is None else VAULT.digest(plain, context=context) for plain in plains
    ]


def test_a_column_of_two_keys_opens_and_an_altered_row_spoils_it():
    column = pl.Series(["13800001234", "13800001235"])
    mixed = pl.concat(
        [
            crypto.seal_column(VAULT, column, context=CONTEXT),
            crypto.seal_column(ROTATED, column, context=CONTEXT),
        ]
    )
    assert crypto.open_column(ROTATED, mixed, context=CONTEXT).to_list() == column.to_list() * 2
    with pytest.raises(crypto.UnknownKey):
        crypto.open_column(VAULT, mixed, context=CONTEXT)
    with pytest.raises(crypto.SealBroken):
        crypto.open_column(ROTATED, mixed, context="person.mobile")

    blobs = mixed.to_list()
    blobs[3] = blobs[3][:-1] + bytes((blobs[3][-1] ^ 1,))
    with pytest.raises(crypto.SealBroken):
        crypto.open_column(ROTATED, pl.Series(blobs, dtype=pl.Binary), context=CONTEXT)


@settings(max_examples=10)
@given(columns, columns)
def test_all_cores_give_what_one_gives(documents, mobiles):
    plains = {"person.document": documents, "person.mobile": mobiles}
    made = crypto.seal_columns_on_all_cores(
        VAULT, {context: pl.Series(column, dtype=pl.String) for context, column in plains.items()}
    )

    for context, column in plains.items():
        assert crypto.open_column(VAULT, made[context].sealed, context=context).to_list() == column
        digests = [None if plain is None else VAULT.digest(plain, context=context) for plain in column]
        assert made[context].digests.to_list() == digests


def test_nonces_never_repeat_within_a_column():
    sealed = crypto.seal_column(VAULT, pl.Series(["13800001234"] * 5000), context=CONTEXT)

    assert sealed.bin.slice(3, 12).n_unique() == 5000
