"""Every kind of list is published with `main.py hub publish`, and none that speaks for others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.kiosk.commands.desk import Desk, pem
from tests.verification.rules.made_rules import document
from verification.issuing import status_list
from verification.issuing.authority import Authority, found_authority
from verification.revocation import station_list as revocation_file
from verification.trust import station_list as trust_file

NOW = datetime.now(UTC).replace(microsecond=0)
SET = {"valueSetId": "colours", "valueSetDate": "2022-01-01", "valueSetValues": {"red": {}, "blue": {}}}


class HongKong:
    """The jurisdiction's table: its role key, its list key, one authority, its trust list published."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.key = ed25519.Ed25519PrivateKey.generate()
        self.by_hk = ["--data", str(desk.data), *desk.signed(desk.jurisdiction())]
        self.authority = found_authority("HK", frozenset({"HK1"}), NOW, demo=False)
        public = pem(self.key, desk.folder / "hk/lists.key").with_suffix(".pub.pem")
        assert desk("add", "hk/keys/lists.pem", public, *self.by_hk) == 0
        assert self.add("hk/trust/signers.json", self.trust(self.authority)) == 0, desk.said

    def trust(self, authority: Authority) -> bytes:
        return trust_file.write(list(authority.entries()), "hk", NOW, self.key)

    def add(self, target: str, data: bytes) -> int:
        """`hub publish add`."""
        file = self.desk.folder / "list"
        file.write_bytes(data)
        return self.desk("add", target, file, *self.by_hk)

    def withdrawn(self, *covers: tuple[str, str], status: dict[str, frozenset[int]] | None = None) -> bytes:
        """A station's revocation list."""
        return revocation_file.write([], covers, "hk", NOW, self.key, status)


@pytest.fixture
def hong_kong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> HongKong:
    desk = Desk(tmp_path, capsys)
    assert desk.init() == 0
    return HongKong(desk)


def test_a_status_list_is_published_when_its_issuers_key_is_the_roles_own(hong_kong: HongKong) -> None:
    own = status_list.write(hong_kong.authority, 100, {7: 1}, NOW, subject="https://hk.example/1")
    assert hong_kong.add("hk/status/codes.cwt", own) == 0, hong_kong.desk.said
    assert hong_kong.desk.client().get("hk/status/codes.cwt") == own
    macao = found_authority("MO", frozenset({"MO1"}), NOW, demo=False)
    foreign = status_list.write(macao, 100, {7: 1}, NOW, subject="https://mo.example/1")
    assert hong_kong.add("hk/status/codes.cwt", foreign) == 1
    assert hong_kong.desk.client("again").get("hk/status/codes.cwt") == own


def test_a_list_that_speaks_of_anothers_codes_is_not_published(hong_kong: HongKong) -> None:
    path = "hk/revocation/list.json"
    for wrong in (
        hong_kong.withdrawn(("HK1", "HK"), ("MO1", "MO")),
        hong_kong.withdrawn(("HK1", "*")),
        hong_kong.withdrawn(("HK1", "HK"), status={"MO": frozenset({3})}),
    ):
        assert hong_kong.add(path, wrong) == 1
        assert "hk speaks for nobody else's" in hong_kong.desk.said
    assert hong_kong.desk.client().get(path) is None
    right = hong_kong.withdrawn(("HK1", "HK"), status={"HK": frozenset({3})})
    assert hong_kong.add(path, right) == 0, hong_kong.desk.said


def test_rules_and_value_sets_are_published_and_anothers_rules_are_not(hong_kong: HongKong) -> None:
    of_hk = json.dumps([document(Identifier="VR-HK-0001", Country="HK")]).encode()
    assert hong_kong.add("hk/rules/arrival.json", of_hk) == 0, hong_kong.desk.said
    assert hong_kong.add("hk/value-sets/colours.json", json.dumps(SET).encode()) == 0, hong_kong.desk.said
    client = hong_kong.desk.client()
    assert client.get("hk/rules/arrival.json") == of_hk
    assert client.get("hk/value-sets/colours.json") is not None
    assert hong_kong.add("hk/rules/arrival.json", json.dumps([document()]).encode()) == 1
    assert "XA" in hong_kong.desk.said
    assert hong_kong.add("hk/value-sets/colours.json", b'{"valueSetId": "colours"}') == 1
    assert hong_kong.desk.client("again").get("hk/rules/arrival.json") == of_hk
