"""Reads frames for the kiosk (started by it; not for people)."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The inherited descriptor of the frame slot."""
    parser.add_argument("--slot-fd", type=int, required=True, help="inherited descriptor of the frame slot")
    parser.add_argument("--second-opinion", action="store_true", help="ask zbar about codes that stay unread")
    parser.add_argument("--aztec", action="store_true", help="read Aztec symbols too")


def run(args: argparse.Namespace) -> int:
    """Runs until the kiosk's end of the pipe is gone."""
    from drivers.reader.slot import SlotFault
    from drivers.reader.worker import main

    try:
        return main(args.slot_fd, args.second_opinion, args.aztec)
    except SlotFault as fault:
        print(fault, file=sys.stderr)
        return 2
