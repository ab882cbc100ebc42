"""Attacks on the signature of HC1 and its siblings: algorithm, form, key id, signer."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.verification.attacks.case import LANE, SIGNERS, Attack, Lane, attacks, hcert_signer
from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    NOW,
    OTHER_EC_KEY,
    P256_ORDER,
    RECOVERY,
    RSA_KEY,
    TEST,
    aged,
    colour,
    colour_claims,
    dcc,
    dcc_claims,
    hc1,
    kid_of,
    message,
    raw_sign,
    text,
)

PAYLOAD = cbor2.dumps(dcc_claims())
KID = kid_of(EC_KEY)
HEADER = {1: -7, 4: KID}
ED_ORDER = 2**252 + 27742317777372353535851937790883648493
P384_KEY = ec.generate_private_key(ec.SECP384R1())
WEAK_RSA = rsa.generate_private_key(65537, 1024)
DAY = timedelta(days=1)


def structure(header: dict[int, Any] = HEADER, external: bytes = b"", payload: bytes = PAYLOAD) -> bytes:
    return cbor2.dumps(["Signature1", cbor2.dumps(header), external, payload])


def numbers() -> tuple[int, int]:
    made = raw_sign(EC_KEY, structure())
    return int.from_bytes(made[:32], "big"), int.from_bytes(made[32:], "big")


def with_signature(signature: bytes, key: Any = EC_KEY) -> str:
    return text(message(PAYLOAD, key, signature=signature))


def pair(r: int, s: int, size: int = 32) -> str:
    return with_signature(r.to_bytes(size, "big") + s.to_bytes(size, "big"))


def swapped() -> str:
    r, s = numbers()
    return pair(s, r)


def negative_r() -> str:
    r, s = numbers()
    return pair(P256_ORDER - r, s)


def claiming(alg: Any, key: Any = EC_KEY) -> str:
    return hc1(key=key, protected={1: alg, 4: kid_of(key)})


def mac() -> str:
    """The public key, which everybody has, taken for the secret of an HMAC."""
    public = EC_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    header = {1: 5, 4: KID}
    return hc1(protected=header, signature=hmac.digest(public, structure(header), "sha256"))


def by_rsa(scheme: Any, algorithm: Any = None, data: bytes | None = None) -> str:
    signed = structure({1: -37, 4: kid_of(RSA_KEY)}) if data is None else data
    return with_signature(RSA_KEY.sign(signed, scheme, algorithm or SHA256()), RSA_KEY)


def pss(salt: Any, mask: Any = None) -> Any:
    return padding.PSS(padding.MGF1(mask or SHA256()), salt)


def bigger_rsa() -> str:
    """Signature plus modulus: the same residue, in one more byte."""
    made = raw_sign(RSA_KEY, structure({1: -37, 4: kid_of(RSA_KEY)}))
    value = int.from_bytes(made, "big") + RSA_KEY.public_key().public_numbers().n
    return with_signature(value.to_bytes(257, "big"), RSA_KEY)


def ed_header() -> dict[int, Any]:
    return {1: -8, 4: kid_of(ED_KEY)}


def bigger_ed() -> str:
    made = raw_sign(ED_KEY, structure(ed_header()))
    s = int.from_bytes(made[32:], "little") + ED_ORDER
    return with_signature(made[:32] + s.to_bytes(32, "little"), ED_KEY)


def prehashed() -> str:
    data = hashlib.sha256(structure()).digest()
    return with_signature(raw_sign(EC_KEY, data))


def sha384() -> str:
    r, s = decode_dss_signature(EC_KEY.sign(structure(), ec.ECDSA(SHA384())))
    return pair(r, s)


def other_structure(*items: Any) -> str:
    return with_signature(raw_sign(EC_KEY, cbor2.dumps(list(items))))


def moved_signature() -> str:
    """That of a good certificate under another content."""
    return text(
        message(cbor2.dumps(dcc_claims(dcc(dob="1980-01-01"))), signature=raw_sign(EC_KEY, structure()))
    )


def moved_header() -> str:
    """A member added to the signed header afterwards."""
    return hc1(protected=HEADER | {16: "x"}, signature=raw_sign(EC_KEY, structure()))


def knowing(*signers: Any, **changes: Any) -> Lane:
    return replace(LANE, signers=signers, **changes)


BAD = "SIGNATURE_INVALID"
ALGORITHMS = attacks(
    "algorithm",
    {
        f"HC1 says {name} over an ES256 signature": ("ALGORITHM_MISMATCH", lambda alg=alg: claiming(alg))
        for name, alg in {
            "none": "none", "no number": None, "0": 0, "HS256": 5, "ES384": -35, "ES512": -36,
            "EdDSA": -8, "PS256": -37, "PS384": -38, "RS256": -257, "ES256K": -47, "ESP256": -9,
            "RS1": -65535, "ES256 as text": "ES256", "true": True, "bytes": b"\x26", "-7.0": -7.0,
        }.items()
    }
    | {
        "HC1 says ES256 over a PS256 signature": ("ALGORITHM_MISMATCH", lambda: claiming(-7, RSA_KEY)),
        "HC1 says ES256 over an EdDSA signature": ("ALGORITHM_MISMATCH", lambda: claiming(-7, ED_KEY)),
        "HC1 says EdDSA over a PS256 signature": ("ALGORITHM_MISMATCH", lambda: claiming(-8, RSA_KEY)),
        "HC1 without an algorithm": ("ALGORITHM_MISMATCH", lambda: hc1(protected={4: KID})),
        "HC1 with a false algorithm outside": (
            "ALGORITHM_MISMATCH", lambda: hc1(protected={4: KID}, unprotected={1: -37})),
        "HC1 HMAC with the public key as secret": ("ALGORITHM_MISMATCH", mac),
        "HK1 says none": ("ALGORITHM_MISMATCH", lambda: colour(protected={1: 0, 4: KID}, signature=b"")),
        "HK1 says PS256 over an ES256 signature": (
            "ALGORITHM_MISMATCH", lambda: colour(protected={1: -37, 4: KID})),
    },
)  # fmt: skip
FORMS = attacks(
    "signature",
    {
        "ES256 as DER": (BAD, lambda: with_signature(EC_KEY.sign(structure(), ec.ECDSA(SHA256())))),
        "ES256 empty": (BAD, lambda: with_signature(b"")),
        "ES256 of zeros": (BAD, lambda: with_signature(bytes(64))),
        "ES256 of ones": (BAD, lambda: with_signature(b"\xff" * 64)),
        "ES256 r is zero": (BAD, lambda: pair(0, numbers()[1])),
        "ES256 s is zero": (BAD, lambda: pair(numbers()[0], 0)),
        "ES256 r is the order": (BAD, lambda: pair(P256_ORDER, numbers()[1])),
        "ES256 s is the order": (BAD, lambda: pair(numbers()[0], P256_ORDER)),
        "ES256 r and s are one": (BAD, lambda: pair(1, 1)),
        "ES256 r and s swapped": (BAD, swapped),
        "ES256 r negated": (BAD, negative_r),
        "ES256 in 63 bytes": (BAD, lambda: with_signature(raw_sign(EC_KEY, structure())[:63])),
        "ES256 in 65 bytes": (BAD, lambda: with_signature(raw_sign(EC_KEY, structure()) + b"\0")),
        "ES256 with numbers of 33 bytes": (BAD, lambda: pair(*numbers(), size=33)),
        "ES256 twice over": (BAD, lambda: with_signature(raw_sign(EC_KEY, structure()) * 2)),
        "ES256 of 4,000 bytes": (BAD, lambda: with_signature(bytes(4000))),
        "ES256 over SHA-384": (BAD, sha384),
        "ES256 over the hash of what is signed": (BAD, prehashed),
        "ES256 over the payload alone": (BAD, lambda: with_signature(raw_sign(EC_KEY, PAYLOAD))),
        "ES256 as one of several signers": (
            BAD, lambda: other_structure("Signature", cbor2.dumps(HEADER), b"", b"", PAYLOAD)),
        "ES256 as countersignature": (
            BAD, lambda: other_structure("CounterSignature", cbor2.dumps(HEADER), b"", PAYLOAD)),
        "ES256 as a MAC structure": (BAD, lambda: other_structure("MAC0", cbor2.dumps(HEADER), b"", PAYLOAD)),
        "ES256 with an empty header signed": (BAD, lambda: other_structure("Signature1", b"", b"", PAYLOAD)),
        "ES256 with other data outside": (
            BAD, lambda: with_signature(raw_sign(EC_KEY, structure(external=b"HC1")))),
        "ES256 moved to another content": (BAD, moved_signature),
        "ES256 with a header changed afterwards": (BAD, moved_header),
        "ES256 by another key under this key id": (BAD, lambda: hc1(key=OTHER_EC_KEY, protected=HEADER)),
        "PS256 empty": (BAD, lambda: with_signature(b"", RSA_KEY)),
        "PS256 of zeros": (BAD, lambda: with_signature(bytes(256), RSA_KEY)),
        "PS256 of the number one": (BAD, lambda: with_signature(bytes(255) + b"\1", RSA_KEY)),
        "PS256 with the old padding": (BAD, lambda: by_rsa(padding.PKCS1v15())),
        "PS256 without salt": (BAD, lambda: by_rsa(pss(0))),
        "PS256 with the longest salt": (BAD, lambda: by_rsa(pss(padding.PSS.MAX_LENGTH))),
        "PS256 over SHA-384": (BAD, lambda: by_rsa(pss(32, SHA384()), SHA384())),
        "PS256 with a mask of SHA-384": (BAD, lambda: by_rsa(pss(32, SHA384()))),
        "PS256 plus the modulus": (BAD, bigger_rsa),
        "PS256 cut to ES256's length": (
            BAD, lambda: with_signature(raw_sign(RSA_KEY, structure())[:64], RSA_KEY)),
        "EdDSA of zeros": (BAD, lambda: with_signature(bytes(64), ED_KEY)),
        "EdDSA with the neutral point": (BAD, lambda: with_signature(b"\1" + bytes(63), ED_KEY)),
        "EdDSA plus the order": (BAD, bigger_ed),
        "EdDSA over the hash": (
            BAD, lambda: with_signature(
                raw_sign(ED_KEY, hashlib.sha512(structure(ed_header())).digest()), ED_KEY)),
        "HK1 moved from HC1": (BAD, lambda: colour(signature=raw_sign(EC_KEY, structure()))),
    },
)  # fmt: skip
UNKNOWN = "UNKNOWN_SIGNER"
KEY_IDS = attacks(
    "key id",
    {
        "of nobody": (UNKNOWN, lambda: hc1(key=OTHER_EC_KEY)),
        "left out": (UNKNOWN, lambda: hc1(protected={1: -7})),
        "empty": (UNKNOWN, lambda: hc1(protected={1: -7, 4: b""})),
        "as a text": (UNKNOWN, lambda: hc1(protected={1: -7, 4: KID.hex()})),
        "as a number": (UNKNOWN, lambda: hc1(protected={1: -7, 4: int.from_bytes(KID, "big")})),
        "as a list": (UNKNOWN, lambda: hc1(protected={1: -7, 4: [KID]})),
        "of seven bytes": (UNKNOWN, lambda: hc1(protected={1: -7, 4: KID[:7]})),
        "with a byte more": (UNKNOWN, lambda: hc1(protected={1: -7, 4: KID + b"\0"})),
        "of 2,000 bytes": (UNKNOWN, lambda: hc1(protected={1: -7, 4: KID * 250})),
        "a good one outside, another inside": (
            UNKNOWN, lambda: hc1(protected={1: -7, 4: b"nobody!!"}, unprotected={4: KID})),
        "of nobody, with the attacker's key in the header": (
            UNKNOWN, lambda: hc1(key=OTHER_EC_KEY, unprotected={
                -1: {1: 2, -1: 1, -2: bytes(32), -3: bytes(32)}, 33: b"made up", 35: "https://x.example/"})),
        "of nobody on a colour code": (UNKNOWN, lambda: colour(key=OTHER_EC_KEY)),
        "of two issuers, neither of whom signed": (
            BAD, lambda: hc1(key=P384_KEY, protected={1: -7, 4: KID})),
    },
)  # fmt: skip
TESTED, RECOVERED = dcc_claims(dcc(t=[TEST])), dcc_claims(dcc(r=[RECOVERY]))
ARC = "1.3.6.1.4.1.1847.2021.1."


def trust(name: str, reasons: str, code: str, lane: Lane) -> Attack:
    return Attack(f"signer: {name}", reasons, lambda: code, lane)


def only(*leaves: str, **changes: Any) -> Lane:
    return knowing(hcert_signer(usages=frozenset(leaves), **changes))


SIGNED_BY = [
    trust("a list without signers", "NO_TRUST_LIST", hc1(), knowing()),
    trust("removed from the list", UNKNOWN, hc1(), knowing(hcert_signer(RSA_KEY))),
    trust("a list too old", "TRUST_LIST_STALE", hc1(), replace(LANE, trust_age=aged(73))),
    trust("expired at the clock", "SIGNER_EXPIRED", hc1(), knowing(hcert_signer(not_after=NOW - DAY))),
    trust("not yet valid", "SIGNER_NOT_YET_VALID", hc1(), knowing(hcert_signer(not_before=NOW + DAY))),
    trust("of tests signs a vaccination", "KEY_USAGE", hc1(), only(ARC + "1")),
    trust("of recoveries signs a vaccination", "KEY_USAGE", hc1(), only(ARC + "3")),
    trust("of vaccinations signs a test", "KEY_USAGE", hc1(TESTED), only(ARC + "2")),
    trust("of vaccinations signs a recovery", "KEY_USAGE", hc1(RECOVERED), only(ARC + "2")),
    trust("of tests, by the older arc", "KEY_USAGE", hc1(), only("1.3.6.1.4.1.0.1847.2021.1.1")),
    trust("expired, and of tests", "KEY_USAGE SIGNER_EXPIRED", hc1(),
          only(ARC + "1", not_after=NOW - DAY)),
    trust("with RSA of 1024 bits", "KEY_USAGE", hc1(key=WEAK_RSA), knowing(hcert_signer(WEAK_RSA))),
    trust("with P-384 says ES256", "ALGORITHM_MISMATCH", claiming(-7, P384_KEY),
          knowing(hcert_signer(P384_KEY, algorithm=-35))),
    trust("of colour codes signs HC1", UNKNOWN, hc1(),
          knowing(hcert_signer(formats=frozenset({"HK1"})))),
    trust("of HC1 signs a colour code", UNKNOWN, colour(),
          knowing(hcert_signer(formats=frozenset({"HC1"})))),
    trust("of NO1 signs HC1", UNKNOWN, hc1(), knowing(hcert_signer(formats=frozenset({"NO1"})))),
    trust("of Macao signs for Hong Kong", "KEY_USAGE", colour(), knowing(hcert_signer(issuer="MO"))),
    trust("of another province", "KEY_USAGE", colour("CN1", colour_claims("CN1", iss="CN-GD")),
          knowing(hcert_signer(issuer="CN-SC"))),
    trust("of a state whose name begins alike", "KEY_USAGE", colour("CN1", colour_claims("CN1", iss="CN-GD")),
          knowing(hcert_signer(issuer="CN-G"))),
    trust("for demonstrations only", "SPECIMEN", hc1(), knowing(hcert_signer(demo=True))),
    trust("that is a list's key, not an issuer's", UNKNOWN, hc1(), knowing(
        *(one for one in SIGNERS if "SHC" in one.formats))),
    trust("of a format that this lane does not take", "FORMAT_NOT_ALLOWED", hc1(),
          replace(LANE, allowed=frozenset({"HK1"}))),
]  # fmt: skip
ATTACKS = [*ALGORITHMS, *FORMS, *KEY_IDS, *SIGNED_BY]
