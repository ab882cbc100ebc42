"""The steps of commissioning: what a gate has to show before a traveller stands in it."""

from __future__ import annotations

from drivers.turnstile.commissioning.at_rest import identify, polarity, pulse
from drivers.turnstile.commissioning.contacts import fire, nobody, passage, ready, tamper
from drivers.turnstile.commissioning.steps import Case, Step
from drivers.turnstile.commissioning.trouble import longest_on, power, unplugged, unplugged_in_a_pulse

KEPT_BY_KIOSK_S = 3.0
"""A gate's process that was killed is replaced, and the new one's first word is OFF, within this time."""


def pulse_words(case: Case) -> str:
    """What a pulse has to be."""
    if case.dialect.withdrawn_by_off:
        return f"released for {case.setup.passage_s:.0f} s when nobody passes, then locked"
    most = case.setup.max_on_s * 1000
    return f"three pulses of {case.setup.pulse_s * 1000:.0f} ms, never above {most:.0f} ms"


def kept_s(case: Case) -> float:
    """How long an ON may last when the process that made it is killed."""
    keeps = case.dialect.capabilities.keeps_max_on
    return case.setup.max_on_s + 0.2 if keeps else KEPT_BY_KIOSK_S


PLAN = (
    Step(
        "identify",
        "Connect the gate as it will stay, with power on.",
        lambda case: f"a name that stays, and answers as {case.dialect.name}",
        identify,
    ),
    Step(
        "polarity",
        "Keep everybody out of the gate: it opens once.",
        lambda _: "locked at rest, released by the pulse, locked after it",
        polarity,
    ),
    Step("pulse", "Keep everybody out: the gate opens three times.", pulse_words, pulse),
    Step(
        "longest ON",
        "Keep everybody out: the gate opens, and the program that opened it is killed in the same moment.",
        lambda case: f"locked again within {kept_s(case):.1f} s",
        lambda case: longest_on(case, kept_s(case)),
    ),
    Step(
        "power",
        "Switch the power of the gate's board off, wait five seconds, switch it on again.",
        lambda _: "locked while the power returns and after it; connected again by itself",
        power,
    ),
    Step(
        "unplugged at rest",
        "Pull the data cable, wait, put it back.",
        lambda _: "named within 5 s, every release refused meanwhile, back by itself, and no pulse by that",
        unplugged,
    ),
    Step(
        "unplugged in a pulse",
        "Hold the data cable; pull it in the moment in which the gate opens.",
        lambda _: "that crossing ends UNKNOWN, the gate locks, and the pulse is not made up for",
        unplugged_in_a_pulse,
        needed=False,
    ),
    Step(
        "fire",
        "Open the fire contact (pull its wire from the board), then close it.",
        lambda _: "told at once, every release refused while it is open, served again after it",
        fire,
        needed=False,
    ),
    Step(
        "passage",
        "Go through the gate once when it opens; the next time let nobody pass.",
        lambda case: f"PASSED {case.setup.way.value}, then {nobody(case)}",
        passage,
        needed=False,
    ),
    Step(
        "ready",
        "Make the turnstile say that it is not ready (hold its arm), then let go.",
        lambda _: "a release is refused while it is not ready",
        ready,
        needed=False,
    ),
    Step(
        "tamper",
        "Open the housing, then close it.",
        lambda _: "told when it opens and when it closes",
        tamper,
        needed=False,
    ),
)
