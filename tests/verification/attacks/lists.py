"""Attacks on what a lane judges by: lists that were changed, swapped, outdated or signed by others."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.verification.attacks.case import Attack, Code, Lane
from tests.verification.attacks.filed import DAY, SECOND, File, Filed, apart, trusted, withdrawn
from tests.verification.certified import certificate
from tests.verification.made import (
    EC_KEY,
    HOUR,
    NOW,
    OTHER_EC_KEY,
    VACCINATION,
    hc1,
    seconds,
)
from tests.verification.made_cards import ISSUER, card, jwk
from tests.verification.made_seals import csca, seal
from tests.verification.revocation import test_token_status_list as status
from tests.verification.trust import test_did_proof as who
from tests.verification.trust import test_german as german
from tests.verification.trust import test_swedish as swedish
from verification.revocation.hashes import truncated
from verification.trust.certificate import certificate_kid

STRANGER = ec.generate_private_key(ec.SECP256R1())
FOREIGN, STALE, NO_TRUST = "UNKNOWN_SIGNER", "TRUST_LIST_STALE", "NO_TRUST_LIST"
NO_REVOCATION, REVOCATION_STALE = "NO_REVOCATION_LIST", "REVOCATION_LIST_STALE"


def attack(name: str, reasons: str, code: Callable[[], Code] | Code, lane: Lane, **more: Any) -> Attack:
    return Attack(f"lists: {name}", reasons, code if callable(code) else lambda: code, lane, **more)


def edited(data: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """A signed list, changed after it was signed."""
    document = json.loads(data)
    change(document)
    return json.dumps(document).encode()


def of_trust(name: str, content: bytes, reasons: str = NO_TRUST, code: Callable[[], Code] = hc1) -> Attack:
    return attack(f"trust {name}", reasons, code, Filed(trust=(("trust.json", content),)))


def of_revocation(name: str, content: bytes, reasons: str = NO_REVOCATION) -> Attack:
    return attack(f"revocation {name}", reasons, hc1, Filed(revoked=(("revoked.json", content),)))


GOOD, EMPTY = trusted(), withdrawn()
OTHERS = json.loads(trusted(of=STRANGER))
TAMPERED = {
    "without its signature": edited(GOOD, lambda document: document.pop("signature")),
    "with an empty signature": edited(GOOD, lambda document: document["signature"].update(value="")),
    "with another algorithm's name": edited(
        GOOD, lambda document: document["signature"].update(algorithm="ES256")),
    "with a later date written in": edited(
        GOOD, lambda document: document.update(signed_at=(NOW + DAY).isoformat())),
    "with a signer put in": edited(GOOD, lambda document: document["signers"].extend(OTHERS["signers"])),
    "with a signer taken out": edited(GOOD, lambda document: document["signers"].clear()),
    "with a format put in": edited(GOOD, lambda document: document["signers"][0]["formats"].append("GD1")),
    "with a signature of another list": edited(
        GOOD, lambda document: document.update(signature=OTHERS["signature"])),
    "with a member twice": GOOD.replace(b'"signers"', b'"signers": [], "signers"', 1),
    "with a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "cut off": GOOD[: len(GOOD) // 2],
    "empty": b"",
    "of zeros": bytes(4096),
    "with something after it": GOOD + b"{}",
    "that is a revocation list": EMPTY,
    "that is a policy": b'{"name": "made up"}',
    "signed by a stranger": trusted(key=STRANGER),
    "signed by the issuer it lists, not by the lane's key": trusted(key=EC_KEY),
}  # fmt: skip
AGED = [
    of_trust("at its limit and a second", trusted(at=NOW - 7 * DAY - SECOND), STALE),
    of_trust("of last year", trusted(at=NOW - 365 * DAY), STALE),
    of_trust("of 1970", trusted(at=datetime.fromisoformat("1970-01-01T00:00:00+00:00")), STALE),
    of_trust("of tomorrow and a second", trusted(at=NOW + DAY + SECOND), STALE),
    of_trust("of 9999", trusted(at=datetime.fromisoformat("9999-12-31T00:00:00+00:00")), STALE),
    of_trust("that is old, with a stranger's code", trusted(at=NOW - 30 * DAY), f"{STALE} {FOREIGN}",
             lambda: hc1(key=STRANGER)),
    of_trust("that is old, with a bent code", trusted(at=NOW - 30 * DAY), f"SIGNATURE_INVALID {STALE}",
             lambda: hc1(signature=bytes(64))),
    attack("trust that is old beside a fresh one for another format", STALE, hc1, Filed(trust=(
        ("old.json", trusted("HC1", at=NOW - 30 * DAY)), ("new.json", trusted("GD1"))))),
    attack("trust that is fresh beside an old one that alone has the signer", STALE, hc1, Filed(trust=(
        ("new.json", trusted(of=STRANGER)), ("old.json", trusted(at=NOW - 30 * DAY))))),
    attack("trust without a date, put there long ago", f"{STALE} {FOREIGN}", card, Filed(
        trust=apart("jwks.json", json.dumps({"iss": ISSUER + "x", "keys": [jwk()]}).encode()),
        put_there=NOW - 30 * DAY)),
    attack("trust put there in the future", STALE, card, Filed(
        trust=apart("jwks.json", json.dumps({"iss": ISSUER, "keys": [jwk()]}).encode()),
        put_there=NOW + 3 * DAY)),
]  # fmt: skip

SWEDISH = partial(swedish.signed, key=OTHER_EC_KEY)
ANY_USAGE = swedish.document(dsc_trust_list={"SE": {"keys": [swedish.key_row(certificate(EC_KEY))]}})
IN_SWEDISH = {1: -7, 4: b"kid-of-1"}
GERMAN = german.written(german.row(certificate(EC_KEY)))
IN_GERMAN = {1: -7, 4: certificate_kid(base64.b64decode(json.loads(GERMAN.split(b"\n", 1)[1])
                                                         ["certificates"][0]["rawData"]))}  # fmt: skip
DIRECTORY = json.dumps({
    "time": NOW.isoformat(), "issuerInfo": [{"issuer": {"iss": ISSUER}, "keys": [jwk()]}],
}).encode()  # fmt: skip
KEY_SET = json.dumps({"iss": ISSUER, "keys": [jwk()]}).encode()
NAMELESS = json.dumps({"keys": [jwk()]}).encode()
AUTHORITY = csca()


def swedish_code() -> Code:
    return hc1(protected=IN_SWEDISH)


def german_code() -> Code:
    return hc1(protected=IN_GERMAN)


def who_code() -> Code:
    return hc1(protected={1: -7, 4: who.KID})


def filed(name: str, reasons: str, code: Callable[[], Code], *files: File) -> Attack:
    return attack(name, reasons, code, Filed(trust=files))


def proof(**changes: Any) -> bytes:
    return json.dumps(who.proven(**({"key": OTHER_EC_KEY} | changes))).encode()


def swapped(data: bytes) -> bytes:
    """WHO's list with another key in its method than was signed."""
    document = json.loads(data)
    document["verificationMethod"][0]["publicKeyJwk"] |= {name: jwk(STRANGER)[name] for name in ("x", "y")}
    return json.dumps(document).encode()


PUBLISHED = [
    filed("Swedish past its end", STALE, swedish_code,
          ("list.jwt", SWEDISH(ANY_USAGE | {"iat": seconds() - 2 * HOUR, "exp": seconds() - 1}))),
    filed("Swedish of the day after tomorrow", STALE, swedish_code,
          ("list.jwt", SWEDISH(ANY_USAGE | {"iat": seconds() + 48 * HOUR, "exp": seconds() + 72 * HOUR}))),
    filed("Swedish by a stranger", NO_TRUST, swedish_code,
          ("list.jwt", swedish.signed(key=STRANGER))),
    filed("Swedish with its payload changed", NO_TRUST, swedish_code,
          ("list.jwt", SWEDISH().replace(b'"SE"', b'"HK"'))),
    filed("Swedish with an algorithm of none", NO_TRUST, swedish_code,
          ("list.jwt", SWEDISH(header={"alg": "none", "b64": False}))),
    filed("German with its body changed", NO_TRUST, german_code,
          ("list.json", GERMAN.replace(b'"HK"', b'"MO"'))),
    filed("German by a stranger", NO_TRUST, german_code,
          ("list.json", german.written(german.row(certificate(EC_KEY)), key=STRANGER))),
    filed("German without its first line", NO_TRUST, german_code, ("list.json", GERMAN.split(b"\n", 1)[1])),
    filed("directory without its signature", NO_TRUST, card, ("vci.json", DIRECTORY)),
    filed("directory by a stranger", NO_TRUST, card, *apart("vci.json", DIRECTORY, STRANGER)),
    filed("directory with another list's signature", NO_TRUST, card,
          ("vci.json", DIRECTORY), ("vci.json.sig", apart("", KEY_SET)[1][1])),
    filed("directory of last year", STALE, card, *apart("vci.json", DIRECTORY.replace(
        NOW.isoformat().encode(), (NOW - 365 * DAY).isoformat().encode()))),
    filed("directory, old, and a bent card", f"SIGNATURE_INVALID {STALE}", lambda: card(key=STRANGER),
          *apart("vci.json", DIRECTORY.replace(
              NOW.isoformat().encode(), (NOW - 365 * DAY).isoformat().encode()))),
    filed("key set without a signature", NO_TRUST, card, ("jwks.json", KEY_SET)),
    filed("key set of nobody", NO_TRUST, card, *apart("jwks.json", NAMELESS)),
    filed("key set of another issuer", FOREIGN, card,
          *apart("jwks.json", KEY_SET.replace(ISSUER.encode(), ISSUER.encode() + b"/other"))),
    filed("authority without a signature", NO_TRUST, seal, ("csca.der", AUTHORITY)),
    filed("authority by a stranger", NO_TRUST, seal, *apart("csca.der", AUTHORITY, STRANGER)),
    filed("authority of the same name and another key", FOREIGN, seal,
          *apart("csca.der", csca(key=STRANGER))),
    filed("WHO's without its proof", NO_TRUST, who_code,
          ("did.json", edited(proof(), lambda document: document.pop("proof")))),
    filed("WHO's by a stranger", NO_TRUST, who_code, ("did.json", proof(key=STRANGER))),
    filed("WHO's with another key put in", NO_TRUST, who_code, ("did.json", swapped(proof()))),
    filed("WHO's made younger", NO_TRUST, who_code, ("did.json", edited(
        proof(), lambda document: document["proof"].update(created="2026-03-02T00:00:00Z")))),
    filed("WHO's of years ahead of the clock", STALE, who_code, ("did.json", proof())),
]  # fmt: skip


# --- revocation ---

UCI = truncated(str(VACCINATION["ci"]).encode())
WITHDRAWN = [
    *(of_revocation(name, content) for name, content in {
        "without its signature": edited(EMPTY, lambda document: document.pop("signature")),
        "with an entry taken out": edited(withdrawn(UCI), lambda document: document["entries"].clear()),
        "with a later date written in": edited(
            EMPTY, lambda document: document.update(signed_at=(NOW + DAY).isoformat())),
        "with formats put in": edited(
            withdrawn(formats=["GD1"]), lambda document: document["covers"].append(["HC1", "*"])),
        "signed by a stranger": withdrawn(key=STRANGER),
        "signed by the issuer whose codes it clears": withdrawn(key=EC_KEY),
        "cut off": EMPTY[:-9],
        "empty": b"",
        "that is a trust list": GOOD,
        "for another format only": withdrawn(formats=["GD1"]),
    }.items()),
    of_revocation("older than the trust list, and past its limit", withdrawn(at=NOW - 4 * DAY),
                  REVOCATION_STALE),
    of_revocation("at its limit and a second", withdrawn(at=NOW - 3 * DAY - SECOND), REVOCATION_STALE),
    of_revocation("of tomorrow and a second", withdrawn(at=NOW + DAY + SECOND), REVOCATION_STALE),
    of_revocation("of 9999", withdrawn(at=datetime.fromisoformat("9999-12-31T00:00:00+00:00")),
                  REVOCATION_STALE),
    of_revocation("that is old still revokes", withdrawn(UCI, at=NOW - 99 * DAY), "REVOKED"),
    of_revocation("of tomorrow still revokes", withdrawn(UCI, at=NOW + 99 * DAY), "REVOKED"),
    attack("revocation missing beside one that clears", NO_REVOCATION, hc1, Filed(revoked=(
        ("one.json", EMPTY), ("two.json", b"")))),
    attack("revocation damaged beside one that revokes", "REVOKED", hc1, Filed(revoked=(
        ("one.json", b"{"), ("two.json", withdrawn(UCI))))),
    attack("revocation old beside one that is fresh, both of the format", REVOCATION_STALE, hc1, Filed(
        revoked=(("old.json", withdrawn(at=NOW - 9 * DAY)), ("new.json", EMPTY)))),
    attack("revocation of a stranger beside the real one", "REVOKED", hc1, Filed(revoked=(
        ("a.json", withdrawn(UCI)), ("b.json", EMPTY)))),
    attack("status list by another issuer's key", NO_REVOCATION, partial(status.code, 0), Filed(
        revoked=(("list.cwt", status.token(key=STRANGER)),))),
    attack("both lists too old", f"{STALE} {REVOCATION_STALE}", hc1, Filed(
        trust=(("trust.json", trusted(at=NOW - 30 * DAY)),),
        revoked=(("revoked.json", withdrawn(at=NOW - 30 * DAY)),))),
    attack("no list at all", NO_TRUST, hc1, Filed(trust=(), revoked=())),
    attack("no key for any list", NO_TRUST, hc1, Filed(keys=())),
    attack("another key for the lists", NO_TRUST, hc1, Filed(keys=(STRANGER,))),
]  # fmt: skip
ATTACKS = [
    *(of_trust(name, content) for name, content in TAMPERED.items()), *AGED, *PUBLISHED, *WITHDRAWN,
]  # fmt: skip
GENUINE: dict[str, tuple[Lane, Callable[[], Code], datetime]] = {
    "signed lists": (Filed(), hc1, NOW),
    "at their limits": (Filed(
        trust=(("trust.json", trusted(at=NOW - 7 * DAY)),),
        revoked=(("revoked.json", withdrawn(at=NOW - 3 * DAY)),)), hc1, NOW),
    "a day before the clock": (Filed(trust=(("trust.json", trusted(at=NOW + DAY)),)), hc1, NOW),
    "Swedish": (Filed(trust=(("list.jwt", SWEDISH(ANY_USAGE)),)), swedish_code, NOW),
    "directory": (Filed(trust=apart("vci.json", DIRECTORY)), card, NOW),
    "key set": (Filed(trust=apart("jwks.json", KEY_SET)), card, NOW),
    "authority": (Filed(trust=apart("csca.der", AUTHORITY)), seal, NOW),
    "one list old, for another format": (Filed(trust=(
        ("a.json", trusted()), ("b.json", trusted("GD1", at=NOW - 30 * DAY)))), hc1, NOW),
}  # fmt: skip
