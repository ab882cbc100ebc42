"""Every dialect as the tests wire it: with its inputs where it has some, with bytes where it needs them."""

from __future__ import annotations

from drivers.turnstile.protocols.catalogue import PROTOCOLS, protocol
from drivers.turnstile.protocols.codec import Protocol
from drivers.turnstile.wiring import Frames, Inputs, Wiring

NAMES = sorted(PROTOCOLS)
GENERIC = Frames(on="A0 01 01 A2", off="A0 01 00 A1", ask="5B", answer="AA RR II 55")
ALL_FOUR = Inputs(passage=1, ready=2, fire=3, tamper=4)
PASSAGE = Inputs(passage=1)


def wiring(name: str) -> Wiring:
    """All inputs that the device can have."""
    kind = PROTOCOLS[name]
    inputs = ALL_FOUR if kind.tells_levels else PASSAGE
    has_inputs = kind.contacts > 0
    frames = GENERIC if name == "generic" else Frames()
    return Wiring(inputs=inputs if has_inputs else Inputs(), frames=frames)


def device(name: str, channel: int = 1, inputs: bool = True) -> Protocol:
    """The dialect, with everything wired or with nothing."""
    made = wiring(name)
    return protocol(name, channel, made if inputs else Wiring(frames=made.frames))
