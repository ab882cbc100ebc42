"""The server that tests start: gone with whoever started it, however that one ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.postgres import MISSING, REQUIRED, ROOT, Postgres

PROGRAM = """
import sys
from tests.postgres import Postgres
server = Postgres()
print(server.port, server._keeper.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not Postgres.installed and not REQUIRED, reason=MISSING)
def test_the_server_ends_when_whoever_started_it_is_killed() -> None:
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        port, keeper = map(int, starter.stdout.readline().split())
        servers = _children(keeper)
        assert servers
        folder = _folder(servers[0])
        assert folder.is_dir() and str(port) in (folder / "data" / "postmaster.pid").read_text()
        os.kill(starter.pid, signal.SIGKILL)
    pause = threading.Event()
    for _ in range(2000):
        if not folder.exists() and not any(Path(f"/proc/{server}").exists() for server in servers):
            return
        pause.wait(0.01)
    raise AssertionError("the server outlived whoever started it")


def _children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in found.split()]


def _folder(server: int) -> Path:
    words = Path(f"/proc/{server}/cmdline").read_bytes().split(b"\0")
    return Path(words[words.index(b"-D") + 1].decode()).parent
