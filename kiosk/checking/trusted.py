"""What `main.py trust` shows of the lists: where each came from, until when, and whom it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from config.counted import counted
from verification.policy import Thresholds
from verification.snapshot import Signer
from verification.trust.store import TrustList

_SOON = timedelta(days=30)


def described_list(file: Path, trusted: TrustList, limits: Thresholds, at: datetime) -> dict[str, Any]:
    """One list: where it is, how old, until when it may be relied on."""
    age = None
    if trusted.signed_at is not None:
        age = limits.age(trusted.signed_at, trusted.expires_at)
    return {
        "file": str(file),
        "signers": len(trusted),
        "signed_at": _time(trusted.signed_at),
        "expires_at": _time(trusted.expires_at),
        "freshness": None if age is None else age.freshness(at).value,
    }


def described_signers(trust: TrustList, at: datetime) -> Iterator[dict[str, Any]]:
    """Signers by format and issuer: how many are in force, and when the first and the last of those end."""
    groups: dict[tuple[str, str, str], list[Signer]] = {}
    for signer in trust:
        for prefix in signer.formats:
            groups.setdefault((prefix, signer.issuer, signer.owner), []).append(signer)
    for (prefix, issuer, owner), signers in sorted(groups.items()):
        active = [one for one in signers if _in_force(one, at)]
        ends = [one.not_after for one in active if one.not_after is not None]
        yield {
            "format": prefix,
            "issuer": issuer,
            "owner": owner or None,
            "signers": len(signers),
            "in_force": len(active),
            "expired": sum(one.not_after is not None and at > one.not_after for one in signers),
            "first_end": _time(min(ends, default=None)),
            "last_end": _time(max(ends, default=None)) if len(ends) == len(active) else None,
            "ends_soon": sum(end - at < _SOON for end in ends),
            "demo": all(one.demo for one in signers),
        }


def lines(lists: Iterable[Mapping[str, Any]], signers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The same for a person at a terminal."""
    for row in lists:
        age = f"signed {_day(row['signed_at'])}" if row["signed_at"] else "not dated"
        ends = f", until {_day(row['expires_at'])}" if row["expires_at"] else ""
        fresh = f", {row['freshness']}" if row["freshness"] else ""
        yield f"{_plain(row['file'])}: {counted(row['signers'], 'signer')}, {age}{ends}{fresh}"
    for row in signers:
        until = f"until {_day(row['last_end'])}" if row["last_end"] else "no end"
        notes = [f"{row['expired']} expired"] if row["expired"] else []
        notes += [f"{row['ends_soon']} end within 30 days"] if row["ends_soon"] else []
        notes += ["demo"] if row["demo"] else []
        of = " ".join(filter(None, (row["issuer"], row["owner"])))
        count = f"{row['in_force']} of {row['signers']} in force"
        yield f"  {row['format']:<6} {_plain(of):<8} {count}, {', '.join([until, *notes])}"


def _in_force(signer: Signer, at: datetime) -> bool:
    begun = signer.not_before is None or at >= signer.not_before
    return begun and (signer.not_after is None or at <= signer.not_after)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _day(moment: str) -> str:
    return moment[:10]


def _plain(text: str) -> str:
    """Control characters never reach the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)
