"""What must hold for every input, and what the inputs cost: the slowest and the hungriest are kept."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import dataclass, field

from tests.fuzz.hungry import hungry
from tests.fuzz.layers import FORMATS, Layer, genuine_content, layers
from tests.verification.attacks.case import LANE, PERMISSIVE
from tests.verification.made import NOW
from verification.assessment import Assessment, Signature
from verification.judgement import NOTHING_SPENT, judge
from verification.verdict import Gathering, Outcome, Verdict

HANG_S = 1.0
"""Of the process's own time: a busy machine is no hang."""
_TRACED = 16
"""One input in so many is measured for memory, and every large one."""
_LARGE = 4096
_KEPT = 16
"""Of the slowest inputs."""


class Broken(AssertionError):
    """An input for which something does not hold. `str()` says what."""


def hold(layer: Layer, code: bytes) -> tuple[Assessment, bool]:
    """Checks `code` and holds the answer to what must always be true.

    Gives the answer, and whether the most permissive lane admits it. Raises `Broken`; nothing else should be.
    """
    checked = LANE.check(code)
    if not isinstance(checked, Assessment) or not (checked.reasons or checked.sound):
        raise Broken("something other than an assessment, or one that gives no reason")
    verdict = judge((checked,), NOTHING_SPENT, PERMISSIVE, NOW)
    if not isinstance(verdict, Verdict | Gathering):
        raise Broken("something other than a verdict")
    believed = checked.signature is Signature.VALID
    admitted = isinstance(verdict, Verdict) and verdict.outcome is Outcome.ADMIT
    if (admitted or checked.sound) and not believed:
        raise Broken("admitted or sound without a valid signature")
    if believed and not layer.signed_anew and _content(checked) != genuine_content(layer.format):
        raise Broken("a valid signature over content that nobody signed")
    return checked, admitted


def _content(checked: Assessment) -> bytes:
    return b"" if checked.identity is None else checked.identity.signed.partition(b"\0")[2]


@dataclass
class Watch:
    """Counts the inputs of one format."""

    format: str
    name: str = ""
    """Of the target; a format may have several."""
    tried: int = 0
    believed: int = 0
    admitted: int = 0
    slowest_s: float = 0.0
    slowest: str = ""
    hungriest_bytes: int = 0
    hungriest: str = ""
    longest: int = 0
    _layers: tuple[Layer, ...] = field(init=False, repr=False)
    _slow: list[tuple[float, str, bytes]] = field(default_factory=list, repr=False)
    _names: set[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        assert self.format in FORMATS
        self.name = self.name or self.format
        self._layers = layers(self.format)
        self._names = {layer.name for layer in self._layers}
        for layer in self._layers:
            assert hold(layer, layer.code(layer.seed))[1], f"{layer.name}: the seed is not genuine"

    def attempt(self, data: bytes) -> None:
        """One input: its first byte says which layer is bent, the others are the layer. Raises `Broken`."""
        if not data:
            return
        layer = self._layers[data[0] % len(self._layers)]
        self._try(layer, layer.name, layer.code(data[1:]))

    def attempt_the_hungry(self) -> None:
        """What could grow most. Raises `Broken`."""
        for what, code in hungry(self.format).items():
            self._try(self._layers[0], what, code)

    @property
    def slow(self) -> list[tuple[str, bytes]]:
        """The slowest inputs, each with its name."""
        return [(name, code) for _, name, code in self._slow]

    def _try(self, layer: Layer, name: str, code: bytes) -> None:
        self.tried += 1
        self.longest = max(self.longest, len(code))
        began = time.thread_time()
        checked, admitted = hold(layer, code)
        took = time.thread_time() - began
        self.believed += checked.signature is Signature.VALID
        self.admitted += admitted
        if len(self._slow) < _KEPT or took > self._slow[-1][0]:
            entry = (took, f"{name}, {len(code)} bytes", code)
            self._slow = sorted((*self._slow, entry), reverse=True)[:_KEPT]
        if took > self.slowest_s:
            self.slowest_s, self.slowest = took, f"{name}, {len(code)} bytes"
        if took > HANG_S:
            raise Broken(f"{took:.2f} s for {len(code)} bytes")
        if name not in self._names or len(code) > _LARGE or self.tried % _TRACED == 1:
            self._measure(name, code)

    def _measure(self, name: str, code: bytes) -> None:
        tracemalloc.start()
        LANE.check(code)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if peak > self.hungriest_bytes:
            self.hungriest_bytes, self.hungriest = peak, f"{name}, {len(code)} bytes"


def slowest_of(slow: list[tuple[str, bytes]]) -> tuple[float, str]:
    """Seconds of the slowest of these inputs, each the best of three times, and its name."""
    return max((min(_seconds(code) for _ in range(3)), name) for name, code in slow)


def _seconds(code: bytes) -> float:
    began = time.thread_time()
    LANE.check(code)
    return time.thread_time() - began


def seeds(name: str) -> dict[str, bytes]:
    """Inputs to begin with: each layer as it is."""
    return {
        layer.name.replace(" ", "-"): bytes((place,)) + layer.seed for place, layer in enumerate(layers(name))
    }
