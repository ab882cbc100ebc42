"""VDS-NC, ICAO's visible digital seal for vaccinations and tests (VDS-NC 1.0; Doc 9303-13)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import rfc8785

from verification.encodings import base64url, ecdsa, strict_json
from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, MedicalStatement, Personal
from verification.formats.covid_codes import COVID_19
from verification.formats.credential import Credential, Format, Opened
from verification.formats.icao_states import UTOPIA, alpha_2
from verification.formats.numeric_date import FOREVER, Window
from verification.formats.personal_names import masked
from verification.reasons import ReasonId
from verification.trust import certificate_fields
from verification.trust.certificate_fields import Fields
from verification.trust.chain import NO_PURPOSE, document_type

SCHEME = "ICAO"
VERSION = 1
_ALGORITHMS = {"ES256": ecdsa.ES256, "ES384": ecdsa.ES384, "ES512": ecdsa.ES512}
_VACCINATION, _TEST = "icao.vacc", "icao.test"
_USAGES = {
    _VACCINATION: frozenset({document_type("NV")}),
    _TEST: frozenset({document_type("NT")}),
}
_USAGE_FAMILY = frozenset({NO_PURPOSE}).union(*_USAGES.values())
_RESULTS = {"negative": True, "normal": True, "positive": False, "abnormal": False}
_MOST_DOSES = 64
_COVID = "RA01"
"""ICD-11: COVID-19, with its subdivisions."""
_COVID_VACCINES = frozenset(
    ("XM68M6", "XM1NL1", "XM5DF6", "XM9QW8", "XM0CX4", "XM5JC5", "XM1J92", "XM6AT1", "XM0GQ8")
)
"""ICD-11: vaccines against COVID-19, for entries that name no disease."""


def open_seal(text: bytes) -> Opened:
    """Takes a seal apart. Raises `Malformed`.

    The signature is over the canonical form (RFC 8785) of `data`, so that this form is the content: spaces
    and the order of members do not make another code. Members that nothing signs are not tolerated.
    """
    match strict_json.decode(text):
        case {"data": dict() as data, "sig": dict() as sig, **rest} if not rest:
            pass
        case _:
            raise Malformed("vdsnc: not an object of data and signature alone")
    try:
        content = rfc8785.dumps(data)
    except rfc8785.CanonicalizationError as error:
        raise Malformed("vdsnc: a number that has no canonical form") from error
    algorithm, value, certificate = sig.pop("alg", None), sig.pop("sigvl", None), sig.pop("cer", None)
    if sig:
        raise Malformed("vdsnc: the signature has members that do not exist")
    fields = None if certificate is None else _certificate(_bytes(certificate))
    return Opened(
        content=content,
        signed=content,
        signature=_bytes(value),
        algorithm=_ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None,
        kid=None if fields is None else fields.kid,
        certificate=fields,
        document=data,
    )


def read(content: bytes) -> Credential:
    """What a seal says. Raises `Malformed`."""
    return read_data(strict_json.decode(content))


def read_data(data: Any) -> Credential:
    """The same, of data that was decoded before.

    The format has no time of issue and none of expiry: a seal holds from the day of the dose or sample, as
    long as its certificate does. How old is too old is the policy's to say.
    """
    match data:
        case {"hdr": {"t": str(form), "v": version, "is": str(state)}, "msg": dict() as message}:
            pass
        case _:
            raise Malformed("vdsnc: header or message is missing")
    if form not in _USAGES or type(version) is not int or version != VERSION:
        raise Malformed("vdsnc: another type or version")
    medical = _vaccination(message) if form == _VACCINATION else _test(message)
    kind = Kind.TEST if form == _TEST else _kind(medical)
    happened = medical.sampled_at
    if happened is None and medical.on is not None:
        happened = datetime.combine(medical.on, time(), UTC)
    issuer = alpha_2(state.strip())
    return Credential(
        issuer=issuer,
        window=Window(happened, FOREVER),
        evidence=Evidence(
            kind=kind,
            scheme=SCHEME,
            issuer=issuer,
            issued_at=None,
            expires_at=None,
            medical=medical,
            specimen=state == UTOPIA,
            personal=_personal(message.get("pid")),
        ),
        reasons=_findings(kind, medical),
        usages=_USAGES[form],
        usage_family=_USAGE_FAMILY,
        own_issuer_only=True,
        identifiers=_identifiers(message, form),
        issued_at=happened,
    )


def _certificate(der: bytes) -> Fields:
    try:
        return certificate_fields.read(der)
    except ValueError as error:
        raise Malformed("vdsnc: the certificate cannot be read") from error


def _bytes(text: Any) -> bytes:
    """Base64url, with its padding or without: both are issued."""
    if not isinstance(text, str):
        raise Malformed("vdsnc: no base64url where it belongs")
    bare = text.rstrip("=")
    if len(text) - len(bare) not in (0, -len(bare) % 4):
        raise Malformed("vdsnc: padding that does not belong there")
    return base64url.decode(bare.encode())


def _vaccination(message: dict[str, Any]) -> MedicalStatement:
    """The last dose. Of several diseases COVID-19 counts, else the disease of the latest dose."""
    entries = message.get("ve")
    if not isinstance(entries, list) or not entries:
        raise Malformed("vdsnc: no vaccination")
    doses = [(vaccine, dose) for vaccine in entries for dose in _doses(vaccine)]
    if not 0 < len(doses) <= _MOST_DOSES:
        raise Malformed(f"vdsnc: no dose, or more than {_MOST_DOSES}")
    covid = [pair for pair in doses if _is_covid(pair[0])]
    vaccine, last = max(covid or doses, key=lambda pair: _date(pair[1].get("dvc")) or date.min)
    return MedicalStatement(
        disease=COVID_19 if covid else _text(vaccine.get("dis")),
        product=_text(vaccine.get("nam")) or _text(vaccine.get("des")),
        doses=_number(last.get("seq")),
        on=_date(last.get("dvc")),
    )


def _kind(medical: MedicalStatement) -> Kind:
    return Kind.VACCINATION if medical.disease == COVID_19 else Kind.PROPHYLAXIS


def _is_covid(vaccine: dict[str, Any]) -> bool:
    disease = _text(vaccine.get("dis"))
    return disease.startswith(_COVID) if disease else _text(vaccine.get("des")) in _COVID_VACCINES


def _doses(vaccine: Any) -> list[dict[str, Any]]:
    doses = vaccine.get("vd") if isinstance(vaccine, dict) else None
    if not isinstance(doses, list) or not all(isinstance(dose, dict) for dose in doses):
        raise Malformed("vdsnc: a vaccine without doses")
    return doses


def _test(message: dict[str, Any]) -> MedicalStatement:
    match message:
        case {"dat": dict() as dates, "tr": dict() as result}:
            return MedicalStatement(
                disease=COVID_19,
                product=_text(result.get("tc")),
                sampled_at=_moment(dates.get("sc")),
                negative=_RESULTS.get(_text(result.get("r")).lower()),
            )
    raise Malformed("vdsnc: no dates or no result of a test")


def _findings(kind: Kind, medical: MedicalStatement) -> tuple[ReasonId, ...]:
    if kind is not Kind.TEST or medical.negative:
        return ()
    return (ReasonId.EVIDENCE_MISSING if medical.negative is None else ReasonId.TEST_POSITIVE,)


def _identifiers(message: dict[str, Any], form: str) -> tuple[tuple[str, bytes], ...]:
    identifier = message.get("uvci" if form == _VACCINATION else "utci")
    return (("UCI", identifier.encode()),) if isinstance(identifier, str) else ()


def _personal(person: Any) -> Personal:
    """Names are written family name first, parted from the others by two spaces (Doc 9303-3 §4.6)."""
    if not isinstance(person, dict):
        raise Malformed("vdsnc: nobody is named")
    name = _text(person.get("n"))
    return Personal(masked_name=masked(name), name=name, birth=_text(person.get("dob")))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    """A number of doses, also where it is written as a text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 2:
        return int(value)
    return value if type(value) is int and 0 <= value < 100 else None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        return None


def _moment(value: Any) -> datetime | None:
    """A time with its zone; without one nobody knows when it was."""
    try:
        moment = datetime.fromisoformat(_text(value))
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


FORMAT = Format(open=open_seal, read=read, read_document=read_data)
