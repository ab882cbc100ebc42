"""WHO's trust lists by the proof inside them. What it signs is written out by hand here, without JSON-LD."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, ED_KEY, OTHER_EC_KEY, RSA_KEY, Bench, hc1, raw_sign
from tests.verification.made_cards import b64, jwk
from tests.verification.made_seals import csca
from verification.assessment import Signature
from verification.signed_lists import ListRejected
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList

LIST_KEY = ec.generate_private_key(ec.SECP256R1())
LIST = "did:web:lists.example:v2:trustlist:-:XCK"
MAKER = "did:web:keys.example:WHO:signing:DID"
KID = bytes(range(8))
KID_TEXT = base64.b64encode(KID).decode()
SEC = "https://w3id.org/security#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
JSON = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"]
HEADER: dict[str, Any] = {"b64": False, "crit": ["b64"], "alg": "ES256"}
CREATED = "2026-03-01T00:00:24Z"
Document = dict[str, Any]


def method(name: str = f"{LIST}:DSC#{KID_TEXT}", der: bytes | None = None, **changes: Any) -> Document:
    key: Document = {"kty": "EC", "kid": KID_TEXT, "crv": "P-256", "x": jwk()["x"], "y": jwk()["y"]}
    if der is not None:
        key["x5c"] = [base64.b64encode(der).decode()]
    unsigned = {"domain": "DCC", "participant": "XCK", "keyusage": "DSC"}
    return {
        "id": name, "type": "JsonWebKey2020", "controller": LIST, "publicKeyJwk": key | changes, **unsigned
    }  # fmt: skip


def literal(value: Document) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + f'"^^{JSON}'


def statements(methods: list[Document]) -> str:
    """What a list of these methods states, sorted."""
    lines = [f"<{LIST}> <{SEC}controller> <{LIST}> .\n"]
    for one in methods:
        lines += [
            f"<{LIST}> <{SEC}verificationMethod> <{one['id']}> .\n",
            f"<{one['id']}> {TYPE} <{SEC}JsonWebKey2020> .\n",
            f"<{one['id']}> <{SEC}controller> <{one['controller']}> .\n",
            f"<{one['id']}> <{SEC}publicKeyJwk> {literal(one['publicKeyJwk'])} .\n",
        ]
    return "".join(sorted(lines))


def options(nonce: str) -> str:
    said = {
        "<http://purl.org/dc/terms/created>": f'"{CREATED}"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
        TYPE: f"<{SEC}JsonWebSignature2020>",
        f"<{SEC}nonce>": f'"{nonce}"',
        f"<{SEC}proofPurpose>": f"<{SEC}assertionMethod>",
        f"<{SEC}verificationMethod>": f"<{MAKER}>",
    }
    return "".join(sorted(f"_:c14n0 {name} {value} .\n" for name, value in said.items()))


def proven(
    *methods: Document, key: Any = LIST_KEY, header: Document = HEADER, der: bool = True, nonce: str = "n0nce"
) -> Document:
    """A list with its proof, signed in DER as WHO's service does, or raw."""
    rows = list(methods) or [method()]
    written = b64(json.dumps(header, separators=(",", ":")).encode())
    digests = b"".join(hashlib.sha256(text.encode()).digest() for text in (options(nonce), statements(rows)))
    signed = written.encode() + b"." + digests
    signature = key.sign(signed, ec.ECDSA(SHA256())) if der else raw_sign(key, signed)
    proof = {
        "type": "JsonWebSignature2020",
        "created": CREATED,
        "nonce": nonce,
        "proofPurpose": "assertionMethod",
        "verificationMethod": MAKER,
        "jws": f"{written}..{b64(signature)}",
    }
    return {
        "@context": CONTEXTS, "id": LIST, "controller": LIST, "verificationMethod": rows, "proof": proof
    }  # fmt: skip


def loaded(document: Document, *keys: Any) -> TrustList:
    """As a lane does: nobody vouches for the file."""
    return load_trust_list(json.dumps(document).encode(), *(keys or (LIST_KEY.public_key(),)))


def checks(trusted: TrustList) -> Signature:
    return Bench(signers=tuple(trusted)).check(hc1(protected={1: -7, 4: KID})).signature


def test_a_list_is_believed_for_the_proof_inside_it_and_is_as_old_as_that() -> None:
    trusted = loaded(proven(), ED_KEY.public_key(), LIST_KEY.public_key())
    assert trusted.signed_at == datetime(2026, 3, 1, 0, 0, 24, tzinfo=UTC)
    assert [(one.issuer, one.kid) for one in trusted] == [("XCK", KID)]
    assert checks(trusted) is Signature.VALID


@pytest.mark.parametrize("algorithm", ["EC", "ES256"])
@pytest.mark.parametrize("der", [True, False])
def test_the_signature_may_be_raw_or_der_and_the_header_say_ec_as_it_once_did(
    algorithm: str, der: bool
) -> None:
    assert len(loaded(proven(header=HEADER | {"alg": algorithm}, der=der))) == 1


def test_who_s_coordinates_are_set_right_after_they_were_signed_as_they_are() -> None:
    numbers = EC_KEY.public_key().public_numbers()
    x, y = (b64(b"\0" + number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    assert checks(loaded(proven(method(x=x, y=y)))) is Signature.VALID
    certified = method(der=certificate(EC_KEY), crv="UNKNOWN CURVE", x="broken")
    assert checks(loaded(proven(certified))) is Signature.VALID


def changed(**changes: Any) -> Document:
    return copy.deepcopy(proven()) | changes


def with_proof(**changes: Any) -> Document:
    document = copy.deepcopy(proven())
    document["proof"] |= changes
    return document


def tampered() -> Document:
    document = copy.deepcopy(proven())
    other = jwk(OTHER_EC_KEY)
    document["verificationMethod"][0]["publicKeyJwk"] |= {"x": other["x"], "y": other["y"]}
    return document


def added() -> Document:
    document = copy.deepcopy(proven())
    document["verificationMethod"].append(method(f"{LIST}:DSC#AAAAAAAAAAA="))
    return document


NOT_SIGNED = {
    "another key in a method": tampered(),
    "a method more": added(),
    "a method less": changed(verificationMethod=[]),
    "another controller": changed(controller="did:web:other.example"),
    "another name of the list": changed(id="did:web:other.example"),
    "another time": with_proof(created="2026-03-02T00:00:24Z"),
    "another nonce": with_proof(nonce="other"),
    "another maker": with_proof(verificationMethod="did:web:other.example"),
    "a domain": with_proof(domain="lists.example"),
    "another key's signature": proven(key=OTHER_EC_KEY),
    "no signature": with_proof(jws=proven()["proof"]["jws"].rpartition(".")[0] + "."),
}


@pytest.mark.parametrize("name", NOT_SIGNED)
def test_whatever_the_proof_does_not_sign_is_not_believed(name: str) -> None:
    with pytest.raises(ListRejected, match="not made by a key that is trusted"):
        loaded(NOT_SIGNED[name])


REFUSED = {
    "contexts of its own": changed(**{"@context": [*CONTEXTS, {"x": "https://x.example/"}]}),
    "a context that is not known": changed(**{"@context": [*CONTEXTS, "https://x.example/v1"]}),
    "only one context": changed(**{"@context": CONTEXTS[:1]}),
    "a keyword inside": changed(service=[{"@id": "did:web:x.example"}]),
    "a thing without a name": changed(service=[{"type": "X"}]),
    "a blank node's name": changed(service=[{"id": "_:b0", "type": "JsonWebKey2020"}]),
    "another purpose": with_proof(proofPurpose="authentication"),
    "a member that is not known": with_proof(proofValue="z"),
    "a member that is no text": with_proof(nonce=7),
    "no time": with_proof(created="yesterday"),
    "a payload inside": with_proof(jws=proven()["proof"]["jws"].replace("..", ".e30.")),
    "two parts": with_proof(jws="e30.AA"),
    "an algorithm of none": proven(header=HEADER | {"alg": "none"}),
    "HMAC": proven(header=HEADER | {"alg": "HS256"}),
    "an encoded payload": proven(header=HEADER | {"b64": True}),
    "nothing critical": proven(header={"alg": "ES256", "b64": False}),
    "a key in the header": proven(header=HEADER | {"jwk": jwk()}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_proof_of_another_form_is_refused(name: str) -> None:
    with pytest.raises(ListRejected):
        loaded(REFUSED[name])


@pytest.mark.parametrize(
    "key", [RSA_KEY, ED_KEY, OTHER_EC_KEY, ec.generate_private_key(ec.SECP384R1())], ids=range(4)
)
def test_a_key_that_did_not_make_the_proof_does_not_speak_for_it(key: Any) -> None:
    with pytest.raises(ListRejected, match="sign"):
        loaded(proven(), key.public_key())


def test_a_list_with_a_proof_is_not_believed_because_somebody_names_the_file() -> None:
    data = json.dumps(proven()).encode()
    with pytest.raises(ListRejected, match="sign"):
        load_trust_list(data, vouched=True)


def test_a_method_that_is_not_among_the_signed_statements_is_not_there() -> None:
    """A relative name states nothing, so that anybody could add a key under one."""
    stranger = method("relative#AAAAAAAAAAA=", **jwk(OTHER_EC_KEY))
    for where in ("verificationMethod", "unknown"):
        document = copy.deepcopy(proven())
        document.setdefault(where, []).append(stranger)
        assert [one.kid for one in loaded(document)] == [KID]


def test_what_a_key_is_for_is_read_from_its_signed_name_alone() -> None:
    """`keyusage` and `participant` are named by no context: anybody can rewrite them."""
    document = copy.deepcopy(proven())
    document["verificationMethod"][0] |= {"participant": "XXA", "keyusage": "TLS"}
    assert [one.issuer for one in loaded(document)] == ["XCK"]
    for name in (f"{LIST}:SCA#{KID_TEXT}", f"{LIST}:TLS#{KID_TEXT}"):
        with pytest.raises(ListRejected, match="no signed key"):
            loaded(proven(method(name)))


def test_an_authority_s_certificate_signs_no_codes_under_whatever_name() -> None:
    with pytest.raises(ListRejected, match="no signed key"):
        loaded(proven(method(der=csca())))
