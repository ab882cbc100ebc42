"""Run the hub that receives every lane's records, enrol a kiosk with it, or publish what lanes run on."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.moment import system_clock
from kiosk.commands import hub_devices
from kiosk.commands.hub_where import add_where

DUTIES = {
    "publish": "publish the bundle that lanes run on: keys, lists, policies, rosters",
    "person": "add, list, remove people who sign in at the hub's pages, give a new password",
    "lookback": "where a code that is shown was used in the last 21 days",
}
"""Actions with a module of their own, `hub_NAME.py`: `add_arguments` and `run`, like a command."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hub run`, `hub enrol`, `hub status`, and those of `DUTIES`."""
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
    _serving(run_parser)
    enrol = actions.add_parser("enrol", help="let a kiosk's device key write as that kiosk")
    enrol.add_argument("--kiosk", required=True, help="name of the kiosk, as lane.id in its settings")
    enrol.add_argument("--key", type=Path, required=True, help="the kiosk's device.pub.pem")
    enrol.add_argument("--replace", action="store_true", help="retire the key the kiosk had before")
    enrol.add_argument("--station", default="station", help="as lane.station (default: %(default)s)")
    enrol.add_argument("--desk", action="store_true", help="a desk of the station's officers, no lane")
    enrol.add_argument("--seal", type=Path, help="the kiosk's seal.pub.pem (it tells it itself otherwise)")
    status = actions.add_parser("status", help="print what the hub holds of each kiosk as JSON")
    for action in (run_parser, enrol, status):
        add_where(action)
    hub_devices.add_actions(actions)
    for name, says in DUTIES.items():
        duty = import_module(f"kiosk.commands.hub_{name}")
        duty.add_arguments(actions.add_parser(name, help=says, description=duty.__doc__))


def _serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cert", type=Path, help="the hub's certificate chain in PEM: serve HTTPS (docs/hub.md)"
    )
    parser.add_argument("--key", type=Path, help="its private key in PEM, mode 600")
    parser.add_argument("--zone", type=_zone, default="UTC", help="for the pages' times, as Asia/Hong_Kong")
    parser.add_argument(
        "--keep-days", type=_days, default=31, help="days until payloads are erased (1 to 31, default: 31)"
    )
    parser.add_argument(
        "--rate", type=float, default=200.0, help="requests a second of one address (default: 200; 0: any)"
    )
    parser.add_argument(
        "--day-records", type=int, default=6_000_000, help="of one device in a day (default: %(default)s)"
    )
    parser.add_argument(
        "--day-megabytes", type=int, default=2_000, help="of one device in a day (default: %(default)s)"
    )
    parser.add_argument("--clients", type=int, default=2000, help="connections at once (default: 2000)")
    parser.add_argument(
        "--gather",
        type=_gather,
        default=0.0,
        help="seconds lanes gather records in any case (0 to 5; default: 0)",
    )


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{text!r}: no zone, write one as Asia/Hong_Kong") from error


def _gather(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 5:
        raise argparse.ArgumentTypeError(f"{text!r}: seconds from 0 to 5")
    return seconds


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 31:
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 1 to 31")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 0 to 65535")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: refused; 2: it could not be tried."""
    from sqlalchemy.exc import SQLAlchemyError

    from sync.hub.address import DatabaseRefused, chosen_database
    from sync.hub.ledger import EnrolmentRefused
    from sync.hub.service import CertificateUnusable
    from sync.signing import KeyUnusable

    _log_to_stderr()
    try:
        if "database" in args:
            args.database = chosen_database(args.database, args.database_file)
        if args.action in DUTIES:
            return int(import_module(f"kiosk.commands.hub_{args.action}").run(args))
        if args.action == "run":
            return _run(args)
        if args.action in hub_devices.ACTIONS:
            return hub_devices.run(args)
        return hub_devices.enrol_by_hand(args) if args.action == "enrol" else _status(args)
    except EnrolmentRefused as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyUnusable, DatabaseRefused, CertificateUnusable) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        raise
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
    from sync.hub.allowance import Allowance
    from sync.hub.limits import chosen_limits
    from sync.hub.server import serve
    from sync.hub.service import Certificate, Service

    if (args.cert is None) != (args.key is None):
        print("--cert and --key belong together", file=sys.stderr)
        return 2
    if args.rate < 0 or min(args.clients, args.day_records, args.day_megabytes) < 1:
        print(
            "--rate is 0 or more, --clients, --day-records and --day-megabytes are 1 or more", file=sys.stderr
        )
        return 2
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
        service=Service(
            None if args.cert is None else Certificate(args.cert, args.key),
            args.zone,
            args.keep_days,
            chosen_limits(args.rate, args.clients),
            Allowance(args.day_records, args.day_megabytes),
            args.gather,
        ),
    )
    return 0


def _end_with_input() -> None:
    """Whoever started the hub is gone when the pipe ends, however it went."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _status(args: argparse.Namespace) -> int:
    from sync.hub.server import open_ledger

    kiosks = open_ledger(args.data, system_clock, args.database).status()
    devices = hub_devices.status_of_devices(args.data, args.database)
    print(json.dumps({"kiosks": [asdict(kiosk) for kiosk in kiosks], **devices}, indent=2))
    return 0
