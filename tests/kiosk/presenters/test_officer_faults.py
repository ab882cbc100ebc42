"""A fault in the officer's own language: what to do by its code, and the English detail of the case below."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.health.codes import codes
from kiosk.lane_view import Fault, LaneView, Phase
from kiosk.presenters.officer_panel import health, state
from tests.kiosk.lane_bench import NOON

DEAD = Fault("sound", "SN", "No sound (made up): check the loudspeaker.")


def view(*faults: Fault, phase: Phase = Phase.WAITING) -> LaneView:
    return LaneView(phase, "3", faults=faults)


@pytest.mark.parametrize("language", ["zh_HK", "zh_CN", "pt"])
def test_what_to_do_is_in_the_officers_language_and_the_detail_below_it(language: str) -> None:
    line = health(view(DEAD), True, NOON, language)[0]
    assert line.part == f"SN {codes()['SN'].part[language]}"
    assert (line.words, line.detail) == (codes()["SN"].advice[language], DEAD.advice)


def test_in_english_the_detail_says_it_all() -> None:
    line = health(view(DEAD), True, NOON, "en")[0]
    assert (line.part, line.words) == ("SN sound", DEAD.advice)


def test_which_of_several_lists_it_is_stays_visible() -> None:
    old = Fault("age of HK/list.cwt", "AG", "Codes that need this list will be referred.")
    line = health(view(old), True, NOON, "pt")[0]
    assert "age of HK/list.cwt" in line.detail


def test_a_code_with_something_behind_its_letters_is_advised_by_its_letters() -> None:
    asked = Fault("enrolment", "EN 4F7K-2M9Q", "Type the code.", stops=True)
    line = health(view(asked), True, NOON, "zh_HK")[0]
    assert line.part.startswith("EN 4F7K-2M9Q ")
    assert line.words.startswith(codes()["EN"].advice["zh_HK"])


def test_a_fault_nobody_put_in_the_table_is_still_shown() -> None:
    line = health(view(Fault("made-up", "??", "Do something.")), True, NOON, "pt")[0]
    assert (line.part, line.words) == ("?? made-up", "Do something.")


def test_the_strip_of_a_lane_out_of_order_says_it_in_the_officers_language() -> None:
    stopped = view(Fault("camera", "CA", "Plug it in.", stops=True), phase=Phase.OUT_OF_ORDER)
    shown = state(stopped, True, 0.0, 0.0, "zh_CN")
    assert shown.detail == f"CA: {codes()['CA'].advice['zh_CN']}"


def test_a_part_is_called_in_english_what_doctor_calls_it() -> None:
    known = view(Fault("check GS", "GS", "Never proven."), Fault("turnstile", "GT", "Plug it in."))
    assert [line.part for line in health(known, True, NOON, "en")[:2]] == ["GS gate's sheet", "GT gate"]
    assert health(known, True, NOON, "zh_HK")[0].detail == "Never proven."


@pytest.mark.parametrize("language", ["en", "zh_HK"])
def test_what_stops_the_lane_is_named_before_what_it_can_do_without(language: str) -> None:
    gate = Fault("turnstile", "GT", "Plug the gate in.", stops=True)
    stopped = view(DEAD, gate, phase=Phase.OUT_OF_ORDER)
    assert state(stopped, True, 0.0, 0.0, language).detail.startswith("GT")
    assert health(stopped, True, NOON, language)[0].part.startswith("GT")


def test_where_there_is_no_hub_no_record_is_said_to_wait_for_it() -> None:
    told = [
        any("not at the hub" in line.words for line in health(one, True, NOON, "en"))
        for one in (replace(view(), unsent=27), replace(view(), unsent=27, has_hub=False))
    ]
    assert told == [True, False]
