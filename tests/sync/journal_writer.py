"""Writes a journal and says after each commit how far it came; tests end it without warning."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from config.moment import system_clock
from sync.device_key import device_key
from sync.event_types import GateAuthorised
from sync.journal import Journal, JournalUnavailable


def main() -> int:
    folder, most_bytes = Path(sys.argv[1]), int(sys.argv[2])
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    journal = Journal(folder, system_clock, device_key(folder), checkpoint_every=10, reserve_bytes=100_000)
    number = 0
    while True:
        number += 1
        event = GateAuthorised(crossing=f"c{number}", authorisation=f"a{number}", way="forward")
        use = f"use {number}".encode()
        try:
            last = journal.append([event, event], system_clock().utc, spend=[use])
        except JournalUnavailable as error:
            kept = journal.verify_chain()
            print(f"unavailable {journal.position.sequence} {use in journal.spent} {kept.broken} {error}")
            return 0
        print(f"{last} {number}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
