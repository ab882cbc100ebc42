"""A kiosk that is not enrolled shows its code itself; without a hub in its settings there is none of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from config.moment import system_clock
from config.settings import Hub, Journal, Lane, Settings
from drivers.turnstile.staffed import NoTurnstile
from kiosk import enrolment_watch
from kiosk.commands.door import main
from kiosk.crossing_io import Input, PartFailed, PartRecovered
from kiosk.enrolment_watch import EnrolmentWatch, enrolling_alone, give_reply
from kiosk.lane_view import Fault, LaneView, Phase
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.presenters.traveller import TravellerPresenter
from sync.enrolling import PROVED, Begun
from sync.enrolment import Codes
from sync.hub.enrolments import Enrolments
from sync.line import NoAnswer
from sync.signing import KeyUnusable, load_public
from tests.kiosk.test_machinery import SILENT, Grey
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import CHAN, STATION, StationHub
from tests.sync.hub.served import served

GENEROUS_S = 30.0


class Lane9:
    """A lane from its settings alone."""

    def __init__(self, folder: Path, url: str) -> None:
        self._changed = threading.Condition()
        self.view: LaneView | None = None
        self.settings = Settings(
            lane=Lane(id="lane-9", station=STATION), journal=Journal(folder=folder), hub=Hub(url=url)
        )
        devices = Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False)
        watchers = Watchers(self._saw, lambda _: None, lambda _: None)
        self.machinery = Machinery(self.settings, devices, SILENT, system_clock, watchers)

    def _saw(self, view: LaneView) -> None:
        with self._changed:
            self.view = view
            self._changed.notify_all()

    def fault(self, holds: Callable[[Fault], bool]) -> Fault:
        """The fault of the enrolment, once it is as told."""

        def found() -> Fault | None:
            faults = self.view.faults if self.view else ()
            return next((one for one in faults if one.part == "enrolment" and holds(one)), None)

        with self._changed:
            fault = self._changed.wait_for(found, GENEROUS_S)
            assert fault, self.view
            return fault

    def recovered(self) -> None:
        """Waits until the lane is not out of order for want of its enrolment any more."""

        def gone() -> bool:
            return self.view is not None and all(one.part != "enrolment" for one in self.view.faults)

        with self._changed:
            assert self._changed.wait_for(gone, GENEROUS_S), self.view


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[tuple[StationHub, str]]:
    made = StationHub(tmp_path / "hub", HandClock())
    with served(made.app) as url:
        yield made, url
    made.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment_watch, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(enrolment_watch, "AGAIN_S", (0.05,))


def test_a_kiosk_that_is_not_enrolled_shows_its_code_until_it_is(
    tmp_path: Path, hub: tuple[StationHub, str]
) -> None:
    station, url = hub
    lane = Lane9(tmp_path / "journal", url)
    lane.machinery.start()
    try:
        shown = lane.fault(lambda fault: len(fault.code) > 2)
        assert lane.view is not None
        assert lane.view.phase is Phase.OUT_OF_ORDER
        code = shown.code.removeprefix("EN ")
        assert code in shown.advice
        assert code in TravellerPresenter().present(lane.view, system_clock()).code
        approved = Enrolments(station.engine, station.clock, station.hub.public).approve(code, CHAN)
        assert (approved.kiosk, approved.station) == ("lane-9", STATION)
        lane.fault(lambda fault: "enrol --reply" in fault.advice)
        give_reply(tmp_path / "journal", "0000")
        lane.fault(lambda fault: "not the four characters" in fault.advice)
        assert not (tmp_path / "journal/hub.pub.pem").exists(), "the reply alone makes the hub's key believed"
        give_reply(tmp_path / "journal", approved.reply.lower())
        lane.recovered()
        assert lane.machinery.uplink is not None, "it goes on without being started again"
        assert lane.machinery.rulebook._lanes is not None
        assert lane.machinery.lane.on_answer == lane.machinery._hub.answer
        assert soon(lambda: lane.machinery._hub.sent > 0), "and its records go to the hub"
    finally:
        lane.machinery.stop()
    assert load_public(tmp_path / "journal/hub.pub.pem") == station.hub.public
    again = Lane9(tmp_path / "journal", url)
    again.machinery.start()
    again.machinery.stop()
    assert again.machinery.uplink is not None, "the next start knows its hub"


def test_a_hub_that_is_away_is_said_and_a_lane_without_a_hub_is_left_alone(tmp_path: Path) -> None:
    lane = Lane9(tmp_path / "one", "http://127.0.0.1:9")
    lane.machinery.start()
    try:
        lane.fault(lambda fault: "can't be reached" in fault.advice)
    finally:
        lane.machinery.stop()
    alone = Lane9(tmp_path / "two", "")
    alone.machinery.start()
    alone.machinery.stop()
    assert not (tmp_path / "two" / enrolment_watch.LOCK).exists()
    assert alone.view is None or all(fault.part != "enrolment" for fault in alone.view.faults)


def test_a_terminal_and_the_running_kiosk_do_not_end_each_others_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "journal"
    folder.mkdir()
    settings = tmp_path / "kiosk.toml"
    settings.write_text(f'[journal]\nfolder = "{folder}"\n[hub]\nurl = "http://127.0.0.1:9"\n')
    with enrolling_alone(folder):
        assert main(["enrol", "--config", str(settings)]) == 2
    assert "enrol --reply" in capsys.readouterr().err
    assert main(["enrol", "--config", str(settings), "--reply", "ZSQ5"]) == 0
    assert (folder / enrolment_watch.REPLY).read_text() == "ZSQ5"


class Said:
    """An enrolment whose hub says what it is told to, in turn."""

    def __init__(self, *states: str) -> None:
        self.hub, self.codes = key().public, Codes("3G6J-YW6Q", "ZSQ5")
        self._states = list(states)

    def state(self) -> str:
        return self._states.pop(0) if len(self._states) > 1 else self._states[0]


class Watched:
    """The watch of a kiosk whose hub is made up, what it says, and how often its hub was taken into use."""

    def __init__(self, folder: Path, begun: Said | None, *troubles: Exception) -> None:
        self.out, self.begun, self._troubles = folder / "hub.pub.pem", begun, list(troubles)
        self.heard: list[str] = []
        self.joined = 0
        self.recovered = threading.Event()
        self.watch = EnrolmentWatch(self._begin, folder, self.out, self._post, self._join)
        self.watch.start()

    def _begin(self) -> Begun:
        if self.begun is None:
            raise NoAnswer("it is made up")
        return cast(Begun, self.begun)

    def _post(self, part: Input) -> None:
        if isinstance(part, PartFailed):
            self.heard.append(part.fault.advice)
        else:
            assert part == PartRecovered("enrolment")
            self.recovered.set()

    def _join(self) -> None:
        assert self.out.exists()
        if self._troubles:
            raise self._troubles.pop(0)
        self.joined += 1

    def says(self, words: str) -> bool:
        return soon(lambda: any(words in advice for advice in self.heard))


def soon(holds: Callable[[], bool]) -> bool:
    until, pause = time.monotonic() + GENEROUS_S, threading.Event()
    while not holds() and time.monotonic() < until:
        pause.wait(0.02)
    return holds()


def test_a_kiosk_goes_on_with_the_hub_that_proved_itself_without_anybody_at_its_keys(tmp_path: Path) -> None:
    begun = Said("waiting", PROVED)
    kiosk = Watched(tmp_path, begun)
    assert kiosk.recovered.wait(GENEROUS_S)
    kiosk.watch.stop()
    assert not any("--reply" in advice for advice in kiosk.heard)
    assert load_public(kiosk.out) == begun.hub
    assert kiosk.joined == 1


@pytest.mark.parametrize(
    ("begun", "words"), [(Said("waiting"), "type its code"), (Said("refused"), "refused"), (None, "made up")]
)
def test_a_kiosk_goes_on_with_a_key_that_somebody_carried_to_it(
    tmp_path: Path, begun: Said | None, words: str
) -> None:
    kiosk = Watched(tmp_path, begun)
    assert kiosk.says(words)
    assert not kiosk.recovered.is_set()
    assert not kiosk.out.exists()
    kiosk.out.write_bytes(key().public.pem)
    assert kiosk.recovered.wait(GENEROUS_S)
    kiosk.watch.stop()
    assert kiosk.joined == 1


def test_a_kiosk_that_is_enrolled_at_a_terminal_goes_on_by_itself(tmp_path: Path) -> None:
    with enrolling_alone(tmp_path):
        kiosk = Watched(tmp_path, Said("waiting"))
        assert kiosk.says("at a terminal")
        kiosk.out.write_bytes(key().public.pem)
    assert kiosk.recovered.wait(GENEROUS_S)
    kiosk.watch.stop()


def test_a_carried_key_that_is_none_is_said_and_the_next_one_taken(tmp_path: Path) -> None:
    kiosk = Watched(tmp_path, None, KeyUnusable("hub.pub.pem is no key."))
    kiosk.out.write_bytes(b"made up")
    assert kiosk.says("is no key. Put the hub's own key there")
    assert kiosk.recovered.wait(GENEROUS_S)
    kiosk.watch.stop()


def test_where_the_lane_cannot_go_on_it_is_to_be_started_again(tmp_path: Path) -> None:
    kiosk = Watched(tmp_path, Said("waiting", PROVED), OSError("made up"))
    assert kiosk.says("Start it again")
    kiosk.watch.stop()
    assert not kiosk.recovered.is_set()
