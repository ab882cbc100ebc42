"""The first steps: which gate it is, which way round its contact is, and how long its pulse."""

from __future__ import annotations

from drivers.turnstile.commissioning.asking import (
    authorised,
    automatic,
    closed_now,
    come_up,
    is_up,
    seen,
    sees_contact,
    wait_end,
)
from drivers.turnstile.commissioning.measure import Pulse, pulses
from drivers.turnstile.commissioning.steps import Case, Failed

PULSES = 3
SLACK_S = 0.1
"""Relays need 5 to 15 ms to move, and the worker's timer shares its machine."""
NOT_STABLE = "Name the gate by a path that stays: turnstile.path, below /dev/serial/by-id or by-path."
WRONG_WAY = "Closed at rest: wire COM and NO, or set turnstile.inputs.closed_reads, or replace the relay."
NEVER_CLOSED = "It did not close: check turnstile.channel, and that the loop-back hangs on COM and NO."


def identify(case: Case) -> str:
    """Serves, under a name that stays."""
    if not case.stable_name:
        raise Failed(NOT_STABLE, "the configured path changes when cables are moved")
    took = come_up(case)
    can = case.dialect.capabilities
    if can.acknowledges or case.dialect.questions or case.dialect.checks:
        return f"answers as {case.dialect.name} after {took:.1f} s"
    if not case.person.sees(
        "This device never answers. Is it the one whose label the settings are made for?"
    ):
        raise Failed("Set turnstile.path to the device of this lane.", "another device")
    return f"{case.dialect.name} says nothing, as it should; the person at the gate says it is this one"


def polarity(case: Case) -> str:
    """Locked, released, locked."""
    come_up(case)
    if not sees_contact(case):
        return _polarity_by_eye(case)
    if closed_now(case):
        raise Failed(WRONG_WAY, "closed at rest")
    found = one_pulse(case)
    if not found:
        raise Failed(NEVER_CLOSED, "open at rest and open in the pulse")
    if not found[-1].over:
        raise Failed(
            "The contact stays closed: switch the gate off and replace the relay.", "closed after the pulse"
        )
    return "open at rest, closed in the pulse, open after it"


def _polarity_by_eye(case: Case) -> str:
    if not case.person.sees("Is the gate locked now?"):
        raise Failed(
            "Wire COM and NO, never NC: a relay that rests must be a gate that is locked.", "released at rest"
        )
    name = authorised(case)
    if not case.person.sees("Did the gate open?"):
        raise Failed("Check turnstile.channel and the wires to the single-pass input.", "it did not open")
    wait_end(case, name)
    if not case.person.sees("Is it locked again?"):
        raise Failed(
            "Replace the relay; feed the single-pass input, not a level input.", "released after the pulse"
        )
    return "locked, released, locked: seen by a person"


def one_pulse(case: Case) -> list[Pulse]:
    """One authorisation, and each time that the contact closed in it."""
    mark = case.bench.mark()
    name = authorised(case)
    wait_end(case, name)
    case.bench.wait(0.6)
    return pulses(seen(case, mark))


def pulse(case: Case) -> str:
    """Three of them, each as long as it should be."""
    wanted, most = _limits(case)
    if not automatic(case):
        return _pulse_by_meter(case, wanted, most)
    measured: list[Pulse] = []
    for _ in range(PULSES):
        found = one_pulse(case)
        measured += found
        words = "; ".join(one.words for one in measured)
        if len(found) != 1:
            raise Failed(
                f"One authorisation closed the contact {len(found)} times: replace the board.", words
            )
        _judge(found[0].at_least, found[0].seconds, found[0].give_or_take, wanted, most, words)
        if not found[0].over:
            raise Failed("The contact stays closed: switch the gate off and replace the relay.", words)
    return "; ".join(one.words for one in measured)


def _limits(case: Case) -> tuple[float, float]:
    if case.dialect.withdrawn_by_off:
        return case.setup.passage_s, case.setup.longest_on_s(case.dialect)
    return case.setup.pulse_s, case.setup.max_on_s


def _judge(
    at_least: float, seconds: float, give_or_take: float, wanted: float, most: float, words: str
) -> None:
    if at_least > most:
        raise Failed(
            "The pulse is longer than turnstile.max_on_ms: do not use this board, or set its own timer off.",
            words,
        )
    if abs(seconds - wanted) > give_or_take + SLACK_S + wanted * 0.1:
        raise Failed(
            "The pulse is not as long as turnstile.pulse_ms says: check the board's own timer.", words
        )


def _pulse_by_meter(case: Case, wanted: float, most: float) -> str:
    measured: list[float] = []
    for number in range(1, PULSES + 1):
        if not is_up(case):
            come_up(case)
        name = authorised(case)
        wait_end(case, name)
        took = case.person.reads(
            f"Pulse {number}: how many milliseconds was it on, by a meter, a stopwatch or a film of its lamp?"
        )
        measured.append(took / 1000)
        words = ", ".join(f"{one * 1000:.0f} ms" for one in measured) + ": read by a person"
        _judge(measured[-1], measured[-1], 0.1, wanted, most, words)
    return words
