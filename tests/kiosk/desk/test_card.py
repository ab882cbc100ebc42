"""A card stands for the service number; whether the PIN is asked for behind it the roster says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from drivers.scanner.port import Scanned
from kiosk.commands.door import main
from kiosk.desk.card import card_digest, number_of
from kiosk.desk.roster import Officer, Role, Roster, RosterError, load_roster, read_roster, save_roster
from kiosk.desk.sign_in import Why
from kiosk.screens.officer_sign_in import SignIn
from sync.event_types import OfficerSignedIn, OfficerSignInFailed
from tests.kiosk.desk.ground import OFFICER, PIN, QUICK, WRONG, Ground

CARD, OTHER = b"04A2B3C4D5E6F7", b"04FFFFFFFFFFFF"
SALT = bytes(range(16))
DIGEST = card_digest(CARD, SALT)
NO_PIN = replace(OFFICER, card=DIGEST, card_pin=False)


class Desk(Ground):
    """A desk with a card reader, and the form in front of it."""

    def __init__(self, folder: Path, qtbot: QtBot, officer: Officer) -> None:
        super().__init__(folder, qtbot, Roster((officer,), SALT))
        self.form = SignIn(self.desk)
        qtbot.addWidget(self.form)
        self.form.set_language("en")

    def show_card(self, content: bytes = CARD) -> None:
        """As a reader sends it, in whatever case and with its end of line."""
        heard: list[object] = []
        self.session._found.connect(heard.append)
        self.session.card(Scanned(content.lower() + b"\r\n", 0.0))
        self.qtbot.waitUntil(lambda: bool(heard), timeout=20_000)


@pytest.fixture
def with_pin(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot, replace(OFFICER, card=DIGEST))
    yield made
    made.session.stop()


@pytest.fixture
def alone(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot, NO_PIN)
    yield made
    made.session.stop()


def test_a_card_fills_in_the_number_and_the_pin_is_still_asked_for(with_pin: Desk) -> None:
    with_pin.show_card()
    assert with_pin.session.officer is None
    assert with_pin.form.number.text() == "O-17"
    assert with_pin.form.message.text() == "Card of O-17 read. Now the PIN."
    with_pin.form.pin.setText(PIN)
    with_pin.form.submit()
    with_pin.settle()
    assert with_pin.lane.events == [OfficerSignedIn("O-17", "card_pin")]
    with_pin.session.sign_out()
    with_pin.later(31)
    with_pin.try_pin()
    assert with_pin.lane.events[-1] == OfficerSignedIn("O-17", "pin"), "the card was shown long ago"


def test_a_wrong_pin_behind_a_card_counts_like_any_other(with_pin: Desk) -> None:
    for _ in range(4):
        with_pin.try_pin(WRONG)
    with_pin.show_card()
    with_pin.try_pin(WRONG)
    assert with_pin.lane.events[-1] == OfficerSignInFailed("O-17", 5, 15)


def test_where_the_roster_says_so_the_card_alone_signs_in(alone: Desk) -> None:
    alone.show_card()
    assert alone.session.officer == NO_PIN
    assert alone.lane.events == [OfficerSignedIn("O-17", "card")]
    alone.later(1800)
    assert alone.session.officer is None, "idle limits count all the same"


def test_a_card_does_not_open_what_wrong_pins_have_locked(alone: Desk) -> None:
    for _ in range(5):
        alone.try_pin(WRONG)
    alone.show_card()
    assert alone.session.officer is None
    alone.later(15.1)
    alone.show_card()
    assert alone.session.officer == NO_PIN


def test_a_card_does_not_open_what_fifteen_wrong_pins_have_locked_for_good(alone: Desk) -> None:
    for _ in range(15):
        alone.later(8000)
        alone.try_pin(WRONG)
    alone.later(100_000)
    alone.show_card()
    assert alone.session.officer is None
    assert alone.lane.events[-1] == OfficerSignInFailed("O-17", 15, -1)


def test_an_unknown_card_reads_like_a_wrong_pin_and_is_not_written_down(alone: Desk) -> None:
    denied: list[object] = []
    alone.session.denied.connect(denied.append)
    alone.show_card(OTHER)
    assert alone.lane.events == [OfficerSignInFailed("unknown", 1, 0)]
    assert [getattr(one, "why", None) for one in denied] == [Why.WRONG]


def test_a_card_alone_is_not_enough_at_a_station_desk_whose_key_the_pin_unlocks(alone: Desk) -> None:
    alone.session._with_key = True
    alone.show_card()
    assert alone.session.officer is None
    assert alone.form.number.text() == "O-17"


def test_a_broken_card_reader_is_said_where_officers_sign_in(alone: Desk) -> None:
    alone.session.card_reader("The device is gone.")
    assert "type the number" in alone.form.message.text()
    alone.session.card_reader(None)
    assert alone.form.message.text() == ""


@pytest.mark.parametrize("content", [b"", b"123", b"x" * 65, b"HC1:NCF \xff", b"<b>1234</b>", b"12 34 56"])
def test_what_is_no_card_is_nothing(content: bytes) -> None:
    assert number_of(Scanned(content, 0.0)) is None


def test_the_roster_keeps_no_number_and_reads_back_what_it_wrote(tmp_path: Path) -> None:
    file = tmp_path / "roster.json"
    save_roster(file, Roster((NO_PIN, Officer("S-3", Role.SUPERVISOR, OFFICER.pin_hash)), SALT))
    assert CARD.lower() not in file.read_bytes().lower()
    assert CARD not in repr(load_roster(file).officers).encode()
    assert load_roster(file).of_card(DIGEST) == NO_PIN
    assert load_roster(file).of_card(card_digest(OTHER, SALT)) is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (DIGEST.hex(), "00", "64 hexadecimal digits"),
        ("not_asked", "never", "asked or not_asked"),
        (SALT.hex(), "00", "32 hexadecimal digits"),
        (f' "card_salt": "{SALT.hex()}",\n', "", "card_salt"),
    ],
)
def test_a_roster_whose_cards_cannot_be_relied_on_is_none(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    file = tmp_path / "roster.json"
    save_roster(file, Roster((NO_PIN,), SALT))
    with pytest.raises(RosterError, match=sentence):
        read_roster(file.read_text().replace(old, new).encode())


def test_two_officers_with_one_card_are_refused_by_name_when_the_roster_is_read(tmp_path: Path) -> None:
    file = tmp_path / "roster.json"
    other = replace(NO_PIN, id="S-3", role=Role.SUPERVISOR, card=card_digest(OTHER, SALT))
    save_roster(file, Roster((NO_PIN, other), SALT))
    file.write_text(file.read_text().replace(other.card.hex(), DIGEST.hex()))
    with pytest.raises(RosterError) as refused:
        load_roster(file)
    assert str(refused.value) == f"{file}: O-17 and S-3 share a card: give one of them another"


def test_a_card_is_given_kept_over_a_new_pin_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kiosk.commands.officer.hash_pin", lambda pin: QUICK.hash(pin))
    file = tmp_path / "roster.json"
    save_roster(file, Roster((OFFICER, Officer("S-3", Role.SUPERVISOR, OFFICER.pin_hash))))

    def officer(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["officer", arguments[0], "--roster", str(file), *arguments[1:]])

    number = CARD.decode().lower() + "\n"
    assert officer("card", "--id", "O-17", "--no-pin", "--card-stdin", typed=number) == 0
    assert officer("card", "--id", "S-3", "--card-stdin", typed=number) == 1
    assert "This card is O-17's" in capsys.readouterr().err
    assert officer("card", "--id", "S-3", "--card-stdin", typed="1\n") == 1
    assert officer("add", "--id", "O-17", "--replace", "--pin-stdin", typed=f"{PIN}\n") == 0
    assert officer("list") == 0
    shown = capsys.readouterr().out
    assert "O-17\tofficer\tno end\tlane and desk\tcard\n" in shown
    roster = load_roster(file)
    found = roster.of_card(card_digest(CARD, roster.card_salt))
    assert found is not None
    assert (found.id, found.card_pin) == ("O-17", False)
    assert officer("card", "--id", "O-17", "--remove") == 0
    assert load_roster(file).of_card(card_digest(CARD, roster.card_salt)) is None
