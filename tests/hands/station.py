"""A station for these stories: `main.py hub`, a lane, and `main.py station` on a display of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from config.moment import system_clock
from sync.device_key import device_key
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.server import hub_key
from sync.sealing import seal_key
from tests.faults.station_hub import HubProgram
from tests.flows.live_lane import ROOT, LiveLane

NAME, DESK = "made-up-station", "desk-1"


class Station:
    """`start` returns when hub, lane and desk run; `stop` ends all three."""

    def __init__(self, folder: Path, lane: LiveLane, desk: dict[str, str], width: int, height: int) -> None:
        """`desk`: the surroundings of the desk's program. Pixels of its window."""
        self._folder, self._lane, self._surroundings = folder, lane, desk
        self._size = width, height
        self._hub = HubProgram(folder / "hub")
        self._desk: subprocess.Popen[bytes] | None = None

    @property
    def desk(self) -> int:
        """The number of the desk's process."""
        assert self._desk is not None
        return self._desk.pid

    def start(self) -> None:
        self._enrol()
        self._hub.start()
        key = self._folder / "hub" / "hub.pub.pem"
        hub = f'[hub]\nurl = "{self._hub.url}"\nkey = "{key}"\nevery_s = 0.5\n'
        with self._lane.settings.open("a", encoding="utf-8") as settings:
            settings.write(hub)
        self._lane.start()
        width, height = self._size
        mine = self._folder / "desk.toml"
        mine.write_text(
            f'[lane]\nid = "{DESK}"\nstation = "{NAME}"\n{hub}'
            f'[officers]\nroster = "{self._lane.folder / "roster.json"}"\n[journal]\nfolder = "desk"\n'
            "[sound]\nenabled = false\n[display]\nfullscreen = false\n"
            'languages = ["en", "zh_HK", "zh_CN", "pt"]\n'
            f"width = {width}\nheight = {height}\n"
        )
        with (self._folder / "desk.log").open("wb") as log:
            self._desk = subprocess.Popen(
                [sys.executable, str(ROOT / "main.py"), "station", "--config", str(mine)],
                env=self._surroundings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self) -> None:
        if self._desk is not None:
            self._desk.terminate()
            self._desk.wait(20)
        self._lane.stop()
        self._hub.kill()

    def _enrol(self) -> None:
        data = self._folder / "hub"
        data.mkdir()
        engine, hub = open_database(data), hub_key(data)
        devices = Devices(engine, system_clock)
        for name, folder in (("test-1", self._lane.journal), (DESK, self._folder / "desk")):
            folder.mkdir(exist_ok=True)
            devices.enrol(
                name,
                device_key(folder).public,
                station=NAME,
                hub=hub.public,
                seal_key=seal_key(folder).public.raw,
                desk=name == DESK,
            )
        engine.dispose()
