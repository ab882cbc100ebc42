"""`main.py policy check` as an operator meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from kiosk.commands.door import main
from tests.verification.rules.made_rules import document
from verification.policy import built_in

SHIPPED = Path(__file__).parents[3] / "config" / "policies"


def written(folder: Path, **changes: Any) -> str:
    file = folder / "policy.json"
    file.write_text(json.dumps(built_in().model_dump(mode="json", exclude_defaults=True) | changes))
    return str(file)


def test_a_policy_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", str(SHIPPED / "to-mainland.json")]) == 0
    out = capsys.readouterr().out
    for words in (
        "for travellers to the mainland",
        "green health colour of scheme GD (GD1), at most 24 hours after issue; and customs declaration",
        "once only",
        "until 23:59:59 in Asia/Hong_Kong",
        "must be of one holder",
        "not relied on after 168",
        "REVOKED, ALREADY_USED, COLOUR_RED",
        "One crossing in 200",
        "nothing wrong",
    ):
        assert words in out


def test_rules_are_told_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rule = {"id": "R1", "says": "No names.", "kinds": ["test"], "logic": {"!": [{"var": "payload.birth"}]}}
    file = written(
        tmp_path,
        arrival={"country": "DE", "region": "BW", "on_fail": "REFUSE"},
        rules=[rule],
        outcomes={"EXPIRED": "REFER"},
        one_holder=False,
        second_officer=[],
        accept_specimens=True,
    )
    main(["policy", "check", file])
    out = capsys.readouterr().out
    assert "rules of arrival in DE, region BW: one that fails is refused" in out
    assert "Rule R1 is asked of each test: No names. A code that fails is referred to an officer." in out
    assert "EXPIRED leads to REFER" in out
    assert "One officer overrides alone." in out
    assert "further codes may be of other holders" in out
    assert "demo authorities count" in out


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "to-hong-kong-certificates",
            [
                "  1. vaccination of scheme DCC or DDCC (HC1); and test of scheme DCC or DDCC (HC1),"
                " at most 48 hours after the sample",
                "     provided (rule COMPLETE-14-DAYS): The vaccination is complete, its last dose 14 days"
                " or longer ago.",
                "  2. recovery of scheme DCC (HC1), at most 4320 hours (180 days) after the first"
                " positive test; and test of scheme DCC (HC1), at most 48 hours after the sample",
                "Birthdays, and days that name no hour, begin at midnight in Asia/Hong_Kong.",
                "All codes of a crossing must be of one holder; what cannot be bound is referred.",
            ],
        ),
        (
            "to-macao",
            ["One code is enough; further codes that certainly are of another holder are referred."],
        ),
        (
            "to-mainland-frequent",
            [
                "  1. green health colour of scheme GD (GD1), at most 24 hours after issue; and customs"
                " declaration of scheme CD (CD1), at most 168 hours (7 days) after issue",
            ],
        ),
    ],
)
def test_shipped_policies_are_told_as_an_operator_would_say_them(
    capsys: pytest.CaptureFixture[str], name: str, lines: list[str]
) -> None:
    assert main(["policy", "check", str(SHIPPED / f"{name}.json")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line not in told] == []


def test_what_is_wrong_is_named_with_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["policy", "check", written(tmp_path, spot_check_one_in=1)]) == 1
    assert "WRONG  spot_check_one_in: draws every crossing" in capsys.readouterr().out


def test_a_file_that_is_no_policy_is_named_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, bad = written(tmp_path), tmp_path / "bad.json"
    bad.write_text("{}")
    assert main(["policy", "check", good, str(bad), str(tmp_path / "gone.json")]) == 2
    out, error = capsys.readouterr()
    assert "nothing wrong" in out
    assert [line.split(":")[0] for line in error.splitlines()] == [str(bad), str(tmp_path / "gone.json")]


def settings(folder: Path, text: str) -> str:
    file = folder / "kiosk.toml"
    file.write_text(text)
    return str(file)


TURNED = "[other_direction]\ndirection = 'to_macao'\npolicy = 'p.json'\nway_out = 'left'\n"
LANE = "[lane]\ndirection = 'any'\nformats = ['HC1', 'HK1']\n"


def small(folder: Path, **changes: Any) -> str:
    asked = {"any_of": [{"all_of": [{"kind": "vaccination"}]}, {"all_of": [{"kind": "health_colour"}]}]}
    return written(folder, formats=["HC1", "HK1"], evidence=asked, **changes)


@pytest.mark.parametrize(
    ("lane", "changes", "says"),
    [
        (LANE, {}, "nothing wrong"),
        (LANE.replace(", 'HK1'", ""), {}, "WRONG  formats: HK1 is not read by the lane (lane.formats)"),
        (LANE.replace("'HK1'", "'HK1', 'GD1'"), {}, "note   formats: the lane reads GD1"),
        (
            LANE,
            {"direction": "to_macao"},
            "WRONG  direction: is to_macao, but the lane records crossings as any",
        ),
        (LANE + TURNED, {"direction": "to_macao"}, "nothing wrong"),
        (LANE, {"accept_specimens": True}, "WRONG  accept_specimens: main.py run does not start"),
        (LANE, {"arrival": {"country": "XA"}}, "WRONG  arrival: no rules are configured (trust.rules)"),
    ],
)
def test_a_policy_is_held_against_the_lane_that_is_to_use_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lane: str, changes: dict[str, Any], says: str
) -> None:
    status = main(["policy", "check", small(tmp_path, **changes), "--settings", settings(tmp_path, lane)])
    out = capsys.readouterr().out
    assert says in out
    assert status == ("WRONG" in out)


@pytest.mark.parametrize(
    ("rule", "arrival", "says"),
    [
        ({}, {}, "nothing wrong"),
        ({"Country": "XB", "Identifier": "VR-XB-0001"}, {}, "has no rule in force"),
        ({"ValidTo": "2022-05-01T00:00:00Z"}, {}, "has no rule in force"),
        ({"EngineVersion": "1.4.0"}, {}, "rule VR-XA-0002: is for CertLogic 1.4.0, newer than ours"),
        ({"Logic": {"in": ["a", {"var": "external.valueSets.made-up"}]}}, {}, "the value set made-up"),
        ({}, {"region": "BW"}, "note   arrival.region: no rule is for BW"),
    ],
)
def test_the_rules_of_arrival_are_looked_at_in_their_windows(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    rule: dict[str, Any],
    arrival: dict[str, Any],
    says: str,
) -> None:
    (tmp_path / "rules").mkdir()
    made = document(**({"Identifier": "VR-XA-0002"} | rule))
    (tmp_path / "rules" / "rule.json").write_text(json.dumps(made))
    file = settings(tmp_path, LANE + "[trust]\nrules = 'rules'\n")
    policy = small(tmp_path, arrival={"country": "XA"} | arrival)
    main(["policy", "check", policy, "--settings", file, "--at", "2022-06-01T12:00:00Z"])
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    ("window", "says"),
    [
        (
            {"ValidTo": "2022-05-01T00:00:00Z"},
            "rule VR-XA-0002: is no longer in force since 2022-05-01 00:00 UTC",
        ),
        (
            {"ValidFrom": "2022-07-01T00:00:00Z"},
            "rule VR-XA-0002: is not in force before 2022-07-01 00:00 UTC",
        ),
    ],
)
def test_a_rule_whose_window_is_over_or_still_to_come_is_noted_beside_those_in_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, window: dict[str, Any], says: str
) -> None:
    (tmp_path / "rules.json").write_text(
        json.dumps([document(), document(Identifier="VR-XA-0002", **window)])
    )
    file = settings(tmp_path, LANE + "[trust]\nrules = 'rules.json'\n")
    policy = small(tmp_path, arrival={"country": "XA"})
    assert main(["policy", "check", policy, "--settings", file, "--at", "2022-06-01T12:00:00Z"]) == 0
    assert f"note   {says}" in capsys.readouterr().out


def test_settings_or_rules_that_cannot_be_used_are_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for text in (
        "[lane]\nid = 'lane one'",
        "[trust]\nrules = 'gone'",
        "[trust]\nkey = 'gone'\nrules = 'gone'",
    ):
        assert main(["policy", "check", small(tmp_path), "--settings", settings(tmp_path, text)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1


def key_pair(folder: Path, name: str, key: Any) -> tuple[str, str]:
    private, public = folder / f"{name}.key.pem", folder / f"{name}.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(private), public.name


@pytest.mark.parametrize(
    "key", [ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP384R1())]
)
def test_a_policy_is_signed_for_lanes_that_have_keys_of_lists(
    key: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = small(tmp_path)
    private, public = key_pair(tmp_path, "station", key)
    lane = settings(tmp_path, LANE + f"[trust]\nkey = '{public}'\n")
    check = ["policy", "check", policy, "--settings", lane]
    assert main(check) == 1
    assert "WRONG  signature: the policy is not signed" in capsys.readouterr().out
    assert main(["policy", "sign", policy, "--key", private]) == 0
    assert main(check) == 0
    assert "signature" not in capsys.readouterr().out.replace("policy.json.sig", "")
    Path(policy).write_bytes(Path(policy).read_bytes() + b" ")
    assert main(check) == 1
    assert "was changed after it" in capsys.readouterr().out


def test_without_keys_a_policy_is_noted_as_not_signed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = small(tmp_path)
    assert main(["policy", "check", policy]) == 0
    assert "note   signature: the policy is not signed" in capsys.readouterr().out


def test_nothing_but_a_policy_is_signed_and_only_with_a_fitting_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, _ = key_pair(tmp_path, "station", ed25519.Ed25519PrivateKey.generate())
    other, _ = key_pair(tmp_path, "other", rsa.generate_private_key(65537, 2048))
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    assert main(["policy", "sign", str(bad), "--key", private]) == 2
    for key in (other, str(bad), str(tmp_path / "gone")):
        assert main(["policy", "sign", small(tmp_path), "--key", key]) == 2
    assert not list(tmp_path.glob("*.sig"))
    assert len(capsys.readouterr().err.splitlines()) == 4
