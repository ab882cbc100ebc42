"""`LT1:` the Swiss light certificate: that the holder has a certificate, and nothing about which.

It has no time of expiry: Swiss rules let it live for 24 hours, later 48, and the rule stands in no code. Its
validity is therefore unknown here, unless a policy limits the age of such certificates.
"""

from __future__ import annotations

from verification.encodings.malformed import Malformed
from verification.evidence import Evidence, Kind, Personal
from verification.formats import hcert
from verification.formats.credential import Credential, Format
from verification.formats.numeric_date import instant
from verification.formats.personal_names import masked
from verification.formats.written_values import text

SCHEME = "CH"


def read(payload: bytes) -> Credential:
    """What a light certificate says. Raises `Malformed` when it is none, and for a whole one behind `LT1`."""
    claims = hcert.claims(payload)
    light = claims.get(hcert.LIGHT)
    if not isinstance(light, dict) or not isinstance(light.get("nam"), dict):
        raise Malformed("lt1: no light certificate, or nobody named in it")
    if claims.get(hcert.CERTIFICATE) is not None:
        raise Malformed("lt1: another certificate beside the light one")
    names, window = light["nam"], hcert.window(claims)
    given = text(names.get("gn")) or text(names.get("gnt"))
    family = text(names.get("fn")) or text(names.get("fnt"))
    name = f"{given} {family}".strip()
    issuer = text(claims.get(hcert.ISS))
    return Credential(
        issuer=issuer,
        window=window,
        evidence=Evidence(
            kind=Kind.LIGHT,
            scheme=SCHEME,
            issuer=issuer,
            issued_at=instant(claims.get(hcert.IAT)),
            expires_at=window.ends,
            open_ended=window.begins is not None and claims.get(hcert.EXP) is None,
            personal=Personal(masked_name=masked(name), name=name, birth=text(light.get("dob"))),
        ),
    )


FORMAT = Format(open=hcert.open_container, read=read)
