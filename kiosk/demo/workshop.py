"""Sets the demonstration up: lists, officer, hub process, cable and emulated gate; and takes it down."""

from __future__ import annotations

import json
import secrets
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from config.other_direction import OtherDirection
from config.settings import Display, Hub, Journal, Lane, Officers, Settings, Trust, Turnstile
from drivers.turnstile.emulators.person import NOBODY, passes_after, two_pass
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from kiosk.demo.authorities import Authorities, write_lists
from kiosk.demo.network import Cable
from kiosk.demo.part import Person as Behaviour
from kiosk.demo.part import StageHand
from kiosk.desk.pin import hash_pin, weakness
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from kiosk.program import ROOT
from sync.device_key import device_key

KIOSK = "demo-1"
OFFICER = "O-17"
READY_S = 30.0
BEHAVIOURS = {
    Behaviour.PASSES: passes_after(0.5),
    Behaviour.STAYS: NOBODY,
    Behaviour.BRINGS_A_FRIEND: two_pass(0.4, 0.3),
}


class Workshop:
    """Everything around the kiosk. `close` ends what was started, whatever state it is in."""

    def __init__(self, folder: Path, issuers: Authorities, revoked: bytes, at: datetime) -> None:
        """`folder` exists, and is empty or was a workshop. `revoked` is the `cti` on the revocation list."""
        self.folder = folder
        self.pin = _pin()
        self.roster = folder / "roster.json"
        save_roster(self.roster, Roster((Officer(OFFICER, Role.OFFICER, hash_pin(self.pin)),)))
        policy = (ROOT / "config" / "policies" / "demo.json").read_bytes()
        self.lists = write_lists(folder / "lists", issuers, (revoked,), at, policy)
        self.emulator = Emulator(Tx1500Firmware(person=BEHAVIOURS[Behaviour.PASSES]), folder / "gate")
        self.cable: Cable | None = None
        self._hub: subprocess.Popen[bytes] | None = None

    @property
    def journal(self) -> Path:
        """The journal's folder."""
        return self.folder / "journal"

    def open(self, program: Sequence[str]) -> None:
        """Plugs the gate in, starts the hub and enrols the kiosk. Raises `RuntimeError` with one sentence."""
        self.emulator.start()
        self.enrol(program)
        ready = self.folder / "hub.url"
        ready.unlink(missing_ok=True)
        run = ["hub", "run", "--data", str(self._data), "--port", "0", "--ready-file", str(ready)]
        with (self.folder / "hub.log").open("wb") as log:
            self._hub = subprocess.Popen(
                [*program, *run, "--end-with-input"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.cable = Cable(_port(ready, self._hub))

    def enrol(self, program: Sequence[str]) -> None:
        """Makes the journal's folder and tells the hub of this kiosk; nothing where that was done before.

        Raises `RuntimeError` with one sentence.
        """
        key = self.journal / "device.pub.pem"
        if self._data.exists() and key.exists():
            return
        self.journal.mkdir()
        device_key(self.journal)
        enrol = ["hub", "enrol", "--data", str(self._data), "--kiosk", KIOSK]
        enrol += ["--station", "demo", "--key", str(key)]
        done = subprocess.run([*program, *enrol], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"the hub does not enrol the kiosk: {done.stderr.strip()}")

    @property
    def _data(self) -> Path:
        return self.folder / "hub"

    def settings(self, *, quick: bool, fullscreen: bool, size: tuple[int, int]) -> Settings:
        """The lane's settings: a real settings object, as a file would give it."""
        assert self.cable is not None
        return Settings(
            lane=Lane(
                station="demo",
                id=KIOSK,
                policy=self.lists.policy,
                refused_s=1.2 if quick else 3.0,
                desk_s=0.8 if quick else 2.5,
                referral_s=2.5 if quick else 6.0,
            ),
            other_direction=OtherDirection(
                direction="to_hong_kong", policy=self.lists.policy, way_out="left"
            ),
            turnstile=Turnstile(protocol="tx1500", path=self.emulator.link, passage_s=1.5 if quick else 3.0),
            display=Display(fullscreen=fullscreen, width=size[0], height=size[1]),
            trust=Trust(
                lists=(self.lists.trust,), key=(self.lists.key,), revocation=(self.lists.revocation,)
            ),
            journal=Journal(folder=self.journal),
            hub=Hub(
                url=f"http://127.0.0.1:{self.cable.port}",
                key=self._data / "hub.pub.pem",
                every_s=0.5,
            ),
            officers=Officers(roster=self.roster),
        )

    # --- what the director asks for ---

    def person(self, person: Behaviour) -> None:
        """How the next traveller behaves at the gate."""
        self.emulator.set_person(BEHAVIOURS[person])

    def do(self, task: StageHand) -> None:
        """Cuts, mends, unplugs, plugs in."""
        assert self.cable is not None
        {
            StageHand.CUT_THE_NETWORK: self.cable.cut,
            StageHand.MEND_THE_NETWORK: self.cable.mend,
            StageHand.UNPLUG_THE_RELAY: self.emulator.unplug,
            StageHand.PLUG_THE_RELAY_IN: self.emulator.replug,
        }[task]()

    # --- the end ---

    def hub_holds(self, program: Sequence[str]) -> dict[str, object]:
        """What the hub has of this kiosk, asked of the hub's own command: `sequence` and `head`."""
        data = str(self._data)
        asked = subprocess.run(
            [*program, "hub", "status", "--data", data], capture_output=True, text=True, check=False
        )
        if asked.returncode:
            return {"sequence": 0, "head": asked.stderr.strip()}
        kiosk = next(row for row in json.loads(asked.stdout)["kiosks"] if row["kiosk"] == KIOSK)
        return {"sequence": kiosk["sequence"], "head": kiosk["head"]}

    def close(self) -> None:
        """Ends hub, cable and gate."""
        if self.cable:
            self.cable.stop()
        if self._hub:
            if self._hub.stdin:
                self._hub.stdin.close()
            self._hub.terminate()
            try:
                self._hub.wait(5)
            except subprocess.TimeoutExpired:
                self._hub.kill()
                self._hub.wait()
        self.emulator.stop()


def _pin() -> str:
    """A PIN for one demonstration. It is written nowhere."""
    while True:
        pin = f"{secrets.randbelow(10**6):06d}"
        if weakness(pin) is None:
            return pin


def _port(ready: Path, hub: subprocess.Popen[bytes]) -> int:
    ends = time.monotonic() + READY_S
    while time.monotonic() < ends and hub.poll() is None:
        if ready.exists() and (url := ready.read_text().strip()):
            return int(url.rsplit(":", 1)[1])
        time.sleep(0.05)
    raise RuntimeError("the hub did not start: hub.log in the demonstration's folder says why")
