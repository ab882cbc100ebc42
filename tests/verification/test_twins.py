"""Twins: one code in other dress is one code, in every context of the EU container and every colour code."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import base45
import cbor2
import pytest

from tests.verification.attacks.case import SIGNERS
from tests.verification.attacks.genuine import exemption, light
from tests.verification.made import (
    EC_KEY,
    P256_ORDER,
    RSA_KEY,
    Bench,
    colour,
    dcc_claims,
    hc1,
    kid_of,
    message,
    signer,
    text,
)
from verification.assessment import Signature
from verification.formats.colour_claims import KIND_OF_PREFIX

PREFIXES = frozenset({"HC1", "NO1", "AT1", "LT1", *KIND_OF_PREFIX})
BENCH = Bench(signers=(signer(formats=PREFIXES), signer(RSA_KEY, formats=PREFIXES), *SIGNERS))
MADE: dict[str, Callable[[], str]] = {
    "HC1": hc1,
    "NO1": lambda: text(message(cbor2.dumps(dcc_claims())), "NO1"),
    "AT1": exemption,
    "LT1": light,
    **{prefix: (lambda prefix=prefix: colour(prefix)) for prefix in KIND_OF_PREFIX if prefix != "PV1"},
}


def parts(code: str) -> list[Any]:
    """The four parts of the message, whatever tags stand before it."""
    item = cbor2.loads(zlib.decompress(base45.b45decode(code[4:])))
    while isinstance(item, cbor2.CBORTag):
        item = item.value
    return list(item)


def twins(prefix: str, code: str) -> dict[str, str]:
    protected, _, payload, signature = parts(code)
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    other_s = r + (P256_ORDER - s).to_bytes(32, "big")

    def tagged(*message: Any) -> bytes:
        return cbor2.dumps(cbor2.CBORTag(18, list(message)))

    usual = tagged(protected, {}, payload, signature)
    return {
        "as it is": code,
        "stored, not compressed": f"{prefix}:{base45.b45encode(zlib.compress(usual, 0)).decode()}",
        "compressed best": f"{prefix}:{base45.b45encode(zlib.compress(usual, 9)).decode()}",
        "without a tag": text(cbor2.dumps([protected, {}, payload, signature]), prefix),
        "a CWT by its tags": text(b"\xd8\x3d" + usual, prefix),
        "a further header": text(tagged(protected, {99: "x"}, payload, signature), prefix),
        "the other s": text(tagged(protected, {}, payload, other_s), prefix),
        "signed again": text(message(payload), prefix),
        "signed with more in the header": text(
            message(payload, protected={1: -7, 4: kid_of(EC_KEY), 5: b""}), prefix
        ),
        "signed with another algorithm": text(message(payload, RSA_KEY), prefix),
    }


@pytest.mark.parametrize("prefix", MADE)
def test_every_rewriting_that_leaves_the_signature_good_is_the_same_code(prefix: str) -> None:
    dressed = twins(prefix, MADE[prefix]())
    assert len(set(dressed.values())) == len(dressed)
    checked = {name: BENCH.check(code) for name, code in dressed.items()}
    assert {name for name, found in checked.items() if found.signature is not Signature.VALID} == set()
    assert len({found.identity for found in checked.values()}) == 1


def test_the_same_content_behind_another_prefix_is_not_taken_for_it() -> None:
    green = parts(colour("HK1"))[2]
    assert BENCH.check(text(message(green), "GD1")).evidence is None
