"""How much memory this process holds, as the kernel counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resident:
    """In megabytes."""

    rss: float
    own: float
    """Memory that no file stands behind: heaps and stacks. Other processes and libraries do not move it."""


def resident() -> Resident:
    """Linux only, as the kiosk is."""
    kilobytes: dict[str, int] = {}
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name.rstrip(":")] = int(value)
    return Resident(kilobytes["Rss"] / 1024, kilobytes["Anonymous"] / 1024)
