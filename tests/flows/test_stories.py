"""A day at the lane, told step by step: who crosses, who does not, and what an officer decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import Passage, PassageCorrected, PassageReported
from kiosk.presenters.traveller_screen import Page
from tests.flows.checkpoint import Checkpoint
from tests.flows.deeds import (
    ASKED,
    CROSSES,
    NOBODY,
    ON_DUTY,
    OPENS,
    THROUGH,
    decides,
    forged,
    green,
    red,
    reported,
    single_use,
    waits,
)
from tests.flows.story import Step, Story, play


@pytest.fixture
def checkpoint(qtbot: QtBot, tmp_path: Path) -> Iterator[Checkpoint]:
    made = Checkpoint(qtbot, tmp_path / "journal")
    yield made
    made.close()


def yesterdays(at: Checkpoint) -> None:
    code = at.code()
    at.now = at.now.later(7 * 3600)
    at.lists_from = at.now.utc
    at.holds(code)


def withdrawn(at: Checkpoint) -> None:
    at.withdrawn = frozenset({7})
    at.holds(at.code(status=7))


def two_at_once(at: Checkpoint) -> None:
    at.gate_says(PassageReported(at.gate.asked[-1], Passage.PASSED))
    at.gate_says(PassageCorrected(at.gate.asked[-1], Passage.TAILGATE))


def calls(at: Checkpoint) -> None:
    at.touches(at.window.help.bar.call)


def another_officer(at: Checkpoint) -> None:
    at.touches("Sign out")
    at.signs_in("O-22")


STORIES = (
    Story(
        "a green code crosses without a touch",
        (NOBODY, *CROSSES),
        ("crossing.opened", "crossing.decided", "gate.authorised", "gate.accepted", "gate.passage"),
    ),
    Story(
        "the same telephone still in view opens nothing twice",
        (*CROSSES, Step("she holds it on", green, Page.SCAN, "Ready", pulses=1)),
    ),
    Story(
        "a link is no health code and ends nothing",
        (
            Step(
                "he holds an advertisement",
                lambda at: at.holds(b"https://example.invalid/menu"),
                Page.SCAN,
                "Ready",
                "not a health code",
            ),
            Step("he finds the right one", green, Page.MOMENT, pulses=1),
        ),
        ("crossing.opened", "gate.authorised"),
    ),
    Story(
        "yesterday's code is refused, and the screen says what to do",
        (
            ON_DUTY,
            Step("he holds yesterday's code", yesterdays, Page.REFUSE, "", "在這裏出示新碼"),
            Step("he goes and makes a new one", waits(10.0), Page.SCAN, "Ready"),
            Step("it is green", green, Page.MOMENT, pulses=1),
        ),
        ("crossing.decided", "crossing.closed", "crossing.opened", "gate.authorised"),
    ),
    Story(
        "a forged code goes to an officer, who refuses it",
        (
            ON_DUTY,
            Step("somebody holds a forged code", forged, Page.REFER, "waits for your decision"),
            Step("the officer refuses", decides("Refuse"), Page.REFUSE, "Refused"),
        ),
        ("crossing.decided", "officer.decided"),
    ),
    Story(
        "wrongly red: two officers, and the first alone opens nothing",
        (
            ON_DUTY,
            Step("her code is red", red, Page.REFUSE, "Refused"),
            Step(
                "she asks for an officer", lambda at: at.touches(at.window.help.bar.call), Page.REFER, "red"
            ),
            Step("the first officer admits", decides("Admit"), Page.REFER, "another one has to as well"),
            Step("the second comes", another_officer, Page.REFER, "O-22"),
            Step("and admits too", decides("Admit"), Page.MOMENT, pulses=1),
            OPENS,
            THROUGH,
        ),
        ("crossing.decided", "officer.approved", "officer.decided", "gate.authorised", "gate.passage"),
    ),
    Story(
        "a withdrawn code looks like any other referral to everybody but the officer",
        (
            ON_DUTY,
            Step("he holds it", withdrawn, Page.REFER, "withdrawn", "Please wait for an officer"),
        ),
    ),
    Story(
        "a code for one use is spent by who passes",
        (
            Step("she uses it", single_use, Page.MOMENT, pulses=1),
            OPENS,
            THROUGH,
            Step("she walks on", waits(8.0), Page.SCAN, pulses=1),
            Step("a photograph of it comes", single_use, Page.REFUSE, pulses=1),
        ),
    ),
    Story(
        "a code for one use is given back when the gate says that nobody passed",
        (
            Step("she uses it", single_use, Page.MOMENT, pulses=1),
            OPENS,
            Step("and turns round", reported(Passage.NO_PASSAGE), Page.SCAN, pulses=1),
            Step("a moment later", waits(8.0), Page.SCAN, pulses=1),
            Step("she comes again", single_use, Page.MOMENT, pulses=2),
        ),
    ),
    Story(
        "a code for one use stays spent when nobody knows whether its owner passed",
        (
            Step("she uses it", single_use, Page.MOMENT, pulses=1),
            OPENS,
            Step("the gate cannot say", reported(Passage.UNKNOWN), Page.SCAN, pulses=1),
            Step("a moment later", waits(8.0), Page.SCAN, pulses=1),
            Step("it is shown again", single_use, Page.REFUSE, pulses=1),
        ),
    ),
    Story(
        "two behind one code are told to the officer",
        (ON_DUTY, ASKED, OPENS, Step("two go through", two_at_once, Page.SCAN, "two passed", pulses=1)),
        ("gate.passage",),
    ),
    Story(
        "who cannot be decided here is sent to the desk",
        (
            ON_DUTY,
            Step("a forged code", forged, Page.REFER),
            Step("the officer sends them on", decides("Send to the desk"), Page.DESK, "Sent to the desk"),
            Step("the lane is free again", waits(8.0), Page.SCAN, "Ready"),
        ),
    ),
    Story(
        "nobody decides: the lane does not wait for ever",
        (
            Step("a forged code", forged, Page.REFER),
            Step("two minutes pass", waits(121.0), Page.DESK),
            Step("the next one comes", waits(8.0), Page.SCAN),
            Step("with a green code", green, Page.MOMENT, pulses=1),
        ),
    ),
    Story(
        "held between two travellers, and open again",
        (
            ON_DUTY,
            Step("the officer holds the lane", lambda at: at.touches("Hold"), Page.HELD, "Lane held"),
            Step("a green code waits", green, Page.HELD),
            Step("the lane goes on", lambda at: at.touches("Let the lane go on"), Page.SCAN, "Ready"),
            Step("and the code with it", green, Page.MOMENT, pulses=1),
        ),
    ),
    Story(
        "closed, and everybody is sent to another lane",
        (
            ON_DUTY,
            Step("the officer closes it", lambda at: at.touches("Close the lane"), Page.CLOSED, "closed"),
            Step("a green code", green, Page.CLOSED, "", "Please use another lane"),
        ),
    ),
    Story(
        "an alarm says leave and commands nothing",
        (
            ON_DUTY,
            ASKED,
            OPENS,
            Step(
                "the officer raises it",
                lambda at: at.touches("Alarm: everybody leaves", "Touch again"),
                Page.EVACUATE,
                "Alarm",
                "Leave now",
                pulses=1,
            ),
            Step("it is over", lambda at: at.touches("End the alarm"), Page.ADMIT, pulses=1),
        ),
    ),
    Story(
        "released once, outside any crossing",
        (
            ON_DUTY,
            Step(
                "a pram goes through",
                decides("Release the gate once"),
                Page.SCAN,
                pulses=1,
            ),
        ),
    ),
    Story(
        "a wrong PIN says nothing about which of the two was wrong",
        (
            Step("somebody guesses", lambda at: at.signs_in(pin="000000"), Page.SCAN, "PIN"),
            Step("the owner knows", lambda at: at.signs_in(), Page.SCAN, "O-17"),
        ),
    ),
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_goes_as_it_is_told(story: Story, checkpoint: Checkpoint) -> None:
    play(story, checkpoint)
