"""Makes parts of a revocation list's next base, for the kiosk (started by it; not for people)."""

from __future__ import annotations

import argparse
import select
import sys
import time

from config.priority import after_everything_else


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: it is told on standard input."""


def run(_args: argparse.Namespace) -> int:
    """Runs until all is made that can be, or the kiosk's end of the pipe is gone. Exit code 1: it cannot."""
    after_everything_else()
    print("ready", flush=True)
    import json
    from pathlib import Path

    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    from sync.bundle.compacting import make_parts
    from verification.revocation.index.disk import Disk
    from verification.signed_lists import ListRejected

    order = json.loads(sys.stdin.buffer.readline() or b"null")
    if order is None:
        return 0
    keys = [load_pem_public_key(pem.encode()) for pem in order["keys"]]
    worked = time.process_time()
    try:
        for _ in make_parts(Path(order["folder"]), keys, Disk()):
            rest = time.process_time() - worked  # as long as it worked: the lane shares its memory and caches
            if select.select([sys.stdin], [], [], rest)[0]:
                return 0
            worked = time.process_time()
    except (ListRejected, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
