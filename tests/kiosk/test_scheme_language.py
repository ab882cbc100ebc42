"""Nobody has to choose: the verdict speaks the language of the code's scheme, and the next is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.port import Passage
from kiosk.presenters.traveller import TravellerPresenter
from tests.kiosk.lane_bench import LaneBench, assessment
from verification.formats.colour_claims import KIND_OF_PREFIX

SPEAK = {"HK1": "zh_HK", "MO1": "zh_HK", **dict.fromkeys(("GD1", "CN1", "CD1", "TC1", "PV1"), "zh_CN")}


@pytest.mark.parametrize("scheme", [*KIND_OF_PREFIX, "HC1", "SHC", "NZCP"])
def test_a_verdict_speaks_the_language_of_the_codes_scheme(lane: LaneBench, scheme: str) -> None:
    assert lane.view.language is None
    lane.rules.codes[b"a code"] = replace(assessment(b"a code"), format=scheme)
    lane.show(b"a code")
    expected = SPEAK.get(scheme, "en")
    assert lane.view.language == expected
    shown = TravellerPresenter().present(lane.view, lane.now)
    assert shown.headline[0].language == expected


def test_who_chose_another_language_is_answered_in_it_and_the_next_traveller_begins_anew(
    lane: LaneBench,
) -> None:
    lane.show(b"code A")
    shown = TravellerPresenter().present(lane.view, lane.now, chosen="pt")
    assert shown.headline[0].language == "pt"
    lane.gate_accepts()
    lane.gate_reports(Passage.PASSED)
    assert lane.view.language is None
