"""What the demonstration leaves behind: a summary for people, and one for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.demo.part import Ending

FILE = "summary.json"


def write_summary(
    folder: Path,
    endings: Sequence[Ending],
    hub: Mapping[str, object],
    kiosk: Mapping[str, object],
    more: Mapping[str, object],
) -> dict[str, Any]:
    """Writes `summary.json` and returns what it holds."""
    summary: dict[str, Any] = {
        "crossings": [asdict(ending) for ending in endings],
        "as_cast": sum(ending.as_cast for ending in endings),
        "hub": dict(hub),
        "kiosk": dict(kiosk),
        "agree": dict(hub) == dict(kiosk),
        **more,
    }
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")
    return summary


def lines(summary: Mapping[str, Any], folder: Path) -> list[str]:
    """The end of the demonstration in words."""
    crossings = summary["crossings"]
    times = sorted(
        row["timings_ms"]["read_to_verdict"] for row in crossings if "read_to_verdict" in row["timings_ms"]
    )
    hub, kiosk = summary["hub"], summary["kiosk"]
    agree = "agree" if summary["agree"] else "DO NOT AGREE"
    median = f"{times[len(times) // 2]:.1f} ms" if times else "-"
    return [
        "",
        f"{summary['as_cast']} of {len(crossings)} ended as the cast says; "
        f"from frame to verdict {median} at the median",
        f"hub and kiosk {agree}: last record {kiosk['sequence']} / {hub['sequence']}, "
        f"chain head {str(kiosk['head'])[:16]}… / {str(hub['head'])[:16]}…",
        f"journal:     {folder / 'journal'}",
        f"export:      {folder / 'export'}  (main.py verify-export checks it)",
        f"screenshots: {folder / 'screenshots'}",
        f"summary:     {folder / FILE}",
    ]
