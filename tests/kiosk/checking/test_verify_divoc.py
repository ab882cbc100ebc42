"""`main.py verify` with DIVOC certificates: through a worker of its own, where the policy allows them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.commands.door import main
from tests.verification.made import ED_KEY, NOW, RSA_KEY
from tests.verification.made_divoc import DIVOC, ISSUER, METHOD, as_text, changed, code, signed
from verification.policy import built_in
from verification.trust.station_list import Entry, write

ENDING = signed(changed(lambda one: one.update(expirationDate="2022-12-31T00:00:00Z")))


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    key = ED_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(key)
    entry = Entry("ZZ", DIVOC, key=RSA_KEY.public_key(), owner=ISSUER, kid=METHOD.encode())
    (tmp_path / "trust.json").write_bytes(write([entry], "ZZ", NOW, ED_KEY))
    return [
        "--trust-list", str(tmp_path / "trust.json"), "--trust-key", str(tmp_path / "key.pem"),
        "--at", NOW.isoformat(),
    ]  # fmt: skip


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, stdin: bytes, *arguments: str
) -> tuple[int, list[dict[str, Any]]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
    status = main(["verify", *arguments, "-"])
    out, error = capsys.readouterr()
    assert error == ""
    return status, [json.loads(line) for line in out.splitlines()]


def test_a_certificate_with_an_end_is_admitted_and_its_twin_without_one_referred(
    lists: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = as_text(code(ENDING)) + b"\n" + as_text(code()) + b"\n"
    status, (ending, endless) = run(capsys, monkeypatch, codes, *lists, "--batch", "--show-personal")
    assert (status, ending["verdict"], ending["format"]) == (1, "ADMIT", "DIVOC")
    assert (ending["signature"], ending["revocation"]) == ("VALID", "NOT_APPLICABLE")
    assert (ending["issuer"], ending["scheme"], ending["kind"]) == (ISSUER, "DIVOC", "vaccination")
    assert ending["personal"]["name"] == "Mia Muster"
    assert (endless["verdict"], endless["reasons"]) == ("REFER", ["VALIDITY_UNKNOWN"])


def test_the_bytes_of_an_archive_are_a_code_too(
    lists: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, (shown,) = run(capsys, monkeypatch, code(ENDING), *lists)
    assert (status, shown["verdict"]) == (0, "ADMIT")


def test_a_policy_without_the_format_leaves_certificates_alone(
    tmp_path: Path,
    lists: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(built_in().model_copy(update={"formats": ("HC1",)}).model_dump_json())
    status, (shown,) = run(capsys, monkeypatch, code(ENDING), *lists, "--policy", str(policy))
    assert (status, shown["verdict"], shown["reasons"]) == (1, "REFER", ["FORMAT_NOT_ALLOWED"])


def test_trust_says_which_method_a_certificate_names(
    tmp_path: Path, lists: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good").write_bytes(code())
    (tmp_path / "other").write_bytes(code(signed(verificationMethod="did:other")))
    files = ["--explain", str(tmp_path / "good"), "--explain", str(tmp_path / "other")]
    assert main(["trust", *lists, "--json", *files]) == 1
    good, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (good["trusted"], good["format"], good["issuer"]) == (True, "DIVOC", ISSUER)
    assert (other["trusted"], [why["id"] for why in other["why"]]) == (False, ["no_such_key"])
    assert "did:other" in other["why"][0]["says"]
