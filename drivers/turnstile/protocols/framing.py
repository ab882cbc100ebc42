"""How every dialect finds its frames in a stream: the reading loop that they share."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from drivers.turnstile.protocols.codec import Command, Decoder, Event, Query


class Framed(Decoder):
    """Finds whole frames in a stream: a byte that begins none is skipped, and the search goes on."""

    WAIT: ClassVar[int] = 0
    NONE: ClassVar[int] = -1

    def __init__(self) -> None:
        self._rest = bytearray()

    @property
    def held(self) -> int:
        return len(self._rest)

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            self._rest.append(byte)
            while self._rest:
                length = self._whole()
                if length == self.WAIT:
                    break
                if length == self.NONE:
                    del self._rest[0]
                    self.skipped += 1
                    continue
                frame = bytes(self._rest[:length])
                del self._rest[:length]
                events += self._meaning(frame)
        return events

    @abstractmethod
    def _whole(self) -> int:
        """The length of the whole frame at the start of `_rest`; `WAIT` for the rest of it; or `NONE`."""

    @abstractmethod
    def _meaning(self, frame: bytes) -> list[Event]:
        """What one whole frame says."""


class Answers(Framed):
    """For answers that could be any bytes: one is looked for after a question, never otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = False

    def expect(self, command: Command) -> None:
        self.skipped += len(self._rest)
        self._rest.clear()
        self._asked = isinstance(command, Query)

    def _whole(self) -> int:
        return self._answer() if self._asked else self.NONE

    def _meaning(self, frame: bytes) -> list[Event]:
        self._asked = False
        return self._says(frame)

    @abstractmethod
    def _answer(self) -> int:
        """As `_whole`, while a question is open."""

    @abstractmethod
    def _says(self, answer: bytes) -> list[Event]:
        """What one whole answer says."""
