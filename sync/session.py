"""The one HTTP session of a kiosk: uplink and bundle share its connections and its TLS configuration."""

from __future__ import annotations

from pathlib import Path

import requests

from sync.patient_http import PatientAdapter

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0


def meets_its_hub(session: requests.Session, url: str) -> bool:
    """Whether nobody but the holder of a certificate of the station's own authority can answer here."""
    return url.lower().startswith("https://") and isinstance(session.verify, str)


def open_session(authority: Path | None = None) -> requests.Session:
    """A session that asks no proxy, no netrc and no environment. `authority` is the hub's CA in PEM."""
    session = requests.Session()
    session.trust_env = False
    session.headers["User-Agent"] = "checkpoint-kiosk"
    session.headers["Accept-Encoding"] = "identity"
    if authority is not None:
        session.verify = str(authority)
    for scheme in ("http://", "https://"):
        session.mount(scheme, PatientAdapter(pool_connections=2, pool_maxsize=2, max_retries=0))
    return session
