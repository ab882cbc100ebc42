"""How the hub serves: its certificate, its limits, and uvicorn told of both."""

from __future__ import annotations

import resource
import ssl
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from sync.hub.allowance import Allowance
from sync.hub.limits import IDLE_S, Limited, Limits
from sync.hub.patient_http import patient_http
from sync.hub.retention import LONGEST_DAYS

SPARE_FILES = 200
"""File descriptors for the database and the rest."""


class CertificateUnusable(Exception):
    """A certificate or its key can't be used. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The hub's certificate with what leads up to its authority, and its private key; both PEM."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Service:
    """What an operator chooses."""

    certificate: Certificate | None = None
    zone: tzinfo = UTC
    keep_days: int = LONGEST_DAYS
    limits: Limits = field(default_factory=Limits)
    allowance: Allowance = field(default_factory=Allowance)
    gather_s: float = 0.0
    """So long lanes gather records in any case (`sync.hub.gather_hint`)."""


def tls_context(certificate: Certificate) -> ssl.SSLContext:
    """TLS 1.2 and 1.3. Raises `CertificateUnusable`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    for file in (certificate.chain, certificate.key):
        if not file.is_file():
            raise CertificateUnusable(f"{file}: there is no such file.")
    if certificate.key.stat().st_mode & 0o077:
        raise CertificateUnusable(f"{certificate.key} can be read by others: run chmod 600 on it.")
    try:
        context.load_cert_chain(certificate.chain, certificate.key, password=_no_password)
    except (OSError, ValueError) as error:
        raise CertificateUnusable(
            f"{certificate.chain} and {certificate.key} are no certificate and key in PEM, without password."
        ) from error
    return context


def _no_password() -> str:
    raise ValueError("the key has a password")


def uvicorn_config(app: ASGIApp, limits: Limits, tls: ssl.SSLContext | None) -> uvicorn.Config:
    """Uvicorn behind the hub's limits. No header names a client but its own address."""
    return uvicorn.Config(
        Limited(app, limits),
        http=patient_http(limits.header_s, limits.of_one_address),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=IDLE_S,
        limit_concurrency=limits.clients,
        h11_max_incomplete_event_size=limits.header_bytes,
        ssl_context_factory=None if tls is None else lambda _config, _default: tls,
    )


def raise_file_limit(clients: int) -> None:
    """Every client is an open file; many systems begin with 1,024 of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = clients + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
