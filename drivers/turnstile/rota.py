"""Which question a device is asked next, and whether it has answered enough to be trusted."""

from __future__ import annotations

from drivers.turnstile.protocols.codec import About, Protocol

_OTHERS_EVERY = 8
"""While somebody may be passing, the relay is asked this seldom."""


class Rota:
    """Checks once after every open, questions in turn; whatever was not answered comes first."""

    def __init__(self, protocol: Protocol) -> None:
        self._turns = protocol.questions
        self._checks = protocol.checks
        self._sees_by_inputs = protocol.capabilities.inputs
        self._turn = 0
        self._looked = False
        """Whether the last question was about the inputs."""
        self._open: list[About] = []
        self.reset()

    def reset(self) -> None:
        """The link opened anew: nothing is known."""
        self._open = [*self._turns, *self._checks]

    @property
    def empty(self) -> bool:
        """Whether this device is never asked anything."""
        return not self._turns and not self._open

    @property
    def complete(self) -> bool:
        """Whether each question was answered since the link opened or since it was last in doubt."""
        return not self._open

    def next(self, watched: bool = False) -> About:
        """What to ask now; `watched`: somebody may be passing, so the inputs matter most."""
        if watched and self._sees_by_inputs and About.INPUTS in self._turns:
            return self._between_looks()
        return self._open[0] if self._open else self._turns[self._turn % len(self._turns)]

    def _between_looks(self) -> About:
        """The inputs at least every other time, and the rest of the time whatever else has to be known."""
        others: list[About] = [about for about in self._open if about is not About.INPUTS]
        if not others and self._turn % _OTHERS_EVERY == 0:
            others = [self._turns[0]]
        self._looked = not (self._looked and others)
        return About.INPUTS if self._looked else others[0]

    def first(self) -> None:
        """The relay is what matters now: it is asked first."""
        self._turn = 0

    def answered(self, about: About) -> None:
        """The answer came."""
        if about in self._open:
            self._open.remove(about)
        elif self._turns:
            self._turn += 1

    def all_again(self) -> None:
        """Whatever was answered before now does not count any more."""
        self._open += [about for about in self._turns if about not in self._open]

    def in_doubt(self, about: About) -> None:
        """The answer did not come, or said that something is not as it has to be."""
        if about not in self._open:
            self._open.append(about)
