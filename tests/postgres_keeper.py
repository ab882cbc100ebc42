"""Keeps one PostgreSQL server while its standard input lasts: whoever started it may die in any way.

Prints `PORT PASSWORD`, then obeys one line at a time and answers it with `done`: `kill` (as a power cut),
`stop`, `start`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WAIT_S = 60.0
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs as Debian lays it out, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: int(file.parts[4]))
    return found[-1].parent if found else None


def account() -> dict[str, object]:
    """Whom the server runs as, in the words of `subprocess`."""
    if os.getuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("there is no unprivileged account to run PostgreSQL as")


class Kept:
    """One server with a folder of its own."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.data = folder / "data"
        self.bin = bin_folder
        self.folder = folder
        self.password = secrets.token_urlsafe(16)
        self.account = account()
        self.port = 0
        self.log = (folder / "log").open("ab")
        if self.account:
            shutil.chown(folder, self.account["user"], self.account["group"])  # type: ignore[call-overload]
        self._make()

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        secret.chmod(0o644)
        words = ["-U", "hub", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256", f"--pwfile={secret}"]
        command = [str(self.bin / "initdb"), "-D", str(self.data), "--no-sync", *words]
        subprocess.run(command, check=True, stdout=self.log, stderr=self.log, cwd="/", **self.account)  # type: ignore[call-overload]
        secret.unlink()

    def start(self) -> None:
        """Starts it; the port stays the same once there is one."""
        for _ in range(10):
            port = self.port or free_port()
            words = ["-D", self.data, "-p", port, "-c", "listen_addresses=127.0.0.1"]
            words += ["-c", f"unix_socket_directories={self.folder}"]
            self.server = subprocess.Popen(
                [str(self.bin / "postgres"), *map(str, words)],
                stdin=subprocess.DEVNULL,
                stdout=self.log,
                stderr=self.log,
                cwd="/",
                preexec_fn=end_with_parent,
                **self.account,  # type: ignore[call-overload]
            )
            if self._ready():
                self.port = port
                return
        raise SystemExit(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def _ready(self) -> bool:
        until = time.monotonic() + WAIT_S
        while self.server.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError):
                lines = (self.data / "postmaster.pid").read_text().splitlines()
                if len(lines) > 7 and lines[0] == str(self.server.pid) and lines[7].strip() == "ready":
                    return True
            time.sleep(0.02)
        self.end(signal.SIGQUIT)
        return False

    def end(self, number: signal.Signals) -> None:
        """SIGINT: orderly, connections are cut. SIGQUIT: at once, as if the power went."""
        if self.server.poll() is None:
            self.server.send_signal(number)
            self.server.wait(WAIT_S)


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def end_with_parent() -> None:
    """Runs in the server's process: SIGQUIT when the keeper itself is killed (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, int(signal.SIGQUIT), 0, 0, 0)


def main() -> int:
    """Keeps a server until standard input ends."""
    bin_folder = programs()
    if bin_folder is None:
        raise SystemExit("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="checkpoint-postgres-", dir="/tmp"))
    kept = None
    try:
        kept = Kept(folder, bin_folder)
        kept.start()
        print(kept.port, kept.password, flush=True)
        for line in sys.stdin:
            word = line.strip()
            if word == "start":
                kept.start()
            else:
                kept.end(signal.SIGQUIT if word == "kill" else signal.SIGINT)
            print("done", flush=True)
    finally:
        if kept is not None and hasattr(kept, "server"):
            kept.end(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
