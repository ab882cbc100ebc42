"""An officer's signing key comes out of the roster with the PIN, and with nothing else."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk import officer_key
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.officer_key import SealedKeyError, check_sealed, new_officer_key, unlock
from kiosk.desk.roster import Roster, RosterError, load_roster, save_roster
from kiosk.desk.session import OfficerSession
from sync.signing import PublicKey
from tests.kiosk.desk.ground import OFFICER, PIN, START, WRONG
from tests.quick_hashes import SHIPPED
from tests.sync.ground import key

PUBLIC, SEALED = new_officer_key("O-17", PIN)
WITH_KEY = replace(OFFICER, public=PUBLIC, sealed_key=SEALED)


def test_the_pin_opens_it() -> None:
    signing = unlock("O-17", PUBLIC, SEALED, PIN)
    assert signing is not None
    assert PUBLIC.verifies(signing.sign(b"made up"), b"made up")


def test_at_the_cost_as_shipped_the_pin_opens_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, cost in zip(("PASSES", "MEMORY_KIB", "LANES"), SHIPPED["seal"], strict=True):
        monkeypatch.setattr(officer_key, name, cost)
    public, sealed = new_officer_key("O-17", PIN)
    assert unlock("O-17", public, sealed, PIN) is not None
    assert unlock("O-17", PUBLIC, SEALED, PIN) is None, "the cost is part of what is under the seal"


def test_another_pin_officer_or_public_key_does_not() -> None:
    assert unlock("O-17", PUBLIC, SEALED, WRONG) is None
    assert unlock("O-18", PUBLIC, SEALED, PIN) is None
    assert unlock("O-17", key().public, SEALED, PIN) is None


def test_a_seal_changed_anywhere_does_not_open() -> None:
    raw = bytearray(base64.b64decode(SEALED))
    for place in (0, 16, 28, len(raw) - 1):
        changed = bytearray(raw)
        changed[place] ^= 1
        assert unlock("O-17", PUBLIC, base64.b64encode(changed).decode(), PIN) is None


@pytest.mark.parametrize("sealed", ["", "no base64!", base64.b64encode(bytes(75)).decode()])
def test_what_is_no_seal_is_said_to_be_none(sealed: str) -> None:
    with pytest.raises(SealedKeyError):
        check_sealed(sealed)


def test_two_officers_with_one_pin_have_nothing_in_common() -> None:
    other, sealed = new_officer_key("O-18", PIN)
    assert other != PUBLIC
    assert sealed[:20] != SEALED[:20]


def test_the_roster_keeps_it_and_shows_it_in_no_repr(tmp_path: Path) -> None:
    save_roster(tmp_path / "roster.json", Roster((WITH_KEY,)))
    again = load_roster(tmp_path / "roster.json").officer("O-17")
    assert again == WITH_KEY
    assert SEALED not in repr(again)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ('"sealed_key": "', "sealed_key"),
        (f'"key": "{PUBLIC.raw.hex()}"', "64 hexadecimal"),
    ],
)
def test_a_damaged_entry_is_one_line(tmp_path: Path, change: str, says: str) -> None:
    file = tmp_path / "roster.json"
    save_roster(file, Roster((WITH_KEY,)))
    bad = change + "!!" if change.endswith('"') and "sealed" in change else f'"key": "{"0" * 64}"'
    file.write_text(file.read_text().replace(change, bad))
    with pytest.raises(RosterError) as caught:
        load_roster(file)
    assert says in str(caught.value)
    assert SEALED[:20] not in str(caught.value)


def test_whoever_signs_in_at_a_desk_has_the_key_and_loses_it_on_leaving(tmp_path: Path, qtbot: QtBot) -> None:
    session = OfficerSession(
        Roster((WITH_KEY,)), Lockouts(tmp_path / "l.json"), lambda: START, lambda _: None, with_key=True
    )
    for pin, opens in ((WRONG, False), (PIN, True)):
        session.try_pin("O-17", pin)
        qtbot.waitUntil(lambda: not session.checking, timeout=20_000)
        assert (session.key is not None) is opens
    assert session.key is not None
    assert session.key.public == PublicKey(PUBLIC.raw)
    session.sign_out()
    assert session.key is None
    session.stop()
