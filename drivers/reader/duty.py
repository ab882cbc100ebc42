"""Which of two workers reads, when one takes over, and when one is ended or begun: pure, told the time."""

from __future__ import annotations

from dataclasses import dataclass

RELIEVED_S = 0.3
"""No reading for this long after a frame: the reserve takes over. Whoever is only slow may still answer."""
ANSWER_S = 0.6
"""No reading for this long after a frame: the worker hangs and is ended.

The worst frame that could be made on purpose takes the decoder 0.35 s, an ordinary one 0.02 s."""
START_S = 10.0
"""No greeting for this long after the start: the worker will not come up."""
RESERVE_AFTER_S = 2.0
"""The reserve is begun this long after the first greeting: the kiosk's own start has the processor first."""
EXERCISE_S = 10.0
"""The reserve reads a frame this often: it stays warm, and a hanging one is found out before it is needed."""
_QUICKEST_RETRY_S, _SLOWEST_RETRY_S = 0.2, 2.0

RESTARTED = "The code reader stopped answering and was started again; if this repeats, restart the kiosk."
NOT_STARTING = "The code reader does not start; reinstall the kiosk or restart the machine."
RELIEVED = "The code reader stopped answering and its reserve reads on; if this repeats, restart the kiosk."


@dataclass(slots=True)
class _Worker:
    begun_at: float
    greeted: bool = False
    busy_since: float | None = None
    told: int | None = None
    """The frame it was woken for when it had nothing to do."""
    woken_at: float = float("-inf")

    def overdue(self, limit_s: float, at: float) -> bool:
        return self.busy_since is not None and at - self.busy_since > limit_s


@dataclass(frozen=True, slots=True)
class Orders:
    """What is to be done now, by the numbers of the workers."""

    end: tuple[int, ...] = ()
    begin: int | None = None
    wake: tuple[int, ...] = ()


class Duty:
    """Told what happens to the workers, it says what to do. Times in monotonic seconds."""

    def __init__(self, *, reserve: bool = True) -> None:
        """`reserve`: whether a second worker stands by."""
        self._reserve = reserve
        self._workers: dict[int, _Worker] = {}
        self._reserve_due = float("inf")
        self._begin_at = float("-inf")
        self._retry = 0.0
        self._newest: int | None = None
        self._delivered_at = float("-inf")
        self._to_wake: list[int] = []
        self.begun = 0
        """How many workers were begun; each is known by its number in this row."""
        self.on_duty: int | None = None
        """Who reads; None while nobody can."""
        self.fault: str | None = None
        """Why nobody reads; None while somebody does, and until the first one comes up or does not."""
        self.alone: str | None = None
        """Why nobody stands behind the one who reads; None unless one was lost."""

    @property
    def has_reserve(self) -> bool:
        """Whether somebody would take over now."""
        return any(
            worker.greeted and number != self.on_duty and worker.busy_since is None
            for number, worker in self._workers.items()
        )

    def frame(self, sequence: int, at: float) -> tuple[int, ...]:
        """A new frame lies ready. Whom to wake for it."""
        self._newest = sequence
        wanted = [
            number
            for number, worker in self._workers.items()
            if worker.greeted
            and (number == self.on_duty or (not worker.busy_since and at - worker.woken_at >= EXERCISE_S))
        ]
        for number in wanted:
            self._busy(self._workers[number], at)
        return tuple(wanted)

    def greeted(self, number: int, at: float) -> None:
        """A worker is ready."""
        worker = self._workers[number]
        worker.greeted, worker.woken_at = True, at
        self._retry = 0.0
        self._reserve_due = min(self._reserve_due, at + RESERVE_AFTER_S)
        if self.on_duty is None:
            self._put_on_duty(number, None)
        else:
            self.alone = None

    def answered(self, number: int, sequence: int, captured_at: float, at: float) -> bool:
        """A worker read a frame. Whether the reading counts: one that is older than another's does not."""
        worker = self._workers[number]
        worker.busy_since = None
        if number == self.on_duty and sequence != self._newest:
            self._busy(worker, at)
        elif number != self.on_duty and captured_at <= self._delivered_at:
            return False
        self._delivered_at = captured_at
        return True

    def lost(self, number: int, at: float) -> None:
        """A worker died, talked nonsense, was ended, or could not be begun."""
        worker = self._workers.pop(number)
        if not worker.greeted:
            self._retry = min(_SLOWEST_RETRY_S, max(_QUICKEST_RETRY_S, self._retry * 2))
        self._begin_at = at + self._retry
        if number == self.on_duty:
            self.on_duty = None
            self._relieve(worker, even_busy=True)
        if self.on_duty is None:
            self.fault, self.alone = RESTARTED if worker.greeted else NOT_STARTING, None
        elif worker.greeted:
            self.alone = RELIEVED

    def orders(self, at: float) -> Orders:
        """What is due at this time. Everything that happened before it must have been told."""
        if self.on_duty is not None and self._workers[self.on_duty].overdue(RELIEVED_S, at):
            self._relieve(self._workers[self.on_duty])
        end = tuple(
            number
            for number, worker in self._workers.items()
            if worker.overdue(ANSWER_S, at) or (not worker.greeted and at - worker.begun_at > START_S)
        )
        begin = None
        wanted = 2 if self._reserve and at >= self._reserve_due else 1
        if len(self._workers) < wanted and at >= self._begin_at:
            self.begun += 1
            begin = self.begun
            self._workers[begin] = _Worker(at)
        wake, self._to_wake = tuple(self._to_wake), []
        for number in wake:
            self._busy(self._workers[number], at)
        return Orders(end, begin, wake)

    def _relieve(self, before: _Worker, *, even_busy: bool = False) -> None:
        """Another one goes on duty, where there is one; one that is in the middle of a frame, if need be."""
        for number, worker in self._workers.items():
            if worker.greeted and worker is not before and (even_busy or worker.busy_since is None):
                self._put_on_duty(number, before.told)
                return

    def _put_on_duty(self, number: int, spoilt: int | None) -> None:
        """`spoilt` is the frame that may have been too much for the one before: only a newer one is read."""
        self.on_duty, self.fault = number, None
        if self._newest is not None and self._newest != spoilt:
            self._to_wake.append(number)

    def _busy(self, worker: _Worker, at: float) -> None:
        if worker.busy_since is None:
            worker.busy_since, worker.told, worker.woken_at = at, self._newest, at
