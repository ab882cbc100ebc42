"""Check an archive on any machine: what it holds, whose it is, whether all is there, and what was changed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`verify-export FOLDER [--key DEVICE.pub.pem] [--hub-key HUB.pub.pem]`."""
    parser.add_argument("folder", type=Path, help="the folder that `export` made")
    parser.add_argument("--key", type=Path, help="the kiosk's device.pub.pem, from the hub or the enrolment")
    parser.add_argument("--hub-key", type=Path, help="hub.pub.pem, to check the hub's receipt too")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: it holds; 1: it does not; 2: a key can't be used."""
    from sync.export.seal import NotProven
    from sync.export.verifying import verify_export
    from sync.signing import KeyUnusable, load_public

    try:
        device = load_public(args.key) if args.key else None
        hub = load_public(args.hub_key) if args.hub_key else None
        proven = verify_export(args.folder, device, hub)
    except KeyUnusable as error:
        print(error, file=sys.stderr)
        return 2
    except NotProven as error:
        print(f"NOT PROVEN: {error}", file=sys.stderr)
        return 1
    chain, about = proven.chain, proven.subject
    between = f"{about.since or 'the beginning'} to {about.until or 'the end'}"
    what = {"shift": f"shift {about.shift}", "period": f"period, {between}", "records": "records by number"}
    print(f"kiosk        {proven.kiosk or '-'}")
    print(f"made         {proven.made}")
    print(f"about        {what[about.kind.value]}")
    print(f"complete     {'no: ' + proven.lacks if proven.lacks else 'yes'}")
    records = f"{proven.after.sequence + 1} to {chain.position.sequence}"
    print(f"records      {records}, {chain.erased} erased or kept at the lane")
    for first, last in chain.lost:
        print(
            f"lost         {first} to {last}: that file was damaged and is kept at the kiosk, or at the hub"
        )
    for file in proven.files:
        print(f"file         {file.name}, {file.size} bytes")
    print(f"head         {chain.position.head.hex()}")
    print(f"checkpoints  {chain.checkpoints} signed by the device")
    whose = "" if device else "  compare this with the enrolment"
    print(f"device key   {proven.device.fingerprint}{whose}")
    if hub is not None:
        receipt = proven.receipt
        says = f"holds records up to {receipt.position.sequence}" if receipt else "no receipt for these"
        print(f"hub          {says}")
    print("The chain holds: nothing was changed and nothing between the first and the last record left out.")
    return 0
