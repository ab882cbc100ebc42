"""Cards and passes bent at every layer: nothing raises, and only unchanged signed content is believed."""

from __future__ import annotations

import json
from typing import Any

import base45
import cbor2
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.made import NOW, Bench, message
from tests.verification.made_cards import (
    b64,
    card,
    card_claims,
    card_signer,
    deflated,
    digits,
    jws,
    nz_pass,
    nz_text,
    pass_claims,
    pass_signer,
)
from verification.assessment import Assessment, Signature
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in
from verification.revocation.memory import RevocationList
from verification.verdict import Outcome, Verdict

BENCH = Bench(
    signers=(card_signer(), pass_signer()), revocation=RevocationList([], [("SHC", "*"), ("NZCP", "*")])
)
POLICY = built_in()
CARD, PASS = card(), nz_pass()
CARD_JWS, CARD_JSON = jws(), json.dumps(card_claims(), separators=(",", ":")).encode()
PASS_CLAIMS = cbor2.dumps(pass_claims())
CONTENTS = {CARD_JSON, PASS_CLAIMS}
SOME = settings(max_examples=150)

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["change", "insert", "drop", "repeat", "cut"]),
        st.integers(0, 5000),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=4,
)


def bent(data: bytes, edits: list[tuple[str, int, int]]) -> bytes:
    out = bytearray(data)
    for how, place, value in edits:
        at = place % (len(out) or 1)
        if how == "change":
            out[at : at + 1] = bytes((value,))
        elif how == "insert":
            out[at:at] = bytes((value,))
        elif how == "drop":
            del out[at]
        elif how == "repeat":
            out[at:at] = out[at : at + value]
        else:
            del out[at + 1 :]
        if not out:
            out = bytearray(b"0")
    return bytes(out)


def admitted(code: bytes | str) -> bool:
    checked = BENCH.check(code)
    verdict = judge((checked,), NOTHING_SPENT, POLICY, NOW)
    assert isinstance(verdict, Verdict)
    if verdict.outcome is Outcome.ADMIT:
        assert checked.signature is Signature.VALID
        assert signed_content(checked) in CONTENTS, "something else was admitted"
        return True
    return False


def signed_content(checked: Assessment) -> bytes:
    assert checked.identity is not None
    return checked.identity.signed.partition(b"\0")[2]


def test_the_unbent_ones_are_admitted() -> None:
    assert admitted(CARD)
    assert admitted(PASS)


@SOME
@given(EDITS)
def test_texts(edits: list[tuple[str, int, int]]) -> None:
    admitted(bent(CARD.encode(), edits))
    admitted(bent(PASS.encode(), edits))


@SOME
@given(EDITS)
def test_the_three_parts_of_a_card(edits: list[tuple[str, int, int]]) -> None:
    text = bent(CARD_JWS.encode(), edits).decode("latin-1")
    admitted("shc:/" + "".join(f"{(ord(character) - 45) % 100:02d}" for character in text))


@SOME
@given(EDITS)
def test_a_deflated_payload(edits: list[tuple[str, int, int]]) -> None:
    """Bent under the real signature, and bent and signed again by the issuer itself."""
    head, _, signature = CARD_JWS.rpartition(".")
    packed = bent(deflated(CARD_JSON), edits)
    admitted("shc:/" + digits(f"{head.partition('.')[0]}.{b64(packed)}.{signature}"))
    BENCH.check(card(packed=packed))


@SOME
@given(EDITS)
def test_a_payload_that_nobody_signed(edits: list[tuple[str, int, int]]) -> None:
    """The real signature on other content: the content is never believed."""
    head, _, signature = CARD_JWS.rpartition(".")
    changed = bent(CARD_JSON, edits)
    forged = f"{head.partition('.')[0]}.{b64(deflated(changed))}.{signature}"
    checked = BENCH.check("shc:/" + digits(forged))
    assert checked.signature is not Signature.VALID or changed == CARD_JSON


@SOME
@given(EDITS)
def test_signed_content_of_any_form_is_read_or_refused(edits: list[tuple[str, int, int]]) -> None:
    """The issuer itself signed nonsense: it is read as far as it is what it should be, and nothing raises."""
    BENCH.check(card(bent(CARD_JSON, edits)))
    BENCH.check(nz_pass(bent(PASS_CLAIMS, edits)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=10,
)
PLACES = [
    ("iss",),
    ("nbf",),
    ("vc",),
    ("vc", "type"),
    ("vc", "rid"),
    ("vc", "credentialSubject"),
    ("vc", "credentialSubject", "fhirBundle"),
    ("vc", "credentialSubject", "fhirBundle", "entry"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 0),
    ("vc", "credentialSubject", "fhirBundle", "entry", 0, "resource", "name"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 0, "resource", "birthDate"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 1, "resource"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 1, "resource", "vaccineCode"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 1, "resource", "vaccineCode", "coding"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 1, "resource", "occurrenceDateTime"),
    ("vc", "credentialSubject", "fhirBundle", "entry", 1, "resource", "patient"),
]


def put(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    at = document
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return document


@settings(max_examples=300)
@given(st.sampled_from(PLACES), JSON)
def test_any_value_at_any_place_of_a_card(place: tuple[Any, ...], value: Any) -> None:
    document = json.dumps(put(card_claims(), place, value)).encode()
    checked = BENCH.check(card(document))
    assert checked.format == "SHC"


@SOME
@given(EDITS)
def test_the_message_of_a_pass(edits: list[tuple[str, int, int]]) -> None:
    cose = message(PASS_CLAIMS, protected={4: b"key-1", 1: -7})
    admitted(nz_text(bent(cose, edits)))


@SOME
@given(
    st.sampled_from([1, 4, 5, 7, "vc"]),
    st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=20),
)
def test_any_claim_of_a_pass(claim: Any, value: Any) -> None:
    BENCH.check(nz_pass(pass_claims() | {claim: value}))


@SOME
@given(st.binary(max_size=300))
def test_anything_at_all_after_the_prefix(data: bytes) -> None:
    for code in (
        b"shc:/" + data,
        b"shc:/1/2/" + data,
        b"NZCP:/1/" + data,
        b"NZCP:/" + base45.b45encode(data),
    ):
        assert not admitted(code)
    admitted("shc:/" + digits(b64(data) + "." + b64(data) + "." + b64(data)))
    admitted(nz_text(data))
