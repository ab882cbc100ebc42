"""Token status lists: whose word they are, what they say of an index, and when they no longer clear."""

from __future__ import annotations

import base64
import zlib
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    NOW,
    OTHER_EC_KEY,
    Bench,
    colour,
    colour_claims,
    kid_of,
    message,
    seconds,
    signer,
    text,
)
from verification.assessment import Revocation
from verification.issuing import status_list
from verification.issuing.authority import CannotIssue, found_authority
from verification.reasons import ReasonId
from verification.revocation.loading import load_revocations
from verification.revocation.memory import RevocationList, RevocationLists, Withdrawn
from verification.revocation.token_status_list import TYP, TokenStatusList, load
from verification.signed_lists import ListRejected
from verification.snapshot import RevocationQuery
from verification.trust.store import TrustList

TRUST = TrustList([signer(), signer(ED_KEY), signer(OTHER_EC_KEY, issuer="MO")])
ONE_BIT = base64.urlsafe_b64decode("eNrbuRgAAhcBXQ==")
TWO_BITS = base64.urlsafe_b64decode("eNo76fITAAPfAgc=")
"""The examples of the draft, §4.1."""


def claims(**changes: Any) -> dict[int, Any]:
    numbers = {"iss": 1, "sub": 2, "exp": 4, "iat": 6, "ttl": 65534, "status_list": 65533}
    values = {
        "iss": "HK",
        "sub": "https://example.com/status",
        "iat": seconds(),
        "exp": seconds() + 3600,
        "status_list": {"bits": 1, "lst": zlib.compress(bytes((0b00100010, 0, 0, 0)))},
    } | changes
    return {numbers[name]: value for name, value in values.items() if value is not None}


def token(body: Any = None, key: Any = EC_KEY, header: dict[int, Any] | None = None, **parts: Any) -> bytes:
    alg = -8 if key is ED_KEY else -7
    protected = {1: alg, 4: kid_of(key), 16: TYP} | (header or {})
    return message(cbor2.dumps(claims() if body is None else body), key, protected=protected, **parts)


def code(index: int | None, issuer: str = "HK", key: Any = EC_KEY) -> str:
    claim = None if index is None else {8: index}
    return colour(claims=colour_claims(claim=claim, iss=issuer), key=key)


def answer(listed: Any, index: int | None = 0, at: Any = NOW, **more: Any) -> str:
    lists = listed if isinstance(listed, list) else [listed]
    signers = tuple(TRUST)
    checked = Bench(signers=signers, revocation=RevocationLists(lists)).check(code(index, **more), at)
    return checked.revocation.value


@pytest.mark.parametrize(
    ("bits", "packed", "expected"),
    [
        (1, ONE_BIT, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]),
        (2, TWO_BITS, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]),
        (4, zlib.compress(b"\x21\x43"), [1, 2, 3, 4]),
        (8, zlib.compress(b"\x00\xff"), [0, 255]),
    ],
)
def test_statuses_are_read_from_the_lowest_bits_on(bits: int, packed: bytes, expected: list[int]) -> None:
    listed = load(token(claims(status_list={"bits": bits, "lst": packed})), TRUST)
    assert [listed.status(index) for index in range(len(expected))] == expected
    assert [listed.status(index) for index in (-1, len(expected), 1 << 40)] == [None] * 3
    assert len(listed) == len(expected)
    assert status_list.packed(len(expected), dict(enumerate(expected)), bits) == zlib.decompress(packed)


def test_a_withdrawn_code_is_revoked_and_any_other_on_the_list_is_clear() -> None:
    listed = load(token(), TRUST)
    assert [answer(listed, index) for index in (0, 1, 2, 5)] == ["CLEAR", "REVOKED", "CLEAR", "REVOKED"]


def test_a_list_says_nothing_of_what_it_does_not_name() -> None:
    listed = load(token(), TRUST)
    assert answer(listed, 32) == "NO_LIST", "beyond its end"
    assert answer(listed, None) == "NO_LIST", "a code without an index"
    assert answer(listed, 0, issuer="MO", key=OTHER_EC_KEY) == "NO_LIST", "another issuer"
    query = RevocationQuery("HC1", "HK", b"", (), status_index=0, stated_issuer="HK", at=NOW)
    assert listed.check(query).value == "NO_LIST"


def test_a_suspended_code_counts_as_withdrawn_and_an_unknown_status_is_not_known_to_be_good() -> None:
    statuses = status_list.packed(4, {1: 1, 2: 2, 3: 3}, 2)
    listed = load(token(claims(status_list={"bits": 2, "lst": zlib.compress(statuses)})), TRUST)
    assert [answer(listed, index) for index in range(4)] == ["CLEAR", "REVOKED", "REVOKED", "NO_LIST"]


@pytest.mark.parametrize(
    "ends",
    [{"exp": seconds() + 3600}, {"exp": None, "ttl": 3600}, {"exp": seconds() + 9999, "ttl": 3600}],
)
def test_an_old_list_clears_nobody_and_still_revokes(ends: dict[str, Any]) -> None:
    listed = load(token(claims(**ends)), TRUST)
    last = NOW + timedelta(hours=1)
    bench = Bench(signers=tuple(TRUST), revocation=RevocationLists([listed]))
    for at, expected in ((last, Revocation.CLEAR), (last + timedelta(seconds=1), Revocation.STALE)):
        made = colour(claims=colour_claims(claim={8: 0}, exp=seconds() + 9999))
        assert bench.check(made, at).revocation is expected
        withdrawn = colour(claims=colour_claims(claim={8: 1}, exp=seconds() + 9999))
        assert bench.check(withdrawn, at).revocation is Revocation.REVOKED
    assert ReasonId.REVOCATION_LIST_STALE in bench.check(code(0), last + timedelta(seconds=1)).reasons


def test_a_list_is_not_fresh_beyond_the_life_of_its_signer() -> None:
    trust = TrustList([signer(not_after=NOW + timedelta(minutes=5))])
    assert load(token(), trust).fresh_until == NOW + timedelta(minutes=5)
    for outside in ({"not_before": NOW + timedelta(1)}, {"not_after": NOW - timedelta(1)}):
        with pytest.raises(ListRejected, match="not in force"):
            load(token(), TrustList([signer(**outside)]))


def test_of_several_lists_the_gravest_word_counts() -> None:
    listed = load(token(), TRUST)
    covering = RevocationList([], [("HK1", "HK")], signed_at=NOW)
    withdrawing = RevocationList([Withdrawn(None, "CTI", frozenset())], [], {"HK": frozenset({0})})
    assert answer([listed, covering], 32) == "CLEAR", "another list that covers the issuer speaks of it"
    assert answer([listed, withdrawing], 0) == "REVOKED"
    assert RevocationLists([listed, covering]).signed_at == NOW


def test_only_a_signer_of_the_issuers_own_codes_is_believed() -> None:
    with pytest.raises(ListRejected, match="signed by a key of MO"):
        load(token(key=OTHER_EC_KEY), TRUST)
    with pytest.raises(ListRejected, match="not signed by a key"):
        load(token(key=ec.generate_private_key(ec.SECP256R1())), TRUST)
    with pytest.raises(ListRejected, match="not signed by a key"):
        load(token(), TrustList([signer(formats=frozenset({"HC1"}))]))
    with pytest.raises(ListRejected, match="not signed by a key"):
        load(token(header={1: -8}), TRUST)
    assert load(token(claims(iss="HK-1")), TRUST).issuer == "HK-1"
    assert load(token(key=ED_KEY), TRUST).issuer == "HK"


@pytest.mark.parametrize(
    "header",
    [
        {16: None},
        {16: "application/statuslist+jwt"},
        {16: "JWT"},
        {16: b"x"},
        {4: None},
        {4: "text"},
        {2: [16]},
    ],
)
def test_a_message_of_another_type_is_no_status_list(header: dict[int, Any]) -> None:
    with pytest.raises(ListRejected):
        load(token(header=header), TRUST)


def test_the_type_counts_only_where_it_is_signed() -> None:
    protected = {1: -7, 4: kid_of(EC_KEY)}
    data = message(cbor2.dumps(claims()), EC_KEY, protected=protected, unprotected={16: TYP})
    with pytest.raises(ListRejected, match="not of type"):
        load(data, TRUST)


def test_a_code_is_no_status_list_and_a_status_list_is_no_code() -> None:
    with pytest.raises(ListRejected):
        load(message(cbor2.dumps(colour_claims())), TRUST)
    assert Bench(signers=tuple(TRUST)).reasons(text(token(), "HK1")) == ["MALFORMED"]


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": None},
        {"iss": 5},
        {"sub": None},
        {"iat": None},
        {"iat": float("nan")},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"ttl": 0},
        {"ttl": -5},
        {"ttl": 1.5},
        {"ttl": 1 << 60},
        {"status_list": None},
        {"status_list": {"bits": 1}},
        {"status_list": {"bits": 3, "lst": zlib.compress(b"1")}},
        {"status_list": {"bits": True, "lst": zlib.compress(b"1")}},
        {"status_list": {"bits": 1, "lst": b"raw"}},
        {"status_list": {"bits": 1, "lst": zlib.compress(b"1") + b"x"}},
        {"status_list": {"bits": 1, "lst": zlib.compress(b"1" * 99)[:-1]}},
    ],
)
def test_claims_that_are_missing_or_something_else_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ListRejected):
        load(token(claims(**changes)), TRUST)


def test_a_compressed_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(bytes(17 * 1024 * 1024), 9)
    assert len(bomb) < 100_000
    with pytest.raises(ListRejected, match="more than"):
        load(token(claims(status_list={"bits": 1, "lst": bomb})), TRUST)


def test_what_the_issuing_side_writes_is_read_back() -> None:
    authority = found_authority("HK", frozenset({"HK1"}), NOW)
    made = status_list.write(
        authority, 1 << 20, {7: 1, 999_999: 1}, NOW, subject="urn:made-up", lasts=timedelta(1)
    )
    trust = TrustList([signer(authority.key)])
    listed = load_revocations(made, trust=trust)
    assert isinstance(listed, TokenStatusList)
    assert [listed.status(index) for index in (6, 7, 8, 999_999)] == [0, 1, 0, 1]
    assert listed.fresh_until == NOW + timedelta(1)
    assert len(made) < 2000
    with pytest.raises(ListRejected, match="only with a trust list"):
        load_revocations(made)
    for size, statuses, bits in ((8, {8: 1}, 1), (8, {0: 2}, 1), (0, {}, 1), (8, {}, 3), (8, {-1: 1}, 1)):
        with pytest.raises(CannotIssue):
            status_list.packed(size, statuses, bits)


@given(st.data())
def test_no_changed_byte_makes_another_list(data: st.DataObject) -> None:
    whole = bytearray(TOKEN)
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        listed = load(bytes(whole), TRUST)
    except ListRejected as refused:
        assert str(refused)
    else:
        assert listed.statuses == load(TOKEN, TRUST).statuses


@given(st.binary(max_size=300))
def test_any_bytes_give_a_list_or_a_refusal(data: bytes) -> None:
    for whole in (data, b"\xd2\x84" + data):
        with pytest.raises(ListRejected):
            load(whole, TRUST)


TOKEN = token()
