"""Checkpoint Kiosk: one door for run, demo, verify, issue, hub and the rest."""

from __future__ import annotations

import sys

from kiosk.commands.streams import ensure_standard_streams

if __name__ == "__main__":
    ensure_standard_streams()
    from kiosk.commands.door import main

    sys.exit(main(sys.argv[1:]))
