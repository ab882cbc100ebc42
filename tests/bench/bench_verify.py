"""Code text to verdict against one bare signature verification, from one run on one machine.

The codes are made here and verified with trust, revocation and the built-in policy: decoding, signature,
revocation, evidence and judgement are all inside the figure. Beside them stand a popular stack of libraries
(base45, cbor2, cwt), in a process of its own where it can be installed, and what an application does that
calls the usual libraries itself: both for the signature and the times of a certificate alone, without
strictness, revocation, evidence and policy.

The bare verification is of the same algorithm: ES256, and PS256 with 2048 bits for DIVOC, whose meaning is
found by its worker process as at a lane. A seal carries its signer's certificate: once for travellers
who come with the same one, as those of a country do, and once with a certificate that was never seen,
which costs a second verification.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import zlib
from collections.abc import Callable, Sequence
from time import perf_counter_ns

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from kiosk.divoc.process import AT_A_DESK_S, DivocProcess, divoc_formats
from kiosk.program import program
from tests.bench import library_stack
from tests.bench.report import Result, percentile, report, spread
from tests.verification.attacks.case import PERMISSIVE, SIGNERS, Code
from tests.verification.attacks.genuine import exemption, light, zipped
from tests.verification.made import (
    EC_KEY,
    NOW,
    RSA_KEY,
    aged,
    colour,
    dcc_claims,
    hc1,
    message,
    raw_sign,
    seconds,
    signer,
    text,
)
from tests.verification.made_cards import card, card_claims, dose, nz_pass
from tests.verification.made_seals import seal, seal_certificate
from verification.formats.registry import KNOWN
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import Policy, built_in
from verification.revocation.memory import RevocationList, Withdrawn
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

Call = Callable[[], object]
ROUNDS = 4000
BUILT_IN = built_in()
BARE, BARE_RSA = "bare ES256 verification", "bare PS256 verification"
CERTIFICATE, COLOUR = "HC1 text to verdict", "colour code text to verdict"
CARD, PASS = "SHC text to verdict", "NZCP text to verdict"
NORWAY, AUSTRIA, LIGHT = "NO1 text to verdict", "AT1 text to verdict", "LT1 text to verdict"
SEAL, NEW_SEAL = "VDS-NC text to verdict", "VDS-NC of a certificate never seen"
DIVOC = "DIVOC archive to verdict, with its worker"
BY_HAND = "HC1 by libraries, signature and times"
STACK = "HC1 by base45, cbor2 and cwt"
AIMS = {CERTIFICATE: 2.0, COLOUR: 2.0, CARD: 2.5}


def measured(call: Callable[[], object], bare: Callable[[], object], rounds: int) -> list[list[float]]:
    """Microseconds of `call` and of `bare`, taken in turns so that a busy moment hits both alike.

    Each format has turns of its own: what a processor remembers of one format slows another by up to a tenth,
    and a bench of more formats would find all of them slower.
    """
    taken: list[list[float]] = [[], []]
    pair = ((call, taken[0]), (bare, taken[1]))
    for _ in range(min(200, rounds)):
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


def newly_certified(verify: Callable[[Code], object]) -> Call:
    """Seals whose certificates differ, one after the other: more than are ever remembered."""
    codes = itertools.cycle([seal(certificate=seal_certificate()) for _ in range(200)])
    return lambda: verify(next(codes))


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


def stack(rounds: int, fetch: bool) -> list[Result]:
    """The popular stack beside a bare verification; nothing where it could not be installed."""
    here = (library_stack.HERE / "cwt").is_dir() or (fetch and library_stack.installed())
    taken = library_stack.times(rounds) if here else None
    if taken is None:
        print(f"{STACK}: could not be installed here")
        return []
    median, *tail = spread(STACK, taken[0], "us")
    ratio = median.value / percentile(taken[1], 0.5)
    return [Result(median.name, median.value, "us", ratio, f"{BARE} beside it"), *tail]


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_verify")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-install", action="store_true", help="do not fetch the stack of libraries")
    chosen = parser.parse_args(arguments)
    listed = [*SIGNERS]
    for number in range(1000):
        listed.append(signer(kid=number.to_bytes(8, "big")))
    withdrawn = Withdrawn(None, "UCI", frozenset(number.to_bytes(16, "big") for number in range(100_000)))
    index = RevocationList([withdrawn], [(name, "*") for name in KNOWN], signed_at=NOW)
    snapshot = Snapshot(TrustList(listed), index, aged(1), aged(1))
    worker = DivocProcess([*program(), "divoc-worker"], start_s=AT_A_DESK_S, budget_s=AT_A_DESK_S)
    verifier = Verifier(lambda: snapshot, KNOWN, divoc_formats(worker))

    def verdict(code: Code, policy: Policy = BUILT_IN) -> Verdict:
        judged = judge((verifier.verify(code, NOW),), NOTHING_SPENT, policy, NOW)
        if not isinstance(judged, Verdict) or judged.outcome is not Outcome.ADMIT:
            raise SystemExit(f"the bench's own code is not admitted: {judged}")
        return judged

    def showing(code: Code, policy: Policy = BUILT_IN) -> Call:
        return lambda: verdict(code, policy)

    signed = cbor2.dumps(["Signature1", b"", b"", cbor2.dumps(dcc_claims())])
    signature, key, scheme = EC_KEY.sign(signed, ec.ECDSA(SHA256())), EC_KEY.public_key(), ec.ECDSA(SHA256())
    rsa_signature, rsa_key = raw_sign(RSA_KEY, signed), RSA_KEY.public_key()
    pss = padding.PSS(padding.MGF1(SHA256()), 32)
    certificate, doses = hc1(), card(card_claims(dose(day="2021-06-01"), dose()))

    def bare() -> None:
        key.verify(signature, signed, scheme)

    def bare_rsa() -> None:
        rsa_key.verify(rsa_signature, signed, pss, SHA256())

    calls: dict[str, Call] = {
        CERTIFICATE: showing(certificate),
        COLOUR: showing(colour()),
        CARD: showing(doses),
        PASS: showing(nz_pass()),
        NORWAY: showing(text(message(cbor2.dumps(dcc_claims())), "NO1")),
        AUSTRIA: showing(exemption(), PERMISSIVE),
        LIGHT: showing(light(), PERMISSIVE),
        SEAL: showing(seal()),
        NEW_SEAL: newly_certified(verdict),
        DIVOC: showing(zipped(), PERMISSIVE),
        BY_HAND: lambda: by_hand(certificate, key),
    }
    results: list[Result] = []
    bares: list[float] = []
    try:
        for name, call in calls.items():
            slow = name == DIVOC
            rounds = max(1, chosen.rounds // 20) if slow else chosen.rounds
            values, beside = measured(call, bare_rsa if slow else bare, rounds)
            median, *tail = spread(name, values, "us")
            ratio = median.value / percentile(beside, 0.5)
            against = f"{BARE_RSA if slow else BARE} beside it"
            results += [Result(median.name, median.value, "us", ratio, against, AIMS.get(name)), *tail]
            bares += [] if slow else beside
    finally:
        worker.stop()
    results = spread(BARE, bares, "us") + results + stack(chosen.rounds, not chosen.no_install)
    report("verify", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
