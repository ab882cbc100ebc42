"""Code text to verdict against one bare ES256 verification, from one run on one machine.

The codes are made here and verified with trust, revocation and the built-in policy: decoding, signature,
revocation, evidence and judgement are all inside the figure. Beside them stands what an application does that
calls the usual libraries itself, for the signature and the times of a certificate alone: no strictness, no
revocation, no evidence and no policy.
"""

from __future__ import annotations

import argparse
import gc
import sys
import zlib
from collections.abc import Callable, Sequence
from time import perf_counter_ns

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.report import Result, percentile, report, spread
from tests.verification.made import EC_KEY, NOW, aged, colour, dcc_claims, hc1, seconds, signer
from tests.verification.made_cards import (
    card,
    card_claims,
    card_signer,
    dose,
    nz_pass,
    pass_signer,
)
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in
from verification.revocation.memory import RevocationList, Withdrawn
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

ROUNDS = 4000
BARE = "bare ES256 verification"
CERTIFICATE, COLOUR = "HC1 text to verdict", "colour code text to verdict"
CARD, PASS = "SHC text to verdict", "NZCP text to verdict"
BY_HAND = "HC1 by libraries, signature and times"
AIMS = {CERTIFICATE: 2.0, COLOUR: 2.0, CARD: 2.5}


def measured(call: Callable[[], object], bare: Callable[[], object], rounds: int) -> list[list[float]]:
    """Microseconds of `call` and of `bare`, taken in turns so that a busy moment hits both alike.

    Each format has turns of its own: what a processor remembers of one format slows another by up to a tenth,
    and a bench of more formats would find all of them slower.
    """
    taken: list[list[float]] = [[], []]
    pair = ((call, taken[0]), (bare, taken[1]))
    for _ in range(200):
        call()
        bare()
    gc.disable()
    for _ in range(rounds):
        for one, times in pair:
            start = perf_counter_ns()
            one()
            times.append((perf_counter_ns() - start) / 1000)
    gc.enable()
    return taken


def by_hand(code: str, key: ec.EllipticCurvePublicKey) -> object:
    """The claims of a certificate whose signature holds, with base45, zlib, cbor2 and cryptography."""
    message = cbor2.loads(zlib.decompress(base45.b45decode(code[4:]))).value
    protected, _, payload, signature = message
    if cbor2.loads(protected)[1] != -7:
        raise SystemExit("the bench's own certificate is not signed with ES256")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    claims = cbor2.loads(payload)
    if not claims[6] <= seconds() <= claims[4]:
        raise SystemExit("the bench's own certificate is out of date")
    return claims


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_verify")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    listed = [signer(), card_signer(), pass_signer()]
    for number in range(1000):
        listed.append(signer(kid=number.to_bytes(8, "big")))
    withdrawn = Withdrawn(None, "UCI", frozenset(number.to_bytes(16, "big") for number in range(100_000)))
    index = RevocationList(
        [withdrawn], [(name, "*") for name in ("HC1", "HK1", "SHC", "NZCP")], signed_at=NOW
    )
    snapshot = Snapshot(TrustList(listed), index, aged(1), aged(1))
    policy = built_in()
    verifier = Verifier(lambda: snapshot, frozenset(policy.formats))

    def verdict(code: str) -> Verdict:
        judged = judge((verifier.verify(code, NOW),), NOTHING_SPENT, policy, NOW)
        if not isinstance(judged, Verdict) or judged.outcome is not Outcome.ADMIT:
            raise SystemExit(f"the bench's own code is not admitted: {judged}")
        return judged

    signed = cbor2.dumps(["Signature1", b"", b"", cbor2.dumps(dcc_claims())])
    signature, key, scheme = EC_KEY.sign(signed, ec.ECDSA(SHA256())), EC_KEY.public_key(), ec.ECDSA(SHA256())
    certificate, green, passed = hc1(), colour(), nz_pass()
    doses = card(card_claims(dose(day="2021-06-01"), dose()))
    calls: dict[str, Callable[[], object]] = {
        CERTIFICATE: lambda: verdict(certificate),
        COLOUR: lambda: verdict(green),
        CARD: lambda: verdict(doses),
        PASS: lambda: verdict(passed),
        BY_HAND: lambda: by_hand(certificate, key),
    }
    results: list[Result] = []
    bares: list[float] = []
    for name, call in calls.items():
        values, beside = measured(call, lambda: key.verify(signature, signed, scheme), chosen.rounds)
        median, *tail = spread(name, values, "us")
        ratio = median.value / percentile(beside, 0.5)
        results += [
            Result(median.name, median.value, "us", ratio, f"{BARE} beside it", AIMS.get(name)),
            *tail,
        ]
        bares += beside
    results = spread(BARE, bares, "us") + results
    report("verify", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
