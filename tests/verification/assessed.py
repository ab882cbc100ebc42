"""Builds assessments of made-up codes for the tests of judgement and policy."""

from datetime import UTC, datetime, timedelta

from verification.assessment import Assessment, Identity, Revocation, Signature, Validity
from verification.evidence import Colour, Direction, Evidence, Kind, MedicalStatement, Use
from verification.reasons import ReasonId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12:00 in Hong Kong."""


def code(
    prefix: str = "HK1",
    kind: Kind = Kind.HEALTH_COLOUR,
    *,
    scheme: str = "HK",
    colour: Colour | None = Colour.GREEN,
    issued: datetime | None = NOON - timedelta(hours=1),
    direction: Direction = Direction.ANY,
    use: Use = Use.MULTIPLE,
    holder: bytes | None = b"holder-of-tests-",
    specimen: bool = False,
    medical: MedicalStatement | None = None,
    signature: Signature = Signature.VALID,
    validity: Validity = Validity.VALID,
    revocation: Revocation = Revocation.CLEAR,
    reasons: tuple[ReasonId, ...] = (),
    serial: bytes = b"1",
) -> Assessment:
    """A good green Hong Kong code of an hour ago, except for what is said otherwise."""
    says = Evidence(
        kind=kind,
        scheme=scheme,
        issuer="HK",
        issued_at=issued,
        expires_at=NOON + timedelta(hours=12),
        colour=colour,
        direction=direction,
        use=use,
        holder=holder,
        medical=medical,
        specimen=specimen,
    )
    return Assessment(
        format=prefix,
        signature=signature,
        validity=validity,
        revocation=revocation,
        reasons=reasons,
        evidence=says,
        issuer="HK",
        identity=Identity(
            signed=f"{prefix} {serial!r} {says!r}".encode(), use=b"use|" + prefix.encode() + serial
        ),
    )


def declaration(
    serial: bytes = b"1", *, use: Use = Use.SINGLE, issued: datetime = NOON - timedelta(hours=3)
) -> Assessment:
    """A customs declaration for one use."""
    return code(
        "CD1", Kind.CUSTOMS_DECLARATION, scheme="CD", colour=None, use=use, serial=serial, issued=issued
    )


def vaccination(**changes: object) -> Assessment:
    """An international certificate, which no holder digest binds."""
    return code("HC1", Kind.VACCINATION, scheme="DCC", colour=None, holder=None, **changes)  # type: ignore[arg-type]


def menu() -> Assessment:
    """The link to a menu: no health code at all."""
    return Assessment(
        format="OTHER",
        signature=Signature.UNCHECKED,
        validity=Validity.UNKNOWN,
        revocation=Revocation.NOT_APPLICABLE,
        reasons=(ReasonId.NOT_A_HEALTH_CODE,),
        looks_like="link",
    )
