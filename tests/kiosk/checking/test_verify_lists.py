"""`main.py verify` with lists of every kind, folders of them, and cards in several symbols."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.commands.door import main
from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, NOW, VACCINATION, hc1, kid_of
from tests.verification.made_cards import ISSUER, RID, card, jwk, jws, nz_pass, parts
from tests.verification.revocation.index.publisher import PUBLIC, Publisher, uci
from tests.verification.trust.test_issuer_keys import DIRECTORY, OWN
from verification.revocation.hashes import truncated
from verification.trust import station_list

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
    lists[-1] = ISSUER
    status, (shown,), _ = run(*lists[:2], "--revocation", withdrawn, "--issuer", ISSUER, code)
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


def station(entries: list[Any], hours: float) -> bytes:
    return station_list.write(entries, "test", NOW - timedelta(hours=hours), EC_KEY)


def test_a_stale_trust_list_of_certificates_does_not_refer_cards(
    run: Run, place: Place, code: Path, key: Path
) -> None:
    entry = station_list.Entry("HK", frozenset({"HC1"}), key=EC_KEY.public_key())
    old = place("old.json", station([entry], 999))
    keys = place("jwks.json", {"keys": [jwk()], "iss": ISSUER})
    crl = place("crl.json", CLEAR)
    lists = ["--trust-list", old, "--trust-list", keys, "--trust-key", key]
    status, (shown,), _ = run(*lists, "--revocation", crl, "--issuer", ISSUER, code)
    assert (status, shown["reasons"]) == (0, ["ADMITTED"])
    status, (shown,), _ = run(*lists, place("code.txt", hc1(key=EC_KEY).encode()))
    assert "TRUST_LIST_STALE" in shown["reasons"]


def test_the_folder_of_a_large_index_is_a_revocation_list(
    run: Run, place: Place, tmp_path: Path, key: Path
) -> None:
    entry = station_list.Entry("HK", frozenset({"HC1"}), key=EC_KEY.public_key())
    publisher_key = place("index.pem", PUBLIC.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    trusted = ["--trust-list", place("trust.json", station([entry], 1)), "--trust-key", key]
    trusted += ["--trust-key", publisher_key]
    publisher, folder = Publisher(tmp_path / "published"), tmp_path / "index"
    publisher.folder.mkdir()
    folder.mkdir()
    publisher.add(uci(truncated(str(VACCINATION["ci"]).encode()), kid_of(EC_KEY)))
    publisher.new_base()
    publisher.fetch(publisher.send_base(folder))
    code = place("code.txt", hc1(key=EC_KEY).encode())
    status, (shown,), _ = run(*trusted, "--revocation", folder, code)
    assert (status, shown["verdict"], shown["revocation"]) == (1, "REFUSE", "REVOKED")
    (folder / "CURRENT").write_bytes(b"{}")
    status, _, error = run(*trusted, "--revocation", folder, code)
    assert status == 2 and str(folder) in error and error.count("\n") == 1


def test_a_pipe_is_refused_with_one_sentence_and_never_waited_for(
    run: Run, tmp_path: Path, code: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for arguments in ([pipe], ["--trust-list", pipe, code], ["--trust-key", pipe, code]):
        status, _, error = run(*arguments)
        assert (status, error.count("\n")) == (2, 1)
        assert "no regular file" in error


def test_a_key_set_that_nobody_names_the_issuer_of_is_an_error(run: Run, place: Place, code: Path) -> None:
    keys = place("jwks.json", {"keys": [jwk()]})
    status, _, error = run("--trust-list", keys, code)
    assert (status, error.count("\n")) == (2, 1)
    assert "whose" in error


def test_key_sets_of_several_issuers_each_have_their_issuer_beside_them(
    run: Run, place: Place, tmp_path: Path, code: Path
) -> None:
    place("lists/one.json", {"keys": [jwk()]})
    beside = place("lists/one.json.issuer", (ISSUER + "\n").encode())
    arguments = ["--trust-list", tmp_path / "lists", "--issuer", "https://cards.example/other", code]
    status, (shown,), error = run(*arguments)
    assert (status, shown["signature"], error) == (1, "VALID", "")
    beside.write_bytes(b"https://cards.example/other")
    assert run(*arguments)[1][0]["signature"] == "UNKNOWN_SIGNER"
    beside.write_bytes(b"no address")
    assert run(*arguments)[0] == 2
