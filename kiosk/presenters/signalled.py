"""What goes with a traveller's screen for eyes far away and for ears: light and spoken words.

Both are decided from the screen, never from the verdict: whatever looks like a referral sounds like one too.
"""

from __future__ import annotations

from drivers.signals.light import Light
from drivers.signals.port import Prompt, Tone
from kiosk.presenters.traveller_screen import Page, TravellerScreen

LIGHTS = {
    Page.SCAN: Light.DARK,
    Page.GATHERING: Light.DARK,
    Page.MOMENT: Light.DARK,
    Page.ADMIT: Light.GO,
    Page.REFER: Light.ATTENTION,
    Page.REFUSE: Light.STOP,
    Page.DESK: Light.ATTENTION,
    Page.GATE_FAILED: Light.ATTENTION,
    Page.HELD: Light.CLOSED,
    Page.CLOSED: Light.CLOSED,
    Page.OUT_OF_ORDER: Light.CLOSED,
    Page.EVACUATE: Light.LEAVE,
}
PROMPTS = {
    Page.GATHERING: Prompt.ONE_MORE_CODE,
    Page.ADMIT: Prompt.GO,
    Page.REFER: Prompt.OFFICER_COMES,
    Page.REFUSE: Prompt.PLEASE_STOP,
    Page.DESK: Prompt.GO_TO_DESK,
    Page.GATE_FAILED: Prompt.GATE_STUCK,
    Page.EVACUATE: Prompt.LEAVE_NOW,
}
"""A closed lane says nothing: it would speak to an empty hall."""
WAYS = {"left": Prompt.GO_LEFT, "right": Prompt.GO_RIGHT}
"""Straight on goes without saying."""
Spoken = tuple[Prompt, str]
"""A prompt and its language."""


def light(shown: TravellerScreen) -> Light:
    """What the lamp shows with a screen."""
    return LIGHTS[shown.page]


def spoken(shown: TravellerScreen) -> tuple[Spoken, ...]:
    """What is spoken once when a screen appears: the verdict's language, or all where all are spoken to."""
    if shown.tone is Tone.AGAIN:
        return ((Prompt.NOT_A_CODE, shown.headline[0].language),)
    if shown.ends_soon:
        return ((Prompt.MORE_TIME, shown.headline[0].language),)
    prompt = WAYS.get(shown.arrow) or PROMPTS.get(shown.page)
    return tuple((prompt, line.language) for line in shown.headline) if prompt else ()
