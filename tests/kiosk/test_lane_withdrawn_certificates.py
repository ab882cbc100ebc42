"""An authority's list of withdrawn certificates at a lane: a file among the revocation lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.settings import Trust
from kiosk.lists import Lists, load_lists
from tests.verification.made import NOW
from tests.verification.made_seals import csca
from tests.verification.revocation.test_certificates import DAY, crl
from verification.signed_lists import sign_apart
from verification.snapshot import Freshness

KEY = ed25519.Ed25519PrivateKey.generate()


def loaded(folder: Path, content: bytes) -> Lists:
    authorities, pem = folder / "csca.der", folder / "lists.pem"
    authorities.write_bytes(csca())
    (folder / "csca.der.sig").write_bytes(sign_apart(csca(), KEY))
    pem.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (folder / "hk.crl").write_bytes(content)
    return load_lists(Trust(lists=(authorities,), key=(pem,), revocation=(folder / "hk.crl",)), None)


@pytest.fixture(autouse=True)
def _one_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority's certificate is made anew each time: here it is one."""
    made = csca()
    monkeypatch.setattr(f"{__name__}.csca", lambda: made)


def test_it_grows_as_old_as_it_says_itself_whatever_the_limits_for_daily_lists(tmp_path: Path) -> None:
    lists = loaded(tmp_path, crl(2))
    assert lists.faults == ()
    held = lists.revocation[0]
    assert held.held is not None and len(held.held) == 1
    assert held.freshness(NOW + 20 * DAY) is Freshness.FRESH
    assert held.freshness(NOW + 29 * DAY) is Freshness.AGEING
    assert held.freshness(NOW + 31 * DAY) is Freshness.STALE


def test_one_that_no_trusted_authority_signed_is_named_and_clears_nobody(tmp_path: Path) -> None:
    lists = loaded(tmp_path, crl(2)[:-4] + b"\0\0\0\0")
    assert lists.revocation[0].held is None
    assert any("not signed by an authority" in fault.advice for fault in lists.faults)
