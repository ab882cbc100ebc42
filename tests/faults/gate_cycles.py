"""Thousands of crossings through the gate in virtual time, with people and faults drawn by lot.

`python -m tests.faults.gate_cycles --cycles 100000` is the long count of `make soak`; tests run a short one.
Device and gate are the product's own; only the clock is not real. After each crossing come the rules: one
release for one authorisation, no release while the link is not UP, ON never longer than allowed, exactly one
end for each authorisation, and an end that says PASSED or NO_PASSAGE is true.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import NOBODY, Person, passes_after, two_pass
from drivers.turnstile.emulators.relay import RelayFirmware
from drivers.turnstile.port import (
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
)
from drivers.turnstile.protocols.catalogue import PROTOCOLS
from drivers.turnstile.protocols.codec import Release
from tests.drivers.turnstile.devices import device
from tests.drivers.turnstile.virtual import VirtualLane

PASSAGE_S = 2.0
MAX_ON_S = 1.0
FAULTS = (
    *(Faults() for _ in range(6)),
    Faults(no_ack=True),
    Faults(late_ack=0.3),
    Faults(late_ack=0.8),
    Faults(nak=True),
    Faults(wrong_checksum=True),
    Faults(split=True),
    Faults(echo=True),
    Faults(noise=True),
    Faults(slow_firmware=0.1),
    Faults(boot_silence=2.0),
    Faults(mute=True),
    Faults(delay=0.15),
    Faults(bounce=0.02),
    Faults(flood=True),
    Faults(wrong_device=True),
    Faults(fire=True),
    Faults(tamper=True),
    Faults(not_ready=True),
    Faults(power_cut=True),
    Faults(stuck_relay=True),
    Faults(drop=0.003),
    Faults(garble=0.003),
)


# A device that goes deaf while its relay is on cannot be switched off by anybody: not drawn in mid-pulse.
HEARING = tuple(faults for faults in FAULTS if not (faults.mute or faults.wrong_device))
CHECKED = ("lcus", "k8090", "waveshare", "lctech", "r421a08", "modbus-a", "modbus-b", "wirenboard", "tx1500")
"""Dialects whose frames carry a check. To the others a damaged byte can be another command, so that on a bad
line only our own part is asked of them: one release, one end, and a relay that is off again."""


def drawn(name: str, chance: random.Random, faults: Sequence[Faults] = FAULTS) -> Faults:
    """A fault that this device could have and be expected to survive."""
    one = chance.choice(faults)
    can = PROTOCOLS[name].capabilities
    if (one.drop or one.garble) and not (can.reads_back or can.acknowledges or can.keeps_max_on):
        return Faults()  # an OFF that is lost on the way to a board that tells nothing is lost
    if (one.power_cut or one.fire) and not device(name).inputs.fire:
        return (
            Faults()
        )  # an arm that is free, or a cut cable, cannot be told from nobody without that contact
    return one


class Broken(AssertionError):
    """A rule was broken. The message says which, where, and how to see it again."""


@dataclass
class Count:
    """What happened in a run."""

    cycles: int = 0
    releases: int = 0
    pulses: int = 0
    """Of the device, on lines where it can only have done what it was told."""
    longest_on: float = 0.0
    ends: Counter[str] = field(default_factory=Counter)


def person(chance: random.Random) -> Person:
    """Somebody who passes, hesitates, stays away, or brings a friend."""
    after = chance.uniform(0.05, PASSAGE_S * 1.3)
    return chance.choice((passes_after(after), passes_after(after), NOBODY, two_pass(after, 0.75)))


def made(name: str) -> Firmware:
    """The device; a turnstile behind a relay closes when our window does."""
    kind = FIRMWARES[name]
    firmware = kind(open_s=PASSAGE_S) if issubclass(kind, RelayFirmware) else kind()
    firmware.in_one_piece = True
    return firmware


def run(cycles: int, seed: int, name: str) -> Count:
    """Runs this many crossings and returns what happened. Raises `Broken`."""
    chance = random.Random(seed)
    lane = VirtualLane(made(name), passage_s=PASSAGE_S, max_on_s=MAX_ON_S).plug()
    count = Count()
    for number in range(cycles):
        one_crossing(lane, f"{seed}-{number}", chance, count)
        count.cycles += 1
    return count


def one_crossing(lane: VirtualLane, authorisation: str, chance: random.Random, count: Count) -> None:
    """One authorisation with whatever goes wrong around it, then the rules."""
    lane.firmware.person = person(chance)
    lane.firmware.faults = drawn(lane.firmware.name, chance)
    had = [lane.firmware.faults]
    lane.run(chance.uniform(0.0, 3.0))
    was_up = lane.gate.supervisor.state is LinkState.UP
    lane.authorise(authorisation)
    accident = chance.random()
    if accident < 0.1:
        lane.run(chance.uniform(0.0, PASSAGE_S))
        lane.unplug()
        lane.run(chance.uniform(0.0, 1.0))
        lane.plug()
    elif accident < 0.2:
        lane.writes_until_break = chance.randrange(3)
    elif accident < 0.3:
        lane.run(chance.uniform(0.0, PASSAGE_S))
        before = lane.firmware.faults
        lane.firmware.faults = drawn(lane.firmware.name, chance, HEARING)
        had.append(lane.firmware.faults)
        lane.run(chance.uniform(0.0, PASSAGE_S))
        if chance.random() < 0.5:
            lane.firmware.faults = before
    elif accident < 0.35:
        lane.authorise(authorisation)
    lane.run(PASSAGE_S * 2 + 3.0)
    if guessing(lane, had):
        lane.firmware.faults = Faults()
        lane.run(12.0)
    check(lane, authorisation, was_up, had, count)
    lane.reports.clear()
    lane.ended_at.clear()
    lane.sent.clear()
    lane.firmware.record.clear()
    lane.firmware.bodies.clear()
    lane.firmware.commands.clear()


def guessing(lane: VirtualLane, had: Sequence[Faults]) -> bool:
    """Whether what the device did may have been a damaged command that nobody sent."""
    bad = any(faults.drop or faults.garble for faults in had)
    return bad and lane.firmware.name not in CHECKED


def check(lane: VirtualLane, authorisation: str, was_up: bool, had: Sequence[Faults], count: Count) -> None:
    """The rules, for what one crossing left behind."""
    releases = [at for at, send in lane.sent if isinstance(send.command, Release)]
    reports, everything = lane.of(authorisation), list(lane.reports)
    refused = [report for report in reports if isinstance(report, PulseRefused)]
    accepted = [report for report in reports if isinstance(report, PulseAccepted)]
    ends = [report for report in reports if isinstance(report, PassageReported)]
    used_twice = sum("used before" in report.why for report in refused)

    def must(holds: bool, rule: str) -> None:
        if not holds:
            raise Broken(f"{rule}: {authorisation} on {lane.firmware.name}: {reports}")

    must(len(releases) <= 1, "one release for one authorisation")
    must(not releases or was_up, "no release while the link is not UP")
    must(len(accepted) <= 1, "accepted at most once")
    must(len(refused) - used_twice + len(ends) == 1, "exactly one end")
    must(not (accepted and not ends), "what was accepted ends in a passage")
    count.releases += len(releases)
    count.ends[str(ends[0].passage) if ends else "refused"] += 1
    welded = any(faults.stuck_relay for faults in had)
    if guessing(lane, had):
        must(welded or not lane.firmware.on, "off again")
        return
    longest = lane.firmware.longest_on(lane.now)
    limit = PASSAGE_S + 0.7 if lane.dialect.withdrawn_by_off else MAX_ON_S
    if lane.dialect.withdrawn_by_off and any(faults.drop or faults.garble for faults in had):
        limit = PASSAGE_S + 2.0  # its OFF is repeated once late answers have had time to come; the watchdog's
    must(welded or longest <= limit, f"ON for {longest:.3f} s")
    must(lane.firmware.pulses <= len(releases), "the device pulses only when asked")
    if ends and ends[0].passage is Passage.NO_PASSAGE:
        told = lane.ended_at[authorisation]
        must(all(body.at > told for body in lane.firmware.bodies), "NO_PASSAGE only when nobody passed")
        # A welded controller confirms OFF and stays open: whoever then goes through is told as tampering,
        # unless the cable was out in that moment.
        cut = any(isinstance(report, LinkChanged) and report.state is LinkState.DOWN for report in everything)
        must(
            not lane.firmware.bodies or (welded and (cut or Tamper(True) in everything)),
            "who goes through a gate that was locked is told",
        )
    if ends and ends[0].passage in (Passage.PASSED, Passage.TAILGATE):
        must(bool(lane.firmware.bodies), "PASSED only when somebody passed")
    corrected = [report for report in reports if isinstance(report, PassageCorrected)]
    must(len(corrected) <= 1, "corrected at most once")
    must(not corrected or (ends and ends[0].passage is Passage.PASSED), "only PASSED is corrected")
    must(not corrected or len(lane.firmware.bodies) > 1, "TAILGATE only when two passed")
    count.longest_on = max(count.longest_on, 0.0 if welded else longest)
    count.pulses += lane.firmware.pulses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cycles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for name in sorted(FIRMWARES):
        count = run(math.ceil(chosen.cycles / len(FIRMWARES)), chosen.seed, name)
        ends = ", ".join(f"{end} {number}" for end, number in sorted(count.ends.items()))
        print(f"{name}: {count.cycles} crossings, {count.releases} releases, {count.pulses} pulses")
        print(f"  longest ON {count.longest_on:.3f} s; {ends}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
