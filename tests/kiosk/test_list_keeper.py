"""The lists a lane runs on: loaded whole or not at all, while the lane goes on."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Trust
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.list_keeper import ListKeeper
from sync.event import Event
from tests.verification.rules.made_rules import document
from verification.issuing.authority import found_authority
from verification.policy import built_in
from verification.revocation import station_list as revocation_file
from verification.signed_lists import sign_apart
from verification.snapshot import Freshness
from verification.trust import station_list as trust_file

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)


class Folder:
    """A station's lists, which a test may damage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ed25519.Ed25519PrivateKey.generate()
        self.trust, self.revocation = folder / "trust.json", folder / "revoked.json"
        self.policy, self.pem = folder / "policy.json", folder / "lists.pem"
        self.policy_signature = folder / "policy.json.sig"
        self._time = 1_000_000_000
        public = self.key.public_key()
        self.put(self.pem, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        self.write_trust("HK")
        self.put(self.revocation, revocation_file.write([], [("HK1", "HK")], "test", AT, self.key))
        self.write_policy("first")

    def put(self, file: Path, content: bytes) -> None:
        """Writes a file and gives it a time of its own, as a later copy has."""
        file.write_bytes(content)
        self._time += 1
        os.utime(file, (self._time, self._time))
        if file == self.policy:
            self.sign_policy(self.key)

    def sign_policy(self, key: ed25519.Ed25519PrivateKey) -> None:
        self.put(self.policy_signature, sign_apart(self.policy.read_bytes(), key))

    def write_trust(self, *issuers: str, key: ed25519.Ed25519PrivateKey | None = None) -> None:
        authorities = [found_authority(issuer, frozenset({"HK1"}), AT) for issuer in issuers]
        entries = [row for authority in authorities for row in authority.entries()]
        self.put(self.trust, trust_file.write(entries, "test", AT, key or self.key))

    def write_policy(self, name: str) -> None:
        document = built_in().model_dump(mode="json") | {"name": name}
        self.put(self.policy, json.dumps(document).encode())

    def keeper(self) -> ListKeeper:
        settings = Trust(lists=(self.trust,), key=(self.pem,), revocation=(self.revocation,))
        return ListKeeper(settings, self.policy)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def parts(told: list[Event | PartFailed | PartRecovered]) -> list[str]:
    return [
        f"-{one.fault.part}" if isinstance(one, PartFailed) else f"+{one.part}"
        for one in told
        if not isinstance(one, Event)
    ]


def test_good_lists_are_loaded_and_said(folder: Folder) -> None:
    told: list[Event | PartFailed | PartRecovered] = []
    keeper = folder.keeper()
    keeper.tell_all(told.append)
    assert [event.kind for event in told if isinstance(event, Event)] == ["lists.loaded"] * 3
    assert parts(told) == []
    assert len(keeper.lists.snapshot.trust) == 1 and keeper.lists.snapshot.revocation is not None


def test_nothing_is_loaded_again_while_no_file_changes(folder: Folder) -> None:
    keeper = folder.keeper()
    before = keeper.lists
    assert not keeper.look_again(lambda _: None)
    assert keeper.lists is before


def test_a_new_trust_list_is_in_use_at_the_next_look(folder: Folder) -> None:
    keeper = folder.keeper()
    folder.write_trust("HK", "MO")
    assert keeper.look_again(lambda _: None)
    assert len(keeper.lists.snapshot.trust) == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign", "gone"])
def test_a_list_that_cannot_be_believed_leaves_the_one_before_and_is_named(
    folder: Folder, damage: str
) -> None:
    keeper = folder.keeper()
    before = keeper.lists.snapshot
    content = folder.trust.read_bytes()
    if damage == "cut":
        folder.put(folder.trust, content[: len(content) // 2])
    elif damage == "flipped":
        folder.put(folder.trust, content.replace(b'"HK"', b'"MO"', 1))
    elif damage == "foreign":
        folder.write_trust("HK", "MO", key=ed25519.Ed25519PrivateKey.generate())
    else:
        folder.trust.unlink()
    told: list[Event | PartFailed | PartRecovered] = []
    assert keeper.look_again(told.append)
    assert list(keeper.lists.snapshot.trust) == list(before.trust)  # type: ignore[call-overload]
    assert "lists.rejected" in [event.kind for event in told if isinstance(event, Event)]
    assert parts(told) == ["-trust list"]
    folder.write_trust("HK")
    told.clear()
    keeper.look_again(told.append)
    assert parts(told) == ["+trust list"]


def test_an_invalid_policy_keeps_the_one_before(folder: Folder) -> None:
    keeper = folder.keeper()
    folder.put(folder.policy, b'{"name": "broken"}')
    keeper.look_again(lambda _: None)
    assert keeper.lists.policy is not None and keeper.lists.policy.name == "first"
    folder.write_policy("second")
    keeper.look_again(lambda _: None)
    assert keeper.lists.policy.name == "second"


def test_the_limits_of_the_policy_in_use_hold_while_its_file_is_broken(folder: Folder) -> None:
    strict = {"trust": {"warn_h": 1, "refer_h": 2}, "revocation": {"warn_h": 1, "refer_h": 2}}
    policy = built_in().model_dump(mode="json") | {"freshness": strict}
    folder.put(folder.policy, json.dumps(policy).encode())
    keeper = folder.keeper()
    folder.put(folder.policy, b"{}")
    keeper.look_again(lambda _: None)
    seen = [view.freshness for view in keeper.lists.views(AT + timedelta(hours=3))]
    assert seen == [Freshness.STALE, Freshness.STALE]


def test_an_invalid_policy_at_the_start_is_no_policy(folder: Folder) -> None:
    folder.put(folder.policy, b"{}")
    assert folder.keeper().lists.policy is None


def test_a_missing_revocation_list_is_never_an_empty_one(folder: Folder) -> None:
    folder.revocation.unlink()
    keeper = folder.keeper()
    assert keeper.lists.snapshot.revocation is None
    assert [fault.code for fault in keeper.lists.faults] == ["RL"]


def test_the_age_of_a_list_is_judged_when_it_is_looked_at(folder: Folder) -> None:
    lists = folder.keeper().lists
    ages = [timedelta(hours=1), timedelta(hours=40), timedelta(hours=80)]
    seen = [{view.kind: view.freshness for view in lists.views(AT + age)} for age in ages]
    assert [row["revocation"] for row in seen] == [Freshness.FRESH, Freshness.AGEING, Freshness.STALE]
    assert [row["trust"] for row in seen] == [Freshness.FRESH, Freshness.AGEING, Freshness.AGEING]


def test_rules_are_loaded_anew_as_a_whole_or_stay(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "rules").mkdir()
    one, two = tmp_path / "rules" / "one.json", tmp_path / "rules" / "two.json"
    folder.put(one, json.dumps(document()).encode())
    arrival = built_in().model_dump(mode="json") | {"arrival": {"country": "XA"}}
    folder.put(folder.policy, json.dumps(arrival).encode())
    settings = Trust(
        lists=(folder.trust,), key=(folder.pem,), revocation=(folder.revocation,), rules=tmp_path / "rules"
    )
    keeper = ListKeeper(settings, folder.policy)
    before = keeper.lists.book
    assert before is not None and len(before) == 1
    folder.put(two, json.dumps(document(Identifier="VR-XA-0002", Logic={"or": []})).encode())
    told: list[Event | PartFailed | PartRecovered] = []
    assert keeper.look_again(told.append)
    assert keeper.lists.book is before
    assert parts(told) == ["-rules"]
    told.clear()
    folder.put(two, json.dumps(document(Identifier="VR-XA-0002")).encode())
    assert keeper.look_again(told.append)
    assert keeper.lists.book is not None and len(keeper.lists.book) == 2
    assert parts(told) == ["+rules"]


def test_a_policy_that_asks_for_rules_which_are_not_there_is_named(folder: Folder) -> None:
    arrival = built_in().model_dump(mode="json") | {"arrival": {"country": "XA"}}
    folder.put(folder.policy, json.dumps(arrival).encode())
    told: list[Event | PartFailed | PartRecovered] = []
    folder.keeper().tell_all(told.append)
    assert parts(told) == ["-rules"]


def test_each_trust_list_ages_for_itself_and_has_its_own_name(folder: Folder) -> None:
    old = folder.folder / "old.json"
    entries = found_authority("MO", frozenset({"MO1"}), AT).entries()
    folder.put(old, trust_file.write(entries, "test", AT - timedelta(days=30), folder.key))
    settings = Trust(lists=(folder.trust, old), key=(folder.pem,), revocation=(folder.revocation,))
    keeper = ListKeeper(settings, folder.policy)
    views = {view.name: view.freshness for view in keeper.lists.views(AT) if view.kind == "trust"}
    assert views == {"trust.json": Freshness.FRESH, "old.json": Freshness.STALE}
    trust = keeper.lists.snapshot.trust
    fresh = {prefix: [age.freshness(AT) for age in trust.ages(prefix)] for prefix in ("HK1", "MO1")}
    assert fresh == {"HK1": [Freshness.FRESH], "MO1": [Freshness.STALE]}
    assert keeper.lists.snapshot.trust_age is None


def test_one_broken_trust_list_keeps_what_it_said_while_the_others_are_renewed(folder: Folder) -> None:
    other = folder.folder / "other.json"
    entries = found_authority("MO", frozenset({"MO1"}), AT).entries()
    folder.put(other, trust_file.write(entries, "test", AT, folder.key))
    settings = Trust(lists=(folder.trust, other), key=(folder.pem,), revocation=(folder.revocation,))
    keeper = ListKeeper(settings, folder.policy)
    folder.put(other, b"{}")
    folder.write_trust("HK", "CN")
    told: list[Event | PartFailed | PartRecovered] = []
    assert keeper.look_again(told.append)
    assert parts(told) == ["-trust list other.json"]
    assert len(keeper.lists.snapshot.trust) == 3 and keeper.lists.snapshot.trust.ages("MO1")


def test_a_pipe_in_the_place_of_a_list_is_named_and_never_waited_for(folder: Folder) -> None:
    folder.trust.unlink()
    os.mkfifo(folder.trust)
    (fault,) = folder.keeper().lists.faults
    assert fault.code == "TL" and "no regular file" in fault.advice


def test_a_policy_that_no_key_of_the_lists_signed_is_no_policy_and_the_way_out_is_named(
    folder: Folder,
) -> None:
    folder.policy_signature.unlink()
    lists = folder.keeper().lists
    assert lists.policy is None and lists.unsigned_policy == ""
    advice = next(fault.advice for fault in lists.faults if fault.part == "policy")
    assert "the policy is not signed" in advice and "policy sign" in advice
    folder.sign_policy(ed25519.Ed25519PrivateKey.generate())
    assert folder.keeper().lists.policy is None
    folder.sign_policy(folder.key)
    assert folder.keeper().lists.policy is not None


def test_a_policy_that_was_changed_after_it_was_signed_leaves_the_one_before(folder: Folder) -> None:
    keeper = folder.keeper()
    signature = folder.policy_signature.read_bytes()
    folder.write_policy("second")
    folder.put(folder.policy_signature, signature)
    told: list[Event | PartFailed | PartRecovered] = []
    assert keeper.look_again(told.append) and parts(told) == ["-policy"]
    assert keeper.lists.policy is not None and keeper.lists.policy.name == "first"
    folder.sign_policy(folder.key)
    told.clear()
    assert keeper.look_again(told.append) and parts(told) == ["+policy"]
    assert keeper.lists.policy.name == "second"


def test_without_a_key_of_the_lists_a_policy_is_named_as_not_signed(folder: Folder) -> None:
    folder.policy_signature.unlink()
    keeper = ListKeeper(Trust(), folder.policy)
    assert keeper.lists.policy is not None and keeper.lists.policy.name == "first"
    view = next(view for view in keeper.lists.views(AT) if view.kind == "policy")
    assert not view.signed and view.name == "first 1"
    assert not [view for view in folder.keeper().lists.views(AT) if view.kind == "policy"]
    assert not [view for view in ListKeeper(Trust(), None).lists.views(AT) if view.kind == "policy"]
