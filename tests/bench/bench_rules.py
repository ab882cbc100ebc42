"""Business rules on arrival, timed apart from the verdict without them, and what 200 of them occupy.

Sixteen rules are in force for a certificate, as many as a strict country published; 184 of other countries
lie beside them.
"""

from __future__ import annotations

import json
import sys
import tracemalloc

from tests.bench.bench_verify import measured
from tests.bench.report import Result, percentile, report, spread
from tests.verification.made import NOW, Bench, dcc, dcc_claims, hc1, signer
from tests.verification.rules.made_rules import document
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in
from verification.policy_rules import Arrival
from verification.revocation.memory import RevocationList
from verification.rules.dcc import RuleBook
from verification.rules.rule_files import load_rules
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict

RULES, IN_FORCE, SIGNERS = 200, 16, 1000
DATE = {"plusTime": [{"var": "payload.v.0.dt"}, 14, "day"]}
CLOCK = {"plusTime": [{"var": "external.validationClock"}, 0, "day"]}
LOGIC = {
    "if": [
        {"var": "payload.v.0"},
        {
            "and": [
                {">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]},
                {"not-after": [DATE, CLOCK, {"plusTime": [{"var": "payload.v.0.dt"}, 270, "day"]}]},
                {"in": [{"var": "payload.v.0.mp"}, {"var": "external.valueSets.products"}]},
            ]
        },
        True,
    ]
}
PRODUCTS = [f"EU/1/20/{number}" for number in range(1490, 1530)]


def rules() -> bytes:
    made = []
    for number in range(1, RULES + 1):
        country = "XA" if number <= IN_FORCE else "XC"
        made.append(document(Identifier=f"VR-{country}-{number:04}", Country=country, Logic=LOGIC))
    return json.dumps(made).encode()


def occupied(document: bytes) -> tuple[RuleBook, float, float]:
    """The rules, and the KiB that rules and signers occupy."""
    tracemalloc.start()
    book = RuleBook(load_rules(document), {"products": PRODUCTS})
    of_rules = tracemalloc.get_traced_memory()[0]
    listed = TrustList([signer(kid=number.to_bytes(8, "big")) for number in range(SIGNERS)])
    of_signers = tracemalloc.get_traced_memory()[0] - of_rules
    tracemalloc.stop()
    assert len(listed) == SIGNERS
    return book, of_rules / 1024, of_signers / 1024


def main() -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    book, of_rules, of_signers = occupied(rules())
    bench = Bench(revocation=RevocationList([], [("HC1", "*")], signed_at=NOW))
    checked = bench.check(hc1(dcc_claims(dcc())))
    without = built_in()
    arriving = without.model_copy(update={"arrival": Arrival(country="XA")})

    def verdict(policy: object) -> None:
        judged = judge((checked,), NOTHING_SPENT, policy, NOW, book=book)  # type: ignore[arg-type]
        if not isinstance(judged, Verdict) or judged.outcome is not Outcome.ADMIT:
            raise SystemExit(f"the bench's own code is not admitted: {judged}")

    with_rules, plain = measured(lambda: verdict(arriving), lambda: verdict(without), 1000)
    each = (percentile(with_rules, 0.5) - percentile(plain, 0.5)) / IN_FORCE
    report(
        "rules",
        [
            *spread(f"judgement with {IN_FORCE} rules of arrival", with_rules, "us"),
            Result("one rule", each, "us"),
            Result(f"memory of {RULES} rules", of_rules, "KiB"),
            Result(f"memory of {SIGNERS} signers", of_signers, "KiB"),
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
