"""A Velleman K8090 with its jumper set: timers in seconds, and events for relays and buttons."""

from __future__ import annotations

from drivers.turnstile.emulators.relay import PASS_S, RelayFirmware


def _packet(command: int, mask: int, first: int, second: int) -> bytes:
    total = 0x04 + command + mask + first + second
    return bytes((0x04, command, mask, first, second, (0x100 - total % 0x100) % 0x100, 0x0F))


class K8090Firmware(RelayFirmware):
    """Button 1 is the passage contact."""

    name = "k8090"
    baud = 19200
    jumper = True

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._edges: list[tuple[float, int, int]] = []

    def _command(self) -> int:
        if self._rest[0] != 0x04:
            return -1
        if len(self._rest) < 7:
            return 0
        return 7 if self._rest[:7] == _packet(*self._rest[1:5]) else -1

    def _obey(self, frame: bytes, now: float) -> None:
        _, command, mask, first, second, *_ = frame
        ours = bool(mask & 1 << self.channel - 1)
        match command:
            case 0x11 if ours:
                self._energise(True, now)
            case 0x12 if ours:
                self._energise(False, now)
            case 0x41 if ours and not self.faults.nak:
                self._energise(True, now, float(first << 8 | second) or 5.0)
            case 0x18:
                self._answer(self._status(), now)
            case 0x70:
                self._answer(_packet(0x70, 0, self.jumper, 0), now)

    def _status(self) -> bytes:
        timed = self._timer_ends is not None and self.on
        bit = 1 << self.channel - 1
        return _packet(0x51, 0, bit * self.on, bit * timed)

    def _switch(self, on: bool, now: float) -> None:
        before = self.on
        super()._switch(on, now)
        if self.on is not before:
            self._answer(self._status(), now, confirmation=True)

    def _walks(self, at: float) -> None:
        super()._walks(at)
        if self.faults.power_cut:
            return
        wobble = [self.faults.bounce * part for part in (0.25, 0.5, 0.75)] if self.faults.bounce else []
        for offset, pressed in zip([0.0, *wobble], (1, 0, 1, 1), strict=False):
            self._edges.append((at + offset, pressed, 1 - pressed))
        self._edges.append((at + PASS_S, 0, 1))

    def advance(self, now: float) -> bytes:
        said = super().advance(now)
        while self._edges and self._edges[0][0] <= now:
            _, pressed, released = self._edges.pop(0)
            self._answer(_packet(0x50, pressed, pressed, released), now)
        return said + super().advance(now)

    def due(self) -> float | None:
        due = super().due()
        if not self._edges:
            return due
        return self._edges[0][0] if due is None else min(due, self._edges[0][0])
