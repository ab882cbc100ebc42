"""Run the hub that receives every lane's records, or enrol a kiosk with it."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from config.moment import system_clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hub run`, `hub enrol`, `hub status`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    run_parser = actions.add_parser("run", help="serve until the process is told to end")
    run_parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    run_parser.add_argument(
        "--port", type=_port, default=8470, help="0 takes a free one (default: %(default)s)"
    )
    run_parser.add_argument("--ready-file", type=Path, help="gets the URL once the hub listens")
    run_parser.add_argument(
        "--end-with-input", action="store_true", help="end when standard input ends (for whoever starts it)"
    )
    enrol = actions.add_parser("enrol", help="let a kiosk's device key write as that kiosk")
    enrol.add_argument("--kiosk", required=True, help="name of the kiosk, as lane.id in its settings")
    enrol.add_argument("--key", type=Path, required=True, help="the kiosk's device.pub.pem")
    enrol.add_argument("--replace", action="store_true", help="retire the key the kiosk had before")
    status = actions.add_parser("status", help="print what the hub holds of each kiosk as JSON")
    for action in (run_parser, enrol, status):
        action.add_argument("--data", type=Path, required=True, help="folder of the hub's key and database")
        where = action.add_mutually_exclusive_group()
        where.add_argument(
            "--database",
            metavar="URL",
            help="another database than DATA/hub.sqlite, without its password: postgresql+psycopg://ROLE@HOST/NAME",
        )
        where.add_argument(
            "--database-file",
            type=Path,
            metavar="FILE",
            help="a file (mode 600) that holds the URL; or the variable CHECKPOINT_HUB_DATABASE",
        )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 0 to 65535")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: refused; 2: it could not be tried."""
    from sqlalchemy.exc import SQLAlchemyError

    from sync.hub.address import DatabaseRefused, chosen_database
    from sync.hub.ledger import EnrolmentRefused
    from sync.signing import KeyUnusable

    _log_to_stderr()
    try:
        args.database = chosen_database(args.database, args.database_file)
        if args.action == "run":
            return _run(args)
        return _enrol(args) if args.action == "enrol" else _status(args)
    except EnrolmentRefused as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyUnusable, DatabaseRefused) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or args.data}: {error.strerror}", file=sys.stderr)
    except SQLAlchemyError as error:
        print(f"The hub's database can't be used: {str(error).splitlines()[0]}", file=sys.stderr)
    return 2


def _log_to_stderr() -> None:
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _run(args: argparse.Namespace) -> int:
    from sync.hub.server import serve

    if args.end_with_input:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()

    def listening(url: str) -> None:
        print(f"hub: listening on {url}", flush=True)

    serve(
        args.data,
        args.host,
        args.port,
        system_clock,
        listening,
        database=args.database,
        ready_file=args.ready_file,
    )
    return 0


def _end_with_input() -> None:
    """Whoever started the hub is gone when the pipe ends, however it went."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _enrol(args: argparse.Namespace) -> int:
    from sync.batch import KIOSK
    from sync.hub.server import open_ledger
    from sync.signing import load_public

    if not KIOSK.fullmatch(args.kiosk):
        print(f"--kiosk {args.kiosk!r}: letters, digits, - and _, at most 32", file=sys.stderr)
        return 2
    key = load_public(args.key)
    new = open_ledger(args.data, system_clock, args.database).enrol(args.kiosk, key, replace=args.replace)
    print(f"{args.kiosk}: key {key.fingerprint} {'enrolled' if new else 'was enrolled already'}")
    return 0


def _status(args: argparse.Namespace) -> int:
    from sync.hub.server import open_ledger

    kiosks = open_ledger(args.data, system_clock, args.database).status()
    print(json.dumps({"kiosks": [asdict(kiosk) for kiosk in kiosks]}, indent=2))
    return 0
