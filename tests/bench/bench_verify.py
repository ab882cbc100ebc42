"""Code text to verdict against one bare ES256 verification, from one run on one machine.

The code is a vaccination certificate and a colour code made here, verified with trust, revocation and the
built-in policy: decoding, signature, revocation, evidence and judgement are all inside the figure.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from time import perf_counter_ns

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.report import Result, percentile, report, spread
from tests.verification.made import EC_KEY, NOW, aged, colour, dcc_claims, hc1, signer
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in
from verification.revocation.memory import RevocationList, Withdrawn
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

ROUNDS = 4000
AIM = 2.0
BARE = "bare ES256 verification"


def measured(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Microseconds of each call, taken in turns so that one busy moment hits all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        for _ in range(200):
            call()
    gc.disable()
    for _ in range(rounds):
        for name, call in calls.items():
            start = perf_counter_ns()
            call()
            taken[name].append((perf_counter_ns() - start) / 1000)
    gc.enable()
    return taken


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_verify")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    listed = [signer()]
    for number in range(1000):
        listed.append(signer(kid=number.to_bytes(8, "big")))
    withdrawn = Withdrawn(None, "UCI", frozenset(number.to_bytes(16, "big") for number in range(100_000)))
    index = RevocationList([withdrawn], [("HC1", "*"), ("HK1", "*")], signed_at=NOW)
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
    certificate, green = hc1(), colour()
    taken = measured(
        {
            BARE: lambda: key.verify(signature, signed, scheme),
            "HC1 text to verdict": lambda: verdict(certificate),
            "colour code text to verdict": lambda: verdict(green),
        },
        chosen.rounds,
    )
    bare = percentile(taken[BARE], 0.5)
    results: list[Result] = []
    for name, values in taken.items():
        figures = spread(name, values, "us")
        if name != BARE:
            median = figures[0]
            ratio = median.value / bare
            figures[0] = Result(median.name, median.value, "us", ratio, f"{BARE} median", AIM)
        results += figures
    report("verify", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
