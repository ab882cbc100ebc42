"""The reader as its own process: a decoder that hangs or dies costs one frame, never the lane."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Sequence

from drivers.camera.port import Frame
from drivers.reader.messages import LONGEST_LINE, MessageFault, decode_line
from drivers.reader.port import Reading
from drivers.reader.slot import FrameSlot

ANSWER_S = 0.6
"""No reading for this long after a frame: the worker hangs, kill it. With the restart that is under a second.

The worst frame that could be made on purpose takes the decoder 0.35 s, an ordinary one 0.02 s."""
START_S = 10.0
"""No greeting for this long after the start: the worker will not come up."""
_LARGEST_FRAME = 3840 * 2160
_TICK_S = 0.1
_SLOWEST_RETRY_S = 2.0

RESTARTED = "The code reader stopped answering and was started again; if this repeats, restart the kiosk."
NOT_STARTING = "The code reader does not start; reinstall the kiosk or restart the machine."
UNREADABLE = "The camera's pictures are too small or above 3840x2160: set camera.width and camera.height."


def _ignore(_: str | None) -> None:
    """No one wants to know about faults."""


class ReaderProcess:
    """Owns one reader worker and the thread that listens to it. Frames are replaced, never queued.

    `on_reading` and `on_fault` (one sentence, or None when the reader is well again) run on that thread;
    `on_fault` on the camera's too, when its frames cannot be read.
    """

    def __init__(
        self,
        argv: Sequence[str],
        on_reading: Callable[[Reading], None],
        on_fault: Callable[[str | None], None] = _ignore,
        *,
        second_opinion: bool = False,
        aztec: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`argv` starts the program up to and including its subcommand, `[..., "reader-worker"]`."""
        options = [*(["--second-opinion"] if second_opinion else []), *(["--aztec"] if aztec else [])]
        self._argv = [*argv, *options]
        self._on_reading = on_reading
        self._on_fault = on_fault
        self._clock = clock
        self._slot = FrameSlot.create(_LARGEST_FRAME)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._bell, self._ring = os.pipe()
        self._child: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._fits = True
        """Whether the newest frame was one that can be read at all."""
        self._submitted = -1
        self._answered = -1
        self._waiting_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)
        self.starts = 0
        """How often a worker was started."""

    @property
    def pid(self) -> int | None:
        """The worker's process id while it runs and has greeted."""
        with self._lock:
            return self._child.pid if self._child is not None and self._ready else None

    def start(self) -> None:
        self._thread.start()

    def submit(self, frame: Frame) -> None:
        """Makes this the frame to be read next. Never blocks; a frame not yet looked at is replaced."""
        with self._lock:
            if self._stopping.is_set():
                return
            fits = self._slot.put(frame.pixels, frame.sequence, frame.captured_at)
            changed, self._fits = fits is not self._fits, fits
            if fits:
                self._submitted = frame.sequence
                self._nudge()
            ready = self._ready
        if changed and not fits:
            self._on_fault(UNREADABLE)
        elif changed and ready:
            self._on_fault(None)

    def stop(self) -> None:
        """Ends worker and thread within a second. Safe more than once; never from `on_reading`."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._stopping.set()
        os.write(self._ring, b".")
        if self._thread.ident is not None:
            self._thread.join()
        os.close(self._bell)
        os.close(self._ring)
        self._slot.close()

    def _nudge(self) -> None:
        """Tells the worker that there is a newer frame. A full pipe means it was told already."""
        child = self._child
        if child is None or child.stdin is None or not self._ready:
            return
        if self._waiting_since is None:
            self._waiting_since = self._clock()
        try:
            os.write(child.stdin.fileno(), b".")
        except (BlockingIOError, BrokenPipeError):
            # A broken pipe is a dead worker: the listening thread sees the end of its output.
            return

    def _run(self) -> None:
        retry = 0.0
        while not self._stopping.wait(retry):
            child = self._started()
            if child is None:
                self._on_fault(NOT_STARTING)
                retry = min(_SLOWEST_RETRY_S, max(0.2, retry * 2))
                continue
            greeted = self._listen(child)
            self._end(child)
            if self._stopping.is_set():
                return
            self._on_fault(RESTARTED if greeted else NOT_STARTING)
            retry = 0.0 if greeted else min(_SLOWEST_RETRY_S, max(0.2, retry * 2))

    def _started(self) -> subprocess.Popen[bytes] | None:
        self.starts += 1
        try:
            child = subprocess.Popen(
                [*self._argv, "--slot-fd", str(self._slot.fd)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(self._slot.fd,),
            )
        except OSError:
            return None
        assert child.stdin is not None
        os.set_blocking(child.stdin.fileno(), False)
        with self._lock:
            self._child = child
        return child

    def _listen(self, child: subprocess.Popen[bytes]) -> bool:
        """Until the worker dies, hangs, talks nonsense or is to stop. True when it ever greeted."""
        assert child.stdout is not None
        out = child.stdout.fileno()
        started, pending = self._clock(), b""
        while not self._stopping.is_set():
            heard, _, _ = select.select([out, self._bell], [], [], _TICK_S)
            if out in heard:
                said = os.read(out, 65536)
                pending += said
                *lines, pending = pending.split(b"\n")
                if not said or len(pending) > LONGEST_LINE or not all(map(self._hear, lines)):
                    break
            elif not heard and self._too_late(started):
                break
        return self._ready

    def _hear(self, line: bytes) -> bool:
        """One line of the worker. False when it makes no sense."""
        try:
            reading = decode_line(line)
        except MessageFault:
            return False
        with self._lock:
            if reading is None:
                self._ready = True
            else:
                self._answered = reading.frame_sequence
            behind = self._submitted != self._answered
            self._waiting_since = self._clock() if behind and reading is not None else None
            if behind and reading is None:
                self._nudge()
        if reading is None:
            self._on_fault(None if self._fits else UNREADABLE)
        else:
            self._on_reading(reading)
        return True

    def _too_late(self, started: float) -> bool:
        now = self._clock()
        with self._lock:
            if not self._ready:
                return now - started > START_S
            return self._waiting_since is not None and now - self._waiting_since > ANSWER_S

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        """The worker keeps nothing, so it is simply killed; a stopped process dies of this too."""
        with self._lock:
            self._child = None
            self._ready = False
            self._waiting_since = None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
