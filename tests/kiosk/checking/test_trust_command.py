"""`main.py trust`: whom the lists have, until when, and why a code is not trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.commands.door import main
from tests.verification import made_seals as made
from tests.verification.made import NOW, hc1
from tests.verification.trust.test_swedish import LIST_KEY, signed

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        status = main(["trust", "--at", NOW.isoformat(), *map(str, arguments)])
        out, error = capsys.readouterr()
        assert "Traceback" not in error
        return status, [json.loads(line) for line in out.splitlines()], error

    return call


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "hk.der").write_bytes(made.csca())
    (folder / "sweden.jws").write_bytes(signed())
    (folder / "readme.txt").write_text("not a list")
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key.pem"
    file.write_bytes(LIST_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


def test_it_shows_each_list_and_the_signers_by_format_and_issuer(run: Run, lists: Path, key: Path) -> None:
    status, (shown,), error = run("--trust-list", lists, "--trust-key", key)
    assert status == 0
    assert "readme.txt: passed over" in error
    authority, sweden = shown["lists"]
    assert (authority["signed_at"], authority["freshness"]) == (None, None)
    assert (sweden["freshness"], sweden["expires_at"]) == ("FRESH", "2022-06-02T12:00:00+00:00")
    rows = {(row["format"], row["issuer"]): row for row in shown["signers"]}
    assert set(rows) == {("HC1", "SE"), ("VDSNC", "HK")}
    assert rows["VDSNC", "HK"]["in_force"] == 1
    assert rows["VDSNC", "HK"]["last_end"] == made.ENDS.isoformat()


def test_a_list_past_its_own_end_is_shown_stale(run: Run, lists: Path, key: Path) -> None:
    _, (shown,), _ = run("--trust-list", lists, "--trust-key", key, "--at", "2022-06-03T00:00:00Z")
    assert shown["lists"][1]["freshness"] == "STALE"


def test_a_code_is_explained_from_a_file_or_as_it_is(
    run: Run, lists: Path, key: Path, tmp_path: Path
) -> None:
    code = tmp_path / "seal.txt"
    code.write_text(made.seal())
    options = ("--trust-list", lists, "--trust-key", key)
    status, (shown,), _ = run(*options, "--explain", code)
    assert (status, shown["trusted"], shown["format"]) == (0, True, "VDSNC")
    status, (shown, other), _ = run(*options, "--explain", made.seal(), "--explain", hc1())
    assert status == 1
    assert (shown["trusted"], shown["source"]) == (True, "(argument)")
    assert [why["id"] for why in other["why"]] == ["no_such_key"]
    assert "MUSTER" not in json.dumps([shown, other])


def test_what_cannot_be_used_is_one_line_and_two(run: Run, lists: Path, key: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    other.write_bytes(stranger.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for arguments, says in (
        (("--trust-list", lists), "sweden.jws"),
        (("--trust-list", lists, "--trust-key", other), "not made by a key"),
        (("--trust-list", tmp_path / "nowhere"), "cannot be read"),
        (("--trust-list", lists, "--trust-key", key, "--explain", "nothing.png"), "no such file"),
        (("--trust-list", lists, "--trust-key", key, "--policy", key), "JSON"),
    ):
        status, shown, error = run(*arguments)
        assert (status, shown) == (2, [])
        assert says in error


def test_a_person_at_a_terminal_gets_lines(
    lists: Path, key: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    at = ["--at", NOW.isoformat(), "--trust-key", str(key)]
    assert main(["trust", "--trust-list", str(lists), *at]) == 0
    out = capsys.readouterr().out
    assert "VDSNC  HK" in out and "1 of 1 in force" in out and "until 2022-06-02" in out
    assert main(["trust", "--trust-list", str(lists), *at, "--explain", hc1()]) == 1
    assert "not trusted" in capsys.readouterr().out
