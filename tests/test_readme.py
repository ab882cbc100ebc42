"""What the README promises and owns up to, and that no page points at nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")


def anchors(page: Path) -> set[str]:
    """How a page's headings are pointed at."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_what_could_only_be_proven_on_emulators_is_said() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    said = text[text.index("**What could only be proven on emulators**") :]
    for missing in ("camera", "sound card", "hidraw", "input device", "signal tower", "scanner", "gates"):
        assert missing in said[:900], missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        led_to = page.parent / target if target else page
        assert led_to.exists(), target
        if anchor and led_to.suffix == ".md":
            assert anchor[1:] in anchors(led_to), f"{target}{anchor}"
