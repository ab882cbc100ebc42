"""A story: what people do one after the other, and what stands on both screens after each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.presenters.traveller_screen import Page
from tests.flows.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class Step:
    """`does` happens; then the traveller sees `page`, and the officer reads `officer`."""

    told: str
    does: Callable[[Checkpoint], object]
    page: Page
    officer: str = ""
    """Words on the officer's panel; empty: none are asked for."""
    traveller: str = ""
    """Words on the traveller's screen."""
    pulses: int = 0
    """How often the gate was asked to open since the story began."""


@dataclass(frozen=True, slots=True)
class Story:
    """`keeps` are the kinds of events that the journal holds in this order, others between them."""

    name: str
    steps: tuple[Step, ...]
    keeps: tuple[str, ...] = ()


def play(story: Story, checkpoint: Checkpoint) -> None:
    """Every step, with both screens looked at after it, and the journal at the end."""
    for step in story.steps:
        step.does(checkpoint)
        where = f"{story.name}, {step.told}"
        assert checkpoint.page is step.page, f"{where}: the traveller sees {checkpoint.page}"
        assert step.officer in checkpoint.officer_reads, f"{where}: {checkpoint.officer_reads}"
        assert step.traveller in checkpoint.traveller_reads, f"{where}: {checkpoint.traveller_reads}"
        assert len(checkpoint.gate.asked) == step.pulses, f"{where}: {len(checkpoint.gate.asked)} pulses"
    kinds = iter([kind for kind, _ in checkpoint.kept()])
    for wanted in story.keeps:
        assert wanted in kinds, f"{story.name}: the journal has no {wanted} in its place: {checkpoint.kept()}"
