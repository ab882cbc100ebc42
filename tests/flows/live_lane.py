"""A lane as an operator has it: `main.py run`, a settings file, a folder of pictures, an emulated gate."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from drivers.camera.synthetic.appearance import LOOKS, Appearance
from drivers.camera.synthetic.generator import render
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from sync.journal_file import NAME, JournalUnavailable
from sync.journal_reader import JournalReader
from verification.evidence import Colour
from verification.issuing.authority import Authority, found_authority
from verification.issuing.colour_code import ColourCode, issue
from verification.revocation import station_list as revocation_file
from verification.signed_lists import sign_apart
from verification.trust import station_list as trust_file

ROOT = Path(__file__).resolve().parents[2]
GENEROUS_S = 40.0


class LiveLane:
    """Made in a folder of its own. `start` runs the program, `stop` ends it however it stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures = folder / "pictures"
        self.journal = folder / "journal"
        self.emulator = Emulator(Tx1500Firmware(), folder / "gate")
        self.authority = found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False)
        self.lists_key = ed25519.Ed25519PrivateKey.generate()
        self.program: subprocess.Popen[str] | None = None
        self.surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.settings = folder / "kiosk.toml"
        self.door = ROOT / "main.py"
        policy = json.loads((ROOT / "config" / "policies" / "to-macao.json").read_text())
        del policy["spot_check_one_in"]
        (folder / "policy.json").write_text(json.dumps(policy))
        self._write_lists()
        self._write_settings()

    def start(self, *, gate: bool = True) -> None:
        if gate:
            self.emulator.start()
        self.program = subprocess.Popen(
            [sys.executable, str(self.door), "run", "--windowed", "--config", str(self.settings)],
            env=self.surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def stop(self) -> None:
        if self.program and self.program.poll() is None:
            self.program.kill()
        if self.program:
            self.program.communicate()
        self.emulator.stop()

    def end(self, number: signal.Signals, *, to_all: bool = False) -> tuple[int, float, str]:
        """Sends a signal; exit code, seconds until the program had ended, and what it had printed.

        `to_all`: also to each process that the program started, as the end of a session does.
        """
        assert self.program is not None
        begun = time.monotonic()
        os.killpg(self.program.pid, number) if to_all else self.program.send_signal(number)
        said, _ = self.program.communicate(timeout=GENEROUS_S)
        return self.program.returncode, time.monotonic() - begun, said

    def hold_up(self, text: str) -> None:
        """Puts a picture of a phone with this code before the camera."""
        self._before_camera([(text, LOOKS["phone"])])

    def hold_nothing(self) -> None:
        """Nobody stands before the camera."""
        self._before_camera([])

    def _before_camera(self, held: list[tuple[str | bytes, Appearance]]) -> None:
        self.pictures.mkdir(exist_ok=True)
        frame = render(held, seed=1).pixels
        fresh = self.pictures / ".fresh.part"
        fresh.write_bytes(cv2.imencode(".png", frame)[1].tobytes())
        fresh.replace(self.pictures / "phone.png")

    def code(self, authority: Authority | None = None, colour: Colour = Colour.GREEN) -> str:
        now = datetime.now(UTC)
        return issue(
            ColourCode(
                prefix="MO1",
                cti=os.urandom(16),
                issued_at=now - timedelta(minutes=1),
                expires_at=now + timedelta(hours=6),
                colour=colour,
            ),
            authority or self.authority,
        )

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """What the journal holds, as kind and payload."""
        if not (self.journal / NAME).exists():
            return []
        try:
            reader = JournalReader(self.journal)
        except JournalUnavailable:
            return []
        try:
            return [(record.kind, json.loads(record.payload or "{}")) for record in reader.all_records()]
        except JournalUnavailable:
            return []
        finally:
            reader.close()

    def wait_for(self, holds: Callable[[list[tuple[str, dict[str, Any]]]], bool]) -> None:
        """Waits until the journal is as wanted."""
        assert self.program is not None
        ends = time.monotonic() + GENEROUS_S
        while time.monotonic() < ends:
            if holds(self.events()):
                return
            if self.program.poll() is not None:
                raise AssertionError(f"the program ended: {self.program.communicate()[0]}")
            self.emulator.wait_for(lambda firmware: False, 0.1)
        raise AssertionError(f"it did not happen; the journal has {self.events()}")

    def wait_for_kind(self, kind: str, **fields: object) -> None:
        """Waits for an event of this kind with these fields."""
        self.wait_for(
            lambda events: any(
                name == kind and all(payload.get(key) == value for key, value in fields.items())
                for name, payload in events
            )
        )

    def _write_lists(self) -> None:
        key, now = self.lists_key, datetime.now(UTC)
        (self.folder / "trust.json").write_bytes(
            trust_file.write(self.authority.entries(), "test station", now, key)
        )
        covers = [("MO1", "MO")]
        (self.folder / "revoked.json").write_bytes(
            revocation_file.write([], covers, "test station", now, key)
        )
        policy = self.folder / "policy.json"
        (self.folder / "policy.json.sig").write_bytes(sign_apart(policy.read_bytes(), key))
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (self.folder / "lists.pem").write_bytes(pem)

    def _write_settings(self) -> None:
        self.settings.write_text(
            """
[lane]
id = "test-1"
policy = "policy.json"
direction = "to_macao"
[camera]
source = "folder"
path = "pictures"
[turnstile]
protocol = "tx1500"
path = "gate"
[display]
width = 1080
height = 1920
fullscreen = false
[trust]
lists = ["trust.json"]
key = "lists.pem"
revocation = "revoked.json"
[journal]
folder = "journal"
[sound]
enabled = false
""",
            encoding="utf-8",
        )
