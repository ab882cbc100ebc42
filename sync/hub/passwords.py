"""Passwords of people at the hub: which will do, and how they are kept and compared."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
HASHER = PasswordHasher()
"""argon2id with the second recommended option of RFC 9106 section 4: three passes over 64 MiB, four lanes."""
AT_ONCE = 2
"""Comparisons at a time: each takes 64 MiB, and guessing must not take the hub's memory or threads."""
PATIENCE_S = 2.0


class TooBusy(Exception):
    """Too many people sign in just now."""


class Passwords:
    """Hashes and compares. From any thread."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or HASHER
        self._nobody = ""
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """What is kept instead of the password."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password. Takes as long for nobody (None) as for somebody. Raises `TooBusy`."""
        if not self._turns.acquire(timeout=PATIENCE_S):
            raise TooBusy
        try:
            self._nobody = self._nobody or self._hasher.hash("nobody's password")
            matches = self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turns.release()
        return matches and kept is not None


def weakness(password: str, login: str) -> str | None:
    """Why a password may not be used, in one sentence; None when it may (NIST SP 800-63B section 5.1.1)."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    if login.lower() in password.lower():
        return "A password does not hold the login."
    if len(set(password)) < 5:
        return "A password has at least five different characters."
    return None
