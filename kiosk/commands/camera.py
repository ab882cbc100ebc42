"""Show what the camera can do and was set to, and how well it is aimed, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import settings
    from drivers.camera.port import Camera, Frame

BY_ID = Path("/dev/v4l/by-id")
_LINE_S = 0.5
_SPECIMEN = "HK1:MADE UP:" + "0123456789 SPECIMEN TO AIM A CAMERA BY " * 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which camera, and for how long."""
    parser.add_argument("--config", type=Path, help="settings file in TOML (default: the shipped defaults)")
    parser.add_argument(
        "--source", choices=("v4l2", "video", "folder", "synthetic"), help="instead of the settings' source"
    )
    parser.add_argument("--path", type=Path, help="device, video file or folder, instead of the settings'")
    parser.add_argument("--seconds", type=_positive, help="stop by itself after so long")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: it gives pictures; 1: it does not, one sentence says why; 2: wrong usage or settings."""
    from config.settings import Settings, SettingsError, load_settings

    try:
        wanted = (load_settings(args.config) if args.config else Settings()).camera
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    source = args.source or wanted.source
    if source in ("video", "folder") and args.source and not args.path and wanted.source != args.source:
        print(f"main.py camera: --source {source} needs --path", file=sys.stderr)
        return 2
    changes = {"path": args.path or wanted.path} | ({} if source == "synthetic" else {"source": source})
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if source == "v4l2":
        _show_abilities(Path(changes["path"]))
    return _Aiming(_maker(wanted.model_copy(update=changes), source, ended), source, ended).run(args.seconds)


def _positive(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError("more than 0, at most 86400 seconds")
    return seconds


def _maker(wanted: settings.Camera, source: str, ended: threading.Event) -> Callable[[], Camera]:
    from drivers.camera.from_settings import camera_of

    if source != "synthetic":
        return camera_of(wanted, time.monotonic, ended.wait)
    from drivers.camera.synthetic.appearance import LOOKS
    from drivers.camera.synthetic.source import SyntheticCamera
    from drivers.camera.synthetic.stage import Prop, Stage

    def make() -> Camera:
        stage = Stage(time.monotonic)
        stage.show(Prop(_SPECIMEN, LOOKS["phone"]))
        return SyntheticCamera(stage, time.monotonic, ended.wait, (wanted.width, wanted.height), wanted.fps)

    return make


def _show_abilities(path: Path) -> None:
    """What the device says of itself; a device that is not there is named by the opening."""
    from drivers.camera.abilities import abilities_at

    able = abilities_at(path)
    if able is None:
        others = sorted(str(other) for other in BY_ID.glob("*")) if BY_ID.is_dir() else []
        if others:
            print("Cameras of this machine: " + ", ".join(others))
        return
    print(f"{able.card} ({able.driver}) at {path}")
    for mode in able.modes:
        rates = ", ".join(f"{rate:g}" for rate in mode.rates) or "?"
        print(f"  {mode.fourcc} {mode.width}x{mode.height} at {rates} frames a second")
    for control in able.controls:
        now = "?" if control.now is None else control.now
        print(f"  {control.name}: {now} ({control.least} to {control.most}, usually {control.default})")


class _Aiming:
    """One run of the meter: the camera on its worker, the reader here, one line every half second."""

    def __init__(self, make: Callable[[], Camera], source: str, ended: threading.Event) -> None:
        from drivers.camera.watch import CameraWorker

        self._make = make
        self._ended = ended
        self._news = threading.Condition()
        self._frame: Frame | None = None
        self._fault: str | None = None
        self._camera: Camera | None = None
        self._rewrites = sys.stdout.isatty()
        frozen = source == "v4l2"
        self._worker = CameraWorker(self._made, [self._take], self._heard, watch_frozen=frozen)

    def run(self, seconds: float | None) -> int:
        from drivers.reader.aim import AimMeter
        from drivers.reader.decode import QR_AND_AZTEC
        from drivers.reader.picture import to_grey
        from drivers.reader.zxing import ZxingReader

        meter, reader = AimMeter(), ZxingReader(formats=QR_AND_AZTEC)
        until = time.monotonic() + seconds if seconds else float("inf")
        told, said_at, shown = "", float("-inf"), False
        self._worker.start()
        try:
            while not self._ended.is_set() and (now := time.monotonic()) < until:
                frame, fault = self._next()
                if fault is not None and fault != told:
                    self._end_line(shown)
                    print(fault, file=sys.stderr)
                    if not shown:
                        return 1
                told = fault or ""
                grey = None if frame is None else to_grey(frame.pixels)
                if frame is None or grey is None:
                    continue
                if not shown:
                    self._show_answers(grey.shape)
                    shown = True
                aim = meter.frame(grey, reader.read(frame), frame.captured_at)
                if now - said_at >= _LINE_S:
                    said_at = now
                    self._say(aim.line())
        finally:
            self._worker.stop()
        self._end_line(shown)
        if not shown and not told:
            print(
                "The camera gave no picture in this time: check its cable, or wait longer.", file=sys.stderr
            )
        return 0 if shown and not told else 1

    def _made(self) -> Camera:
        self._camera = self._make()
        return self._camera

    def _take(self, frame: Frame) -> None:
        with self._news:
            self._frame = frame
            self._news.notify_all()

    def _heard(self, fault: str | None) -> None:
        with self._news:
            self._fault = fault
            self._news.notify_all()

    def _next(self) -> tuple[Frame | None, str | None]:
        """The newest frame that was not looked at yet, and what is wrong; waits a little for either."""
        with self._news:
            self._news.wait_for(lambda: self._frame is not None, 0.1)
            frame, self._frame = self._frame, None
            return frame, self._fault

    def _show_answers(self, shape: tuple[int, ...]) -> None:
        from drivers.camera.v4l2 import V4l2Camera

        if isinstance(self._camera, V4l2Camera):
            for answer in self._camera.answers:
                differs = "" if answer.as_asked else "   <- not as asked"
                print(f"  {answer.what}: asked {answer.asked}, got {answer.got}{differs}")
        print(
            f"Pictures of {shape[1]}x{shape[0]}. Hold a code where travellers will; Ctrl-C ends.", flush=True
        )

    def _say(self, line: str) -> None:
        print(f"\r{line:<118}" if self._rewrites else line, end="" if self._rewrites else "\n", flush=True)

    def _end_line(self, shown: bool) -> None:
        if shown and self._rewrites:
            print()
