"""Finds the subcommand, parses its arguments, hands over."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from kiosk.crash_report import CRASHED, program_crashed

COMMANDS = {
    "run": "run the kiosk on real devices",
    "station": "the officers' desk for all lanes of a station, through the hub",
    "demo": "show the kiosk doing its job on simulated travellers and devices",
    "verify": "verify codes in images, texts or standard input, offline",
    "trust": "show whose signatures are trusted, and why a code is not",
    "policy": "explain a policy, find what contradicts or can never happen",
    "practice": "make the codes that officers practise with",
    "issue": "make demo issuers, codes and lists",
    "bundle": "bring a newer bundle from hub or stick, show what is in use",
    "hub": "run the hub, enrol kiosks, show what it holds",
    "enrol": "enrol this kiosk at its hub by a code that both show",
    "officer": "keep the roster of officers",
    "doctor": "check every part of this kiosk, say what to do",
    "commission": "prove the gate on its place, step by step, and sign the sheet",
    "clock": "show what the lane believes of the time; two officers set it",
    "journal": "prove, read and count the journal",
    "shift": "open and close a shift, show its figures; erase early, look back, read notes",
    "crossing": "find a crossing again by the reference on a slip, print the slip",
    "export": "write a shift or a period as one signed archive, to a folder or a stick",
    "verify-export": "check an export on any machine",
    "camera": "show what the camera can do, what it was set to, and how well it is aimed",
    "emulate": "be a turnstile controller, a scanner or a lamp on a pseudo-terminal",
    "screenshots": "picture every screen in every language and layout",
}
WORKERS = ("gate-worker", "reader-worker", "divoc-worker", "index-worker")
"""Child processes that the kiosk starts itself; not shown in the help."""


def main(arguments: Sequence[str]) -> int:
    """Runs one subcommand: 0 all is well, 1 when the answer is no, 2 for wrong usage, 3 for a mistake."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        _stop_printing()
        return 128 + signal.SIGPIPE
    except EOFError:
        print(
            f"main.py {arguments[0]}: nobody answered what is asked for; work at a terminal, or see --help",
            file=sys.stderr,
        )
        return 2
    except PermissionError as error:
        if error.filename is None:
            return _mistaken(error)
        what = "run it as the user who owns that, or give it to this one"
        print(f"main.py {arguments[0]}: {error.filename}: {error.strerror}: {what}", file=sys.stderr)
        return 2
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO) or error.filename is not None:
            return _mistaken(error)
        _stop_printing()
        print(f"main.py: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    except Exception as error:  # noqa: BLE001  nothing is behind this door but the interpreter
        return _mistaken(error)


def _mistaken(error: Exception) -> int:
    """A mistake in the program: told without its messages, which may quote a code."""
    program_crashed(type(error), error, error.__traceback__)
    return CRASHED


def _run(arguments: Sequence[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_help())
        return 0 if arguments else 2
    name = arguments[0]
    if name not in COMMANDS and name not in WORKERS:
        print(f"main.py: there is no command {name!r}; `main.py --help` lists them", file=sys.stderr)
        return 2
    command = _load(name)
    parser = argparse.ArgumentParser(prog=f"main.py {name}", description=(command.__doc__ or "").strip())
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(arguments[1:])))


def _stop_printing() -> None:
    """What is still buffered for a standard output that is gone must not be tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _load(name: str) -> ModuleType:
    return import_module(f"kiosk.commands.{name.replace('-', '_')}")


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {says}" for name, says in COMMANDS.items()]
    return "\n".join(
        ["usage: main.py COMMAND [options]", "", *lines, "", "main.py COMMAND --help tells more."]
    )
