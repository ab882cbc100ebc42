"""Nobody's hands, however senseless, break a window, decide in nobody's name, or open a gate twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import LinkChanged, LinkState, Passage, PassageReported, PulseRefused
from kiosk.screens import shift_shots, station_shots
from tests.flows.checkpoint import PINS, Checkpoint
from tests.flows.deeds import forged, green, red, single_use
from tests.flows.monkey import SEED, STEPS, Monkey, lost_focus, wrong_in

LONG = int(os.environ.get(STEPS, "0"))
SIZE = (1280, 800)


@pytest.fixture
def monkey() -> Iterator[Monkey]:
    made = Monkey(int(os.environ.get(SEED, "7")))
    yield made
    print(f"{made.counted.total()} acts: {dict(made.counted)}")


@pytest.fixture
def checkpoint(qtbot: QtBot, tmp_path: Path) -> Iterator[Checkpoint]:
    made = Checkpoint(qtbot, tmp_path / "journal")
    yield made
    made.close()


def signs_in(at: Checkpoint, monkey: Monkey) -> None:
    if at.session.officer is None and at.panel.sign_in.isVisible() and not at.session.checking:
        monkey.note("sign-in")
        who = monkey.lots.choice(list(PINS))
        at.session.try_pin(who, PINS[who])
        at.qtbot.waitUntil(lambda: not at.session.checking, timeout=20_000)
        at.work()


def gate_answers(at: Checkpoint, monkey: Monkey) -> None:
    if at.gate.asked:
        how, last = monkey.lots.choice(list(Passage)), at.gate.asked[-1]
        monkey.note("gate", how)
        if monkey.lots.random() < 0.2:
            at.gate_says(PulseRefused(last, "The relay is still on."))
            return
        at.gate_takes_it()
        at.gate_says(PassageReported(last, how))


def something_happens(at: Checkpoint, monkey: Monkey) -> None:
    """Travellers come, the gate answers, officers sign in, time passes: by lot."""
    lots = monkey.lots
    monkey.one_of(
        (
            lambda: lots.choice((green, red, forged, single_use))(at),
            lambda: gate_answers(at, monkey),
            lambda: signs_in(at, monkey),
            lambda: at.waits(lots.choice((0.5, 1.0, 6.0, 30.0))),
            lambda: at.gate_says(LinkChanged(lots.choice(list(LinkState)))),
            lambda: at.gate_says(LinkChanged(LinkState.UP)),
        ),
        (6, 6, 6, 5, 1, 2),
    )


def test_a_lane_whose_windows_are_touched_without_sense_stays_a_lane(
    checkpoint: Checkpoint, monkey: Monkey
) -> None:
    at, lots = checkpoint, monkey.lots
    for step in range(LONG or 90):
        front: QWidget = at.panel if lots.random() < 0.75 else at.window
        if step % 20 == 0:
            front.activateWindow()
        if step % 3 == 0:
            something_happens(at, monkey)
        monkey.act(front)
        at.desk.tick()
        at.work()
        assert not (lost := lost_focus(at.panel)), (lost, list(monkey.did))
    kept = at.kept()
    assert not (wrong := wrong_in(kept, at.gate.asked)), (wrong, list(monkey.did))
    kinds = {kind for kind, _ in kept}
    assert {"officer.signed_in", "crossing.decided", "gate.authorised"} <= kinds
    print(f"{len(kept)} records: {', '.join(sorted(kinds))}; {len(at.gate.asked)} pulses")


def test_what_must_never_be_in_a_journal_is_noticed() -> None:
    signed = ("officer.signed_in", {"officer": "O-17"})
    decided = ("officer.decided", {"officer": "O-17", "crossing": "1"})
    undone = ("officer.undone", {"officer": "O-17", "crossing": "1"})
    pulse = ("gate.authorised", {"crossing": "1", "authorisation": "a"})
    assert wrong_in([signed, decided, undone, decided, pulse], ["a"]) == []
    assert wrong_in([decided], []) == ["officer.decided in the name of O-17 while nobody is signed in"]
    assert wrong_in([signed, decided, decided], []) == ["1 was decided 2 times"]
    assert wrong_in([pulse], []) and wrong_in([pulse], ["a", "a"]) and wrong_in([], ["a"])


@pytest.mark.parametrize("shots", [shift_shots.shift_screens, station_shots.station_screens])
def test_no_scene_of_the_supervisor_or_the_desk_breaks_under_senseless_hands(
    qtbot: QtBot, monkey: Monkey, shots: Callable[..., Iterator[tuple[str, QWidget]]]
) -> None:
    acts, scenes = (LONG // 40, None) if LONG else (8, 5)
    for name, window in islice(shots(["en"], [SIZE]), scenes):
        window.show()
        window.activateWindow()
        for _ in range(acts):
            monkey.act(window)
            QApplication.processEvents()
            assert not (lost := lost_focus(window)), (name, lost, list(monkey.did))
