"""What `make soak` counts: for each its command, at full length and short, and how its answer is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Soak:
    """One long count. `{out}` in an argument is a folder of its own."""

    name: str
    says: str
    arguments: tuple[str, ...]
    """What Python is started with."""
    quick: tuple[str, ...]
    answer: Callable[[str, Path], str]
    """One line of counts from what it printed and its folder. Raises `NotHeld` for wrong figures."""


class NotHeld(Exception):
    """The count ran to its end, and what it found is not as it has to be. `str()` says what."""


def printed(*wanted: str) -> Callable[[str, Path], str]:
    """The printed lines that hold one of `wanted`, as one."""

    def answer(said: str, _out: Path) -> str:
        lines = [line.strip() for line in said.splitlines() if any(word in line for word in wanted)]
        if not lines:
            raise NotHeld("it ended without saying what it had counted")
        return "; ".join(lines)

    return answer


def memory(_said: str, out: Path) -> str:
    """First and last size, and whether they are flat."""
    rows = json.loads((out / "memory.json").read_text(encoding="utf-8"))
    sizes = [row for row in rows if row["unit"] == "MB"]
    held = ", ".join(f"{row['name']} {row['value']:.1f} MB" for row in sizes)
    for row in sizes:
        if row["aim"] is not None and row["ratio"] > row["aim"]:
            raise NotHeld(f"grew {row['ratio']:.2f} times, aim {row['aim']}: {held}")
    return held


SOAKS = (
    Soak(
        "gate",
        "gate cycles on emulated controllers with people, faults and unplugged cables",
        ("-m", "tests.faults.gate_cycles", "--cycles", "100000"),
        ("-m", "tests.faults.gate_cycles", "--cycles", "1000"),
        printed("releases"),
    ),
    Soak(
        "gate-kills",
        "kiosks killed, frozen and crashed at any moment, on every kind of gate",
        ("-m", "tests.faults.gate_kills", "--kills", "300"),
        ("-m", "tests.faults.gate_kills", "--kills", "3"),
        printed("kills:", "killed at"),
    ),
    Soak(
        "journal",
        "kill -9 of a journal's writer and of hubs, and histories of an uplink on a bad line",
        ("-m", "tests.sync.soak", "--kills", "500", "--hub-kills", "500", "--histories", "2000"),
        (
            *("-m", "tests.sync.soak", "--kills", "5", "--hub-kills", "2"),
            *("--histories", "20", "--on-postgresql", "5"),
        ),
        printed("kills:", "histories"),
    ),
    Soak(
        "catch-up",
        "thirty days without a hub, 20,000 crossings a day, then all of it within the hour",
        ("-m", "tests.sync.catch_up"),
        ("-m", "tests.sync.catch_up", "--days", "2", "--a-day", "200"),
        printed("days,"),
    ),
    Soak(
        "demo",
        "the whole kiosk, two hundred travellers",
        ("main.py", "demo", "--headless", "--travellers", "200", "--seed", "7", "--out", "{out}/demo"),
        ("main.py", "demo", "--headless", "--travellers", "4", "--seed", "7", "--out", "{out}/demo"),
        printed("as the cast says;", "hub and kiosk"),
    ),
    Soak(
        "monkey",
        "hands without sense on every window of a lane and a desk",
        ("-m", "tests.flows.monkey", "--steps", "20000"),
        ("-m", "tests.flows.monkey", "--steps", "120"),
        printed("acts:", "records:"),
    ),
    Soak(
        "orders",
        "every order of the officers' desk, from its window through a hub program to a lane program",
        ("-m", "tests.flows.desk_orders", "--rounds", "20"),
        ("-m", "tests.flows.desk_orders", "--rounds", "1"),
        printed("orders done"),
    ),
    Soak(
        "minutes",
        "sixty travellers a minute through one lane, no verdict dropped, doubled or shown for another",
        ("-m", "tests.soak.minutes", "--minutes", "5"),
        ("-m", "tests.soak.minutes", "--minutes", "0.2"),
        printed("each with one verdict"),
    ),
    Soak(
        "memory",
        "resident memory over ten thousand crossings",
        ("-m", "tests.bench.bench_memory", "--crossings", "10", "1000", "10000"),
        ("-m", "tests.bench.bench_memory", "--crossings", "5", "20", "60"),
        memory,
    ),
)
