"""Lists that are published unsigned, at a lane: believed with the station's signature beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Trust
from kiosk.list_keeper import ListKeeper
from kiosk.lists import Lists, load_lists
from tests.verification.made import ED_KEY, NOW
from tests.verification.made_cards import ISSUER, card, jwk
from verification.assessment import Assessment, Revocation, Signature
from verification.formats.registry import KNOWN
from verification.verifier import Verifier


@pytest.fixture
def settings(tmp_path: Path) -> Trust:
    """A key set and its issuer's revocation list, both signed apart by the station's list key."""
    public = ED_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(public)
    keys, revoked = tmp_path / "jwks.json", tmp_path / "crl.json"
    keys.write_text(json.dumps({"iss": ISSUER, "keys": [jwk()]}))
    revoked.write_text(json.dumps({"kid": jwk()["kid"], "method": "rid", "ctr": 1, "rids": []}))
    for file in (keys, revoked):
        sign(file)
    return Trust(lists=(keys,), key=(tmp_path / "key.pem",), revocation=(revoked,))


def sign(file: Path) -> None:
    file.with_suffix(".sig").write_bytes(ED_KEY.sign(file.read_bytes()))


def checked(lists: Lists) -> Assessment:
    return Verifier(lambda: lists.snapshot, KNOWN).verify(card(), NOW)


def test_a_key_set_signed_by_the_station_is_believed(settings: Trust) -> None:
    assert checked(load_lists(settings, None)).signature is Signature.VALID
    assert checked(load_lists(settings, None)).revocation is not Revocation.NO_LIST


@pytest.mark.parametrize("signature", [None, b"", b"wrong"])
def test_an_unsigned_one_never_reads_as_trusted_or_not_revoked(
    settings: Trust, signature: bytes | None
) -> None:
    for file in (settings.lists[0], settings.revocation[0]):
        beside = file.with_suffix(".sig")
        if signature is None:
            beside.unlink()
        else:
            beside.write_bytes(signature)
    lists = load_lists(settings, None)
    assert checked(lists).signature is Signature.UNCHECKED
    assert lists.snapshot.revocation is None
    assert len(lists.faults) == 2


def test_a_key_set_that_does_not_say_whose_it_is_is_none_at_a_lane(settings: Trust) -> None:
    (keys,) = settings.lists
    keys.write_text(json.dumps({"keys": [jwk()]}))
    sign(keys)
    assert checked(load_lists(settings, None)).signature is Signature.UNCHECKED


def test_a_signature_that_comes_after_its_list_is_noticed(settings: Trust) -> None:
    beside = settings.lists[0].with_suffix(".sig")
    whole = beside.read_bytes()
    beside.unlink()
    keeper = ListKeeper(settings, None)
    assert checked(keeper.lists).signature is Signature.UNCHECKED
    beside.write_bytes(whole)
    assert keeper.look_again(lambda _: None)
    assert checked(keeper.lists).signature is Signature.VALID
