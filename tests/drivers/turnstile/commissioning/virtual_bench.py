"""A bench in virtual time, and people who do as they are told, or do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from drivers.turnstile.commanding import Effect
from drivers.turnstile.commissioning.bench import Bench, Entry, Level, LoopBack, Person, Skipped, Source
from drivers.turnstile.commissioning.plan import PLAN
from drivers.turnstile.commissioning.steps import Case, Row, perform
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import NOBODY, passes_after
from drivers.turnstile.port import LinkChanged, LinkState
from drivers.turnstile.protocols.catalogue import PROTOCOLS, protocol
from drivers.turnstile.watched import WatchedGate
from drivers.turnstile.wire import Noticed
from drivers.turnstile.wiring import Wiring
from tests.drivers.turnstile.devices import wiring
from tests.drivers.turnstile.virtual import VirtualLane, setup

LOOP_INPUT = 5
STEP_S = 0.01
REPLACED_AFTER_S = 0.5


class Lane(VirtualLane):
    """A virtual lane that keeps what happens."""

    entries: list[Entry]

    def perform(self, effects: list[Effect]) -> None:
        before = len(self.reports)
        super().perform(effects)
        self.entries += [Entry(self.now, report) for report in self.reports[before:]]


class VirtualBench(Bench):
    def __init__(self, firmware: Firmware, loop: LoopBack, inputs: bool = True, **changes: object) -> None:
        made = wiring(firmware.name)
        if not inputs:
            made = replace(made, inputs=Wiring().inputs)
        if loop.source is Source.INPUT:
            made = replace(made, inputs=replace(made.inputs, spare=loop.number))
        self.dialect = protocol(firmware.name, 1, made)
        self.setup = setup(protocol=firmware.name, passage_s=2.0, **changes)
        firmware.person = NOBODY
        firmware.in_one_piece = True
        self.lane = Lane(firmware)
        self.lane.dialect = self.dialect
        self.lane.plugged = False
        self.lane.entries = []
        self.pull_when_on = False
        self._count = 0
        self._level: bool | None = None
        firmware.power_up(self.lane.now)

    def start(self) -> None:
        self._new_gate(self.lane.now)
        self.lane.plugged = True

    def stop(self) -> None:
        self.lane.perform(self.lane.gate.close(self.lane.now))
        self.lane.plugged = self.lane.open = False
        self.lane.entries.append(Entry(self.lane.now, LinkChanged(LinkState.DOWN)))

    def crash(self) -> None:
        self.lane.open = False
        self.lane.perform(self.lane.gate.link_lost("killed", self.lane.now))
        self._new_gate(self.lane.now + REPLACED_AFTER_S)

    def authorise(self) -> str:
        self._count += 1
        self.lane.authorise(f"c{self._count}")
        return f"c{self._count}"

    def now(self) -> float:
        return self.lane.now

    def mark(self) -> int:
        return len(self.lane.entries)

    def since(self, mark: int) -> Sequence[Entry]:
        return self.lane.entries[mark:]

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        end = self.lane.now + seconds
        while not until():
            if self.lane.now >= end:
                return False
            self.lane.run(STEP_S)
            self._look()
        return True

    def _look(self) -> None:
        on = self.lane.firmware.on
        if on is not self._level:
            if self._level is not None:
                self.lane.entries.append(Entry(self.lane.now - STEP_S, Level(self._level)))
            self.lane.entries.append(Entry(self.lane.now, Level(on)))
            self._level = on
        if on and self.pull_when_on and self.lane.plugged:
            self.lane.unplug()

    def _new_gate(self, opens_at: float) -> None:
        self.lane.gate = WatchedGate(self.dialect, self.setup, self._note)
        self.lane.gate.supervisor.opens_at = opens_at

    def _note(self, noticed: Noticed) -> None:
        self.lane.entries.append(Entry(noticed.at, noticed))


class Helper(Person):
    """Does with the emulated device whatever it is told, and says what it sees."""

    def __init__(self, bench: VirtualBench) -> None:
        self._bench = bench
        self.heard: list[str] = []
        self.answers: dict[str, bool | float | None] = {}
        """By a piece of the question; None: no answer."""
        self.power_faults = Faults()
        """What is wrong with the device once its power returns."""

    def do(self, what: str) -> None:
        self._told(what)
        lane = self._bench.lane
        acts: dict[str, Callable[[], object]] = {
            "Switch the power": self._power_cycle,
            "Pull the gate's data cable": lane.unplug,
            "pull it when the gate opens": partial(setattr, self._bench, "pull_when_on", True),
            "Put the cable back": self._replug,
            "Open the fire contact": partial(self._faults, Faults(fire=True)),
            "Close the fire contact": partial(self._faults, Faults()),
            "go through when it opens": partial(setattr, lane.firmware, "person", passes_after(0.6)),
            "let nobody pass": partial(setattr, lane.firmware, "person", NOBODY),
            "not ready": partial(self._faults, Faults(not_ready=True)),
            "Let go again": partial(self._faults, Faults()),
            "Open the housing": partial(self._faults, Faults(tamper=True)),
            "Close the housing": partial(self._faults, Faults()),
        }
        (act,) = [act for words, act in acts.items() if words in what]
        act()

    def sees(self, question: str) -> bool:
        self._told(question)
        answer = self._answer(question)
        if answer is not None:
            return bool(answer)
        lane = self._bench.lane
        if "locked" in question:
            self._bench.wait(3.0)
            return not lane.firmware.on
        if "power came back" in question:
            return lane.firmware.faults.wakes_on
        return True

    def reads(self, question: str) -> float:
        self._told(question)
        answer = self._answer(question)
        return 400.0 if answer is None else float(answer)

    def hear(self, words: str) -> None:
        self.heard.append(words)

    def _told(self, words: str) -> None:
        self.heard.append(words)
        if any(piece in words and answer is None for piece, answer in self.answers.items()):
            raise Skipped("nobody answered")

    def _answer(self, question: str) -> bool | float | None:
        return next((answer for piece, answer in self.answers.items() if piece in question), None)

    def _faults(self, faults: Faults) -> None:
        self._bench.lane.firmware.faults = faults

    def _power_cycle(self) -> None:
        firmware = self._bench.lane.firmware
        firmware.faults = self.power_faults
        firmware.power_up(self._bench.now())

    def _replug(self) -> None:
        self._bench.pull_when_on = False
        self._bench.lane.plug()


def commissioned(
    bench: VirtualBench, loop: LoopBack, helper: Helper | None = None, *chosen: str, stable: bool = True
) -> dict[str, Row]:
    """All rows by their step."""
    person = helper or Helper(bench)
    case = Case(bench, person, loop, bench.dialect, bench.setup, stable)
    return {row.step: row for row in perform(PLAN, case, chosen)}


def by_input() -> LoopBack:
    return LoopBack(Source.INPUT, LOOP_INPUT)


def best_loop(name: str) -> LoopBack:
    """The loop-back that this device can have without an adapter."""
    kind = PROTOCOLS[name]
    if kind.contacts and kind.tells_levels:
        return by_input()
    if kind.withdrawn_by_off:
        return LoopBack(Source.PERSON)
    return LoopBack(Source.READ_BACK if kind.capabilities.reads_back else Source.LINE)
