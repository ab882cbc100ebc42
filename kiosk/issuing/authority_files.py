"""An authority as a folder: authority.json, its private key, its public key, its certificate."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.issuing.key_files import key_file, load_key, make_folder, read_file, save_key, write_file
from verification.issuing.authority import Authority, CannotIssue

ABOUT = "authority.json"


def save_authority(authority: Authority, folder: Path) -> Path:
    """Writes a new authority and returns where its private key is. Raises `CannotIssue`."""
    make_folder(folder)
    private = key_file(folder, authority.issuer, demo=authority.demo)
    save_key(private, authority.key)
    if authority.certificate is not None:
        pem = x509.load_der_x509_certificate(authority.certificate).public_bytes(Encoding.PEM)
        write_file(_certificate_file(folder, authority.issuer), pem)
    about = {
        "issuer": authority.issuer,
        "formats": sorted(authority.formats),
        "not_before": authority.not_before.isoformat(),
        "not_after": authority.not_after.isoformat(),
        "demo": authority.demo,
    }
    write_file(folder / ABOUT, json.dumps(about, indent=2).encode() + b"\n")
    return private


def load_authority(folder: Path) -> Authority:
    """The authority in a folder that `save_authority` wrote. Raises `CannotIssue`."""
    try:
        about = json.loads(read_file(folder / ABOUT))
        issuer, demo = str(about["issuer"]), about["demo"] is not False
        formats = frozenset(map(str, about["formats"]))
        begins, ends = (datetime.fromisoformat(about[name]) for name in ("not_before", "not_after"))
    except (ValueError, KeyError, TypeError) as error:
        raise CannotIssue(f"{folder / ABOUT}: is not the description of an authority") from error
    certificate = _certificate_file(folder, issuer)
    der = None
    if certificate.exists():
        try:
            der = x509.load_pem_x509_certificate(read_file(certificate)).public_bytes(Encoding.DER)
        except ValueError as error:
            raise CannotIssue(f"{certificate}: is no certificate in PEM") from error
    key = load_key(key_file(folder, issuer, demo=demo))
    return Authority(issuer, formats, key, begins, ends, der, demo)


def _certificate_file(folder: Path, issuer: str) -> Path:
    return folder / f"{issuer}.certificate.pem"
