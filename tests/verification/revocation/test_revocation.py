"""Revocation: what is listed is refused, what nobody can say is never "not revoked"."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import cbor2
import pytest

from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    NOW,
    OTHER_EC_KEY,
    P256_ORDER,
    RSA_KEY,
    VACCINATION,
    Bench,
    aged,
    colour,
    colour_claims,
    dcc_claims,
    hc1,
    kid_of,
    message,
    text,
)
from verification.assessment import Revocation
from verification.formats.colour_claims import STATUS
from verification.revocation.hashes import signature_hash, truncated
from verification.revocation.memory import RevocationList, Withdrawn
from verification.revocation.station_list import load_revocation_list, write
from verification.signed_lists import ListRejected, sign

COVERS = {("HC1", "HK"), ("HK1", "HK")}
KID = kid_of(EC_KEY)
UCI = str(VACCINATION["ci"])


def listing(*entries: Withdrawn, covers: Any = COVERS, **more: Any) -> RevocationList:
    return RevocationList(entries, covers, signed_at=NOW, **more)


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]


def entry(kind: str, *data: bytes, kid: bytes | None = KID) -> Withdrawn:
    return Withdrawn(kid, kind, frozenset(map(sha, data)))


def found(code: str, index: RevocationList | None, age_hours: float = 1) -> tuple[str, list[str]]:
    checked = Bench(revocation=index, revocation_age=aged(age_hours)).check(code)
    return checked.revocation.value, [why.value for why in checked.reasons]


def test_a_code_that_is_on_no_list_is_clear() -> None:
    assert found(hc1(), listing()) == ("CLEAR", [])
    assert found(colour(), listing(entry("CTI", b"another"))) == ("CLEAR", [])


@pytest.mark.parametrize(
    "withdrawn",
    [
        entry("UCI", UCI.encode()),
        entry("COUNTRYCODEUCI", b"HK" + UCI.encode()),
        entry("UCI", UCI.encode(), kid=None),
        entry("UCI", b"another", UCI.encode(), b"a third"),
    ],
)
def test_a_certificate_is_known_by_its_identifier_with_or_without_country(withdrawn: Withdrawn) -> None:
    assert found(hc1(), listing(withdrawn)) == ("REVOKED", ["REVOKED"])


def test_a_colour_code_is_known_by_its_identifier() -> None:
    assert found(colour(), listing(entry("CTI", bytes(range(16))))) == ("REVOKED", ["REVOKED"])


@pytest.mark.parametrize(
    "withdrawn",
    [
        entry("UCI", UCI.encode(), kid=kid_of(OTHER_EC_KEY)),
        entry("UCI", b"HK" + UCI.encode()),
        entry("SIGNATURE", UCI.encode()),
        entry("UCI", UCI.lower().encode()),
        Withdrawn(KID, "UCI", frozenset({hashlib.sha256(UCI.encode()).digest()})),
        Withdrawn(KID, "UCI", frozenset({hashlib.sha256(UCI.encode()).digest()[:15]})),
    ],
)
def test_entries_of_other_keys_types_and_lengths_do_not_apply(withdrawn: Withdrawn) -> None:
    assert found(hc1(), listing(withdrawn)) == ("CLEAR", [])


def test_of_an_ecdsa_signature_only_r_counts_so_that_its_twin_is_revoked_too() -> None:
    cose = cbor2.loads(message(cbor2.dumps(dcc_claims())))
    r, s = cose.value[3][:32], int.from_bytes(cose.value[3][32:], "big")
    twin = [*cose.value[:3], r + (P256_ORDER - s).to_bytes(32, "big")]
    index = listing(entry("SIGNATURE", r))
    for parts in (list(cose.value), twin):
        assert found(text(cbor2.dumps(cbor2.CBORTag(18, parts))), index)[0] == "REVOKED"
    assert found(hc1(), index)[0] == "CLEAR"


def test_of_an_rsa_signature_all_of_it_counts() -> None:
    code = message(cbor2.dumps(dcc_claims()), RSA_KEY)
    signature = cbor2.loads(code).value[3]
    assert found(text(code), listing(entry("SIGNATURE", signature, kid=None)))[0] == "REVOKED"
    assert found(text(code), listing(entry("SIGNATURE", signature[:128], kid=None)))[0] == "CLEAR"


def test_hashes_are_the_first_sixteen_bytes_of_sha_256() -> None:
    assert truncated(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223"
    assert signature_hash(-7, b"r" * 32 + b"s" * 32) == truncated(b"r" * 32)
    assert signature_hash(-37, b"r" * 256) == truncated(b"r" * 256)
    assert signature_hash(-8, b"r" * 64) == truncated(b"r" * 64)


def test_a_status_index_is_looked_up_in_its_issuer_s_list_only() -> None:
    code = colour(claims=colour_claims(claim={STATUS: 7}))
    assert found(code, listing(status={"HK": frozenset({7})}))[0] == "REVOKED"
    assert found(code, listing(status={"HK": frozenset({8}), "MO": frozenset({7})}))[0] == "CLEAR"
    assert found(colour(), listing(status={"HK": frozenset({0, 7})}))[0] == "CLEAR"


def test_without_a_list_nobody_is_cleared() -> None:
    assert found(hc1(), None) == ("NO_LIST", ["NO_REVOCATION_LIST"])


def test_a_list_that_does_not_cover_the_issuer_or_format_clears_nobody() -> None:
    for covers in ((), {("HC1", "DE")}, {("HK1", "HK")}):
        assert found(hc1(), listing(covers=covers)) == ("NO_LIST", ["NO_REVOCATION_LIST"])
    assert found(hc1(), listing(covers={("HC1", "*")}))[0] == "CLEAR"


def test_a_revoked_code_is_revoked_even_where_the_list_does_not_cover_it() -> None:
    assert found(hc1(), listing(entry("UCI", UCI.encode()), covers=()))[0] == "REVOKED"


def test_a_stale_list_clears_nobody_and_still_revokes() -> None:
    assert found(hc1(), listing(), age_hours=72) == ("CLEAR", [])
    assert found(hc1(), listing(), age_hours=73) == ("STALE", ["REVOCATION_LIST_STALE"])
    assert found(hc1(), listing(entry("UCI", UCI.encode())), age_hours=73) == ("REVOKED", ["REVOKED"])


def test_nothing_is_asked_about_a_code_that_nobody_vouches_for() -> None:
    index = listing(entry("UCI", UCI.encode(), kid=None), covers={("HC1", "*")})
    for code in (hc1(key=OTHER_EC_KEY), hc1(signature=bytes(64)), "HC1:", "a text"):
        assert Bench(revocation=index).check(code).revocation is Revocation.NOT_APPLICABLE


def test_what_was_written_is_read() -> None:
    entries = [entry("UCI", UCI.encode()), entry("CTI", b"x", kid=None)]
    data = write(entries, COVERS, "HK", NOW, ED_KEY, status={"HK": frozenset({3})})
    index = load_revocation_list(data, ED_KEY.public_key())
    assert index.signed_at == NOW
    assert len(index) == 3
    assert found(hc1(), index)[0] == "REVOKED"
    assert found(colour(), index)[0] == "CLEAR"
    assert found(colour(claims=colour_claims(cti=b"x" * 16)), index)[0] == "CLEAR"
    assert found(colour(claims=colour_claims(claim={STATUS: 3})), index)[0] == "REVOKED"


def _document(**changes: Any) -> dict[str, Any]:
    data = json.loads(write([entry("UCI", b"x")], COVERS, "HK", NOW, ED_KEY))
    del data["signature"]
    return data | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"signed_at": None},
        {"signed_at": "yesterday"},
        {"entries": {}},
        {"entries": [{}]},
        {"entries": [{"kid": "UNKNOWN_KID", "type": "NAME", "hashes": []}]},
        {"entries": [{"kid": "UNKNOWN_KID", "type": "UCI", "hashes": ["AAAA"]}]},
        {"entries": [{"kid": "UNKNOWN_KID", "type": "UCI", "hashes": [1]}]},
        {"entries": [{"kid": "?", "type": "UCI", "hashes": []}]},
        {"covers": [{"formats": ["HC1"]}]},
        {"status": [{"issuer": "HK", "revoked": ["1"]}]},
        {"status": [{"issuer": "HK", "revoked": [True]}]},
        {"type": "checkpoint-kiosk/trust-list/v1"},
    ],
)
def test_one_bad_row_spoils_a_list_however_well_it_is_signed(changes: dict[str, Any]) -> None:
    assert load_revocation_list(sign(_document(), ED_KEY), ED_KEY.public_key())
    with pytest.raises(ListRejected):
        load_revocation_list(sign(_document(**changes), ED_KEY), ED_KEY.public_key())


def test_a_list_that_was_changed_or_not_signed_is_rejected() -> None:
    data = write([entry("UCI", UCI.encode())], COVERS, "HK", NOW, ED_KEY)
    later = (NOW + timedelta(days=9)).isoformat()
    document = json.loads(data)
    for damaged in (
        data[:-10],
        json.dumps(document | {"signed_at": later}).encode(),
        json.dumps(document | {"entries": []}).encode(),
        json.dumps(_document()).encode(),
        b"",
    ):
        with pytest.raises(ListRejected):
            load_revocation_list(damaged, ED_KEY.public_key())
    with pytest.raises(ListRejected):
        load_revocation_list(data, EC_KEY.public_key())
