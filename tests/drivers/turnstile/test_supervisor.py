"""DOWN, PROBING, UP, DEGRADED: when the officer is told and when the link is tried again."""

from __future__ import annotations

from drivers.turnstile.port import LinkChanged, LinkState
from drivers.turnstile.supervisor import Supervisor


def test_the_pause_doubles_from_a_fifth_of_a_second_to_five_seconds() -> None:
    supervisor = Supervisor()
    pauses = []
    for _ in range(8):
        supervisor.lost("gone", 100.0)
        pauses.append(round(supervisor.opens_at - 100.0, 3))
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


def test_once_it_answered_the_next_pause_is_short_again() -> None:
    supervisor = Supervisor()
    for _ in range(5):
        supervisor.lost("gone", 0.0)
    supervisor.opened(1.0)
    supervisor.answered()
    supervisor.lost("gone", 10.0)
    assert supervisor.opens_at == 10.2


def test_each_change_is_told_once() -> None:
    supervisor = Supervisor()
    told = [supervisor.lost("gone", float(number)) for number in range(100)]
    assert told[0] == LinkChanged(LinkState.DOWN, "gone")
    assert not any(told[1:])


def test_a_device_that_opens_and_dies_over_and_over_is_told_once() -> None:
    supervisor = Supervisor()
    supervisor.lost("gone", 0.0)
    told = []
    for number in range(50):
        told += [supervisor.opened(number), supervisor.lost("gone", number)]
    assert not any(told)


def test_silence_after_opening_is_patience_for_three_seconds_then_advice() -> None:
    supervisor = Supervisor()
    supervisor.opened(0.0)
    assert supervisor.doubtful("no answer", 2.9) is None
    assert supervisor.doubtful("no answer", 3.0) == LinkChanged(LinkState.DEGRADED, "no answer")


def test_silence_while_up_is_told_at_once() -> None:
    supervisor = Supervisor()
    supervisor.opened(0.0)
    supervisor.answered()
    assert supervisor.doubtful("no answer", 0.1) == LinkChanged(LinkState.DEGRADED, "no answer")


def test_up_carries_no_advice() -> None:
    supervisor = Supervisor()
    supervisor.opened(0.0)
    assert supervisor.answered() == LinkChanged(LinkState.UP, "")
