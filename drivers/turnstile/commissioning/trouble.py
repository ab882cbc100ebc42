"""The steps in which something is killed or pulled: the longest ON, power, and the cable."""

from __future__ import annotations

from drivers.turnstile.commissioning.asking import (
    advice,
    authorised,
    automatic,
    closed_now,
    closed_since,
    come_up,
    ended,
    is_up,
    refused,
    released,
    seen,
    sees_contact,
    states,
    wait_end,
)
from drivers.turnstile.commissioning.bench import Skipped, Source
from drivers.turnstile.commissioning.measure import pulses
from drivers.turnstile.commissioning.steps import Case, Failed
from drivers.turnstile.port import LinkChanged, LinkState, Passage
from drivers.turnstile.wire import Noticed, Seen

TRIES = 5
NAMED_S = 5.0
STAYS_ON = "The gate stays released: switch its power off, and do not use this board."


def longest_on(case: Case, most: float) -> str:
    """The process that opened it is killed at once; who locks it again, and when."""
    mark = case.bench.mark()
    authorised(case)
    if case.loop.source in (Source.INPUT, Source.READ_BACK):
        case.bench.wait(1.0, lambda: closed_since(case, mark))
    case.bench.crash()
    case.bench.wait(most + 2.0)
    come_up(case)
    if not automatic(case):
        if not case.person.sees(f"Was it locked again within {most:.1f} s?"):
            raise Failed(STAYS_ON, "released for longer, seen by a person")
        return "locked again in time, seen by a person"
    closed_now(case)
    found = pulses(seen(case, mark))
    if not found:
        raise Skipped("the contact was not seen closed before the program was killed: repeat this step")
    words = "; ".join(one.words for one in found)
    if any(one.at_least > most or not one.over for one in found):
        raise Failed(STAYS_ON, words)
    return words


def power(case: Case) -> str:
    """Off while the power returns, off after it, and back by itself."""
    case.bench.stop()
    mark = case.bench.mark()
    try:
        case.person.do("Switch the power of the gate's board off, wait five seconds, switch it on again.")
        if case.loop.source is Source.LINE:
            case.bench.wait(1.0)
            if closed_since(case, mark):
                raise Failed(
                    "The relay switches on when its power returns: do not use this board for a gate.",
                    "closed while the power came back",
                )
        elif case.person.sees(
            "When the power came back, did the relay click on or the gate open, even briefly?"
        ):
            raise Failed(
                "The relay switches on when its power returns: do not use this board for a gate.",
                "released while the power came back, seen by a person",
            )
    finally:
        case.bench.start()
        case.bench.wait(NAMED_S, lambda: is_up(case))  # so that OFF is sent whatever was found
    took = come_up(case)
    case.bench.wait(2.0)
    if not is_up(case):
        raise Failed(advice(case), "connected, then in doubt")
    if automatic(case) and closed_now(case):
        raise Failed(STAYS_ON, "closed after the power came back and OFF was sent")
    if not sees_contact(case) and not case.person.sees("Is the gate locked now?"):
        raise Failed(STAYS_ON, "released after the power came back, seen by a person")
    return f"locked; connected again after {took:.1f} s"


def unplugged(case: Case) -> str:
    """Named, refused, back, and nothing made up for."""
    come_up(case)
    mark = case.bench.mark()
    case.person.do("Pull the gate's data cable out of this computer, and leave it out.")
    gone = case.bench.wait(
        NAMED_S,
        lambda: any(one.state in (LinkState.DOWN, LinkState.DEGRADED) for one in states(case, mark)),
    )
    silent = not (case.dialect.questions or case.dialect.capabilities.acknowledges)
    if not gone:
        more = " This dialect never answers: use an adapter that is unplugged itself." if silent else ""
        raise Failed(
            f"Pull the cable that turnstile.path names.{more}", f"nothing was noticed in {NAMED_S:.0f} s"
        )
    if not refused(case):
        raise Failed("Report this: a release left for a gate that is not there.", "a release was not refused")
    case.person.do("Put the cable back where it was.")
    took = come_up(case)
    _no_pulse_since(case, mark)
    return f"named, refused, and back after {took:.1f} s"


def unplugged_in_a_pulse(case: Case) -> str:
    """The cable comes out while the contact is closed: as many tries as hands need."""
    near = ""
    for number in range(1, TRIES + 1):
        come_up(case)
        case.person.do(f"Try {number} of {TRIES}: hold the cable, and pull it when the gate opens.")
        mark = case.bench.mark()
        name = authorised(case)
        wait_end(case, name)
        gone = any(one.state is LinkState.DOWN for one in states(case, mark))
        if gone and ended(case, name) is not Passage.UNKNOWN:
            raise Failed("Report this: a pulse without its cable has another end.", str(ended(case, name)))
        if gone and not _off_left(case, mark):
            return _after_the_pull(case)
        near = "the cable came out after the pulse" if gone else "the cable stayed in"
        case.person.do("Put the cable back where it was.")
    raise Skipped(f"in {TRIES} tries {near}")


def _after_the_pull(case: Case) -> str:
    mark = case.bench.mark()
    locked = case.person.sees("The cable is out: is the gate locked?")
    case.person.do("Put the cable back where it was.")
    took = come_up(case)
    _no_pulse_since(case, mark)
    if not locked and case.dialect.capabilities.keeps_max_on:
        raise Failed(STAYS_ON, "released while the cable was out")
    if automatic(case) and closed_now(case):
        raise Failed(STAYS_ON, "closed after the cable was back")
    now = "locked" if locked else "released until the cable was back (this board keeps no longest ON)"
    return f"UNKNOWN, {now}; back after {took:.1f} s, no pulse made up for"


def _off_left(case: Case, mark: int) -> bool:
    """Whether OFF was sent between the release and the loss of the link."""
    released_yet = False
    for entry in case.bench.since(mark):
        match entry.what:
            case Noticed(_, Seen.RELEASE):
                released_yet = True
            case Noticed(_, Seen.OFF) if released_yet:
                return True
            case LinkChanged(LinkState.DOWN):
                return False
    return False


def _no_pulse_since(case: Case, mark: int) -> None:
    case.bench.wait(2.0)
    if released(case, mark):
        raise Failed("Report this: a pulse was made up for.", "a release left by itself")
