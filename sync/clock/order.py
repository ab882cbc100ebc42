"""What two officers ordered: a small file that the running lane takes up, or the next one that starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.canonical import NotCanonical, utc_text
from sync.clock.memory import MemoryDamaged, plausible, sealed, unsealed
from sync.signing import flush_folder, write_private

FILE = "clock-reset.json"
REFUSED = "clock-reset.refused"
LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Order:
    """When the boot clock showed `boot_s` it was `to`, say two officers."""

    to: datetime
    boot_id: str
    boot_s: float
    officer: str
    second: str


def leave_order(folder: Path, order: Order) -> None:
    """Puts the order where the lane finds it. Raises OSError."""
    content = sealed(
        {
            "to": utc_text(order.to),
            "boot": order.boot_id,
            "boot_s": order.boot_s,
            "officer": order.officer,
            "second": order.second,
        }
    )
    write_private(folder / FILE, content)


def take_order(folder: Path) -> Order | None:
    """The order, taken away. One that can't be read is set aside as `clock-reset.refused`. Raises OSError."""
    file = folder / FILE
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    try:
        table = unsealed(data)
        order = Order(
            plausible(table["to"]),
            str(table["boot"]),
            float(table["boot_s"]),
            str(table["officer"]),
            str(table["second"]),
        )
    except (MemoryDamaged, NotCanonical, KeyError, TypeError, ValueError):
        file.replace(folder / REFUSED)
        flush_folder(folder)
        return None
    file.unlink()
    flush_folder(folder)
    return order
