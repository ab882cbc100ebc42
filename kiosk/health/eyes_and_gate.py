"""Checks of camera, reader, scanner and gate. The gate is never asked for a pulse."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence

import numpy as np
import segno

from config.settings import Scanner, Settings, SettingsError
from drivers.camera.from_settings import camera_of
from drivers.camera.port import CameraFault, Frame
from drivers.reader.port import Reading
from drivers.reader.process import ReaderProcess
from drivers.scanner.from_settings import source_of
from drivers.scanner.port import ScannerFault
from drivers.turnstile.from_settings import capabilities_of, turnstile_for
from drivers.turnstile.port import Capabilities, GateReport, LinkChanged, LinkState
from kiosk.health.finding import Finding, broken, look, well
from kiosk.program import program

CARD = b"CHECKPOINT KIOSK TEST CARD"
"""What the built-in test card says: no health code, so that nothing can come of it."""
FRAME_S, READ_S, LINK_S = 5.0, 8.0, 6.0
DARK, BRIGHT = 25, 235
NUMBERED = re.compile(r"/dev/video\d+")
IN_USE = "in use by another program"


def camera(settings: Settings) -> Sequence[Finding]:
    """Opens it and waits for one picture."""
    pause = threading.Event()
    device = camera_of(settings.camera, time.monotonic, pause.wait)()
    try:
        device.open()
        frame = None
        until = time.monotonic() + FRAME_S
        while frame is None and time.monotonic() < until:
            frame = device.read()
    except CameraFault as fault:
        return [broken("CA", str(fault))]
    finally:
        device.close()
    if frame is None:
        return [broken("CA", "The camera opens and gives no pictures: unplug it and plug it in again.")]
    height, width = frame.pixels.shape[:2]
    grey = float(np.mean(frame.pixels))
    if grey < DARK or grey > BRIGHT:
        how = (
            "dark: take the cap off, or light the place" if grey < DARK else "white: shade it from the light"
        )
        return [look("CA", f"Pictures of {width}x{height} come and are {how}.")]
    if settings.camera.source == "v4l2" and NUMBERED.fullmatch(str(settings.camera.path)):
        other = f"{settings.camera.path} may be another camera after a restart"
        return [look("CA", f"Pictures come, but {other}: set camera.path to its name under /dev/v4l/by-id.")]
    return [well("CA", f"Pictures of {width}x{height} come.")]


def test_card() -> Frame:
    """A picture of the test card, as a camera would give it."""
    modules = np.array([list(row) for row in segno.make(CARD, error="m").matrix_iter(border=8)], np.uint8)
    grey = np.where(modules, 30, 225).astype(np.uint8)
    return Frame(np.kron(grey, np.ones((8, 8), np.uint8)), time.monotonic(), 1)


def reader(settings: Settings) -> Sequence[Finding]:
    """Starts the reader's own process and shows it the test card."""
    del settings
    readings: list[Reading] = []
    read, faults = threading.Event(), list[str]()

    def heard(reading: Reading) -> None:
        readings.append(reading)
        read.set()

    process = ReaderProcess(
        [*program(), "reader-worker"], heard, lambda fault: faults.append(fault or ""), reserve=False
    )
    began = time.monotonic()
    process.start()
    try:
        process.submit(test_card())
        read.wait(READ_S)
    finally:
        process.stop()
    contents = [symbol.content for reading in readings for symbol in reading.symbols]
    if contents == [CARD]:
        return [well("RD", f"The test card was read {time.monotonic() - began:.1f} s after the start.")]
    if readings:
        return [broken("RD", "The test card was read wrongly: reinstall the kiosk.")]
    return [broken("RD", next(filter(None, faults), "The test card was not read: reinstall the kiosk."))]


def scanner(settings: Settings) -> Sequence[Finding]:
    """Opens it and lets it go."""
    return _opened("SC", "scanner", settings.scanner)


def card_reader(settings: Settings) -> Sequence[Finding]:
    """The same of the officers' card reader."""
    return _opened("CR", "card reader", settings.officers.card_reader)


def _opened(code: str, name: str, device: Scanner) -> Sequence[Finding]:
    source = source_of(device)
    if source is None:
        return []
    try:
        source.open()
    except ScannerFault as fault:
        return [look(code, str(fault))]
    finally:
        source.close()
    return [well(code, f"The {name} at {device.path} is there.")]


def gate(settings: Settings) -> Sequence[Finding]:
    """Connects to it, which sends OFF and asks how it is, and lets it go. Never a pulse."""
    if settings.turnstile.protocol == "none":
        return [well("GT", "A staffed lane: no gate is configured, an officer opens.")]
    told: list[LinkChanged] = []
    up = threading.Event()

    def heard(report: GateReport) -> None:
        if isinstance(report, LinkChanged):
            told.append(report)
            if report.state is LinkState.UP:
                up.set()

    try:
        device = turnstile_for(settings.turnstile, program())
        can = words(capabilities_of(settings.turnstile))
    except SettingsError as error:
        return [broken("GT", str(error))]
    device.start(heard)
    try:
        connected = up.wait(LINK_S)
    finally:
        device.stop()
    if connected:
        return [well("GT", f"The gate is connected ({settings.turnstile.protocol}). {can}")]
    advice = next((report.advice for report in reversed(told) if report.advice), "The gate did not answer.")
    return [look("GT", advice) if IN_USE in advice else broken("GT", f"{advice} {can}")]


def words(can: Capabilities) -> str:
    """What a gate can do and what it cannot, which nobody should learn at the worst moment."""
    yes = [
        said
        for has, said in (
            (can.acknowledges, "confirms commands"),
            (can.reports_passage, "reports passages"),
            (can.hardware_pulse, "times its pulse itself"),
            (can.keeps_max_on, "ends a release by itself"),
            (can.reads_back, "can be read back"),
            (can.inputs, "has inputs"),
        )
        if has
    ]
    no = [] if can.reports_passage else ["cannot say who passed"]
    no += [] if can.keeps_max_on else ["stays open if kiosk and cable fail in the middle of a release"]
    said = [f"It {', '.join(yes)}." if yes else "", f"It {' and '.join(no)}." if no else ""]
    return " ".join(filter(None, said))
