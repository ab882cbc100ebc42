"""Work that nobody waits for leaves the processor to everybody else."""

from __future__ import annotations

import os
from contextlib import suppress

LOWEST = 19


def after_everything_else() -> None:
    """From here on this process runs where no other wants to, and stops at once when one does (`SCHED_IDLE`);
    where that can't be had, at the lowest priority.
    """
    os.nice(LOWEST)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
