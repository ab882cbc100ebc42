"""Nobody's lists speak for anybody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.bundle.layout import Jurisdiction, Kind
from sync.bundle.refused import Refused, Why
from sync.bundle.remit import OnlyFor, RoleFiles, examine
from tests.verification.rules.made_rules import document as rule
from verification.issuing import status_list
from verification.issuing.authority import found_authority
from verification.policy import built_in
from verification.revocation import station_list as revocation_file
from verification.revocation.memory import RevocationList
from verification.snapshot import RevocationAnswer, RevocationQuery
from verification.trust import station_list as trust_file

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
KEY, STRANGE = (ed25519.Ed25519PrivateKey.generate() for _ in range(2))
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def trust(*signers: tuple[str, str], key: ed25519.Ed25519PrivateKey = KEY) -> bytes:
    made = [found_authority(issuer, frozenset({prefix}), AT, demo=False) for issuer, prefix in signers]
    return trust_file.write([row for one in made for row in one.entries()], "test", AT, key)


def look(role: str, files: dict[str, bytes]) -> RoleFiles:
    """Examines a role's files; the SHA-256 of a test is its path."""
    content = {f"{role}/keys/list.pem": PEM} | files
    names = {path: path for path in content}
    examine(role, names, content.__getitem__)
    return RoleFiles(role, names, content.__getitem__)


def refused(role: str, files: dict[str, bytes]) -> str:
    with pytest.raises(Refused) as caught:
        look(role, files)
    assert caught.value.why is Why.UNFIT
    return str(caught.value)


OWN = [
    ("hk", "HK", "HK1"),
    ("gd", "CN-GD", "GD1"),
    ("mo", "MO", "MO1"),
    ("cn", "CN", "CN1"),
    ("cn", "CN-BJ", "CN1"),
    ("customs", "CN", "CD1"),
    ("hk", "HK", "HC1"),
]
OTHERS = [
    ("hk", "MO", "MO1"),
    ("hk", "HK", "GD1"),
    ("hk", "CN", "HK1"),
    ("gd", "CN", "GD1"),
    ("mo", "HK", "HC1"),
    ("cn", "CN-GD", "GD1"),
    ("cn", "CN-GD", "CN1"),
    ("cn", "HK", "HC1"),
    ("customs", "CN", "CN1"),
    ("customs", "HK", "CD1"),
    ("hk", "DE", "HC1"),
]


@pytest.mark.parametrize(("role", "issuer", "prefix"), OWN)
def test_a_role_names_signers_of_its_own(role: str, issuer: str, prefix: str) -> None:
    files = look(role, {f"{role}/trust/a.json": trust((issuer, prefix))})
    assert [signer.issuer for signer in files.trust()] == [issuer]


@pytest.mark.parametrize(("role", "issuer", "prefix"), OTHERS)
def test_a_list_with_one_signer_of_somebody_else_is_refused_whole(
    role: str, issuer: str, prefix: str
) -> None:
    own = next((whose, what) for name, whose, what in OWN if name == role)
    assert "speaks for nobody else" in refused(role, {f"{role}/trust/a.json": trust(own, (issuer, prefix))})


def test_of_the_worlds_lists_what_is_not_the_worlds_is_left_out() -> None:
    listed = trust(("DE", "HC1"), ("HK", "HC1"), ("MO", "MO1"), ("CN-GD", "HC1"), ("TW", "HC1"))
    files = look("world", {"world/trust/a.json": listed})
    assert sorted(signer.issuer for signer in files.trust()) == ["DE", "TW"]


@pytest.mark.parametrize("kind", ["trust", "revocation"])
def test_a_list_that_the_roles_own_key_did_not_sign_is_refused(kind: str) -> None:
    written = (
        trust(("HK", "HK1"), key=STRANGE)
        if kind == "trust"
        else revocation_file.write([], [("HK1", "HK")], "test", AT, STRANGE)
    )
    assert "signature" in refused("hk", {f"hk/{kind}/a.json": written})


def test_a_status_list_counts_if_a_signer_on_its_own_roles_list_made_it() -> None:
    own, other = (found_authority(one, frozenset({f"{one}1"}), AT, demo=False) for one in ("HK", "MO"))
    trusted = trust_file.write(own.entries(), "test", AT, KEY)
    lists = [status_list.write(one, 16, {}, AT, subject="s") for one in (own, other)]
    look("hk", {"hk/trust/a.json": trusted, "hk/status/s.cwt": lists[0]})
    assert "not signed by a key" in refused("hk", {"hk/trust/a.json": trusted, "hk/status/s.cwt": lists[1]})


def test_a_revocation_list_is_asked_about_its_own_roles_codes_alone() -> None:
    everything = RevocationList([], [("HK1", "*"), ("MO1", "*")])
    only = OnlyFor("hk", everything)
    answers = {}
    for prefix, issuer in (("HK1", "HK"), ("MO1", "MO"), ("HK1", "MO")):
        query = RevocationQuery(prefix=prefix, issuer=issuer, kid=b"", hashes=())
        answers[prefix, issuer] = only.check(query)
    assert answers == {
        ("HK1", "HK"): RevocationAnswer.CLEAR,
        ("MO1", "MO"): RevocationAnswer.NO_LIST,
        ("HK1", "MO"): RevocationAnswer.NO_LIST,
    }


def test_rules_are_those_of_the_roles_own_country() -> None:
    of_hk = json.dumps(rule(Country="HK", Identifier="VR-HK-0001")).encode()
    of_xa = json.dumps(rule()).encode()
    assert len(look("hk", {"hk/rules/a.json": of_hk}).of(Kind.RULES)) == 1
    assert "XA" in refused("hk", {"hk/rules/a.json": of_xa})
    look("world", {"world/rules/a.json": of_xa})
    assert "HK" in refused("world", {"world/rules/a.json": of_hk})


@pytest.mark.parametrize("path", ["keys/b.pem", "trust/b.json", "revocation/b.json", "rules/b.json"])
@pytest.mark.parametrize("role", list(Jurisdiction))
def test_what_cannot_be_read_is_refused(role: str, path: str) -> None:
    refused(role, {f"{role}/{path}": b"nonsense", f"{role}/trust/a.json": trust()})


def test_a_policy_of_the_station_must_be_one() -> None:
    with pytest.raises(Refused) as caught:
        examine("targets", {"station/policy/lane.json": "x"}, {"x": b"{}"}.__getitem__)
    assert caught.value.why is Why.UNFIT


def test_a_policy_that_accepts_specimens_is_for_no_lane() -> None:
    document = built_in().model_dump(mode="json")
    for accepted in (False, True):
        data = json.dumps({**document, "accept_specimens": accepted}).encode()
        if not accepted:
            examine("targets", {"station/policy/lane.json": "x"}, {"x": data}.__getitem__)
            continue
        with pytest.raises(Refused, match=r"station/policy/lane\.json: accept_specimens is true") as caught:
            examine("targets", {"station/policy/lane.json": "x"}, {"x": data}.__getitem__)
        assert caught.value.why is Why.UNFIT
