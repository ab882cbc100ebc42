"""The colour codes: everything the specification says, and nothing that it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import cbor2
import pytest

from tests.verification.made import ED_KEY, HOUR, NOW, Bench, colour, colour_claims, seconds, signer
from verification.assessment import Signature
from verification.evidence import Colour, Direction, Kind, Use
from verification.formats import colour_claims as keys

BENCH = Bench()


def test_a_green_code_has_nothing_against_it() -> None:
    checked = BENCH.check(colour())
    assert BENCH.reasons(colour()) == []
    says = checked.evidence
    assert says is not None
    assert (says.kind, says.colour, says.scheme) == (Kind.HEALTH_COLOUR, Colour.GREEN, "HK")
    assert (says.direction, says.use) == (Direction.TO_MAINLAND, Use.MULTIPLE)
    assert says.holder == bytes(16)
    assert says.personal.masked_name == "C*** T** M**"
    assert says.specimen is False
    assert checked.identity is not None and checked.identity.use == b"HK\0" + bytes(range(16))


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [
        ("HK1", Kind.HEALTH_COLOUR), ("GD1", Kind.HEALTH_COLOUR), ("MO1", Kind.HEALTH_COLOUR),
        ("CN1", Kind.HEALTH_COLOUR), ("IE1", Kind.HEALTH_COLOUR), ("CD1", Kind.CUSTOMS_DECLARATION),
        ("TC1", Kind.ITINERARY),
    ],
)  # fmt: skip
def test_each_prefix_is_one_kind_of_evidence(prefix: str, kind: Kind) -> None:
    checked = BENCH.check(colour(prefix))
    assert checked.format == prefix
    assert checked.evidence is not None and checked.evidence.kind is kind
    assert BENCH.reasons(colour(prefix)) == []


def test_a_paper_certificate_says_which_kind_it_is() -> None:
    for number, kind in keys.KINDS.items():
        code = colour("PV1", colour_claims("PV1", {keys.KIND: number}))
        checked = BENCH.check(code)
        assert checked.evidence is not None and checked.evidence.kind is kind
    assert BENCH.reasons(colour("PV1"))[0] == "MALFORMED"


def test_a_code_behind_another_prefix_is_refused() -> None:
    for prefix in ("GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1"):
        assert BENCH.reasons(prefix + colour("HK1")[3:])[0] == "MALFORMED"
    assert BENCH.reasons("HC1" + colour("HK1")[3:])[0] == "MALFORMED"


@pytest.mark.parametrize("scheme", ["CN", "CN-GD", "CN-GD2022", "CN-ABCDEFGHIJKLM"])
def test_a_scheme_below_the_prefix_s_own_is_read(scheme: str) -> None:
    checked = BENCH.check(colour("CN1", colour_claims("CN1", {keys.SCHEME: scheme})))
    assert checked.evidence is not None and checked.evidence.scheme == scheme


@pytest.mark.parametrize(
    "wrong",
    [
        {keys.COLOUR: None},
        {keys.COLOUR: 0},
        {keys.COLOUR: 4},
        {keys.COLOUR: "green"},
        {keys.COLOUR: 1.0},
        {keys.COLOUR: True},
        {keys.SCHEME: None},
        {keys.SCHEME: "GD"},
        {keys.SCHEME: ""},
        {keys.SCHEME: "HKX"},
        {keys.SCHEME: "HK-"},
        {keys.SCHEME: "HK-a"},
        {keys.SCHEME: "HK\n"},
        {keys.SCHEME: "HK-ABCDEFGHIJKLMN"},
        {keys.SCHEME: 1},
        {keys.DIRECTION: 5},
        {keys.DIRECTION: "any"},
        {keys.USE: 0},
        {keys.USE: 3},
        {keys.MASKED_NAME: "x" * 41},
        {keys.MASKED_NAME: "a\u202eb"},
        {keys.MASKED_NAME: "a\nb"},
        {keys.MASKED_NAME: 1},
        {keys.HOLDER: bytes(15)},
        {keys.HOLDER: bytes(33)},
        {keys.HOLDER: "x" * 16},
        {keys.STATUS: -1},
        {keys.STATUS: 1 << 32},
        {keys.STATUS: True},
        {keys.STATUS: 1.0},
        {keys.SPECIMEN: 1},
        {keys.KIND: 2},
        {keys.KIND: 99},
        {keys.HOLDER: cbor2.undefined},
        {keys.STATUS: cbor2.undefined},
        {11: 0},
        {0: 0},
        {-1: 0},
        {"colour": 1},
    ],
    ids=repr,
)
def test_each_departure_from_the_specification_is_malformed(wrong: dict[Any, Any]) -> None:
    assert BENCH.reasons(colour(claims=colour_claims(claim=wrong)))[0] == "MALFORMED"


@pytest.mark.parametrize(
    "wrong",
    [{"cti": None}, {"cti": bytes(15)}, {"cti": bytes(17)}, {"cti": "x" * 16}, {"iss": None}, {"iss": "hk"},
     {"iss": "HKG"}, {"iss": "H"}, {"iss": "CN-"}, {"iss": "CN-GDXX"}, {"iss": 1}],
    ids=repr,
)  # fmt: skip
def test_issuer_and_identifier_have_their_forms(wrong: dict[str, Any]) -> None:
    assert BENCH.reasons(colour(claims=colour_claims(**wrong)))[0] == "MALFORMED"


def test_claims_without_the_colour_claim_are_malformed() -> None:
    for statement in (None, [], "x", 1):
        assert BENCH.reasons(colour(claims=colour_claims() | {keys.CLAIM: statement}))[0] == "MALFORMED"


@pytest.mark.parametrize(
    ("times", "until", "reasons"),
    [
        ({}, None, []),
        ({"exp": seconds() - 1}, None, ["EXPIRED"]),
        ({"iat": seconds() + 1}, None, ["NOT_YET_VALID"]),
        ({"nbf": seconds() + 1}, None, ["NOT_YET_VALID"]),
        ({"nbf": seconds()}, None, []),
        ({"exp": None}, None, ["VALIDITY_UNKNOWN"]),
        ({"exp": float("nan")}, None, ["VALIDITY_UNKNOWN"]),
        ({"nbf": "soon"}, None, ["VALIDITY_UNKNOWN"]),
        ({}, seconds(), []),
        ({}, seconds() - 1, ["EXPIRED"]),
        ({}, float("nan"), ["VALIDITY_UNKNOWN"]),
        ({"exp": seconds() - 1}, seconds() + HOUR, ["EXPIRED"]),
    ],
)
def test_the_time_of_a_colour_code(times: dict[str, Any], until: Any, reasons: list[str]) -> None:
    claims = colour_claims(claim={keys.UNTIL: until}, **times)
    assert BENCH.reasons(colour(claims=claims)) == reasons


def test_the_last_moment_of_use_is_when_the_evidence_ends() -> None:
    checked = BENCH.check(colour(claims=colour_claims(claim={keys.UNTIL: seconds() + 60})))
    assert checked.evidence is not None
    assert checked.evidence.expires_at == NOW + timedelta(seconds=60)


def test_what_a_demo_signer_signs_or_what_says_so_itself_is_a_specimen() -> None:
    demo = Bench(signers=(signer(demo=True),)).check(colour()).evidence
    marked = BENCH.check(colour(claims=colour_claims(claim={keys.SPECIMEN: True}))).evidence
    assert demo is not None and demo.specimen
    assert marked is not None and marked.specimen


def test_a_signer_signs_for_its_own_issuer_only() -> None:
    for filed, issuer, fits in (
        ("HK", "HK", True), ("CN", "CN-GD", True), ("CN-GD", "CN-GD", True), ("CN-GD", "CN", False),
        ("MO", "HK", False), ("H", "HK", False), ("CN-G", "CN-GD", False),
    ):  # fmt: skip
        bench = Bench(signers=(signer(issuer=filed),))
        assert bench.reasons(colour(claims=colour_claims(iss=issuer))) == ([] if fits else ["KEY_USAGE"])


def test_a_signer_signs_only_the_formats_it_is_listed_for() -> None:
    bench = Bench(signers=(signer(formats=frozenset({"GD1"})),))
    assert bench.check(colour()).signature is Signature.UNKNOWN_SIGNER


def test_ed25519_signs_colour_codes_too() -> None:
    assert BENCH.reasons(colour(key=ED_KEY)) == []


def test_a_code_with_everything_in_it_stays_small_enough_for_the_symbol() -> None:
    claim = {
        keys.DIRECTION: 1,
        keys.USE: 1,
        keys.UNTIL: seconds() + 60,
        keys.STATUS: 123456,
        keys.SPECIMEN: True,
    }
    full = colour(claims=colour_claims(claim=claim, nbf=seconds() - HOUR))
    assert len(full) <= 311, "QR version 10 at level M holds 311 characters of this alphabet"
