"""How much memory this process holds, as the kernel counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Resident:
    """In megabytes. `private` is what would be freed if this process ended: no shared libraries."""

    rss: float
    private: float


def resident() -> Resident:
    """Linux only, as the kiosk is."""
    kilobytes: dict[str, int] = {}
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, value, *_ = line.split()
        kilobytes[name.rstrip(":")] = int(value)
    private = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Resident(kilobytes["Rss"] / 1024, private / 1024)
