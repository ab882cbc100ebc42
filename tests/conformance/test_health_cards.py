"""The public example cards at every stage of their making, and the signed directory of issuers."""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512

from tests.conformance.recovered import candidates
from tests.verification.made_cards import b64, digits, thumbprint, twin
from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.encodings import digit_pairs, jws, strict_json
from verification.encodings.inflate import inflate_raw
from verification.formats.registry import KNOWN
from verification.formats.shc_chunks import Assembler
from verification.revocation.loading import load_revocations
from verification.signed_lists import ListRejected
from verification.snapshot import RevocationIndex, Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
Record = Callable[[str, Any], None]
AT = datetime(2023, 12, 1, tzinfo=UTC)
NAMES = ("example-00", "example-01", "example-02", "example-03")
ISSUER = "https://spec.smarthealth.cards/examples/issuer"


@pytest.fixture(scope="module")
def examples(conformance_dir: Path) -> Path:
    return conformance_dir / "shc" / "examples"


def stage(examples: Path, name: str, letter: str) -> bytes:
    (file,) = examples.glob(f"{name}-{letter}-*")
    return file.read_bytes()


def codes(examples: Path, name: str) -> list[bytes]:
    return [file.read_bytes() for file in sorted(examples.glob(f"{name}-f-*"))]


def whole(examples: Path, name: str) -> bytes:
    """The example's card as one text."""
    texts = codes(examples, name)
    if len(texts) == 1:
        return texts[0]
    assembler = Assembler(20)
    return next(card for text in texts if (card := assembler.add(text, 0.0)) is not None)


def issuer_keys(examples: Path) -> dict[str, Any]:
    """The issuer's key set: each key computed from a signature, and proved by its own thumbprint."""
    found = {}
    for name in NAMES:
        head, _, signature = stage(examples, name, "d").decode().strip().rpartition(".")
        kid = json.loads(_bytes(head.partition(".")[0]))["kid"]
        for x, y in candidates(_bytes(signature), head.encode()):
            texts = {name: b64(number.to_bytes(32, "big")) for name, number in (("x", x), ("y", y))}
            key = {"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid} | texts
            if thumbprint(key) == kid:
                found[kid] = key
    return {"iss": ISSUER, "keys": list(found.values())}


@pytest.fixture(scope="module")
def trust(examples: Path) -> TrustList:
    return load_trust_list(json.dumps(issuer_keys(examples)).encode(), vouched=True)


def check(
    trust: TrustList, code: bytes | str, at: datetime = AT, revocation: RevocationIndex | None = None
) -> Assessment:
    return Verifier(lambda: Snapshot(trust, revocation), KNOWN).verify(code, at)


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_issuer_s_two_keys_come_out_of_four_signatures(trust: TrustList) -> None:
    assert len(trust) == 2


def test_every_stage_gives_the_one_before_it(examples: Path, record_property: Record) -> None:
    for name in NAMES:
        bundle, expanded = (json.loads(stage(examples, name, letter)) for letter in "ab")
        minified, text = stage(examples, name, "c").strip(), stage(examples, name, "d").strip()
        file = json.loads(stage(examples, name, "e"))
        assert file["verifiableCredential"] == [text.decode()]
        assert digit_pairs.decode(whole(examples, name).removeprefix(b"shc:/")) == text
        message = jws.parse(text)
        assert message.payload and zlib.decompress(message.payload, -15) == minified
        assert inflate_raw(message.payload) == minified
        assert strict_json.decode(minified) == expanded
        assert len(expanded["vc"]["credentialSubject"]["fhirBundle"]["entry"]) == len(bundle["entry"])
    record_property("conformance_cases", 5 * len(NAMES))


def test_every_example_is_signed_by_its_issuer(
    examples: Path, trust: TrustList, record_property: Record
) -> None:
    for name in NAMES:
        checked = check(trust, whole(examples, name))
        assert (checked.signature, checked.validity) == (Signature.VALID, Validity.VALID), name
        assert (checked.issuer, checked.revocation) == (ISSUER, Revocation.NO_LIST)
    record_property("conformance_cases", len(NAMES))


@pytest.mark.parametrize(
    ("name", "doses", "product", "day"),
    [
        ("example-00", 3, "229", "2022-09-05"),
        ("example-01", 3, "229", "2022-09-05"),
        ("example-03", 2, "207", "2021-03-29"),
    ],
)
def test_what_the_vaccination_cards_say(
    examples: Path, trust: TrustList, name: str, doses: int, product: str, day: str
) -> None:
    says = check(trust, whole(examples, name)).evidence
    assert says is not None and says.medical is not None and says.medical.on is not None
    assert (says.medical.doses, says.medical.product, says.medical.on.isoformat()) == (doses, product, day)
    assert says.personal.name
    assert says.personal.name not in repr(says)


def test_laboratory_results_of_nobody_in_particular_are_genuine_and_no_evidence(
    examples: Path, trust: TrustList
) -> None:
    checked = check(trust, whole(examples, "example-02"))
    assert checked.evidence is None
    assert "KIND_NOT_ACCEPTED" in [why.value for why in checked.reasons]


def test_three_symbols_make_one_card_in_any_order_and_none_alone_does(
    examples: Path, trust: TrustList, record_property: Record
) -> None:
    texts = codes(examples, "example-02")
    assert len(texts) == 3
    for order in permutations(texts):
        assembler = Assembler(20)
        answers = [assembler.add(text, 0.0) for text in order]
        assert answers[:2] == [None, None]
        assert answers[2] is not None
        assert check(trust, answers[2]).signature is Signature.VALID
    for text in texts:
        assert [why.value for why in check(trust, text).reasons] == ["INCOMPLETE"]
    record_property("conformance_cases", 9)


def test_a_card_that_expires_does_and_the_others_never_do(examples: Path, trust: TrustList) -> None:
    found = {}
    for name in NAMES:
        begins = check(trust, whole(examples, name), datetime(2023, 6, 22, 16, 19, 24, tzinfo=UTC))
        ends = check(trust, whole(examples, name), datetime(2024, 6, 21, 16, 19, 25, tzinfo=UTC))
        found[name] = (begins.validity, ends.validity)
    assert found == dict.fromkeys(NAMES[:3], (Validity.NOT_YET_VALID, Validity.VALID)) | {
        "example-03": (Validity.NOT_YET_VALID, Validity.EXPIRED)
    }


def test_a_card_is_withdrawn_by_its_id_and_only_before_the_time_beside_it(
    examples: Path, trust: TrustList, record_property: Record
) -> None:
    card = whole(examples, "example-03")
    claims = json.loads(stage(examples, "example-03", "c"))
    kid = json.loads(_bytes(stage(examples, "example-03", "d").decode().partition(".")[0]))["kid"]
    rid, issued = claims["vc"]["rid"], int(claims["nbf"])
    answers = {}
    for entry in (rid, f"{rid}.{issued + 1}", f"{rid}.{issued}", "FKDIxsTCGlU"):
        document = {"kid": kid, "method": "rid", "ctr": 1, "rids": [entry]}
        index = load_revocations(json.dumps(document).encode(), issuer=ISSUER, vouched=True)
        answers[entry] = check(trust, card, revocation=index).revocation.value
    assert list(answers.values()) == ["REVOKED", "REVOKED", "CLEAR", "CLEAR"]
    record_property("conformance_cases", len(answers))


def test_the_other_signature_that_ecdsa_allows_is_the_same_card(examples: Path, trust: TrustList) -> None:
    for name in NAMES:
        text = stage(examples, name, "d").decode().strip()
        first, second = check(trust, whole(examples, name)), check(trust, "shc:/" + digits(twin(text)))
        assert second.signature is Signature.VALID
        assert first.identity == second.identity


def test_one_changed_character_never_passes(
    examples: Path, trust: TrustList, record_property: Record
) -> None:
    tried = 0
    for name in NAMES[:2]:
        text = stage(examples, name, "d").decode().strip()
        for place in range(0, len(text), 7):
            changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
            assert check(trust, "shc:/" + digits(changed)).signature is not Signature.VALID
            tried += 1
    record_property("conformance_cases", tried)


# --- the directory ---


@pytest.fixture(scope="module")
def directory(conformance_dir: Path) -> Path:
    return conformance_dir / "shc" / "directory"


def test_the_directory_s_signature_is_checked_and_is_not_ours(directory: Path) -> None:
    """The key of its signer is not among the data: without it the directory is not believed."""
    data = (directory / "vci_snapshot.json").read_bytes()
    signature = (directory / "vci_snapshot.sig").read_bytes()
    stranger = ec.generate_private_key(ec.SECP521R1()).public_key()
    for found in (None, signature, signature[:-1]):
        with pytest.raises(ListRejected):
            load_trust_list(data, stranger, signature=found, vouched=True)
        with pytest.raises(ListRejected):
            load_revocations(data, stranger, signature=found, vouched=True)


def test_every_key_in_the_directory_can_be_used(directory: Path, record_property: Record) -> None:
    data = (directory / "vci_snapshot.json").read_bytes()
    key = ec.generate_private_key(ec.SECP521R1())
    signature = key.sign(data, ec.ECDSA(SHA512()))
    trusted = load_trust_list(data, key.public_key(), signature=signature)
    document = json.loads(data)
    published = [jwk["kid"] for row in document["issuerInfo"] for jwk in row["keys"]]
    assert len(trusted) == len(published) == 961
    shared = [kid for kid, count in Counter(published).items() if count > 1]
    assert len(shared) == 46
    for kid in shared:
        owners = [signer.owner for signer in trusted.signers("SHC", kid.encode())]
        assert len(set(owners)) == len(owners) > 1
    index = load_revocations(data, key.public_key(), signature=signature)
    assert len(index) == sum(
        len(crl["rids"]) for row in document["issuerInfo"] for crl in row.get("crls", [])
    )
    record_property("conformance_cases", len(published))
