"""From the text of a code to what each check says of it. The whole way of a code is in this file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter_ns
from typing import NamedTuple

from verification.assessment import OTHER, Assessment, Identity, Revocation, Signature, Validity
from verification.encodings.cose import PS256, is_weak, signed_by
from verification.encodings.malformed import Malformed
from verification.formats.credential import Credential, Format, Incomplete, Opened, Unverifiable
from verification.formats.nzcp import EXAMPLE_ISSUERS
from verification.formats.recognise import Recognised, recognise
from verification.formats.registry import FORMATS
from verification.reasons import ReasonId
from verification.revocation.hashes import SIGNATURE, signature_hash, truncated
from verification.snapshot import (
    Freshness,
    ListAge,
    RevocationAnswer,
    RevocationQuery,
    Signer,
    Snapshot,
)
from verification.trust.certificate_fields import Fields
from verification.trust.chain import authority_id

MAX_BYTES = 64 * 1024
"""No text longer than this is looked at."""

_ORDER = {why: place for place, why in enumerate(ReasonId)}
_TIME_REASONS = {
    Validity.EXPIRED: (ReasonId.EXPIRED,),
    Validity.NOT_YET_VALID: (ReasonId.NOT_YET_VALID,),
    Validity.UNKNOWN: (ReasonId.VALIDITY_UNKNOWN,),
    Validity.VALID: (),
}
_NONE: Mapping[str, Format] = {}
_VALID, _STALE = Signature.VALID, Freshness.STALE
_CLEAR, _NOT_REVOKED, _NOT_APPLICABLE = Revocation.CLEAR, RevocationAnswer.CLEAR, Revocation.NOT_APPLICABLE
"""Read from its class, a member of an enumeration takes a tenth of what a short hash takes."""


class _Signed(NamedTuple):
    """Outcome of the signature check, and the signer that made a valid one."""

    signature: Signature
    reasons: tuple[ReasonId, ...] = ()
    signer: Signer | None = None


class Verifier:
    """Checks codes against the snapshot of the moment. Pure: no clock, no network, nothing is kept."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot],
        allowed: frozenset[str],
        further: Mapping[str, Format] = _NONE,
    ) -> None:
        """`snapshot` is called once for every code; `allowed` are the lane's format prefixes.

        `further` are formats that need a part from outside, besides those of the registry.
        """
        self._snapshot = snapshot
        self._allowed = allowed
        self._formats = {**FORMATS, **further}

    def verify(self, code: bytes | str, at: datetime) -> Assessment:
        """What each check says of `code` at `at` (aware). Never raises, whatever the code is."""
        text = code.encode("utf-8", "replace") if isinstance(code, str) else code
        found = recognise(text[:MAX_BYTES])
        refusal = self._not_to_be_opened(found, len(text))
        if refusal is not None:
            return _unopened(found, refusal)
        started = perf_counter_ns()
        form = self._formats[found.format]
        try:
            opened = form.open(found.body)
        except Malformed:
            return _unopened(found, ReasonId.MALFORMED)
        except Unverifiable:
            return _unopened(found, ReasonId.NOT_VERIFIABLE_OFFLINE)
        if isinstance(opened, Incomplete):
            return _unopened(found, ReasonId.INCOMPLETE)
        decoded = perf_counter_ns()
        snapshot = self._snapshot()
        signed = _check_signature(found.format, opened, snapshot, at)
        checked = perf_counter_ns()
        timings = {"decode": (decoded - started) / 1000, "signature": (checked - decoded) / 1000}
        try:
            credential = form.credential(opened)
        except Malformed:
            return _unreadable(found, opened, signed, timings)
        assessment = _assess(found, opened, credential, signed, snapshot, at, timings)
        timings["evidence"] = (perf_counter_ns() - checked) / 1000
        return assessment

    def _not_to_be_opened(self, found: Recognised, size: int) -> ReasonId | None:
        """Why the text is left alone, or None."""
        if not found.claims_health:
            return ReasonId.NOT_A_HEALTH_CODE
        if found.format == OTHER:
            return ReasonId.NOT_VERIFIABLE_OFFLINE
        if found.format not in self._allowed:
            return ReasonId.FORMAT_NOT_ALLOWED
        if found.format not in self._formats:
            return ReasonId.NOT_VERIFIABLE_OFFLINE
        return ReasonId.MALFORMED if size > self._formats[found.format].longest else None


def _check_signature(prefix: str, opened: Opened, snapshot: Snapshot, at: datetime) -> _Signed:
    """Tries every key of the code's key id whose own algorithm is the one that the header claims."""
    if not len(snapshot.trust):
        return _Signed(Signature.UNCHECKED, (ReasonId.NO_TRUST_LIST,))
    doubt = _doubt(snapshot.trust_age, at)
    known = _candidates(prefix, opened, snapshot)
    if not known:
        doubt = next(filter(None, (_doubt(age, at) for age in snapshot.trust.ages(prefix))), doubt)
        return _Signed(Signature.UNKNOWN_SIGNER, (*doubt, ReasonId.UNKNOWN_SIGNER))
    makers: list[Signer] = []
    agreeing = False
    for signer in known:
        if signer.algorithm != opened.algorithm:
            continue
        agreeing = True
        if signed_by(signer.key, opened.signature, opened.signed):
            if not _out_of_date(signer, at) and (signer.age is None or not _doubt(signer.age, at)):
                return _Signed(_VALID, doubt, signer)
            makers.append(signer)
    if not makers:
        why = ReasonId.SIGNATURE_INVALID if agreeing else ReasonId.ALGORITHM_MISMATCH
        doubt = next(filter(None, (_doubt(signer.age, at) for signer in known)), doubt)
        return _Signed(Signature.INVALID, (why, *doubt))
    maker = next((one for one in makers if not _out_of_date(one, at)), makers[0])
    return _Signed(Signature.VALID, doubt or _doubt(maker.age, at), maker)


def _doubt(age: ListAge | None, at: datetime) -> tuple[ReasonId, ...]:
    """Told beside what was found with a list that is too old to be relied on."""
    if age is None or age.freshness(at) is not _STALE:
        return ()
    return (ReasonId.TRUST_LIST_STALE,)


def _candidates(prefix: str, opened: Opened, snapshot: Snapshot) -> Sequence[Signer]:
    """Signers of the key id; where the format names an issuer before the check, only that issuer's own.

    A certificate in the code is a signer once an authority of the trust list issued it.
    """
    if opened.certificate is not None:
        return snapshot.trust.issued(prefix, opened.certificate)
    if opened.kid is None:
        return ()
    known = snapshot.trust.signers(prefix, opened.kid)
    if opened.issuer is None:
        return known
    return [signer for signer in known if signer.owner == opened.issuer]


def _out_of_date(signer: Signer, at: datetime) -> tuple[ReasonId, ...]:
    """Shell model: a signer's certificate holds at the time of the check (hcert_spec §5)."""
    if signer.not_after is not None and at > signer.not_after:
        return (ReasonId.SIGNER_EXPIRED,)
    if signer.not_before is not None and at < signer.not_before:
        return (ReasonId.SIGNER_NOT_YET_VALID,)
    return ()


def _out_of_bounds(signer: Signer, credential: Credential) -> tuple[ReasonId, ...]:
    """Whether the signer may sign this kind of statement, for this issuer, and with a key of this size."""
    restricted = signer.usages & credential.usage_family
    wrong_kind = restricted and not restricted & credential.usages
    wrong_issuer = credential.own_issuer_only and not _is_of(credential.issuer, signer.issuer)
    too_short = signer.algorithm == PS256 and is_weak(signer.key)
    return (ReasonId.KEY_USAGE,) if wrong_kind or wrong_issuer or too_short else ()


def _is_of(stated: str, filed: str) -> bool:
    """Whether the issuer that the content names is the one the signer is filed under, or a part of it."""
    return stated == filed or stated.startswith(filed + "-")


def _check_revocation(
    prefix: str, opened: Opened, credential: Credential, signer: Signer, snapshot: Snapshot, at: datetime
) -> tuple[Revocation, tuple[ReasonId, ...]]:
    """What is on a list stays revoked however old the list is; only a fresh list can clear."""
    index, age = snapshot.revocation, snapshot.revocation_age
    if index is None:
        return _no_list(credential)
    hashes = [(SIGNATURE, signature_hash(signer.algorithm, opened.signature))]
    hashes += [(kind, truncated(identifier)) for kind, identifier in credential.identifiers]
    query = RevocationQuery(
        prefix=prefix,
        issuer=opened.issuer or signer.issuer,
        kid=signer.kid,
        hashes=tuple(hashes),
        status_index=credential.status_index,
        issued_at=credential.issued_at,
        stated_issuer=credential.issuer,
        at=at,
        certificate=None if opened.certificate is None else _numbered(opened.certificate),
    )
    answer = index.check(query)
    stale = age is not None and age.freshness(at) is _STALE
    if answer is _NOT_REVOKED and not stale:
        return _CLEAR, ()
    if answer is RevocationAnswer.REVOKED:
        return Revocation.REVOKED, (ReasonId.REVOKED,)
    if answer is RevocationAnswer.SIGNER_REVOKED:
        return Revocation.REVOKED, (ReasonId.SIGNER_REVOKED,)
    if answer is RevocationAnswer.NO_LIST:
        return _no_list(credential)
    if answer is RevocationAnswer.NOT_APPLICABLE:
        return Revocation.NOT_APPLICABLE, ()
    if stale or answer is RevocationAnswer.STALE:
        return Revocation.STALE, (ReasonId.REVOCATION_LIST_STALE,)
    return _CLEAR, ()


def _numbered(certificate: Fields) -> tuple[bytes, int]:
    """What an authority's list of withdrawn certificates knows one by."""
    return authority_id(certificate), certificate.serial


def _no_list(credential: Credential) -> tuple[Revocation, tuple[ReasonId, ...]]:
    """A format without revocation lists lacks none."""
    if not credential.revocable:
        return Revocation.NOT_APPLICABLE, ()
    return Revocation.NO_LIST, (ReasonId.NO_REVOCATION_LIST,)


def _assess(
    found: Recognised,
    opened: Opened,
    credential: Credential,
    signed: _Signed,
    snapshot: Snapshot,
    at: datetime,
    timings: dict[str, float],
) -> Assessment:
    """Puts the answers together in the order of judgement: signature, revocation, validity, rules."""
    signer, evidence = signed.signer, credential.evidence
    reasons = signed.reasons
    revocation, use = _NOT_APPLICABLE, None
    if signer is not None:
        revocation, found_there = _check_revocation(found.format, opened, credential, signer, snapshot, at)
        reasons += _out_of_bounds(signer, credential) + _out_of_date(signer, at) + found_there
        use = credential.use and credential.issuer.encode() + b"\0" + credential.use
        if (signer.demo or credential.issuer in EXAMPLE_ISSUERS) and evidence is not None:
            evidence = replace(evidence, specimen=True)
    validity = credential.window.validity(at)
    return Assessment(
        format=found.format,
        signature=signed.signature,
        validity=validity,
        revocation=revocation,
        reasons=_in_order(reasons + _TIME_REASONS[validity], credential.reasons),
        evidence=evidence,
        issuer=credential.issuer or (signer.issuer if signer is not None else None),
        kid=opened.kid,
        identity=Identity(credential.issuer.encode() + b"\0" + opened.content, use),
        timings_us=timings,
    )


def _in_order(reasons: tuple[ReasonId, ...], own: tuple[ReasonId, ...]) -> tuple[ReasonId, ...]:
    """With what the format found of its own, in the order of judgement."""
    return tuple(sorted(reasons + own, key=_ORDER.__getitem__)) if own else reasons


def _unopened(found: Recognised, why: ReasonId) -> Assessment:
    """A text whose container was not opened, or could not be."""
    return Assessment(
        format=found.format,
        signature=Signature.UNCHECKED,
        validity=Validity.UNKNOWN,
        revocation=Revocation.NOT_APPLICABLE,
        reasons=(why,),
        looks_like=found.looks_like,
    )


def _unreadable(found: Recognised, opened: Opened, signed: _Signed, timings: dict[str, float]) -> Assessment:
    """A container whose content is not what its format says, whoever signed it."""
    return Assessment(
        format=found.format,
        signature=signed.signature,
        validity=Validity.UNKNOWN,
        revocation=Revocation.NOT_APPLICABLE,
        reasons=(ReasonId.MALFORMED, *signed.reasons),
        issuer=signed.signer.issuer if signed.signer is not None else None,
        kid=opened.kid,
        identity=Identity(b"\0" + opened.content),
        timings_us=timings,
    )
