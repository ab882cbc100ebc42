"""The signers we accept, in memory: found by format and key id in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from verification.snapshot import ListAge, Signer
from verification.trust import certificate_fields, chain
from verification.trust.certificate_fields import Fields

Issued = Callable[[str, bytes], tuple[Signer, ...]]

_MOST_ISSUED = 64


class _NotIssued(Exception):
    """No authority of the list issued a certificate: said by an exception, since none is remembered."""


def _remembering(index: Mapping[tuple[str, bytes], Sequence[Signer]]) -> Issued:
    """Gives a certificate's signers by format and whole bytes; raises `_NotIssued`."""

    @lru_cache(maxsize=_MOST_ISSUED)
    def issued(prefix: str, der: bytes) -> tuple[Signer, ...]:
        certificate = certificate_fields.read(der)
        found = chain.signers(certificate, index.get((prefix, chain.authority_id(certificate)), ()))
        if not found:
            raise _NotIssued
        return tuple(found)

    return issued


class TrustList:
    """An immutable `TrustStore`. Several signers may share a key id; all of them are kept."""

    def __init__(
        self,
        signers: Iterable[Signer],
        signed_at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`signed_at` and `expires_at` are None where the list's format does not say."""
        self._signers = tuple(signers)
        self.signed_at = signed_at
        self.expires_at = expires_at
        index: dict[tuple[str, bytes], list[Signer]] = {}
        for signer in self._signers:
            for prefix in signer.formats:
                index.setdefault((prefix, signer.kid), []).append(signer)
        self._index = {key: tuple(found) for key, found in index.items()}
        ages: dict[str, dict[ListAge, None]] = {}
        for signer in self._signers:
            if signer.age is not None:
                for prefix in signer.formats:
                    ages.setdefault(prefix, {})[signer.age] = None
        self._ages = {prefix: tuple(found) for prefix, found in ages.items()}
        self._issued = _remembering(self._index)

    def signers(self, prefix: str, kid: bytes) -> Sequence[Signer]:
        """All signers that may have signed a code of this format under this key id."""
        return self._index.get((prefix, kid), ())

    def issued(self, prefix: str, certificate: Fields) -> Sequence[Signer]:
        """The certificate as a signer, once for each authority here that issued it.

        What was found is remembered by the certificate's whole bytes, and with this list alone: another list
        asks its own authorities. That nobody issued a certificate is not remembered.
        """
        try:
            return self._issued(prefix, certificate.der)
        except _NotIssued:
            return ()

    def ages(self, prefix: str) -> Sequence[ListAge]:
        """The ages of the lists that name signers of this format, where their signers say so."""
        return self._ages.get(prefix, ())

    def __len__(self) -> int:
        return len(self._signers)

    def __iter__(self) -> Iterator[Signer]:
        return iter(self._signers)


def aged(trusted: TrustList, age: ListAge | None) -> TrustList:
    """The same list, every signer of which knows how old it is: so that lists age each for itself."""
    signers = (replace(signer, age=age) for signer in trusted)
    return TrustList(signers, trusted.signed_at, trusted.expires_at)


def merged(lists: Sequence[TrustList]) -> TrustList:
    """One store over several lists. It is as old as the oldest, and ends with the first, that says when."""
    dates = [trusted.signed_at for trusted in lists if trusted.signed_at is not None]
    ends = [trusted.expires_at for trusted in lists if trusted.expires_at is not None]
    signers = (signer for trusted in lists for signer in trusted)
    return TrustList(signers, min(dates, default=None), min(ends, default=None))
