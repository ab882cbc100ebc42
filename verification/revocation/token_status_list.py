"""Token Status List (IETF draft-ietf-oauth-status-list, CWT form): one number for each code of an issuer.

A list names its issuer (claim 1) in this profile, as the codes do: they carry an index and no address.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from verification.encodings import cbor, cose
from verification.encodings.inflate import inflate
from verification.encodings.malformed import Malformed
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.formats.numeric_date import instant
from verification.signed_lists import ListRejected
from verification.snapshot import RevocationAnswer, RevocationQuery, Signer, TrustStore

TYP_HEADER, TYP = 16, "application/statuslist+cwt"
ISS, SUB, EXP, IAT, STATUS_LIST, TTL = 1, 2, 4, 6, 65533, 65534
VALID, INVALID, SUSPENDED = 0, 1, 2
"""Status types (§7.1). Others mean what somebody else agreed on."""
BITS = (1, 2, 4, 8)
MAX_BYTES = 8 * 1024 * 1024
MAX_INFLATED = 16 * 1024 * 1024
"""128 million codes at one bit each."""
_LONGEST_TTL = 10 * 366 * 86400


@dataclass(frozen=True, slots=True)
class TokenStatusList:
    """A list that a trusted signer of the issuer has signed: a `RevocationIndex` for that issuer's codes."""

    issuer: str
    formats: frozenset[str]
    """Prefixes of the codes that it speaks of."""
    bits: int
    statuses: bytes = field(repr=False)
    signed_at: datetime
    fresh_until: datetime | None = None
    """The earliest of `exp`, the end of `ttl` counted from `iat`, and the end of the signer; None: no end."""

    def status(self, index: int) -> int | None:
        """The status at `index`, from the lowest bits of the first byte on (§4.1); None: out of range."""
        place = index * self.bits
        if index < 0 or place >= len(self.statuses) * 8:
            return None
        return self.statuses[place >> 3] >> (place & 7) & ((1 << self.bits) - 1)

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """Withdrawn stays withdrawn on an old list; only a fresh one can clear, and only what it names."""
        if query.status_index is None or query.prefix not in self.formats:
            return RevocationAnswer.NO_LIST
        if query.stated_issuer != self.issuer:
            return RevocationAnswer.NO_LIST
        status = self.status(query.status_index)
        if status in (INVALID, SUSPENDED):
            return RevocationAnswer.REVOKED
        if status != VALID:
            return RevocationAnswer.NO_LIST
        stale = self.fresh_until is not None and (query.at is None or query.at > self.fresh_until)
        return RevocationAnswer.STALE if stale else RevocationAnswer.CLEAR

    def __len__(self) -> int:
        return len(self.statuses) * 8 // self.bits


def looks_like_status_list(data: bytes) -> bool:
    """Whether the file begins as a tagged COSE_Sign1 message or CWT does."""
    return data[:1] == b"\xd2" or data[:3] == b"\xd8\x3d\xd2"


def load(data: bytes, trust: TrustStore) -> TokenStatusList:
    """The list, once a signer that `trust` has for its issuer's codes signed it. Raises `ListRejected`."""
    try:
        message = cose.parse(data, MAX_BYTES)
        header = cbor.decode(message.protected) if message.protected else {}
        claims = cbor.decode(message.payload, most=MAX_BYTES)
        if header.get(TYP_HEADER) != TYP:
            raise ListRejected("the message is not of type " + TYP)
        if not isinstance(claims, dict):
            raise ListRejected("the status list has no claims")
        signer, formats = _signer(message, header.get(cose.KID), trust)
        bits, statuses = _statuses(claims.get(STATUS_LIST))
    except Malformed as error:
        raise ListRejected(f"the status list is not well-formed: {error}") from error
    issuer, subject, issued = claims.get(ISS), claims.get(SUB), instant(claims.get(IAT))
    if not isinstance(issuer, str) or not isinstance(subject, str) or issued is None:
        raise ListRejected("the status list does not say whose it is and when it was made")
    if issuer != signer.issuer and not issuer.startswith(signer.issuer + "-"):
        raise ListRejected(f"the status list of {issuer} is signed by a key of {signer.issuer}")
    _require_in_force(signer, issued)
    return TokenStatusList(issuer, formats, bits, statuses, issued, _fresh_until(claims, issued, signer))


def _signer(message: cose.Sign1, kid: Any, trust: TrustStore) -> tuple[Signer, frozenset[str]]:
    """The key that made the signature, and the formats of colour codes that it may sign."""
    if not isinstance(kid, bytes):
        raise ListRejected("the status list has no key id in its protected header")
    signed = message.signed_bytes()
    for prefix in KIND_OF_PREFIX:
        for signer in trust.signers(prefix, kid):
            if signer.algorithm == message.algorithm and cose.signed_by(
                signer.key, message.signature, signed
            ):
                return signer, signer.formats & frozenset(KIND_OF_PREFIX)
    raise ListRejected("the status list was not signed by a key that is trusted for colour codes")


def _statuses(value: Any) -> tuple[int, bytes]:
    match value:
        case {"bits": int(bits), "lst": bytes(compressed)} if bits in BITS and bits is not True:
            return bits, inflate(compressed, MAX_INFLATED)
    raise ListRejected("the status list lacks its bits or its statuses")


def _require_in_force(signer: Signer, issued: datetime) -> None:
    begins, ends = signer.not_before, signer.not_after
    if (begins is not None and issued < begins) or (ends is not None and issued > ends):
        raise ListRejected("the status list was made while its signer's key was not in force")


def _fresh_until(claims: dict[Any, Any], issued: datetime, signer: Signer) -> datetime | None:
    ends = [] if signer.not_after is None else [signer.not_after]
    if EXP in claims:
        expires = instant(claims[EXP])
        if expires is None:
            raise ListRejected("the status list ends at something that is no time")
        ends.append(expires)
    if TTL in claims:
        ttl = claims[TTL]
        if type(ttl) is not int or not 0 < ttl <= _LONGEST_TTL:
            raise ListRejected("the status list may be kept for something that is no number of seconds")
        ends.append(issued + timedelta(seconds=ttl))
    return min(ends, default=None)
