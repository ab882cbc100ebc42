"""Codes made in the test itself, with ready-made libraries: nothing of the product helps to make them."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import base45
import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verification.assessment import Assessment
from verification.formats.registry import KNOWN
from verification.snapshot import ListAge, RevocationIndex, Signer, Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

NOW = datetime(2022, 6, 1, 12, tzinfo=UTC)
HOUR = 3600
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ES256, EDDSA, PS256 = -7, -8, -37
EC_KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)
ED_KEY = ed25519.Ed25519PrivateKey.generate()
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
VACCINATION = {
    "tg": "840539006",
    "vp": "1119349007",
    "mp": "EU/1/20/1528",
    "ma": "ORG-100030215",
    "dn": 2,
    "sd": 2,
    "dt": "2022-01-17",
    "co": "HK",
    "is": "Made Up",
    "ci": "URN:UVCI:01:HK:MADEUP#1",
}
TEST = {
    "tg": "840539006",
    "tt": "LP6464-4",
    "sc": "2022-05-31T08:00:00Z",
    "tr": "260415000",
    "co": "HK",
    "is": "Made Up",
    "ci": "URN:UVCI:01:HK:MADEUP#2",
}
RECOVERY = {
    "tg": "840539006",
    "fr": "2022-02-01",
    "df": "2022-02-11",
    "du": "2022-08-01",
    "co": "HK",
    "is": "Made Up",
    "ci": "URN:UVCI:01:HK:MADEUP#3",
}


def seconds(moment: datetime = NOW) -> int:
    return int(moment.timestamp())


def kid_of(key: PrivateKey) -> bytes:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest()[:8]


def raw_sign(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
    size = (key.key_size + 7) // 8
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def alg_of(key: PrivateKey) -> int:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return ES256
    return PS256 if isinstance(key, rsa.RSAPrivateKey) else EDDSA


_OWN: Any = object()


def message(
    payload: bytes,
    key: PrivateKey = EC_KEY,
    *,
    protected: dict[Any, Any] | bytes | None = None,
    unprotected: dict[Any, Any] | None = None,
    signature: bytes | None = None,
    tags: tuple[int, ...] = (18,),
) -> bytes:
    """A COSE_Sign1 message; every part can be replaced by a wrong one."""
    header: Any = {1: alg_of(key), 4: kid_of(key)} if protected is None else protected
    protected_bytes = header if isinstance(header, bytes) else cbor2.dumps(header) if header else b""
    signed = cbor2.dumps(["Signature1", protected_bytes, b"", payload])
    made = raw_sign(key, signed) if signature is None else signature
    item: Any = [protected_bytes, unprotected or {}, payload, made]
    for tag in reversed(tags):
        item = cbor2.CBORTag(tag, item)
    return cbor2.dumps(item)


def text(cose: bytes, prefix: str = "HC1") -> str:
    return f"{prefix}:{base45.b45encode(zlib.compress(cose)).decode()}"


def dcc_claims(dcc: dict[str, Any] | None = None, **claims: Any) -> dict[Any, Any]:
    """Claims of a good vaccination certificate. `iat`, `exp`, `iss`, `nbf` replace; None leaves one out."""
    body = {
        "ver": "1.3.0",
        "dob": "1970-01-01",
        "nam": {"fn": "Muster", "fnt": "MUSTER", "gn": "Mia", "gnt": "MIA"},
        "v": [VACCINATION],
    }
    numbers = {"iss": 1, "exp": 4, "nbf": 5, "iat": 6}
    values = {"iss": "HK", "exp": seconds() + HOUR, "iat": seconds() - HOUR} | claims
    made: dict[Any, Any] = {numbers[name]: value for name, value in values.items() if value is not None}
    made[-260] = {1: body if dcc is None else dcc}
    return made


def dcc(**parts: Any) -> dict[str, Any]:
    """The certificate inside, with `parts` replaced; without v, t or r among them it is a vaccination."""
    body: dict[str, Any] = {"ver": "1.3.0", "dob": "1970-01-01", "nam": {"fn": "Muster", "gn": "Mia"}}
    return body | (parts if {"v", "t", "r"} & set(parts) else {"v": [VACCINATION]} | parts)


def colour_claims(prefix: str = "HK1", claim: dict[Any, Any] | None = None, **claims: Any) -> dict[Any, Any]:
    """Claims of a good green code. In `claim`, None leaves a key out."""
    numbers = {"iss": 1, "exp": 4, "nbf": 5, "iat": 6, "cti": 7}
    values = {"iss": "HK", "exp": seconds() + HOUR, "iat": seconds() - HOUR, "cti": bytes(range(16))} | claims
    made: dict[Any, Any] = {numbers[name]: value for name, value in values.items() if value is not None}
    statement = {1: 1, 2: prefix[:2], 3: 1, 6: "C*** T** M**", 7: bytes(16)} | (claim or {})
    made[-70001] = {key: value for key, value in statement.items() if value is not None}
    return made


def hc1(claims: dict[Any, Any] | None = None, key: PrivateKey = EC_KEY, **parts: Any) -> str:
    return text(message(cbor2.dumps(dcc_claims() if claims is None else claims), key, **parts))


def colour(
    prefix: str = "HK1", claims: dict[Any, Any] | None = None, key: PrivateKey = EC_KEY, **parts: Any
) -> str:
    return text(
        message(cbor2.dumps(colour_claims(prefix) if claims is None else claims), key, **parts), prefix
    )


def signer(key: PrivateKey = EC_KEY, **changes: Any) -> Signer:
    values: dict[str, Any] = {
        "kid": kid_of(key),
        "key": key.public_key(),
        "algorithm": alg_of(key),
        "issuer": "HK",
        "formats": frozenset({"HC1", "HK1", "GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1"}),
    }
    return Signer(**(values | changes))


@dataclass
class Bench:
    """A verifier around replaceable lists."""

    signers: tuple[Signer, ...] = (signer(), signer(RSA_KEY), signer(ED_KEY))
    revocation: RevocationIndex | None = None
    trust_age: ListAge | None = None
    revocation_age: ListAge | None = None
    allowed: frozenset[str] = field(default=KNOWN)

    def check(self, code: str | bytes, at: datetime = NOW) -> Assessment:
        snapshot = Snapshot(TrustList(self.signers), self.revocation, self.trust_age, self.revocation_age)
        return Verifier(lambda: snapshot, self.allowed).verify(code, at)

    def reasons(self, code: str | bytes, at: datetime = NOW) -> list[str]:
        """The reasons without the one that a missing revocation list adds everywhere."""
        return [why.value for why in self.check(code, at).reasons if why.value != "NO_REVOCATION_LIST"]


def aged(hours: float) -> ListAge:
    """A list signed `hours` before NOW that is stale after 72."""
    return ListAge(NOW - timedelta(hours=hours), timedelta(hours=36), timedelta(hours=72))
