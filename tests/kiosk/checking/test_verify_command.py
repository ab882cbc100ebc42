"""`main.py verify` as an operator meets it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import segno
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.checking import inputs
from kiosk.commands.door import main
from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    NOW,
    OTHER_EC_KEY,
    VACCINATION,
    colour,
    colour_claims,
    dcc,
    dcc_claims,
    hc1,
    seconds,
)
from tests.verification.rules.made_rules import document
from verification.policy import built_in
from verification.revocation.hashes import truncated
from verification.revocation.memory import Withdrawn
from verification.revocation.station_list import write as write_revocation
from verification.trust.station_list import Entry
from verification.trust.station_list import write as write_trust

AT = NOW.isoformat()
KEYS = {
    "source", "format", "verdict", "signature", "validity", "revocation", "reasons", "issuer", "kid", "kind",
    "scheme", "colour", "issued_at", "expires_at", "specimen", "looks_like", "timings_us",
}  # fmt: skip
Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def lists(tmp_path: Path) -> list[str]:
    """Arguments for a trust list and an empty revocation list, both signed an hour before the clock."""
    key = ED_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(key)
    entry = Entry("HK", frozenset({"HK1", "HC1"}), key=EC_KEY.public_key())
    (tmp_path / "trust.json").write_bytes(write_trust([entry], "HK", NOW, ED_KEY))
    withdrawn = Withdrawn(None, "CTI", frozenset({truncated(b"revoked revoked!")}))
    covers = [("HK1", "HK"), ("HC1", "HK")]
    (tmp_path / "revoked.json").write_bytes(write_revocation([withdrawn], covers, "HK", NOW, ED_KEY))
    return [
        "--trust-list", str(tmp_path / "trust.json"), "--trust-key", str(tmp_path / "key.pem"),
        "--revocation", str(tmp_path / "revoked.json"), "--at", AT,
    ]  # fmt: skip


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, list[dict[str, Any]], str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main(["verify", *arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        out, error = capsys.readouterr()
        assert "Traceback" not in error
        return status, [json.loads(line) for line in out.splitlines()], error

    return call


def picture(file: Path, *texts: str) -> str:
    """A PNG with one QR symbol per text, beside one another."""
    import cv2
    import numpy as np

    symbols = []
    for text in texts:
        rows = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=4, border=8)]
        symbols.append(255 - 255 * np.array(rows, np.uint8))
    height = max((symbol.shape[0] for symbol in symbols), default=200)
    padded = [np.pad(s, ((0, height - s.shape[0]), (0, 0)), constant_values=255) for s in symbols]
    pixels = np.hstack(padded) if padded else np.full((height, height), 255, np.uint8)
    assert cv2.imwrite(str(file), pixels)
    return str(file)


def test_a_good_code_on_standard_input_is_admitted(run: Run, lists: list[str]) -> None:
    status, (shown,), error = run(*lists, "-", stdin=colour().encode() + b"\n")
    assert (status, error) == (0, "")
    assert set(shown) == KEYS
    assert shown["source"] == "-"
    assert (shown["format"], shown["verdict"], shown["signature"]) == ("HK1", "ADMIT", "VALID")
    assert (shown["validity"], shown["revocation"], shown["reasons"]) == ("VALID", "CLEAR", ["ADMITTED"])
    assert (shown["issuer"], shown["kind"], shown["colour"]) == ("HK", "health_colour", "green")
    assert set(shown["timings_us"]) == {"decode", "signature", "evidence"}


def test_each_verdict_has_its_fields(run: Run, lists: list[str]) -> None:
    revoked = colour(claims=colour_claims(cti=b"revoked revoked!"))
    for code, verdict, field, value in (
        (colour(signature=bytes(64)), "REFUSE", "signature", "INVALID"),
        (colour(key=OTHER_EC_KEY), "REFER", "signature", "UNKNOWN_SIGNER"),
        (colour(claims=colour_claims(exp=seconds() - 1)), "REFUSE", "validity", "EXPIRED"),
        (revoked, "REFUSE", "revocation", "REVOKED"),
        ("HKSARG|VAC|3.00|", "REFER", "looks_like", "hksar_record"),
        ("https://example.org", "REFER", "looks_like", "link"),
        ("", "REFER", "format", "OTHER"),
    ):
        status, (shown,), _ = run(*lists, "-", stdin=code.encode())
        assert (status, shown["verdict"], shown[field]) == (1, verdict, value)


def test_without_a_revocation_list_the_best_is_a_referral(run: Run, lists: list[str]) -> None:
    without = lists[:4] + lists[6:]
    status, (shown,), _ = run(*without, "-", stdin=colour().encode())
    assert (status, shown["verdict"], shown["revocation"]) == (1, "REFER", "NO_LIST")
    assert shown["reasons"] == ["NO_REVOCATION_LIST"]


def test_without_any_list_nothing_is_known(run: Run) -> None:
    status, (shown,), _ = run("--at", AT, "-", stdin=colour().encode())
    assert (status, shown["verdict"], shown["signature"]) == (1, "REFER", "UNCHECKED")
    assert shown["reasons"][0] == "NO_TRUST_LIST"


def test_a_batch_is_one_code_per_line_and_empty_lines_are_none(run: Run, lists: list[str]) -> None:
    text = f"{colour()}\r\n\n{hc1()}\nnonsense\n{'x' * 200_000}\n{colour()}".encode()
    status, shown, _ = run(*lists, "--batch", "-", stdin=text)
    assert status == 1
    assert [row["format"] for row in shown] == ["HK1", "HC1", "OTHER", "OTHER", "HK1"]
    assert [row["line"] for row in shown] == [1, 3, 4, 5, 6]


def test_files_are_told_apart_by_content(run: Run, lists: list[str], tmp_path: Path) -> None:
    text = tmp_path / "code.png"
    text.write_bytes(b"\xef\xbb\xbf" + colour().encode() + b"\r\n")
    image = Path(picture(tmp_path / "image.txt.png", colour())).rename(tmp_path / "image.txt")
    status, shown, _ = run(*lists, str(text), str(image))
    assert status == 0
    assert [row["source"] for row in shown] == [str(text), str(image)]


def test_a_picture_gives_every_code_in_it_or_one_object_that_says_there_is_none(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    two = picture(tmp_path / "two.png", colour(), "https://example.org/menu")
    none = picture(tmp_path / "none.png")
    status, shown, _ = run(*lists, two, none)
    assert status == 1
    assert sorted(row["format"] for row in shown if row["source"] == two) == ["HK1", "OTHER"]
    (empty,) = [row for row in shown if row["source"] == none]
    assert (empty["format"], empty["verdict"], empty["looks_like"]) == ("OTHER", "REFER", "nothing")


def test_personal_fields_are_shown_only_when_asked_for(run: Run, lists: list[str]) -> None:
    _, (shown,), _ = run(*lists, "-", stdin=hc1().encode())
    assert "Muster" not in json.dumps(shown)
    _, (shown,), _ = run(*lists, "--show-personal", "-", stdin=hc1().encode())
    assert shown["personal"] == {"name": "Mia Muster", "masked_name": "M** M*****", "birth": "1970-01-01"}


def test_at_a_terminal_each_code_is_one_line_without_control_characters(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    file = tmp_path / "\x1b[31mcode.txt"
    file.write_text(colour())
    assert main(["verify", "--at", AT, str(file)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("REFER")
    assert "NO_TRUST_LIST" in line and "\x1b" not in line


def test_input_that_cannot_be_read_is_one_line_and_the_rest_is_still_checked(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 60)
    good = tmp_path / "good.txt"
    good.write_text(colour())
    for wrong in (tmp_path / "missing", tmp_path, damaged):
        status, shown, error = run(*lists, str(wrong), str(good))
        assert status == 2
        assert [row["verdict"] for row in shown] == ["ADMIT"]
        assert error.count("\n") == 1 and str(wrong) in error


def test_a_list_that_cannot_be_believed_is_one_line_and_no_code_is_checked(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(OTHER_EC_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    junk = tmp_path / "junk"
    junk.write_bytes(b"\0\xff")
    for arguments in (
        [*lists[:3], str(other), "--at", AT],
        lists[:2],
        ["--trust-list", str(junk), *lists[2:4]],
        [*lists[:4], "--revocation", str(junk)],
        [*lists[:4], "--revocation", lists[1]],
        [*lists, "--policy", str(junk)],
        [*lists, "--policy", str(tmp_path / "missing")],
        ["--trust-list", lists[1], "--trust-key", str(junk)],
    ):
        status, shown, error = run(*arguments, "-", stdin=colour().encode())
        assert (status, shown) == (2, [])
        assert error.count("\n") == 1


def test_wrong_usage_is_status_two(run: Run) -> None:
    for arguments in ([], ["--at", "soon", "-"], ["--nonsense", "-"]):
        assert run(*arguments)[0] == 2


def test_lists_age_by_the_policy_at_the_time_of_the_check(run: Run, lists: list[str]) -> None:
    later = colour(claims=colour_claims(exp=2**31))
    _, (shown,), _ = run(*lists[:-1], "2022-06-05T12:00:00Z", "-", stdin=later.encode())
    assert (shown["verdict"], shown["revocation"]) == ("REFER", "STALE")


def rule_folder(folder: Path, **changes: Any) -> str:
    """A folder as the published repository lays it out, with a test beside the rule."""
    place = folder / "rules" / "XA" / "VR-XA-0001"
    (place / "tests").mkdir(parents=True)
    (place / "rule.json").write_text(json.dumps(document(**changes)))
    (place / "tests" / "test001.json").write_text('{"expected": true}')
    return str(folder / "rules")


HALF = hc1(dcc_claims(dcc(v=[VACCINATION | {"dn": 1}]))).encode()


def test_a_certificate_is_held_against_the_rules_of_a_country(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    rules = ["--rules", rule_folder(tmp_path), "--country", "XA"]
    assert run(*lists, *rules, "-", stdin=hc1().encode())[0] == 0
    status, (shown,), _ = run(*lists, *rules, "-", stdin=HALF)
    assert (status, shown["verdict"], shown["reasons"]) == (1, "REFER", ["RULE_FAILED"])
    assert shown["rules"] == ["VR-XA-0001"]
    assert run(*lists, "-", stdin=HALF)[0] == 0


def test_the_policy_may_name_the_country_and_value_sets_are_looked_up(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    logic = {"in": [{"var": "payload.v.0.mp"}, {"var": "external.valueSets.products"}]}
    rules = rule_folder(tmp_path, Logic=logic)
    sets = tmp_path / "sets"
    sets.mkdir()
    products = {
        "valueSetId": "products",
        "valueSetDate": "2022-01-01",
        "valueSetValues": {"EU/1/20/1528": {}},
    }
    (sets / "products.json").write_text(json.dumps(products))
    (sets / "products.schema.json").write_text("{}")
    policy = tmp_path / "policy.json"
    text = built_in().model_dump(mode="json") | {"arrival": {"country": "XA", "on_fail": "REFUSE"}}
    policy.write_text(json.dumps(text))
    asked = [*lists, "--policy", str(policy), "--rules", rules]
    assert run(*asked, "--value-sets", str(sets), "-", stdin=hc1().encode())[0] == 0
    status, (shown,), _ = run(*asked, "-", stdin=hc1().encode())
    assert (status, shown["verdict"], shown["reasons"]) == (1, "REFER", ["RULE_OPEN"])
    status, (shown,), _ = run(*lists, "--policy", str(policy), "-", stdin=hc1().encode())
    assert (shown["verdict"], shown["rules"]) == ("REFER", ["XA"])


def test_rules_that_cannot_be_used_are_named_and_nothing_is_verified(
    run: Run, lists: list[str], tmp_path: Path
) -> None:
    good = rule_folder(tmp_path)
    wrong = rule_folder(tmp_path / "wrong", Logic={"or": [1, 2]})
    (tmp_path / "empty").mkdir()
    for rules, named in (
        (["--rules", wrong, "--country", "XA"], "VR-XA-0001"),
        (["--rules", good, "--country", "XC"], "there are: XA"),
        (["--rules", good], "--country"),
        (["--country", "XA"], "--rules"),
        (["--rules", str(tmp_path / "empty"), "--country", "XA"], "no rules"),
        (["--rules", str(tmp_path / "gone.json"), "--country", "XA"], "gone.json"),
        (["--rules", good, "--country", "germany"], "germany"),
    ):
        status, shown, error = run(*lists, *rules, "-", stdin=HALF)
        assert (status, shown) == (2, [])
        assert named in error


def test_a_line_without_end_is_given_up_and_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_LONGEST_SKIP", 1000)
    endless = tmp_path / "endless.txt"
    endless.write_bytes(b"A" * 300_000)
    status, found, errors = run("--batch", str(endless))
    assert (status, found) == (2, [])
    assert errors.splitlines() == [f"{endless}: line 1 is longer than 1000 bytes"]


def test_a_file_name_cannot_write_on_the_terminal(run: Run) -> None:
    status, _, errors = run("no\n\x1b[31mfile")
    assert (status, errors.count("\n"), "\x1b" in errors) == (2, 1, False)
