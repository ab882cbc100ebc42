"""Attacks on a lane's clock, and lists that change while a code is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.verification.attacks.case import LANE, SIGNERS, Attack, Code, Lane, hcert_signer, listing
from tests.verification.attacks.filed import DAY, SECOND
from tests.verification.made import NOW, VACCINATION, aged, colour, dcc_claims, hc1
from tests.verification.made_cards import nz_pass, pass_claims
from verification.assessment import Assessment
from verification.revocation.hashes import truncated
from verification.revocation.memory import Withdrawn
from verification.snapshot import ListAge, Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

UCI = truncated(str(VACCINATION["ci"]).encode())
FOREIGN, STALE, NO_TRUST = "UNKNOWN_SIGNER", "TRUST_LIST_STALE", "NO_TRUST_LIST"
NO_REVOCATION, REVOCATION_STALE = "NO_REVOCATION_LIST", "REVOCATION_LIST_STALE"
BEGINS, ENDS = NOW - DAY, NOW + 2 * DAY


def dated() -> Code:
    return hc1(dcc_claims(iat=int(BEGINS.timestamp()), exp=int(ENDS.timestamp())))


def nz_dated() -> Code:
    return nz_pass(pass_claims(nbf=int(BEGINS.timestamp()), exp=int(ENDS.timestamp())))


def clocked(name: str, reasons: str, code: Callable[[], Code], at: datetime, lane: Lane = LANE) -> Attack:
    return Attack(f"clock: {name}", reasons, code, lane, at)


def holding(begins: datetime, ends: datetime) -> Lane:
    return replace(LANE, signers=(hcert_signer(not_before=begins, not_after=ends),))


LIMITED = ListAge(NOW, DAY, DAY)
CLOCK = [
    clocked("a second before a certificate begins", "NOT_YET_VALID", dated, BEGINS - SECOND),
    clocked("a microsecond before it begins", "NOT_YET_VALID", dated, BEGINS - timedelta(microseconds=1)),
    clocked("a microsecond after it ends", "EXPIRED", dated, ENDS + timedelta(microseconds=1)),
    clocked("never set", "NOT_YET_VALID", dated, datetime.fromisoformat("1970-01-01T00:00:00+00:00")),
    clocked("at the end of time", "EXPIRED", dated, datetime.fromisoformat("9999-12-31T23:59:59+00:00")),
    clocked("in another zone, a second late", "EXPIRED", dated,
            (ENDS + SECOND).astimezone(datetime.fromisoformat("2022-01-01T00:00:00+08:00").tzinfo)),
    clocked("at the end of a pass itself", "EXPIRED", nz_dated, ENDS),
    clocked("a second before a pass begins", "NOT_YET_VALID", nz_dated, BEGINS - SECOND),
    clocked("a second before the signer begins", "SIGNER_NOT_YET_VALID", dated, NOW - SECOND,
            holding(NOW, NOW + DAY)),
    clocked("a second after the signer ends", "SIGNER_EXPIRED", dated, NOW + SECOND, holding(BEGINS, NOW)),
    clocked("a second after the trust list's limit", STALE, dated, NOW + DAY + SECOND,
            replace(LANE, trust_age=LIMITED)),
    clocked("a second after the revocation list's limit", REVOCATION_STALE, dated, NOW + DAY + SECOND,
            replace(LANE, revocation_age=LIMITED)),
    clocked("a day and a second behind the trust list", STALE, dated, NOW - SECOND,
            replace(LANE, trust_age=ListAge(NOW + DAY, DAY, DAY))),
    clocked("a day and a second behind the revocation list", REVOCATION_STALE, dated, NOW - SECOND,
            replace(LANE, revocation_age=ListAge(NOW + DAY, DAY, DAY))),
    clocked("set back to when everything was good", f"{STALE} {REVOCATION_STALE}", dated, NOW,
            replace(LANE, trust_age=aged(-48), revocation_age=aged(-48))),
]  # fmt: skip


# --- lists that change while a code is looked at ---


@dataclass(frozen=True)
class Swapping(Lane):
    """Every look at the snapshot finds another one: one scan must take all its answers from one of them."""

    later: Snapshot = field(default_factory=lambda: Snapshot(TrustList(SIGNERS), listing()))

    def check(self, code: Code, at: datetime = NOW) -> Assessment:
        seen = [Snapshot(TrustList(self.signers), self.revocation, self.trust_age, self.revocation_age)]

        def snapshot() -> Snapshot:
            found = seen[-1]
            seen.append(self.later)
            return found

        return Verifier(snapshot, self.allowed).verify(code, at)


def swapped(name: str, reasons: str, code: Callable[[], Code], lane: Lane) -> Attack:
    return Attack(f"swapped in mid-scan: {name}", reasons, code, lane)


SWAPPED = [
    swapped("the signer comes with the later one", FOREIGN, hc1,
           Swapping(signers=(hcert_signer(kid=b"another!"),))),
    swapped("the revocation goes with the later one", "REVOKED", hc1,
           Swapping(revocation=listing(Withdrawn(None, "UCI", frozenset({UCI}))))),
    swapped("a list comes where there was none", NO_REVOCATION, hc1,
           Swapping(revocation=None)),
    swapped("a fresh one for a stale one", STALE, colour, Swapping(trust_age=aged(99))),
    swapped("trust comes where there was none", NO_TRUST, colour, Swapping(signers=())),
]  # fmt: skip
ATTACKS = [*CLOCK, *SWAPPED]
GENUINE: dict[str, tuple[Lane, Callable[[], Code], datetime]] = {
    "as a certificate begins": (LANE, dated, BEGINS),
    "as a certificate ends": (LANE, dated, ENDS),
    "a second before the end of a pass": (LANE, nz_dated, ENDS - SECOND),
    "the signer's first second": (holding(NOW, NOW + DAY), dated, NOW),
    "the signer's last second": (holding(BEGINS, NOW), dated, NOW),
    "swapped for the same": (Swapping(), hc1, NOW),
}  # fmt: skip
