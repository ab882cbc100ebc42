"""Two officers of the roster in the bundle set the clock; one whose entry ended never does."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.commands.door import main
from kiosk.desk.pin import hash_pin
from sync.clock.memory import Memory
from sync.clock.order import FILE, take_order
from sync.clock.store import ClockStore
from sync.sealing import ROSTER, seal_for_all, seal_key
from tests.kiosk.bundle.town import Town

PINS = {"O-1": "739164", "O-2": "482915", "O-3": "482915"}
TO, BEFORE_THE_END = "2027-03-01T12:00:00Z", "2026-11-29T00:00:00Z"


@pytest.fixture
def settings(town: Town) -> Path:
    """A kiosk's settings; O-3's entry ends at the end of November."""
    officers: list[dict[str, str]] = [
        {"id": number, "role": "officer", "pin": hash_pin(pin)} for number, pin in PINS.items()
    ]
    officers[2]["not_after"] = "2026-11-30T00:00:00Z"
    content = json.dumps({"roster": 1, "officers": officers}).encode()
    own = seal_key(town.settings.journal.folder).public
    town.repository.files["station/roster/station.sealed"] = seal_for_all([own], ROSTER, content)
    file = town.folder / "kiosk.toml"
    lane, journal, bundle = town.settings.lane, town.settings.journal, town.settings.bundle
    file.write_text(
        f'[lane]\nid = "{lane.id}"\nstation = "{lane.station}"\n[journal]\nfolder = "{journal.folder}"\n'
        f'[bundle]\nroot = "{bundle.root}"\nfolder = "{bundle.folder}"\nprofile = "{bundle.profile}"\n'
    )
    return file


def reset(monkeypatch: pytest.MonkeyPatch, settings: Path, *numbers: str, to: str = TO) -> int:
    typed = "".join(f"{number}\n{PINS[number]}\n" for number in numbers)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["clock", "reset", "--config", str(settings), "--to", to, "--stdin"])


def test_two_officers_of_the_bundles_roster_leave_an_order(
    town: Town, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.publish(hours=1)
    town.worker.look()
    assert reset(monkeypatch, settings, "O-1", "O-2") == 0
    order = take_order(town.settings.journal.folder)
    assert order is not None
    assert (order.officer, order.second) == ("O-1", "O-2")


def test_an_entry_that_ended_does_not_count_however_far_back_the_time_is_to_be_set(
    town: Town, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.publish(hours=1)
    town.worker.look()
    order = town.settings.journal.folder / FILE
    assert reset(monkeypatch, settings, "O-1", "O-3") == 1
    assert not order.exists()
    floor = datetime(2026, 12, 5, tzinfo=UTC)
    ClockStore(order.parent).save(Memory(floor, floor, floor, "another start", 0.0, None))
    assert reset(monkeypatch, settings, "O-1", "O-3", to=BEFORE_THE_END) == 1
    assert not order.exists()
    assert reset(monkeypatch, settings, "O-1", "O-2", to=BEFORE_THE_END) == 0, "two who count still may"


def test_without_a_bundle_that_can_be_read_nobody_sets_the_clock(
    town: Town, settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reset(monkeypatch, settings, "O-1", "O-2") == 2
    assert "no bundle here yet" in capsys.readouterr().err
    assert main(["clock", "reset", "--folder", str(town.settings.journal.folder), "--to", TO]) == 2
    assert "Name their roster" in capsys.readouterr().err
