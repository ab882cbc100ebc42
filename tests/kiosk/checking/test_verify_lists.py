"""`main.py verify` with lists of every kind, folders of them, and cards in several symbols."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.commands.door import main
from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, NOW
from tests.verification.made_cards import ISSUER, RID, card, jwk, jws, nz_pass, parts
from tests.verification.trust.test_issuer_keys import DIRECTORY, OWN

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
CLEAR = {"kid": jwk()["kid"], "method": "rid", "ctr": 1, "rids": []}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        status = main(["verify", "--at", NOW.isoformat(), *map(str, arguments)])
        out, error = capsys.readouterr()
        assert "Traceback" not in error
        return status, [json.loads(line) for line in out.splitlines()], error

    return call


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str, Any], Path]:
    def write(name: str, content: Any) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    return write


Place = Callable[[str, Any], Path]


@pytest.fixture
def code(place: Place) -> Path:
    return place("card.txt", card().encode())


@pytest.fixture
def key(place: Place) -> Path:
    pem = EC_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return place("key.pem", pem)


def signed(file: Path, name: str) -> Path:
    file.with_name(name).write_bytes(EC_KEY.sign(file.read_bytes(), ec.ECDSA(SHA512())))
    return file


def test_a_key_set_and_the_issuer_s_own_list_admit_a_card(run: Run, place: Place, code: Path) -> None:
    keys = place("jwks.json", {"keys": [jwk()]})
    lists = ["--trust-list", keys, "--revocation", place("crl.json", CLEAR), "--issuer", ISSUER]
    status, (shown,), error = run(*lists, code)
    assert (status, shown["verdict"], shown["revocation"], error) == (0, "ADMIT", "CLEAR", "")
    assert (shown["issuer"], shown["scheme"]) == (ISSUER, "SHC")
    lists[-1] = "https://cards.example/other"
    status, (shown,), _ = run(*lists, code)
    assert (status, shown["signature"]) == (1, "UNKNOWN_SIGNER")
    withdrawn = place("crl.json", CLEAR | {"rids": [RID]})
    status, (shown,), _ = run("--trust-list", keys, "--revocation", withdrawn, code)
    assert (status, shown["verdict"], shown["revocation"]) == (1, "REFUSE", "REVOKED")


def test_a_did_document_admits_a_pass_without_any_key_or_revocation_list(run: Run, place: Place) -> None:
    status, (shown,), _ = run("--trust-list", place("did.json", OWN), place("pass.txt", nz_pass().encode()))
    assert (status, shown["verdict"], shown["revocation"]) == (0, "ADMIT", "NOT_APPLICABLE")


@pytest.mark.parametrize("name", ["directory.sig", "directory.json.sig"])
def test_the_directory_is_both_lists_once_its_signature_is_checked(
    run: Run, place: Place, code: Path, key: Path, name: str
) -> None:
    file = signed(place("directory.json", DIRECTORY), name)
    lists = ["--trust-list", file, "--revocation", file]
    status, (shown,), _ = run(*lists, "--trust-key", key, code)
    assert (status, shown["verdict"]) == (0, "ADMIT")
    file.with_name(name).write_bytes(b"another")
    status, shown_none, error = run(*lists, "--trust-key", key, code)
    assert (status, shown_none, error.count("\n")) == (2, [], 1)
    status, shown_none, error = run(*lists, code)
    assert (status, shown_none) == (2, [])
    assert "--trust-key" in error


def test_the_key_of_a_list_may_come_in_a_certificate(run: Run, place: Place, code: Path) -> None:
    from cryptography import x509

    pem = x509.load_der_x509_certificate(certificate(EC_KEY)).public_bytes(Encoding.PEM)
    file = signed(place("directory.json", DIRECTORY), "directory.sig")
    status, (shown,), _ = run("--trust-list", file, "--trust-key", place("signer.crt", pem), code)
    assert (status, shown["signature"]) == (1, "VALID")


def test_a_folder_is_read_file_by_file_and_what_is_no_list_is_passed_over_by_name(
    run: Run, place: Place, code: Path, key: Path
) -> None:
    signed(place("lists/directory.json", DIRECTORY), "directory.sig")
    folder = place("lists/did.json", OWN).parent
    place("lists/README.md", b"# lists\nof ours\n")
    found = place("pass.txt", nz_pass().encode())
    status, shown, error = run("--trust-list", folder, "--trust-key", key, code, found)
    assert [row["signature"] for row in shown] == ["VALID", "VALID"]
    assert error.count("\n") == 1 and "README.md" in error
    (folder / "directory.sig").write_bytes(b"another")
    assert run("--trust-list", folder, "--trust-key", key, code)[0] == 2
    empty = place("empty/README.md", b"nothing").parent
    status, shown, error = run("--trust-list", empty, code)
    assert (status, shown) == (2, [])


def test_symbols_of_one_card_are_one_code_wherever_they_come_from(run: Run, place: Place, code: Path) -> None:
    keys = place("jwks.json", {"keys": [jwk()], "iss": ISSUER})
    files = [place(f"part-{n}.txt", text.encode()) for n, text in enumerate(parts(jws(), 3), 1)]
    _, shown, _ = run("--trust-list", keys, files[2], code, files[0], files[1])
    assert [(row["source"], row["signature"]) for row in shown] == [
        (str(code), "VALID"),
        (str(files[1]), "VALID"),
    ]


def test_symbols_whose_others_are_missing_say_so_each(run: Run, place: Place, code: Path) -> None:
    keys = place("jwks.json", {"keys": [jwk()], "iss": ISSUER})
    lines = place("codes.txt", "\n".join([*parts(jws(), 3)[:2], parts(jws(), 2)[0], card()]).encode())
    status, shown, _ = run("--trust-list", keys, "--batch", lines)
    assert status == 1
    assert sorted((row["line"], row["reasons"][0]) for row in shown) == [
        (1, "INCOMPLETE"),
        (2, "INCOMPLETE"),
        (3, "INCOMPLETE"),
        (4, "NO_REVOCATION_LIST"),
    ]
    assert {row["verdict"] for row in shown} == {"REFER"}


def test_an_unsigned_list_beside_a_wrong_signature_is_not_believed(
    run: Run, place: Place, code: Path
) -> None:
    keys = place("jwks.json", {"keys": [jwk()], "iss": ISSUER})
    place("jwks.sig", b"wrong")
    status, shown, error = run("--trust-list", keys, code)
    assert (status, shown, error.count("\n")) == (2, [], 1)
