"""One crossing in N is checked: by policy, with its reason, for officers alone, and not to be foreseen."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from config.settings import Journal, Lane, Settings
from drivers.scanner.port import NoScanner
from drivers.turnstile.port import Passage, PassageReported
from drivers.turnstile.staffed import NoTurnstile
from kiosk.machinery import Devices, Machinery, Watchers
from kiosk.presenters.traveller_screen import Page
from tests.flows.checkpoint import POLICY, Checkpoint, policy
from tests.kiosk.test_machinery import SILENT, Grey
from verification.reasons import ReasonId, reason

CHECKED = reason(ReasonId.SPOT_CHECK)


@pytest.fixture
def checkpoint(qtbot: QtBot, tmp_path: Path) -> Iterator[Checkpoint]:
    made = Checkpoint(qtbot, tmp_path / "journal")
    yield made
    made.close()


def test_by_policy_to_the_referral_the_officers_screen_and_the_journal(checkpoint: Checkpoint) -> None:
    at, draws = checkpoint, iter([1, 2, 3, 4])
    at.rules._draw = lambda: next(draws)
    at.policy = policy(spot_check_one_in=3)
    at.signs_in()
    pages = []
    for colour_hours in (2.0, 3.0, 4.0, 5.0):
        asked = len(at.gate.asked)
        at.holds(at.code(hours=colour_hours))
        pages.append(at.page)
        if at.page is Page.REFER:
            assert len(at.gate.asked) == asked, "no gate opens for who is checked"
            assert CHECKED.officer["en"] in at.officer_reads
            assert CHECKED.code in at.officer_reads
            for words in (CHECKED.officer["en"], CHECKED.code):
                assert words not in at.traveller_reads, "a check looks like any other referral"
            at.touches("Admit")
            at.touches(at.panel.bar.buttons[0])
            assert at.panel.bar.confirm is not None
            at.touches(at.panel.bar.confirm)
        at.gate_takes_it()
        at.gate_says(PassageReported(at.gate.asked[-1], Passage.PASSED))
        at.leaves()
    assert pages == [Page.MOMENT, Page.MOMENT, Page.REFER, Page.MOMENT]
    decided = [told for kind, told in at.kept() if kind == "crossing.decided"]
    assert [(one["outcome"], one["reasons"]) for one in decided] == [
        ("ADMIT", ["ADMITTED"]),
        ("ADMIT", ["ADMITTED"]),
        ("REFER", ["SPOT_CHECK"]),
        ("ADMIT", ["ADMITTED"]),
    ]


def test_holding_the_code_up_again_draws_nothing_again(checkpoint: Checkpoint) -> None:
    at, drawn = checkpoint, []
    at.rules._draw = lambda: drawn.append(0) or 0  # type: ignore[func-returns-value]
    at.policy = policy(spot_check_one_in=3)
    code = at.code()
    for _ in range(4):
        at.holds(code)
        at.waits(1.0)
        assert at.page is Page.REFER
    assert len(drawn) == 1


def test_no_policy_of_checks_checks_nobody(checkpoint: Checkpoint) -> None:
    checkpoint.rules._draw = lambda: 0
    checkpoint.holds(checkpoint.code())
    assert checkpoint.page is Page.MOMENT


@pytest.fixture(scope="module")
def machinery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machinery]:
    folder = tmp_path_factory.mktemp("lane")
    document = json.loads(POLICY.read_text(encoding="utf-8")) | {"spot_check_one_in": 5}
    (folder / "policy.json").write_text(json.dumps(document), encoding="utf-8")
    made = Machinery(
        Settings(journal=Journal(folder=folder / "journal"), lane=Lane(policy=folder / "policy.json")),
        Devices(camera=Grey, turnstile=lambda _: NoTurnstile(), watch_frozen=False, scanner=NoScanner()),
        SILENT,
        system_clock,
        Watchers(lambda _: None, lambda _: None, lambda _: None),
    )
    yield made
    made.journal.close()


def test_a_lane_draws_from_what_nobody_can_foresee(machinery: Machinery) -> None:
    drawn = []
    for _ in range(2):
        random.seed(4711)
        np.random.seed(4711)
        drawn.append([machinery.rulebook._draw() for _ in range(8)])
    assert drawn[0] != drawn[1], "a seed foretells it: it has to come from the system's own"
    assert len(set(drawn[0] + drawn[1])) > 12


def test_every_remainder_is_drawn_about_as_often(machinery: Machinery) -> None:
    counts = np.bincount([machinery.rulebook._draw() % 5 for _ in range(5000)], minlength=5)
    assert counts.min() > 800, "expected 1000 each; 800 is seven deviations away"
