"""Everything that can go wrong in front of people: what each of them sees, and that the lane comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import (
    FireAlarm,
    LinkChanged,
    LinkState,
    Passage,
    PulseRefused,
    Tamper,
)
from kiosk.health.codes import codes
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.traveller_screen import Page
from tests.flows.checkpoint import Checkpoint, policy
from tests.flows.deeds import (
    ASKED,
    CROSSES,
    NOBODY,
    ON_DUTY,
    OPENS,
    THROUGH,
    Deed,
    decides,
    green,
    reported,
    single_use,
    waits,
)
from tests.flows.story import Step, Story, play

UNPLUGGED = LinkChanged(LinkState.DOWN, "The gate does not answer: check its cable.")


@pytest.fixture
def checkpoint(qtbot: QtBot, tmp_path: Path) -> Iterator[Checkpoint]:
    made = Checkpoint(qtbot, tmp_path / "journal")
    yield made
    made.close()


def fails(part: str, code: str, *, stops: bool) -> Deed:
    return lambda at: at.fails(part, code, stops=stops)


def back(part: str) -> Deed:
    return lambda at: at.is_back(part)


def gate_says(report: LinkChanged | FireAlarm | Tamper) -> Deed:
    return lambda at: at.gate_says(report)


def refused(at: Checkpoint) -> None:
    at.gate_says(PulseRefused(at.gate.asked[-1], "The relay is still on."))


def disk(*, full: bool) -> Deed:
    def turned(at: Checkpoint) -> None:
        at.disk.full = full
        at.waits(3.0)

    return turned


def lists_of(days: int) -> Deed:
    """The newest lists are so many days old."""

    def aged(at: Checkpoint) -> None:
        at.lists_from = at.now.utc - timedelta(days=days)
        green(at)

    return aged


def without_revocation(at: Checkpoint) -> None:
    at.revocation_there = False
    green(at)


def unbelieved(at: Checkpoint) -> None:
    at.believed = False
    green(at)


def no_room(at: Checkpoint) -> None:
    at.room = False
    green(at)


def no_policy(at: Checkpoint) -> None:
    at.policy = None
    green(at)


def as_shipped(at: Checkpoint) -> None:
    at.policy = policy(single_use_elsewhere="refer")
    single_use(at)


def spot_checks_all(at: Checkpoint) -> None:
    at.policy = policy(spot_check_one_in=1)
    green(at)


def five_guesses(at: Checkpoint) -> None:
    for _ in range(5):
        at.signs_in(pin="000000")


STORIES = (
    Story(
        "the camera falls out between two travellers",
        (
            NOBODY,
            Step("it falls out", fails("camera", "CA", stops=True), Page.OUT_OF_ORDER, "camera", "CA"),
            Step("a code before it", green, Page.OUT_OF_ORDER, "Out of order"),
            Step("it is plugged in", back("camera"), Page.SCAN, "Ready"),
            *CROSSES,
        ),
        ("fault.raised", "lane.out_of_order", "lane.in_order", "crossing.opened"),
    ),
    Story(
        "the camera falls out behind somebody who is passing",
        (
            ASKED,
            OPENS,
            Step("it falls out", fails("camera", "CA", stops=True), Page.ADMIT, "is passing", pulses=1),
            Step(
                "she is through",
                reported(Passage.PASSED),
                Page.OUT_OF_ORDER,
                "Out of order",
                pulses=1,
            ),
        ),
        ("gate.accepted", "fault.raised", "gate.passage", "crossing.closed"),
    ),
    Story(
        "the reader hangs and is replaced",
        (
            Step("it hangs", fails("reader", "RD", stops=True), Page.OUT_OF_ORDER, "reader", "RD"),
            Step("another one reads", back("reader"), Page.SCAN),
            *CROSSES,
        ),
    ),
    Story(
        "the gate is unplugged between two travellers",
        (
            Step("unplugged", gate_says(UNPLUGGED), Page.OUT_OF_ORDER, "check its cable", "GT"),
            Step("a green code", green, Page.OUT_OF_ORDER),
            Step("plugged in", gate_says(LinkChanged(LinkState.UP)), Page.SCAN, "Ready"),
            *CROSSES,
        ),
    ),
    Story(
        "the gate is unplugged before it answered: nothing is tried twice",
        (
            ASKED,
            Step("unplugged", gate_says(UNPLUGGED), Page.MOMENT, pulses=1),
            Step("no answer comes", waits(3.0), Page.GATE_FAILED, "open by hand", "", pulses=1),
            Step("plugged in", gate_says(LinkChanged(LinkState.UP)), Page.GATE_FAILED, pulses=1),
        ),
        ("gate.authorised",),
    ),
    Story(
        "the gate refuses: an officer opens by hand, and is told so",
        (ON_DUTY, ASKED, Step("the relay sticks", refused, Page.GATE_FAILED, "open by hand", pulses=1)),
        ("gate.authorised", "gate.refused"),
    ),
    Story(
        "fire while somebody is passing: leave, and nothing is commanded",
        (
            ASKED,
            OPENS,
            Step("fire", gate_says(FireAlarm(True)), Page.EVACUATE, "Alarm", "Leave now", pulses=1),
            Step("codes are nothing now", green, Page.EVACUATE, pulses=1),
        ),
        ("gate.accepted", "gate.fire"),
    ),
    Story(
        "somebody forces the gate: the officer is told, travellers go on",
        (
            Step("forced", gate_says(Tamper(True)), Page.SCAN, "look at it now"),
            *CROSSES,
            Step("mended", gate_says(Tamper(False)), Page.SCAN, pulses=1),
        ),
    ),
    Story(
        "the disk is full: nobody is admitted without a record, and nothing is lost",
        (
            Step("it fills up", disk(full=True), Page.SCAN),
            Step("a green code", green, Page.GATE_FAILED, "free some space"),
            Step("room again", disk(full=False), Page.GATE_FAILED, "open by hand"),
            Step("the next one comes", waits(20.0), Page.SCAN, "Ready"),
            Step("the code again", green, Page.MOMENT, pulses=1),
        ),
        ("crossing.opened", "gate.authorised"),
    ),
    Story(
        "the disk is nearly full: an officer decides, and that is recorded",
        (
            ON_DUTY,
            Step("a green code", no_room, Page.REFER, "waits for your decision"),
            Step("admitted", decides("Admit"), Page.MOMENT, pulses=1),
        ),
        ("crossing.decided", "officer.decided", "gate.authorised"),
    ),
    Story(
        "lists of four days ago: not knowing is not admitting",
        (ON_DUTY, Step("a green code", lists_of(4), Page.REFER, "waits for your decision")),
    ),
    Story(
        "lists of two days ago: travellers go on, the officer is warned elsewhere",
        (Step("a green code", lists_of(2), Page.MOMENT, pulses=1),),
    ),
    Story(
        "without a revocation list nobody is admitted by the machine",
        (ON_DUTY, Step("a green code", without_revocation, Page.REFER, "waits for your decision")),
    ),
    Story(
        "without a policy nobody is admitted by the machine",
        (ON_DUTY, Step("a green code", no_policy, Page.REFER, "waits for your decision")),
    ),
    Story(
        "a clock that cannot be believed refers",
        (ON_DUTY, Step("a green code", unbelieved, Page.REFER, "waits for your decision")),
    ),
    Story(
        "other lanes cannot be asked whether a code for one use was spent",
        (ON_DUTY, Step("she holds it", as_shipped, Page.REFER, "waits for your decision")),
    ),
    Story(
        "a spot check looks like any referral to who is checked",
        (
            ON_DUTY,
            Step("a green code", spot_checks_all, Page.REFER, "random check", "Please wait for an officer"),
            Step("the document is hers", decides("Admit"), Page.MOMENT, pulses=1),
            OPENS,
            THROUGH,
        ),
        ("crossing.decided", "officer.decided", "gate.authorised"),
    ),
    Story(
        "five wrong PINs lock the number, and the lane goes on without its officer",
        (
            Step("five guesses", five_guesses, Page.SCAN, "Too many wrong tries"),
            Step("the right one comes too early", lambda at: at.signs_in(), Page.SCAN, "Sign in"),
            *CROSSES,
            Step("a quarter of a minute", waits(16.0), Page.SCAN, pulses=1),
            Step("it works again", lambda at: at.signs_in(), Page.SCAN, "O-17", pulses=1),
        ),
        ("officer.sign_in_failed",),
    ),
    Story(
        "an officer who walks away is signed out",
        (ON_DUTY, Step("a long time passes", waits(1801.0), Page.SCAN, "Sign in")),
        ("officer.signed_in", "officer.signed_out"),
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_fault_is_lived_through(story: Story, checkpoint: Checkpoint) -> None:
    play(story, checkpoint)


def test_every_part_that_can_be_out_of_order_is_named_in_the_officers_language(
    checkpoint: Checkpoint,
) -> None:
    for letters in codes():
        checkpoint.fails(f"part {letters}", letters, stops=False)
        assert checkpoint.page is Page.SCAN, letters
    for language in LANGUAGES:
        checkpoint.panel.set_language(language)
        checkpoint.work()
        read = checkpoint.officer_reads
        for letters, row in codes().items():
            assert f"the detail of {letters}" in read, (language, letters)
            if language != "en":  # there the detail says all of it
                assert row.part[language] in read and row.advice[language] in read, (language, letters)


def test_every_part_that_can_stop_the_lane_is_named_on_the_closed_lane_and_lets_it_go_on(
    checkpoint: Checkpoint,
) -> None:
    checkpoint.panel.hide()
    for letters in codes():
        checkpoint.fails(f"part {letters}", letters, stops=True)
        assert checkpoint.page is Page.OUT_OF_ORDER and letters in checkpoint.traveller_reads, letters
        checkpoint.is_back(f"part {letters}")
        assert checkpoint.page is Page.SCAN, letters
