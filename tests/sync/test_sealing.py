"""What is sealed to devices opens there, for its purpose, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.sealing import (
    DAY_KEYS,
    ROSTER,
    NotOpened,
    SealKey,
    SealPublicKey,
    load_seal_public,
    recipients_of,
    seal,
    seal_for_all,
    seal_key,
)
from sync.signing import KeyUnusable, load_or_make

WORDS = b"made-up words, visibly"


def key() -> SealKey:
    return SealKey.of(X25519PrivateKey.generate())


def test_what_is_sealed_to_a_device_opens_there() -> None:
    own = key()
    assert own.open(DAY_KEYS, seal(own.public, DAY_KEYS, WORDS)) == WORDS


def test_it_opens_at_no_other_device_and_for_no_other_purpose() -> None:
    own, other = key(), key()
    sealed = seal(own.public, DAY_KEYS, WORDS)
    with pytest.raises(NotOpened):
        other.open(DAY_KEYS, sealed)
    with pytest.raises(NotOpened):
        own.open(ROSTER, sealed)


@pytest.mark.parametrize("length", [0, 1, 31, 47, 60])
def test_what_was_cut_short_does_not_open(length: int) -> None:
    own = key()
    with pytest.raises(NotOpened):
        own.open(ROSTER, seal(own.public, ROSTER, WORDS)[:length])


def test_what_was_sealed_twice_looks_different() -> None:
    own = key()
    assert seal(own.public, ROSTER, WORDS) != seal(own.public, ROSTER, WORDS)


def test_one_body_opens_at_every_device_it_was_sealed_for() -> None:
    lanes = [key() for _ in range(5)]
    sealed = seal_for_all([lane.public for lane in lanes], ROSTER, WORDS)
    assert [lane.open_shared(ROSTER, sealed) for lane in lanes] == [WORDS] * 5
    assert set(recipients_of(sealed)) == {lane.public.fingerprint for lane in lanes}


def test_a_device_it_was_not_sealed_for_is_told_so() -> None:
    sealed = seal_for_all([key().public], ROSTER, WORDS)
    with pytest.raises(NotOpened, match="not among"):
        key().open_shared(ROSTER, sealed)


def test_a_device_named_twice_gets_one_slot() -> None:
    own = key()
    assert len(recipients_of(seal_for_all([own.public, own.public], ROSTER, WORDS))) == 1


def test_every_changed_byte_of_a_shared_body_is_noticed() -> None:
    own, other = key(), key()
    sealed = seal_for_all([own.public, other.public], ROSTER, WORDS)
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(NotOpened):
            own.open_shared(ROSTER, changed)


def test_a_shared_body_opens_for_its_purpose_only() -> None:
    own = key()
    with pytest.raises(NotOpened):
        own.open_shared(DAY_KEYS, seal_for_all([own.public], ROSTER, WORDS))


def test_sealing_to_nobody_is_refused() -> None:
    with pytest.raises(KeyUnusable, match="give 1 to"):
        seal_for_all([], ROSTER, WORDS)


def test_a_key_that_gives_no_secret_is_refused() -> None:
    with pytest.raises(KeyUnusable):
        seal(SealPublicKey(bytes(32)), ROSTER, WORDS)


def test_a_device_makes_its_seal_key_once_and_keeps_it(tmp_path: Path) -> None:
    first = seal_key(tmp_path / "data")
    again = seal_key(tmp_path / "data")
    assert first.public == again.public == load_seal_public(tmp_path / "data/seal.pub.pem")
    assert (tmp_path / "data/seal.key").stat().st_mode & 0o777 == 0o600


def test_a_seal_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    seal_key(tmp_path)
    (tmp_path / "seal.key").chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        seal_key(tmp_path)


def test_a_damaged_seal_key_says_so(tmp_path: Path) -> None:
    seal_key(tmp_path)
    (tmp_path / "seal.key").write_bytes(b"-----BEGIN")
    with pytest.raises(KeyUnusable, match="put it back"):
        seal_key(tmp_path)


def test_a_signing_key_is_no_seal_key(tmp_path: Path) -> None:
    load_or_make(tmp_path / "seal.key")
    with pytest.raises(KeyUnusable, match="not an X25519 key"):
        seal_key(tmp_path)
    with pytest.raises(KeyUnusable, match=r"seal\.pub\.pem"):
        load_seal_public(tmp_path / "seal.pub.pem")
