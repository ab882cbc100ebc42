"""What is wrong with one code of itself, whatever the lane asks for."""

from __future__ import annotations

from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

_UNSIGNED = {
    Signature.INVALID: ReasonId.SIGNATURE_INVALID,
    Signature.UNKNOWN_SIGNER: ReasonId.UNKNOWN_SIGNER,
    Signature.UNCHECKED: ReasonId.NOT_VERIFIABLE_OFFLINE,
}
_WITHDRAWN = {
    Revocation.REVOKED: ReasonId.REVOKED,
    Revocation.NO_LIST: ReasonId.NO_REVOCATION_LIST,
    Revocation.STALE: ReasonId.REVOCATION_LIST_STALE,
}
_VALID, _IN_TIME = Signature.VALID, Validity.VALID
_TIMES = {
    Validity.EXPIRED: ReasonId.EXPIRED,
    Validity.NOT_YET_VALID: ReasonId.NOT_YET_VALID,
    Validity.UNKNOWN: ReasonId.VALIDITY_UNKNOWN,
}


def findings(code: Assessment) -> set[ReasonId]:
    """Every doubt about a code of itself; empty where there is none.

    A check that says no counts even where the assessment brought no reason for it.
    """
    found = {why for why in code.reasons if reason(why).outcome != Outcome.ADMIT} if code.reasons else set()
    if code.signature is not _VALID:
        return found or {_UNSIGNED[code.signature]}
    withdrawn = _WITHDRAWN.get(code.revocation)
    if withdrawn is not None and ReasonId.SIGNER_REVOKED not in found:
        found.add(withdrawn)
    if code.validity is not _IN_TIME:
        found.add(_TIMES[code.validity])
    return found


def is_good(code: Assessment) -> bool:
    """Whether a code is a health code that passed every check of its own."""
    return code.is_health_code and code.signature is Signature.VALID and not findings(code)
