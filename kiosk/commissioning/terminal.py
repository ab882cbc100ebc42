"""The person at the gate, at a terminal: one line out, one line in."""

from __future__ import annotations

import sys
from typing import TextIO

from drivers.turnstile.commissioning.bench import Person, Skipped

LEAVE_OUT = "s and the reason to leave this step out"


class AtTerminal(Person):
    """Asks again until the answer is one. The end of the input leaves out whatever is still asked."""

    def __init__(self, answers: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
        self._answers, self._out = answers, out

    def do(self, what: str) -> None:
        while self._answer(f"  -> {what}\n     Enter when it is done, {LEAVE_OUT}: "):
            self.hear("     Just Enter, please.")

    def sees(self, question: str) -> bool:
        while True:
            answer = self._answer(f"  -> {question}\n     y, n, {LEAVE_OUT}: ").lower()
            if answer in ("y", "yes", "n", "no"):
                return answer.startswith("y")

    def reads(self, question: str) -> float:
        while True:
            answer = self._answer(f"  -> {question}\n     a number, {LEAVE_OUT}: ")
            try:
                value = float(answer.replace(",", "."))
            except ValueError:
                continue
            if 0 <= value < 1_000_000:
                return value

    def hear(self, words: str) -> None:
        print(words, file=self._out, flush=True)

    def _answer(self, prompt: str) -> str:
        print(prompt, end="", file=self._out, flush=True)
        line = self._answers.readline()
        if not line:
            raise Skipped("nobody answered")
        words = line.strip()
        if words == "s" or words.startswith("s "):
            raise Skipped(words[1:].strip()[:200] or "no reason was given")
        return words
