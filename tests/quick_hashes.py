"""PINs, seals, cards and passwords cost as little as they may in the tests' own processes.

A hash as it is shipped takes a fifth of a second of both processors, and the tests make and compare hundreds.
Programs that tests start pay in full; `SHIPPED` and the tests of the costs themselves hold what they are.
"""

from __future__ import annotations

from argon2 import PasswordHasher

from kiosk.desk import card, officer_key, pin
from sync.hub import passwords

WEAKEST = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The least that a roster takes."""
SHIPPED = {
    "PIN": (pin.HASHER.time_cost, pin.HASHER.memory_cost, pin.HASHER.parallelism),
    "password": (passwords.HASHER.time_cost, passwords.HASHER.memory_cost, passwords.HASHER.parallelism),
    "seal": (officer_key.PASSES, officer_key.MEMORY_KIB, officer_key.LANES),
    "card": (card.PASSES, card.MEMORY_KIB, card.LANES),
}
"""Passes, memory in KiB and lanes, before `quicken`."""


def quicken() -> None:
    """From here on, in this process."""
    pin.HASHER = passwords.HASHER = WEAKEST
    for costs in (officer_key, card):
        costs.PASSES, costs.MEMORY_KIB, costs.LANES = 1, 64, 1
