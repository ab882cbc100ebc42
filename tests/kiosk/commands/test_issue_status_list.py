"""`main.py issue status-list`: what an authority publishes is what `verify` believes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.commands.door import main

AT = ["--at", "2026-11-23T04:00:00Z"]


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("withdrawn", "at", "revocation"),
    [
        (18, "2026-11-23T05:00:00Z", "CLEAR"),
        (17, "2026-11-23T05:00:00Z", "REVOKED"),
        (18, "2026-11-23T07:00:00Z", "STALE"),
        (17, "2026-11-23T07:00:00Z", "REVOKED"),
    ],
)
def test_a_code_is_judged_by_its_issuers_own_status_list(
    withdrawn: int, at: str, revocation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, code, trust, status = (tmp_path / name for name in ("hk", "code.txt", "trust.json", "status.cwt"))
    key = tmp_path / "list.pem"
    made = [
        call("issue", "authority", "--out", folder, "--issuer", "HK", "--formats", "HK1", *AT),
        call("issue", "code", "--authority", folder, "--format", "HK1", "--colour", "green", "--status", 17,
             "--out", code, *AT),
        call("issue", "trust-list", "--authority", folder, "--key", key, "--out", trust, *AT),
        call("issue", "status-list", "--authority", folder, "--withdraw", withdrawn, "--hours", 2,
             "--out", status, *AT),
    ]  # fmt: skip
    assert made == [0, 0, 0, 0]
    capsys.readouterr()
    public = tmp_path / "list.public.pem"
    call("verify", "--trust-list", trust, "--trust-key", public, "--revocation", status, "--at", at, code)
    assert json.loads(capsys.readouterr().out)["revocation"] == revocation


def test_an_index_beyond_the_list_is_one_line_and_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hk"
    call("issue", "authority", "--out", folder, "--issuer", "HK", "--formats", "HK1")
    out = tmp_path / "status.cwt"
    assert (
        call("issue", "status-list", "--authority", folder, "--size", 8, "--withdraw", 8, "--out", out) == 2
    )
    assert "does not fit" in capsys.readouterr().err
    assert not out.exists()
