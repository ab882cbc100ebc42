"""The reader as processes of its own: a decoder that hangs or dies costs one frame, never the lane."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.camera.port import Frame
from drivers.reader.duty import Duty
from drivers.reader.messages import LONGEST_LINE, MessageFault, decode_line
from drivers.reader.port import Reading
from drivers.reader.slot import FrameSlot

_LARGEST_FRAME = 3840 * 2160
_TICK_S = 0.05

UNREADABLE = "The camera's pictures are too small or above 3840x2160: set camera.width and camera.height."


def _ignore(_: str | None) -> None:
    """No one wants to know about faults."""


@dataclass(slots=True)
class _Child:
    """A worker's process and the line it is saying."""

    process: subprocess.Popen[bytes]
    wake_fd: int
    out_fd: int
    pending: bytes = b""


class ReaderProcess:
    """Owns the worker that reads, the one that stands by, and the thread that listens to both.

    Frames are replaced, never queued. What is called runs on that thread, or on the camera's when its frames
    cannot be read. `on_fault` is told that nobody reads, `on_relief` that the reserve took over and has none
    behind it yet: one sentence, and None when it is over.
    """

    def __init__(
        self,
        argv: Sequence[str],
        on_reading: Callable[[Reading], None],
        on_fault: Callable[[str | None], None] = _ignore,
        on_relief: Callable[[str | None], None] = _ignore,
        *,
        second_opinion: bool = False,
        aztec: bool = False,
        reserve: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`argv` starts the program up to and including its subcommand, `[..., "reader-worker"]`."""
        options = [*(["--second-opinion"] if second_opinion else []), *(["--aztec"] if aztec else [])]
        self._argv = [*argv, *options]
        self._on_reading, self._on_fault, self._on_relief = on_reading, on_fault, on_relief
        self._clock = clock
        self._slot = FrameSlot.create(_LARGEST_FRAME)
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._bell, self._ring = os.pipe()
        self._duty = Duty(reserve=reserve)
        self._children: dict[int, _Child] = {}
        self._fits = True
        """Whether the newest frame was one that can be read at all."""
        self._said: str | None = ""
        self._said_of_relief: str | None = None
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    @property
    def pid(self) -> int | None:
        """The process id of the worker that reads, while one does."""
        with self._lock:
            child = self._children.get(self._duty.on_duty or 0)
            return child.process.pid if child is not None else None

    @property
    def pids(self) -> tuple[int, ...]:
        """Every worker's process id: the one that reads, the one that stands by, one that is coming up."""
        with self._lock:
            return tuple(child.process.pid for child in self._children.values())

    @property
    def has_reserve(self) -> bool:
        """Whether a second worker would take over now."""
        with self._lock:
            return self._duty.has_reserve

    @property
    def starts(self) -> int:
        """How many workers were started."""
        return self._duty.begun

    def start(self) -> None:
        self._thread.start()

    def submit(self, frame: Frame) -> None:
        """Makes this the frame to be read next. Never blocks; a frame not yet looked at is replaced."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._fits = self._slot.put(frame.pixels, frame.sequence, frame.captured_at)
            if self._fits:
                self._wake(self._duty.frame(frame.sequence, self._clock()))
        self._tell()

    def stop(self) -> None:
        """Ends workers and thread within a second. Safe more than once; never from `on_reading`."""
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

    def _wake(self, numbers: Sequence[int]) -> None:
        """Tells workers that there is a newer frame. A full pipe means that one was told already."""
        for number in numbers:
            try:
                os.write(self._children[number].wake_fd, b".")
            except (BlockingIOError, BrokenPipeError):
                # A broken pipe is a dead worker: the listening thread sees the end of its output.
                continue

    def _run(self) -> None:
        while not self._stopping.is_set():
            before = self._clock()
            outs = {child.out_fd: number for number, child in self._children.items()}
            heard, _, _ = select.select([*outs, self._bell], [], [], _TICK_S)
            for fd in heard:
                if fd in outs and not self._listen(outs[fd]):
                    self._end(outs[fd])
            self._obey(before)
            self._tell()
        for number in tuple(self._children):
            self._end(number)

    def _obey(self, at: float) -> None:
        """Does what is due by a time up to which every worker was listened to."""
        with self._lock:
            orders = self._duty.orders(at)
            self._wake(orders.wake)
        for number in orders.end:
            self._end(number)
        if orders.begin is not None:
            self._begin(orders.begin)

    def _begin(self, number: int) -> None:
        try:
            process = subprocess.Popen(
                [*self._argv, "--slot-fd", str(self._slot.fd)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=(self._slot.fd,),
            )
        except OSError:
            with self._lock:
                self._duty.lost(number, self._clock())
            return
        assert process.stdin is not None and process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        with self._lock:
            self._children[number] = _Child(process, process.stdin.fileno(), process.stdout.fileno())

    def _listen(self, number: int) -> bool:
        """What a worker says just now. False when it died or talks nonsense."""
        child = self._children[number]
        said = os.read(child.out_fd, 65536)
        *lines, child.pending = (child.pending + said).split(b"\n")
        return bool(said) and len(child.pending) <= LONGEST_LINE and all(self._hear(number, _) for _ in lines)

    def _hear(self, number: int, line: bytes) -> bool:
        """One line of a worker. False when it makes no sense."""
        try:
            reading = decode_line(line)
        except MessageFault:
            return False
        now = self._clock()
        with self._lock:
            if reading is None:
                self._duty.greeted(number, now)
                counts = False
            else:
                counts = self._duty.answered(number, reading.frame_sequence, reading.captured_at, now)
        if reading is None:
            self._obey(now)
            self._tell()
        elif counts:
            self._on_reading(reading)
        return True

    def _end(self, number: int) -> None:
        """A worker keeps nothing, so it is simply killed; a stopped process dies of this too."""
        with self._lock:
            child = self._children.pop(number)
            self._duty.lost(number, self._clock())
        self._tell()
        child.process.kill()
        child.process.wait()
        for pipe in (child.process.stdin, child.process.stdout):
            if pipe is not None:
                pipe.close()

    def _tell(self) -> None:
        """Says what changed since it was said last. Nothing once it is to stop: workers then end rightly."""
        if self._stopping.is_set():
            return
        with self._lock:
            fault, relief = self._duty.fault, self._duty.alone
            if fault is None:
                known = self._duty.on_duty is not None or not self._fits
                fault = (None if self._fits else UNREADABLE) if known else self._said
            new_fault, new_relief = fault != self._said, relief != self._said_of_relief
            self._said, self._said_of_relief = fault, relief
        if new_fault:
            self._on_fault(fault)
        if new_relief:
            self._on_relief(relief)
