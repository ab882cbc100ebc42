"""The published vectors are what this program makes, and the verifier agrees with every one of them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from verification.assessment import Assessment, Signature, Validity
from verification.encodings import base45
from verification.encodings.cose import algorithm_of
from verification.encodings.inflate import inflate
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.issuing.holder import holder_digest
from verification.issuing.vectors import vectors
from verification.reasons import ReasonId
from verification.revocation.memory import RevocationList
from verification.snapshot import Signer, Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

DOCS = Path(__file__).parents[3] / "docs"
PUBLISHED = json.loads((DOCS / "colour-code-vectors.json").read_text(encoding="utf-8"))
CODES = PUBLISHED["codes"]


def checked(code: dict[str, Any]) -> Assessment:
    signers = []
    for key in PUBLISHED["keys"]:
        public = load_pem_public_key(key["public_key"].encode())
        assert algorithm_of(public) == key["algorithm"]
        formats = frozenset(key["formats"])
        signers.append(Signer(bytes.fromhex(key["kid"]), public, key["algorithm"], key["issuer"], formats))
    snapshot = Snapshot(TrustList(signers), RevocationList([], [(prefix, "*") for prefix in KIND_OF_PREFIX]))
    at = datetime.fromisoformat(PUBLISHED["judged_at"])
    return Verifier(lambda: snapshot, frozenset(KIND_OF_PREFIX)).verify(code["text"], at)


def test_the_published_vectors_are_made_again_byte_by_byte() -> None:
    again = vectors()
    assert {name: again[name] for name in again if name != "codes"} == {
        name: PUBLISHED[name] for name in PUBLISHED if name != "codes"
    }, "run: python main.py issue vectors --out docs/colour-code-vectors.json"
    for made, published in zip(again["codes"], CODES, strict=True):
        # Another zlib may pack the text differently: what is packed is compared, not the packing.
        assert {**made, "text": ""} == {**published, "text": ""}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code["name"])
def test_the_text_holds_the_message(code: dict[str, Any]) -> None:
    assert inflate(base45.decode(code["text"][4:].encode())) == bytes.fromhex(code["cose_sign1"])
    assert bytes.fromhex(code["claims"]) in bytes.fromhex(code["cose_sign1"])


@pytest.mark.parametrize("code", CODES, ids=lambda code: code["name"])
def test_the_verifier_says_what_the_vector_expects(code: dict[str, Any]) -> None:
    answer = checked(code)
    match code["expected"]:
        case "valid":
            assert answer.sound, answer
            assert answer.evidence is not None
            assert answer.evidence.specimen
            assert answer.issuer == code["issuer"]
        case "expired":
            assert (answer.signature, answer.validity) == (Signature.VALID, Validity.EXPIRED)
        case "malformed":
            assert answer.reasons[0] is ReasonId.MALFORMED
        case "signature invalid":
            assert answer.signature is Signature.INVALID
        case "not this issuer's key":
            assert ReasonId.KEY_USAGE in answer.reasons
        case other:
            pytest.fail(f"nobody knows what {other} means")


def test_every_kind_of_outcome_has_a_vector() -> None:
    outcomes = {code["expected"] for code in CODES}
    assert outcomes == {"valid", "expired", "malformed", "signature invalid", "not this issuer's key"}
    page = (DOCS / "colour-code.md").read_text(encoding="utf-8")
    assert all(outcome in page for outcome in outcomes)


def test_the_holder_example_is_right() -> None:
    example = PUBLISHED["holder"]
    digest = holder_digest(example["state"], example["number"], bytes.fromhex(example["salt"]))
    assert digest.hex() == example["digest"]


def test_the_keys_say_that_they_are_for_demonstration() -> None:
    assert "DEMO KEY" in PUBLISHED["about"]
    for key in PUBLISHED["keys"]:
        private = load_pem_private_key(key["demo_private_key"].encode(), password=None)
        assert private.public_key() == load_pem_public_key(key["public_key"].encode())
