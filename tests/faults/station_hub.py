"""The hub as a program of its own for a station's lanes: started, killed, started again where it was."""

from __future__ import annotations

import select
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOON_S = 30.0


class HubProgram:
    """`main.py hub`, with its data in one folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.url = ""
        self._port = "0"
        self._hub = [sys.executable, str(ROOT / "main.py"), "hub"]
        self._process: subprocess.Popen[str] | None = None

    def do(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """One action of `main.py hub`."""
        return subprocess.run(
            [*self._hub, *arguments, "--data", str(self.data)],
            input=typed,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )

    def start(self) -> None:
        """Returns when it listens."""
        self._process = subprocess.Popen(
            [*self._hub, "run", "--port", self._port, "--rate", "0", "--data", str(self.data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], SOON_S)[0], "the hub did not start"
        self.url = self._process.stdout.readline().split()[-1]
        self._port = self.url.rsplit(":", 1)[1]

    def kill(self) -> None:
        """SIGKILL: nothing is ended in order."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(SOON_S)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
