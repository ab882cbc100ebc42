"""What was asked for at the terminal: where the relay's contact is seen, and which steps."""

from __future__ import annotations

import json
import re
from pathlib import Path

from config.settings import Turnstile
from drivers.turnstile.commissioning.bench import LoopBack, Source
from drivers.turnstile.commissioning.control_line import LINES, ControlLine
from drivers.turnstile.commissioning.plan import PLAN
from drivers.turnstile.from_settings import capabilities_of


class NotPossible(Exception):
    """There is no such loop-back or step. `str()` is one sentence that says what there is."""


def steps(text: str) -> list[str]:
    """The names in `text`, all of them steps; empty for all. Raises `NotPossible`."""
    chosen = [step.strip() for step in text.split(",") if step.strip()]
    unknown = sorted(set(chosen) - {step.name for step in PLAN})
    if unknown:
        names = ", ".join(step.name for step in PLAN)
        raise NotPossible(f"--steps {', '.join(unknown)}: there are {names}")
    return chosen


def loop_back(text: str, turnstile: Turnstile) -> tuple[LoopBack, ControlLine | None]:
    """Where the contact is seen, and what has to be opened for it. Raises `NotPossible`."""
    reads_back = capabilities_of(turnstile).reads_back
    if text == "read-back" or (not text and reads_back):
        if not reads_back:
            raise NotPossible(f"--loop-back read-back: {turnstile.protocol} cannot be read back")
        return LoopBack(Source.READ_BACK, says="by the board's own word, and by a person"), None
    if text in ("", "person"):
        return LoopBack(Source.PERSON, says="by a person"), None
    if found := re.fullmatch(r"input:([1-9]|[12][0-9]|3[0-2])", text):
        number = int(found[1])
        closed = turnstile.inputs.closed_reads
        return LoopBack(Source.INPUT, number, closed, f"at input {number} of the board"), None
    name, _, port = text.partition(":")
    if name in LINES and port:
        path = Path(port)
        own = path.resolve() == turnstile.path.resolve()
        said = f"at line {name.upper()} of {path}"
        return LoopBack(Source.LINE, says=said), ControlLine(port, name, feeds=not own)
    raise NotPossible(
        f"--loop-back {text}: input:N, {', '.join(f'{name}:PORT' for name in LINES)}, read-back or person"
    )


def watched_json(turnstile: Turnstile, loop: LoopBack) -> str:
    """The gate's settings for its process, with the input that the loop-back hangs on."""
    table = turnstile.model_dump(mode="json")
    if loop.source is Source.INPUT:
        table["inputs"]["spare"] = loop.number
    return json.dumps(table)
