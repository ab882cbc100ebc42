"""The COSE working group's own COSE_Sign1, ECDSA and RSA-PSS examples."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from verification.encodings.cose import algorithm_of, parse, signed_by
from verification.encodings.malformed import Malformed

pytestmark = pytest.mark.conformance
ES256, PS256 = -7, -37


def number(text: str) -> int:
    if len(text) > 100 and all(digit in "0123456789abcdefABCDEF" for digit in text):
        return int(text, 16)
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def public(key: dict[str, Any]) -> Any:
    if key["kty"] == "RSA":
        numbers = rsa.RSAPublicNumbers(int(key["e_hex"], 16), int(key["n_hex"], 16))
        return numbers.public_key()
    curves = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1()}
    return ec.EllipticCurvePublicNumbers(number(key["x"]), number(key["y"]), curves[key["crv"]]).public_key()


def accepted(example: dict[str, Any]) -> bool:
    """Whether the message is believed with the example's key."""
    signer = example["input"].get("sign0") or example["input"]["sign"]["signers"][0]
    key = public(signer["key"])
    try:
        message = parse(bytes.fromhex(example["output"]["cbor"]))
    except Malformed:
        return False
    if message.algorithm is None or message.algorithm != algorithm_of(key):
        return False
    signed = message.signed_bytes(bytes.fromhex(signer.get("external", "")))
    return signed_by(key, message.signature, signed)


def expected(example: dict[str, Any]) -> bool:
    """Examples pass unless they say so; those of algorithms that are not accepted here never do."""
    signer = example["input"].get("sign0") or example["input"]["sign"]["signers"][0]
    return (
        not example.get("fail", False)
        and "sign0" in example["input"]
        and signer.get("alg") in ("ES256", "PS256")
    )


def test_every_example_is_believed_or_refused_as_it_says(
    conformance_dir: Path, record_property: Callable[[str, object], None]
) -> None:
    files = sorted((conformance_dir / "cose").rglob("*.json"))
    examples = {file.name: json.loads(file.read_text()) for file in files}
    found = {name: (accepted(example), expected(example)) for name, example in examples.items()}
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1]} == {}
    assert sum(pair[0] for pair in found.values()) >= 4
    record_property("conformance_cases", len(found))
