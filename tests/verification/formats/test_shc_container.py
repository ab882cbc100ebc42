"""The container of SMART Health Cards, and everything that only looks like one."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib
from typing import Any

import pytest

from tests.verification.made import Bench
from tests.verification.made_cards import (
    COVID_TYPE,
    ISSUER,
    card,
    card_claims,
    card_signer,
    deflated,
    digits,
    dose,
    jws,
)
from verification.assessment import Signature

BENCH = Bench(signers=(card_signer(),))
PAYLOAD = json.dumps(card_claims(), separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "text",
    [
        "shc:/",
        "shc:/5",
        "shc:/567",
        "shc:/78" + digits(jws())[2:],
        "shc:/99",
        card() + "0",
        card() + "00",
        card() + "\n",
        card().replace("shc:/", "shc://"),
        "shc:/" + digits(jws()).replace("5", "٥", 1),
        "shc:/" + jws(),
        "shc:/" + digits(jws().rpartition(".")[0]),
        "shc:/" + digits(jws() + ".AA"),
        "shc:/" + digits("." + jws()),
        "shc:/" + digits(jws() + "="),
        "shc:/" + digits(jws(header=b"{}")),
        card(zip=None),
        card(zip="GZ"),
        card(zip=["DEF"]),
        card(crit=["x"]),
        card(b64=False),
        card(header=b"[]"),
        card(header=b"\xff"),
        card(header=b'{"alg":"ES256","alg":"none","zip":"DEF"}'),
        card(header=b'{"zip":"DEF","alg":"ES256","x":"' + b"y" * 2000 + b'"}'),
        card(packed=PAYLOAD),
        card(packed=zlib.compress(PAYLOAD)),
        card(packed=deflated(PAYLOAD)[:-1]),
        card(packed=deflated(PAYLOAD) + b"\0"),
        card(packed=deflated(bytes(3_000_000))),
        card(packed=b""),
        card(b""),
        card(b"[]"),
        card(b"null"),
        card(b"\xef\xbb\xbf" + PAYLOAD),
        card(PAYLOAD + b"{}"),
        card(PAYLOAD.decode().encode("utf-16")),
        card(PAYLOAD[:-1] + b',"iss":"https://evil.example"}'),
        card(PAYLOAD.replace(b'"status"', b'"status":"completed","status"')),
        card(b'{"iss":"' + ISSUER.encode() + b'","x":' + b"[" * 2000 + b"]" * 2000 + b"}"),
        card(b'{"iss":"https://a\\ud800"}'),
        card(b'{"iss":"https://cards.example/made-up","nbf":' + b"9" * 5000 + b"}"),
    ],
    ids=range(42),
)
def test_a_container_that_is_not_one_is_malformed_and_nothing_is_checked(text: str) -> None:
    checked = BENCH.check(text)
    assert checked.format == "SHC" or text.startswith("shc://")
    assert [why.value for why in checked.reasons] == ["MALFORMED"]
    assert checked.signature is Signature.UNCHECKED


def test_a_bomb_is_never_unpacked() -> None:
    bomb = card(packed=deflated(bytes(6_000_000)))
    tracemalloc.start()
    assert BENCH.reasons(bomb) == ["MALFORMED"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_the_last_character_of_the_signature_has_one_way_to_be_written() -> None:
    text = jws()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    same_bytes = text[:-1] + alphabet[alphabet.index(text[-1]) + 1]
    padded = [base64.urlsafe_b64decode(one.rpartition(".")[2] + "==") for one in (text, same_bytes)]
    assert padded[0] == padded[1]
    assert BENCH.reasons("shc:/" + digits(same_bytes)) == ["MALFORMED"]


@pytest.mark.parametrize(
    "vc",
    [
        {"type": None},
        {"type": "https://smarthealth.cards#health-card"},
        {"type": [COVID_TYPE]},
        {"credentialSubject": None},
        {"credentialSubject": {"fhirBundle": None}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle"}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "List", "entry": []}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle", "entry": [7]}}},
        {"credentialSubject": {"fhirBundle": {"resourceType": "Bundle", "entry": [{"resource": 7}]}}},
        {"rid": ""},
        {"rid": "not base64url!"},
        {"rid": "a" * 25},
        {"rid": 7},
        {"rid": None},
    ],
)
def test_a_signed_content_that_is_no_card_is_malformed_whoever_signed_it(vc: dict[str, Any]) -> None:
    checked = BENCH.check(card(card_claims(vc=vc)))
    assert checked.signature is Signature.VALID
    assert checked.reasons[0].value == "MALFORMED"
    assert checked.evidence is None


def test_a_card_about_two_people_is_malformed() -> None:
    second = {"resourceType": "Patient", "name": [{"family": "Other"}]}
    assert BENCH.reasons(card(card_claims(dose(), second)))[0] == "MALFORMED"
