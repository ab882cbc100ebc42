"""The guide does not flicker, however often the reader changes its mind."""

from __future__ import annotations

from drivers.reader.port import Hint
from kiosk.lane_view import SightView
from kiosk.presenters.steady_hint import SteadyHint
from kiosk.presenters.traveller import Sight

CLOSER = SightView(Hint.CLOSER, located=True)
GLARE = SightView(Hint.GLARE, located=True)
NOTHING = SightView(Hint.NOTHING_THERE)


def watch(steady: SteadyHint, view: SightView, start: float, seconds: float) -> Sight:
    shown = Sight()
    for frame in range(round(seconds * 30) + 1):
        shown = steady.see(view, start + frame / 30)
    return shown


def test_a_hint_that_stays_is_shown() -> None:
    assert watch(SteadyHint(), CLOSER, 0.0, 0.5).hint is Hint.CLOSER


def test_a_single_opinion_is_not_shown() -> None:
    steady = SteadyHint()
    watch(steady, NOTHING, 0.0, 1.0)
    assert steady.see(CLOSER, 1.1) == Sight()


def test_two_opinions_in_turn_do_not_flicker() -> None:
    steady = SteadyHint()
    shown = {steady.see(CLOSER if frame % 2 else GLARE, frame / 30) for frame in range(90)}
    assert shown == {Sight()}


def test_a_shown_hint_stays_long_enough_to_be_read() -> None:
    steady = SteadyHint()
    watch(steady, CLOSER, 0.0, 0.5)
    assert watch(steady, GLARE, 0.6, 0.6).hint is Hint.CLOSER
    assert watch(steady, GLARE, 1.3, 0.5).hint is Hint.GLARE


def test_nothing_there_is_no_hint() -> None:
    assert watch(SteadyHint(), NOTHING, 0.0, 2.0) == Sight()


def test_the_next_traveller_starts_without_old_hints() -> None:
    steady = SteadyHint()
    watch(steady, CLOSER, 0.0, 0.5)
    steady.forget()
    assert steady.see(NOTHING, 0.6) == Sight()
