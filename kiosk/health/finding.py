"""What a check found about one part, and how a part is checked: in a thread of its own, within its time."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from config.settings import Settings
from kiosk.health.codes import codes

BOX_S = 15.0
"""No check is waited for longer than this, all of them together."""


class Severity(IntEnum):
    """How bad it is; also the exit code of `main.py doctor`."""

    WELL = 0
    LOOK = 1
    """The lane goes on without it, or will not for long."""
    BROKEN = 2
    """The lane takes no travellers, or refers every one, until this is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the code for the telephone, and an English sentence of what is so, or what to do."""

    code: str
    severity: Severity
    detail: str

    @property
    def part(self) -> str:
        """What the code is the code of, in English."""
        return codes()[self.code].part["en"]


Check = Callable[[Settings], Sequence[Finding]]
"""Looks at one part. Raises nothing that is to be expected; may hang."""


def well(code: str, detail: str) -> Finding:
    """Nothing to do."""
    return Finding(code, Severity.WELL, detail)


def look(code: str, detail: str) -> Finding:
    """Somebody should look at it."""
    return Finding(code, Severity.LOOK, detail)


def broken(code: str, detail: str) -> Finding:
    """The lane stands still without it."""
    return Finding(code, Severity.BROKEN, detail)


def run_checks(
    checks: Sequence[tuple[str, Check]], settings: Settings, box_s: float = BOX_S
) -> list[Finding]:
    """Every finding, in the order of the checks. All begin at once; a hung one is left behind and named."""
    answers: list[queue.SimpleQueue[Sequence[Finding]]] = []
    for code, check in checks:
        answer: queue.SimpleQueue[Sequence[Finding]] = queue.SimpleQueue()
        answers.append(answer)
        work = threading.Thread(
            target=_answer, args=(code, check, settings, answer), name=f"check-{code}", daemon=True
        )
        work.start()
    until = time.monotonic() + box_s
    found: list[Finding] = []
    for (code, _), answer in zip(checks, answers, strict=True):
        try:
            found += answer.get(timeout=max(0.01, until - time.monotonic()))
        except queue.Empty:
            found.append(
                broken(code, f"Did not answer within {box_s:.0f} s: unplug it and plug it in again.")
            )
    return found


def _answer(
    code: str, check: Check, settings: Settings, answer: queue.SimpleQueue[Sequence[Finding]]
) -> None:
    """A check that breaks is a finding at once; what broke goes where every crash of a thread goes."""
    found: Sequence[Finding] = [broken(code, "This check itself failed: send the operator its error report.")]
    try:
        found = check(settings)
    finally:
        answer.put(found)
