"""Owns the camera: opens it until it works, hands on each frame, and says when it does not work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from drivers.camera.frame_watch import FrameWatch
from drivers.camera.port import Camera, CameraFault, Frame

RETRY_S = 1.0
_TICK_S = 0.05
_STOP_S = 0.5
_MOST_HUNG = 3

HUNG = "The camera hangs and cannot be opened again: unplug it and plug it in again."


class _Opening(threading.Thread):
    """One opening of one camera, on a thread of its own that may hang in the driver and be left behind."""

    def __init__(
        self,
        make: Callable[[], Camera],
        on_frame: Sequence[Callable[[Frame], None]],
        clock: Callable[[], float],
        watch_frozen: bool,
        unread: Callable[[], bool],
    ) -> None:
        super().__init__(name="camera", daemon=True)
        self._make = make
        self._on_frame = on_frame
        self._clock = clock
        self._unread = unread
        self._left = threading.Event()
        self._lock = threading.Lock()
        self._watch = FrameWatch(clock(), watch_frozen=watch_frozen)
        self._fault: str | None = None

    def run(self) -> None:
        camera = self._make()
        try:
            camera.open()
            while not self._left.is_set():
                camera.unread(self._unread())
                self._take(camera.read())
        except CameraFault as fault:
            with self._lock:
                self._fault = str(fault)
        finally:
            camera.close()

    def leave(self) -> None:
        """Nothing this thread still reads counts any more."""
        self._left.set()

    def state(self) -> tuple[bool, str | None]:
        """Whether frames come, and the fault when they do not."""
        with self._lock:
            return self._watch.alive, self._fault or self._watch.fault(self._clock())

    def _take(self, frame: Frame | None) -> None:
        if self._left.is_set():
            return
        if frame is None:
            self._left.wait(_TICK_S)
            return
        with self._lock:
            self._watch.frame(frame, self._clock())
            usable = self._watch.alive
        if usable:
            for take in self._on_frame:
                take(frame)


class CameraWorker:
    """Keeps one camera working. Frames go to `on_frame` on the camera's thread: each must return at once.

    `on_fault` gets one sentence when the camera does not work (again after each change of the sentence)
    and None when it does, on another thread.
    """

    def __init__(
        self,
        make: Callable[[], Camera],
        on_frame: Sequence[Callable[[Frame], None]],
        on_fault: Callable[[str | None], None],
        clock: Callable[[], float] = time.monotonic,
        *,
        watch_frozen: bool = True,
    ) -> None:
        """`make` gives a fresh, unopened camera for every opening."""
        self._make = make
        self._on_frame = tuple(on_frame)
        self._on_fault = on_fault
        self._clock = clock
        self._watch_frozen = watch_frozen
        self._unread = False
        self._stopping = threading.Event()
        self._hung: list[_Opening] = []
        self._said: str | None = ""
        self._thread = threading.Thread(target=self._run, name="camera-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def unread(self, unread: bool) -> None:
        """Tells the camera whether a code is seen and not read. From any thread; returns at once."""
        self._unread = unread

    def stop(self) -> None:
        """Returns within a second; a thread that hangs in the driver is left behind. Safe more than once."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._hung = [opening for opening in self._hung if opening.is_alive()]
            if len(self._hung) >= _MOST_HUNG:
                self._say(HUNG)
            else:
                self._mind(self._opening())
            self._pause()

    def _opening(self) -> _Opening:
        return _Opening(self._make, self._on_frame, self._clock, self._watch_frozen, lambda: self._unread)

    def _mind(self, opening: _Opening) -> None:
        """Until this opening fails or everything stops."""
        opening.start()
        while not self._stopping.wait(_TICK_S):
            alive, fault = opening.state()
            if fault is not None:
                self._say(fault)
                break
            if alive:
                self._say(None)
        opening.leave()
        opening.join(_STOP_S)
        if opening.is_alive():
            self._hung.append(opening)

    def _pause(self) -> None:
        """One poll interval of the injected clock."""
        until = self._clock() + RETRY_S
        while self._clock() < until and not self._stopping.wait(_TICK_S):
            pass

    def _say(self, fault: str | None) -> None:
        if fault != self._said:
            self._said = fault
            self._on_fault(fault)
