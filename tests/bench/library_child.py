"""The child of `library_stack`: what a popular stack of libraries takes, beside one bare verification.

It runs with the stack's own folder first among its paths and imports nothing of the product. Standard input:
one JSON object, as `library_stack.times` writes it; output: one JSON list of two lists of microseconds, taken
in turns.
"""

from __future__ import annotations

import gc
import json
import sys
import zlib
from time import perf_counter_ns

import base45
import cwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def main() -> None:
    """Decodes the text, has `cwt` check signature and times, and reads who is named in it."""
    asked = json.load(sys.stdin)
    text, pem = asked["text"], asked["pem"].encode()
    key = cwt.COSEKey.from_pem(pem, kid=bytes.fromhex(asked["kid"]))

    def stack() -> None:
        claims = cwt.decode(zlib.decompress(base45.b45decode(text[4:])), keys=[key])
        if not isinstance(claims, dict) or not claims[-260][1]["nam"]:
            sys.exit("the stack does not read the bench's own code")

    bare_key = load_pem_public_key(pem)
    assert isinstance(bare_key, ec.EllipticCurvePublicKey)
    signature, signed = bytes.fromhex(asked["signature"]), bytes.fromhex(asked["signed"])
    scheme = ec.ECDSA(SHA256())

    def bare() -> None:
        bare_key.verify(signature, signed, scheme)

    taken: list[list[float]] = [[], []]
    pair = ((stack, taken[0]), (bare, taken[1]))
    for _ in range(min(200, asked["rounds"])):
        stack()
        bare()
    gc.disable()
    for _ in range(asked["rounds"]):
        for call, times in pair:
            start = perf_counter_ns()
            call()
            times.append((perf_counter_ns() - start) / 1000)
    json.dump(taken, sys.stdout)


if __name__ == "__main__":
    main()
