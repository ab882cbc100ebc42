"""What an issuer writes is what the verifier reads, and it fits the symbol it was promised to fit."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ed25519

from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.evidence import Colour, Direction, Kind, Use
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.issuing.authority import Authority, CannotIssue, found_authority
from verification.issuing.colour_code import ColourCode, issue, lifetime
from verification.issuing.holder import holder_digest
from verification.issuing.symbol import png, symbol
from verification.issuing.withdrawal import withdraw
from verification.reasons import ReasonId
from verification.revocation.memory import RevocationList, Withdrawn
from verification.snapshot import Snapshot
from verification.trust import station_list
from verification.trust.loading import load_trust_list
from verification.verifier import Verifier

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIST_KEY = ed25519.Ed25519PrivateKey.generate()
EVERY = frozenset(KIND_OF_PREFIX)
AUTHORITY = found_authority("HK", EVERY, AT)


def code(prefix: str = "HK1", **changes: Any) -> ColourCode:
    plain: dict[str, Any] = {
        "prefix": prefix,
        "cti": os.urandom(16),
        "issued_at": AT,
        "expires_at": lifetime(prefix, AT),
        "colour": Colour.GREEN,
        "kind": Kind.TEST if prefix == "PV1" else None,
    }
    return ColourCode(**plain | changes)


FULL = code(
    not_before=AT,
    until=AT + timedelta(hours=3),
    scheme="HK",
    direction=Direction.TO_MAINLAND,
    use=Use.SINGLE,
    masked_name="C*** T** M** K***",
    holder=holder_digest("UTO", "L898902C3", bytes(32)),
    status=4_000_000_000,
)


def verified(
    text: str, *authorities: Authority, withdrawn: tuple[Withdrawn, ...] = (), at: datetime = AT
) -> Assessment:
    entries = [entry for one in authorities or (AUTHORITY,) for entry in one.entries()]
    trusted = load_trust_list(station_list.write(entries, "tests", AT, LIST_KEY), LIST_KEY.public_key())
    revoked = RevocationList(withdrawn, [(prefix, "*") for prefix in EVERY])
    return Verifier(lambda: Snapshot(trusted, revoked), EVERY).verify(text, at)


@pytest.mark.parametrize("algorithm", ["ES256", "EdDSA"])
@pytest.mark.parametrize("prefix", sorted(EVERY))
def test_every_format_and_algorithm_is_good_when_verified(prefix: str, algorithm: Any) -> None:
    authority = found_authority("HK", EVERY, AT, algorithm=algorithm)
    checked = verified(issue(code(prefix), authority), authority)
    assert checked.sound, checked
    assert checked.format == prefix
    assert checked.revocation is Revocation.CLEAR


def test_everything_an_issuer_says_is_read_again() -> None:
    says = verified(issue(FULL, AUTHORITY)).evidence
    assert says is not None
    assert (says.kind, says.scheme, says.issuer, says.colour) == (
        Kind.HEALTH_COLOUR,
        "HK",
        "HK",
        Colour.GREEN,
    )
    assert (says.direction, says.use, says.holder) == (Direction.TO_MAINLAND, Use.SINGLE, FULL.holder)
    assert (says.issued_at, says.expires_at) == (AT, FULL.until)
    assert says.personal.masked_name == FULL.masked_name


def test_the_largest_usual_code_fits_version_10_at_m_and_13_at_q() -> None:
    text = issue(FULL, AUTHORITY)
    assert len(text) <= 311, "alphanumeric capacity of version 10 at level M"
    assert int(symbol(text, "M").version) <= 10
    assert int(symbol(text, "Q").version) <= 13
    assert symbol(text, "M").mode == "alphanumeric"
    assert len(issue(code(), AUTHORITY)) < 240


def test_a_code_too_large_for_its_symbol_is_not_issued() -> None:
    with pytest.raises(CannotIssue, match="at most 10 is allowed"):
        symbol(issue(replace(FULL, masked_name="陳" * 40, holder=os.urandom(32)), AUTHORITY))


def test_the_picture_reads_as_the_text() -> None:
    text = issue(FULL, AUTHORITY)
    picture = cv2.imdecode(np.frombuffer(png(symbol(text, "Q")), np.uint8), cv2.IMREAD_GRAYSCALE)
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == text


def test_a_demo_authority_issues_specimens_and_a_real_one_does_not() -> None:
    real = found_authority("HK", EVERY, AT, demo=False)
    for authority, mark, expected in ((AUTHORITY, False, True), (real, False, False), (real, True, True)):
        says = verified(issue(code(specimen=mark), authority), authority).evidence
        assert says is not None
        assert says.specimen is expected


def test_codes_of_nobodys_list_are_unknown_and_codes_of_another_issuer_are_refused() -> None:
    stranger = found_authority("HK", EVERY, AT)
    assert verified(issue(code(), stranger)).signature is Signature.UNKNOWN_SIGNER
    macao = found_authority("MO", EVERY, AT)
    posing = replace(macao, issuer="HK")
    assert ReasonId.KEY_USAGE in verified(issue(code(), posing), macao).reasons


def test_a_code_of_the_day_ends_at_midnight_in_hong_kong() -> None:
    text = issue(code(), AUTHORITY)
    assert lifetime("HK1", AT) == datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
    assert verified(text, at=datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)).validity is Validity.VALID
    assert verified(text, at=datetime(2026, 11, 23, 16, 0, 1, tzinfo=UTC)).validity is Validity.EXPIRED


def test_a_withdrawn_code_is_revoked_and_its_neighbour_is_not() -> None:
    text, neighbour = issue(code(), AUTHORITY), issue(code(), AUTHORITY)
    withdrawn = (withdraw(text + "\n"),)
    assert verified(text, withdrawn=withdrawn).revocation is Revocation.REVOKED
    assert verified(neighbour, withdrawn=withdrawn).revocation is Revocation.CLEAR


def test_what_is_no_code_cannot_be_withdrawn() -> None:
    for text in ("https://example.invalid/menu", "HK1:damaged", "shc:/1234", ""):
        with pytest.raises(CannotIssue):
            withdraw(text)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"cti": b"short"}, "16 are needed"),
        ({"expires_at": AT}, "before it is issued"),
        ({"colour": None}, "needs a colour"),
        ({"scheme": "GD"}, "begin with HK-"),
        ({"scheme": "HK-x"}, "begin with HK-"),
        ({"masked_name": "A" * 41}, "at most 40"),
        ({"masked_name": "A\u202eB"}, "printable"),
        ({"holder": b"short"}, "16 to 32"),
        ({"status": -1}, "between 0"),
        ({"kind": Kind.TEST}, "always of the kind"),
        ({"issued_at": datetime(2026, 11, 23)}, "without a zone"),  # noqa: DTZ001
        ({"prefix": "ZZ1"}, "no format of colour codes"),
    ],
)
def test_what_the_specification_forbids_is_not_issued(changes: dict[str, Any], why: str) -> None:
    if "issued_at" in changes:
        changes = {**changes, "expires_at": datetime(2026, 11, 24)}  # noqa: DTZ001
    with pytest.raises(CannotIssue, match=why):
        issue(replace(code(), **changes), AUTHORITY)


def test_an_authority_signs_its_own_formats_only() -> None:
    with pytest.raises(CannotIssue, match="issues GD1, not HK1"):
        issue(code(), found_authority("CN-GD", frozenset({"GD1"}), AT))
    for issuer, formats in (("Hong Kong", {"HK1"}), ("HK", {"XX1"}), ("HK", set())):
        with pytest.raises(CannotIssue):
            found_authority(issuer, frozenset(formats), AT)
    with pytest.raises(CannotIssue, match="ES256"):
        found_authority("HK", frozenset({"HC1"}), AT, algorithm="EdDSA")


def test_a_key_never_shows_in_what_is_printed() -> None:
    assert "key=" not in repr(AUTHORITY)
    assert "C***" not in repr(FULL)


def test_the_holder_digest_is_the_same_however_the_number_is_typed() -> None:
    salt = bytes(range(32))
    assert holder_digest("CHN", "E 1234-5678", salt) == holder_digest("CHN", "e12345678", salt)
    assert holder_digest("CHN", "E12345678", salt) != holder_digest("HKG", "E12345678", salt)
    assert holder_digest("CHN", "E12345678", salt) != holder_digest("CHN", "E12345678", bytes(32))
    for state, number, key in (
        ("", "E1", salt),
        ("CHN", "--", salt),
        ("CHN", "E1", b"short"),
        ("CHNX", "E1", salt),
    ):
        with pytest.raises(CannotIssue):
            holder_digest(state, number, key)
