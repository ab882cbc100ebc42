"""A pseudo-terminal with an emulated gate behind it, under a path that outlives each replug."""

from __future__ import annotations

import os
import pty
import select
import threading
import time
import tty
from collections import deque
from collections.abc import Callable
from pathlib import Path

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person


class Emulator:
    """Runs one firmware in a thread of its own. `link` is a symlink, as `/dev/serial/by-path/...` is.

    `watch` is called, on the emulator's thread, after everything that may have changed the firmware.
    """

    def __init__(
        self, firmware: Firmware, link: Path, watch: Callable[[Firmware], None] | None = None
    ) -> None:
        self.firmware = firmware
        self.link = link
        self._watch = watch or (lambda _: None)
        self._clock = time.monotonic
        self._master = -1
        self._slave = -1
        self._last_device = ""
        self._arriving: deque[tuple[float, bytes]] = deque()
        self._lock = threading.RLock()
        self._bell, self._rope = os.pipe()
        self._ended = threading.Event()
        self._changed = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Plugs the device in and starts its thread."""
        self._thread = threading.Thread(target=self._run, name=f"emulated-{self.firmware.name}", daemon=True)
        self.replug()
        self._thread.start()

    def stop(self) -> None:
        """Unplugs the device and ends the thread."""
        if self._ended.is_set():
            return
        self.unplug()
        self._ended.set()
        self._ring()
        if self._thread is not None:
            self._thread.join()
        os.close(self._bell)
        os.close(self._rope)

    @property
    def device(self) -> str:
        """The pseudo-terminal behind `link` now; empty while unplugged."""
        with self._lock:
            return os.ttyname(self._slave) if self._slave >= 0 else ""

    def unplug(self) -> None:
        """The cable is pulled: whoever has the device open gets an error, and the path is gone."""
        with self._lock:
            if self._master < 0:
                return
            self.link.unlink(missing_ok=True)
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1
            self._arriving.clear()
        self._ring()

    def replug(self) -> None:
        """The cable is back, under a new device and the old path. The relay lost its power in between."""
        with self._lock:
            if self._master >= 0:
                return
            self._master, self._slave = _opened(other_than=self._last_device)
            self.firmware.power_up(self._clock())
            fresh = self.link.with_name(f".{self.link.name}.new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(os.ttyname(self._slave))
            fresh.replace(self.link)
            self._last_device = os.ttyname(self._slave)
        self._ring()

    def set_person(self, person: Person) -> None:
        """What everybody does from now on."""
        with self._lock:
            self.firmware.person = person

    def next_person(self, person: Person) -> None:
        """What the person at the next release does (then the one after, and so on)."""
        with self._lock:
            self.firmware.queue.append(person)

    def set_faults(self, faults: Faults) -> None:
        """What is wrong from now on."""
        with self._lock:
            self.firmware.faults = faults
        self._ring()

    def force(self) -> None:
        """Somebody forces their way through."""
        with self._lock:
            self.firmware.push_through(self._clock())
        self._ring()

    def wait_for(self, holds: Callable[[Firmware], bool], seconds: float = 10.0) -> bool:
        """Waits until the firmware is as wanted; False when it is not within the time."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self.firmware), seconds)

    def __enter__(self) -> Emulator:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _ring(self) -> None:
        os.write(self._rope, b"!")

    def _run(self) -> None:
        while not self._ended.is_set():
            with self._lock:
                now = self._clock()
                due = [self._arriving[0][0]] if self._arriving else []
                firmware_due = self.firmware.due()
                due += [] if firmware_due is None else [firmware_due]
                wait = max(0.0, min(due) - now) if due else None
                listening = self._master >= 0 and not self.firmware.faults.stalled
                watched = [self._bell, *([self._master] if listening else [])]
            try:
                ready, _, _ = select.select(watched, [], [], wait)
            except OSError:
                continue  # unplugged while waiting: look again
            if self._bell in ready:
                os.read(self._bell, 64)
            self._work()

    def _work(self) -> None:
        with self._changed:
            now = self._clock()
            if self._master >= 0 and not self.firmware.faults.stalled:
                self._take(now)
            while self._arriving and self._arriving[0][0] <= now:
                self.firmware.receive(self._arriving.popleft()[1], now)
            out = self.firmware.advance(now)
            if out and self._master >= 0:
                self._give(out)
            self._watch(self.firmware)
            self._changed.notify_all()

    def _take(self, now: float) -> None:
        """Reads what the kiosk wrote; each byte arrives when the line would have carried it."""
        if not select.select([self._master], [], [], 0)[0]:
            return
        try:
            data = os.read(self._master, 4096)
        except OSError:
            return
        at = max(now, self._arriving[-1][0] if self._arriving else 0.0)
        for place, byte in enumerate(data, start=1):
            self._arriving.append((at + place * 10 / self.firmware.baud, bytes((byte,))))

    def _give(self, data: bytes) -> None:
        try:
            os.write(self._master, data)
        except OSError:
            return


def _opened(other_than: str) -> tuple[int, int]:
    """A new raw pseudo-terminal whose device is another than the last one.

    The slave stays open on our side too, or the master would report an error whenever the kiosk closes it.
    """
    master, slave = pty.openpty()
    if os.ttyname(slave) == other_than:
        kept = master, slave
        master, slave = pty.openpty()
        os.close(kept[0])
        os.close(kept[1])
    tty.setraw(slave)
    os.set_blocking(master, False)
    return master, slave
