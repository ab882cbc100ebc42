"""Attacks with what was withdrawn or used before, and with lists that cannot clear anything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import cbor2

from tests.verification.attacks.case import LANE, Attack, Code, Lane, listing
from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    HOUR,
    NOW,
    P256_ORDER,
    RSA_KEY,
    VACCINATION,
    aged,
    colour,
    colour_claims,
    dcc_claims,
    hc1,
    kid_of,
    message,
    raw_sign,
    seconds,
    text,
)
from tests.verification.made_cards import ISSUER, RID, card, digits, jws, twin
from tests.verification.made_seals import seal
from verification.formats.colour_claims import STATUS
from verification.revocation.memory import RevocationList, Withdrawn

KID = kid_of(EC_KEY)
UCI = str(VACCINATION["ci"]).encode()
CTI = bytes(range(16))
SINGLE = colour_claims("CD1", {1: None, 4: 1})
HEADER = cbor2.dumps({1: -7, 4: KID})


def with_twin(payload: bytes, prefix: str) -> Callable[[], Code]:
    """The same content with the other of the two signatures that ECDSA allows."""
    made = raw_sign(EC_KEY, cbor2.dumps(["Signature1", HEADER, b"", payload]))
    other = made[:32] + (P256_ORDER - int.from_bytes(made[32:], "big")).to_bytes(32, "big")
    return lambda: text(message(payload, signature=other), prefix)


def by_signature(payload: bytes) -> tuple[bytes, Callable[[], Code], Callable[[], Code]]:
    """What the EU hashes of an ES256 signature (r alone), the code, and the code with the other s."""
    made = raw_sign(EC_KEY, cbor2.dumps(["Signature1", HEADER, b"", payload]))
    other = made[:32] + (P256_ORDER - int.from_bytes(made[32:], "big")).to_bytes(32, "big")
    return (
        made[:32],
        lambda: text(message(payload, signature=made)),
        lambda: text(message(payload, signature=other)),
    )


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]


def listed(kind: str, data: bytes, kid: bytes | None = KID) -> Lane:
    return replace(LANE, revocation=listing(Withdrawn(kid, kind, frozenset({sha(data)}))))


def covering(*pairs: tuple[str, str]) -> Lane:
    return replace(LANE, revocation=RevocationList((), pairs, signed_at=NOW))


R_HALF, MADE, OTHER_S = by_signature(cbor2.dumps(dcc_claims()))
GONE = "REVOKED"
REVOKED = [
    Attack("revoked: HC1 by its identifier", GONE, hc1, listed("UCI", UCI)),
    Attack("revoked: HC1 by country and identifier", GONE, hc1, listed("COUNTRYCODEUCI", b"HK" + UCI)),
    Attack("revoked: HC1 under every key", GONE, hc1, listed("UCI", UCI, None)),
    Attack("revoked: HC1 by its signature", GONE, MADE, listed("SIGNATURE", R_HALF)),
    Attack("revoked: HC1 by its signature, with the other s", GONE, OTHER_S, listed("SIGNATURE", R_HALF)),
    Attack("revoked: HC1 issued anew under the same identifier", GONE,
           lambda: hc1(dcc_claims(exp=seconds() + 9 * HOUR)), listed("UCI", UCI)),
    Attack("revoked: HC1 with further header members", GONE, lambda: hc1(unprotected={99: "x"}),
           listed("UCI", UCI)),
    Attack("revoked: HC1 on a stale list still", GONE, hc1,
           replace(listed("UCI", UCI), revocation_age=aged(500))),
    Attack("revoked: HK1 by its identifier", GONE, colour, listed("CTI", CTI)),
    Attack("revoked: HK1 by its status", GONE, lambda: colour(claims=colour_claims(claim={STATUS: 7})),
           replace(LANE, revocation=listing(status={"HK": frozenset({7})}))),
    Attack("revoked: SHC by its id", GONE, card,
           listed("RID", ISSUER.encode() + b"\0" + RID.encode(), None)),
    Attack("revoked: SHC with the other s", GONE, lambda: "shc:/" + digits(twin(jws())),
           listed("RID", ISSUER.encode() + b"\0" + RID.encode(), None)),
    Attack("revoked: VDSNC by its identifier", GONE, seal, listed("UCI", b"MADEUP1", None)),
    Attack("revoked: and expired", "REVOKED EXPIRED", lambda: hc1(dcc_claims(exp=seconds() - 1)),
           listed("UCI", UCI)),
    Attack("no list: HC1", "NO_REVOCATION_LIST", hc1, replace(LANE, revocation=None)),
    Attack("no list: HC1 of another country's list", "NO_REVOCATION_LIST", hc1, covering(("HC1", "MO"))),
    Attack("no list: HC1 of another format's list", "NO_REVOCATION_LIST", hc1, covering(("HK1", "HK"))),
    Attack("no list: HK1", "NO_REVOCATION_LIST", colour, covering(("HC1", "*"))),
    Attack("no list: SHC", "NO_REVOCATION_LIST", card, covering(("HC1", "*"))),
    Attack("no list: VDSNC", "NO_REVOCATION_LIST", seal, replace(LANE, revocation=None)),
    Attack("no list: an empty one", "NO_REVOCATION_LIST", hc1, covering()),
    Attack("stale list: HC1", "REVOCATION_LIST_STALE", hc1, replace(LANE, revocation_age=aged(73))),
    Attack("stale list: HK1", "REVOCATION_LIST_STALE", colour, replace(LANE, revocation_age=aged(73))),
    Attack("stale list: SHC", "REVOCATION_LIST_STALE", card, replace(LANE, revocation_age=aged(73))),
]  # fmt: skip


def declaration() -> Code:
    return colour("CD1", SINGLE)


def again(name: str, code: Callable[[], Code]) -> Attack:
    return Attack(f"used before: {name}", "ALREADY_USED", code, before=declaration)


REPLAYED = [
    again("the declaration itself", declaration),
    again("in another compression", lambda: text(message(cbor2.dumps(SINGLE), tags=()), "CD1")),
    again("with the other s", with_twin(cbor2.dumps(SINGLE), "CD1")),
    again("with further header members", lambda: colour("CD1", SINGLE, unprotected={99: b"x"})),
    again("signed anew by the issuer", lambda: colour("CD1", SINGLE | {4: seconds() + 9 * HOUR})),
    again("signed anew with another key", lambda: colour("CD1", SINGLE, RSA_KEY)),
    again("signed anew with a third key", lambda: colour("CD1", SINGLE, ED_KEY)),
    again("with its claims in another order",
          lambda: colour("CD1", dict(reversed(list(SINGLE.items()))))),
]  # fmt: skip
ATTACKS = [*REVOKED, *REPLAYED]
