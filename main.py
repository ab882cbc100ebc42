"""Checkpoint Kiosk: one door for run, demo, verify, issue, hub and the rest."""

from __future__ import annotations

import sys

from kiosk.commands.door import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
