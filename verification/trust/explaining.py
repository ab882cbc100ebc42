"""Why a code is trusted or not, in sentences: which key it names, who has it, and what is against it."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from config.counted import counted
from verification.assessment import Assessment, Signature
from verification.encodings.malformed import Malformed
from verification.formats.credential import Format, Incomplete, Opened, Unverifiable
from verification.formats.recognise import recognise
from verification.formats.registry import FORMATS, KNOWN
from verification.reasons import ReasonId
from verification.snapshot import Signer, Snapshot
from verification.trust import chain
from verification.trust.store import TrustList
from verification.verifier import Verifier

_TEXT_KIDS = frozenset({"SHC", "NZCP", "DIVOC"})
_NONE: Mapping[str, Format] = {}


class Why(StrEnum):
    """What is to be said of a code's trust. Stable ids."""

    TRUSTED = "trusted"
    NOT_CHECKED = "not_checked"
    NO_TRUST_LIST = "no_trust_list"
    NO_KEY_ID = "no_key_id"
    NO_SUCH_KEY = "no_such_key"
    OTHER_FORMAT = "other_format"
    OTHER_ISSUER = "other_issuer"
    NO_AUTHORITY = "no_authority"
    NOT_ISSUED = "not_issued_by_authority"
    ALGORITHM = "algorithm"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    USAGE = "usage"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be said, as an id and as a sentence."""

    why: Why
    says: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be said of one code. It says nothing of who carries it."""

    assessment: Assessment
    points: tuple[Point, ...]

    @property
    def trusted(self) -> bool:
        """Whether a signer in force that may sign such codes has signed it."""
        return self.points[0].why is Why.TRUSTED


def explain(
    code: bytes, trust: TrustList, at: datetime, further: Mapping[str, Format] = _NONE
) -> Explanation:
    """Explains `code` against the lists at `at` (aware). Never raises, whatever the code is.

    `further` are formats as a `Verifier` takes them.
    """
    assessment = Verifier(lambda: Snapshot(trust, None), KNOWN, further).verify(code, at)
    points = tuple(_points(code, assessment, trust, {**FORMATS, **further}))
    return Explanation(assessment, points or (_unsaid(assessment),))


def _points(
    code: bytes, checked: Assessment, trust: TrustList, formats: Mapping[str, Format]
) -> Iterator[Point]:
    opened = _opened(code, formats)
    if opened is None:
        yield _unsaid(checked)
        return
    if not len(trust):
        yield Point(Why.NO_TRUST_LIST, "there is no trust list with any signer in it")
        return
    if checked.signature is Signature.UNKNOWN_SIGNER:
        yield from _unknown(checked, opened, trust)
        return
    found = _candidates(checked, opened, trust)
    against = list(_against(checked, found))
    if not against:
        signers = ", ".join(sorted({one.issuer for one in found}))
        yield Point(Why.TRUSTED, f"a signer in force of {signers} has signed it")
    yield from against


def _unsaid(checked: Assessment) -> Point:
    return Point(Why.NOT_CHECKED, f"not checked against any key: {', '.join(checked.reasons)}")


def _opened(code: bytes, formats: Mapping[str, Format]) -> Opened | None:
    found = recognise(code)
    form = formats.get(found.format)
    if form is None or len(code) > form.longest:
        return None
    try:
        opened = form.open(found.body)
    except (Malformed, Unverifiable):
        return None
    return None if isinstance(opened, Incomplete) else opened


def _candidates(checked: Assessment, opened: Opened, trust: TrustList) -> list[Signer]:
    if opened.certificate is not None:
        authorities = trust.signers(checked.format, chain.authority_id(opened.certificate))
        return list(chain.signers(opened.certificate, authorities))
    return list(trust.signers(checked.format, opened.kid or b""))


def _unknown(checked: Assessment, opened: Opened, trust: TrustList) -> Iterator[Point]:
    """Why no signer was found, the likeliest mistake first."""
    if opened.certificate is not None:
        name = ", ".join(value for attributes in opened.certificate.issuer for _, value in attributes)
        if trust.signers(checked.format, chain.authority_id(opened.certificate)):
            yield Point(
                Why.NOT_ISSUED, f"the authority {name!a} is trusted and did not issue this certificate"
            )
        else:
            yield Point(Why.NO_AUTHORITY, f"no trusted authority has the name {name!a}")
        return
    if opened.kid is None:
        yield Point(Why.NO_KEY_ID, "the code does not say which key signed it")
        return
    kid = shown_kid(opened.kid, checked.format)
    same = [one for one in trust if one.kid == opened.kid]
    elsewhere = sorted({f for one in same if checked.format not in one.formats for f in one.formats})
    if elsewhere:
        yield Point(Why.OTHER_FORMAT, f"the key {kid} is trusted for {' '.join(elsewhere)} only")
    owners = sorted({one.owner for one in same if checked.format in one.formats})
    if owners and opened.issuer is not None:
        yield Point(
            Why.OTHER_ISSUER, f"the key {kid} belongs to {', '.join(owners)}, not to {opened.issuer!a}"
        )
    if not same:
        yield Point(Why.NO_SUCH_KEY, f"no signer has the key {kid}; {_knows(checked, trust)}")


def _knows(checked: Assessment, trust: TrustList) -> str:
    """How much the lists know of the code's issuer: is the key new, or the country not there at all?"""
    able = [one for one in trust if checked.format in one.formats]
    if not able:
        return f"the lists have no signers for {checked.format}"
    own = [one for one in able if checked.issuer in (one.issuer, one.owner)]
    theirs = counted(len(own), "signer")
    return f"the lists have {theirs} of {checked.issuer!a} among {len(able)} for {checked.format}"


def _against(checked: Assessment, found: list[Signer]) -> Iterator[Point]:
    reasons = set(checked.reasons)
    kid = shown_kid(checked.kid, checked.format)
    if ReasonId.ALGORITHM_MISMATCH in reasons:
        yield Point(Why.ALGORITHM, f"the key {kid} makes another algorithm than the code's header claims")
    if ReasonId.SIGNATURE_INVALID in reasons:
        yield Point(Why.SIGNATURE, f"the key {kid} is trusted, and did not make this signature")
    if ReasonId.SIGNER_EXPIRED in reasons:
        ends = max((one.not_after for one in found if one.not_after is not None), default=None)
        yield Point(Why.EXPIRED, f"the signer ended at {_time(ends)}")
    if ReasonId.SIGNER_NOT_YET_VALID in reasons:
        begins = min((one.not_before for one in found if one.not_before is not None), default=None)
        yield Point(Why.NOT_YET_VALID, f"the signer begins at {_time(begins)}")
    if ReasonId.KEY_USAGE in reasons:
        usages = sorted({usage for one in found for usage in one.usages}) or ["anything"]
        issuers = sorted({one.issuer for one in found})
        yield Point(
            Why.USAGE,
            f"the signer is of {', '.join(issuers)} and may sign {', '.join(usages)}; the code is of"
            f" {checked.issuer!a}, and a {checked.evidence.kind if checked.evidence else 'statement'}",
        )


def shown_kid(kid: bytes | None, prefix: str) -> str:
    """A key id for people: base64, or the text that it is in formats that write it as one."""
    if kid is None:
        return "none"
    if prefix in _TEXT_KIDS:
        return ascii(kid.decode("utf-8", "replace"))
    return base64.b64encode(kid).decode()


def _time(moment: datetime | None) -> str:
    return "an unknown time" if moment is None else moment.isoformat(timespec="seconds")
