"""The extended key usages of health-certificate signers (EU certificate governance, kept by WHO)."""

from __future__ import annotations

from verification.evidence import Kind

_ARCS = ("1.3.6.1.4.1.1847.2021.1", "1.3.6.1.4.1.0.1847.2021.1")
"""The arc of the specification, and the mistaken one that most certificates carry."""
USAGES = {
    kind: frozenset(f"{arc}.{leaf}" for arc in _ARCS)
    for kind, leaf in ((Kind.TEST, 1), (Kind.VACCINATION, 2), (Kind.RECOVERY, 3))
}
FAMILY = frozenset[str]().union(*USAGES.values())
"""A signer with one of these may sign nothing else."""
