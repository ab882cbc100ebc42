"""The synthetic camera in a process of its own: to the kiosk it is what a USB camera is.

Drawing hands and telephones costs several times what a camera asks of a machine, in bursts when somebody
comes. It happens at the lowest priority here; the kiosk's own thread gets a JPEG picture for each frame and
decodes it, as OpenCV does with the pictures of a USB camera.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from struct import Struct
from threading import Event, Thread

import cv2
import numpy as np

from config.priority import LOWEST
from drivers.camera.port import Camera, Frame
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import Prop, Stage

PATIENCE_S = 1.0
QUALITY = 90
_HEAD = Struct("<dq")
"""When the frame was taken, in monotonic seconds, and its number."""


class FarCamera(Stage, Camera):
    """The stage and the camera before it, both elsewhere. `close` ends the process."""

    name = "far"

    def __init__(self, seed: int) -> None:
        super().__init__(time.monotonic, seed)
        context = get_context("spawn")
        self._frames, far_frames = context.Pipe(duplex=False)
        far_props, self._props = context.Pipe(duplex=False)
        self._process = context.Process(target=_draw, args=(far_frames, far_props, seed), daemon=True)
        self._process.start()
        far_frames.close()
        far_props.close()

    def show(self, *props: Prop) -> None:
        """Lowers what is there and raises these; nothing any more once it is closed."""
        with suppress(OSError):
            self._props.send(props)

    def open(self) -> None:
        """It draws already."""

    def read(self) -> Frame | None:
        """The next frame; None when none comes in time, or none any more."""
        try:
            if not self._frames.poll(PATIENCE_S):
                return None
            said = self._frames.recv_bytes()
        except (EOFError, OSError):
            return None
        captured_at, sequence = _HEAD.unpack_from(said)
        pixels = cv2.imdecode(np.frombuffer(said, np.uint8, offset=_HEAD.size), cv2.IMREAD_COLOR)
        assert pixels is not None
        return Frame(np.asarray(pixels, np.uint8), captured_at, sequence)

    def close(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.join()


def _draw(frames: Connection, props: Connection, seed: int) -> None:
    """The other process: shows what it is told to, and draws until nobody takes pictures any more."""
    os.nice(LOWEST)
    stage = Stage(time.monotonic, seed)
    Thread(target=_listen, args=(stage, props), daemon=True).start()
    camera = SyntheticCamera(stage, time.monotonic, Event().wait, seed=seed)
    camera.open()
    try:
        while True:
            frame = camera.read()
            assert frame is not None
            _, jpeg = cv2.imencode(".jpg", frame.pixels, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
            frames.send_bytes(_HEAD.pack(frame.captured_at, frame.sequence) + jpeg.tobytes())
    except BrokenPipeError:
        return


def _listen(stage: Stage, props: Connection) -> None:
    while True:
        try:
            stage.show(*props.recv())
        except (EOFError, OSError):
            return
