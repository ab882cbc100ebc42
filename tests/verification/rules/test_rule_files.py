"""Rules and value sets are read strictly: what is wrong is named, and nothing of its file is used."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.verification.made_cms import EC_KEY as GATE
from tests.verification.made_cms import P521, signed
from tests.verification.rules.made_rules import NOW, certificate, document
from verification.rules.dcc import Result, RuleBook
from verification.rules.rule_files import load_rules
from verification.rules.value_sets import ValueSet, as_document, by_day, for_rules, load_value_sets
from verification.signed_lists import ListRejected, sign

KEY = ed25519.Ed25519PrivateKey.generate()
OTHER = ed25519.Ed25519PrivateKey.generate()
SET = {"valueSetId": "colours", "valueSetDate": "2022-01-01", "valueSetValues": {"red": {}, "blue": {}}}


def as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_one_rule_or_a_list_of_rules() -> None:
    assert len(load_rules(as_bytes(document()))) == 1
    assert len(load_rules(as_bytes([document(), document(Identifier="VR-XA-0002")]))) == 2
    assert load_rules(b"[]") == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"Identifier": "XX-XA-0001"},
        {"Identifier": "VR-XB-0001"},
        {"Identifier": "TR-XA-0001"},
        {"Identifier": "IR-XA-0001"},
        {"Type": "Booster"},
        {"Type": "Invalidation"},
        {"Country": "Xa"},
        {"Version": "1.0"},
        {"SchemaVersion": "one"},
        {"Engine": "JAVASCRIPT"},
        {"EngineVersion": "1.0.0-beta"},
        {"CertificateType": "Booster"},
        {"Description": []},
        {"Description": "text"},
        {"ValidFrom": "2022-01-01"},
        {"ValidFrom": "2022-13-01T00:00:00Z"},
        {"ValidTo": "2021-01-01T00:00:00Z"},
        {"ValidTo": None},
        {"AffectedFields": "v.0"},
        {"Logic": {"or": [True, False]}},
        {"Logic": {}},
        {"Logic": True},
        {"Logic": None},
        {"Comment": "unknown"},
        {"Region": 7},
    ],
    ids=str,
)
def test_a_wrong_rule_spoils_its_file_and_is_named(changes: dict[str, Any]) -> None:
    wrong = document(**changes)
    with pytest.raises(ListRejected, match="rule") as rejected:
        load_rules(as_bytes([document(), wrong]))
    assert "\n" not in str(rejected.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b'"text"',
        b"[1]",
        b"[[]]",
        b"\xff",
        b'[],"rules":[]',
        b'[],"x":1',
        b"[" * 100_000,
        b"NaN",
    ],
)
def test_what_is_no_list_of_rules_is_rejected(data: bytes) -> None:
    with pytest.raises(ListRejected):
        load_rules(data)


def test_a_key_written_twice_is_rejected() -> None:
    twice = as_bytes(document()).replace(b'"Type"', b'"Country": "XA", "Type"', 1)
    with pytest.raises(ListRejected):
        load_rules(twice)


def test_signed_rules_are_believed_with_their_key_only() -> None:
    signed = sign({"type": "dcc-rules", "rules": [document()]}, KEY)
    assert len(load_rules(signed, OTHER.public_key(), KEY.public_key())) == 1
    for keys in ((), (OTHER.public_key(),)):
        with pytest.raises(ListRejected):
            load_rules(signed, *keys)
    with pytest.raises(ListRejected):
        load_rules(sign({"type": "trust-list", "rules": [document()]}, KEY), KEY.public_key())


def test_a_value_set_gives_its_codes() -> None:
    assert for_rules(load_value_sets(as_bytes(SET))) == {"colours": ["red", "blue"]}


def test_of_two_editions_of_a_value_set_the_newer_counts() -> None:
    newer = {**SET, "valueSetDate": "2022-02-01", "valueSetValues": {"green": {}}}
    for order in ((SET, newer), (newer, SET)):
        assert for_rules(one for part in order for one in load_value_sets(as_bytes(part))) == {
            "colours": ["green"]
        }


@pytest.mark.parametrize(
    "changes",
    [
        {"valueSetId": ""},
        {"valueSetId": 1},
        {"valueSetDate": "yesterday"},
        {"valueSetDate": 2022},
        {"valueSetValues": {}},
        {"valueSetValues": ["red"]},
    ],
    ids=str,
)
def test_a_wrong_value_set_is_rejected(changes: dict[str, Any]) -> None:
    with pytest.raises(ListRejected):
        load_value_sets(as_bytes({**SET, **changes}))


def test_signed_value_sets_are_believed_with_their_key_only() -> None:
    signed = sign(as_document(load_value_sets(as_bytes(SET))), KEY)
    assert for_rules(load_value_sets(signed, KEY.public_key())) == {"colours": ["red", "blue"]}
    with pytest.raises(ListRejected):
        load_value_sets(signed, OTHER.public_key())


def gateway(*rules: dict[str, Any], key: Any = GATE, **beside: Any) -> bytes:
    """The gateway's answer for a country."""
    answer: dict[str, list[dict[str, Any]]] = {}
    for rule in rules:
        listed = {
            "version": rule["Version"],
            "validFrom": rule["ValidFrom"],
            "validTo": rule["ValidTo"],
            "cms": base64.b64encode(signed(as_bytes(rule), key)).decode(),
        }
        answer.setdefault(rule["Identifier"], []).append(listed | beside)
    return as_bytes(answer)


def test_the_gateways_answer_holds_the_versions_of_each_rule_signed_by_their_country() -> None:
    rules = (document(), document(Version="1.0.1"), document(Identifier="VR-XA-0002"))
    loaded = load_rules(gateway(*rules), OTHER.public_key(), GATE.public_key())
    assert [(rule.identifier, rule.version) for rule in loaded] == [
        ("VR-XA-0001", (1, 0, 0)),
        ("VR-XA-0001", (1, 0, 1)),
        ("VR-XA-0002", (1, 0, 0)),
    ]
    elsewhere = document(ValidFrom="2022-01-01T08:00:00+08:00")
    assert load_rules(gateway(elsewhere, validFrom="2022-01-01T00:00:00Z"), GATE.public_key())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (gateway(document(), key=P521), "not signed with a key that is trusted"),
        (gateway(document(), version="1.0.1"), "what is listed is not what was signed"),
        (gateway(document(), validTo="2024-01-01T00:00:00Z"), "what is listed is not what was signed"),
        (gateway(document(), validFrom="soon"), "not a time"),
        (gateway(document(), cms=None), "it is not signed"),
        (gateway(document(), cms="!"), "not base64"),
        (gateway(document(), cms="MAA="), "no signed CMS message"),
        (gateway(document()).replace(b"VR-XA-0001", b"VR-XA-0009"), "what is listed is not what was signed"),
        (gateway(document(Logic={"or": [1, 2]})), "no CertLogic"),
        (as_bytes({"VR-XA-0001": []}), "no rules in a form that is known"),
        (as_bytes({"VR-XA-0001": [5]}), "it is not signed"),
    ],
)
def test_an_answer_of_the_gateway_that_is_not_whole_and_signed_is_rejected(answer: bytes, says: str) -> None:
    with pytest.raises(ListRejected, match=says):
        load_rules(answer, GATE.public_key())


def test_a_value_set_is_there_from_its_day_on_and_the_newest_of_then_counts() -> None:
    old, new = (
        ValueSet("colours", date(2022, 1, 1), ("red",)),
        ValueSet("colours", date(2022, 7, 1), ("blue",)),
    )
    later = ValueSet("shapes", date(2022, 7, 1), ("round",))
    known = by_day([new, old, later])
    assert known(date(2021, 12, 31)) == {}
    assert known(date(2022, 6, 30)) == {"colours": ["red"]}
    assert known(date(2022, 7, 1)) == {"colours": ["blue"], "shapes": ["round"]}
    blue = {"in": ["blue", {"var": "external.valueSets.colours"}]}
    (rule,) = load_rules(as_bytes(document(Logic=blue)))
    answers = {}
    for day in (NOW - timedelta(days=300), NOW, NOW + timedelta(days=60)):
        forced = replace(rule, valid_from=day, valid_to=day)
        book = RuleBook([forced], known)
        (answers[day],) = (one.result for one in book.check(certificate(), "XA", "", day))
    assert list(answers.values()) == [Result.OPEN, Result.FAILED, Result.PASSED]
