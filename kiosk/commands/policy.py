"""Explain a policy in words, and find what contradicts itself or can never happen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from config.settings import SettingsError, load_settings
from kiosk.checking.list_files import Unusable, keys_in, read_file, signature_beside, signature_places
from kiosk.checking.policy_lane import against_lane, against_rules
from kiosk.checking.policy_words import in_words
from kiosk.commands.iso_time import iso_time
from kiosk.rule_folders import load_rule_book
from verification.policy import Policy, PolicyError, load
from verification.review.finding import Finding
from verification.review.review import review
from verification.rules.dcc import RuleBook
from verification.signed_lists import ListRejected, require_signed_apart, sign_apart


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` reads and explains, `sign` signs; docs/policy.md says what is found."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="explain policies and find contradictions and unreachable parts")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument(
        "--settings",
        "--config",
        dest="settings",
        type=Path,
        metavar="FILE",
        help="hold them against this lane and its business rules too",
    )
    signed = actions.add_parser(
        "sign", help="sign a policy, for lanes that have trust.key: FILE.sig beside FILE"
    )
    signed.add_argument("file", type=Path, metavar="FILE")
    signed.add_argument(
        "--key", required=True, type=Path, metavar="PEM", help="the private key of the station's lists"
    )
    check.add_argument(
        "--at", type=iso_time, metavar="ISO-TIME", help="look at validity windows at this time (UTC)"
    )


def run(args: argparse.Namespace) -> int:
    """Returns 0 when nothing is wrong, 1 when something is, 2 for a file that is no policy."""
    if args.action == "sign":
        return _sign(args.file, args.key)
    try:
        lane = None if args.settings is None else _Lane(args.settings)
    except (SettingsError, ListRejected, Unusable) as error:
        print(error, file=sys.stderr)
        return 2
    at = args.at or datetime.now(UTC)
    return max(_check(file, lane, at) for file in args.files)


class _Lane:
    """The settings of a lane, and the business rules that they name."""

    def __init__(self, file: Path) -> None:
        settings = load_settings(file)
        self._lane, self._other, trust = settings.lane, settings.other_direction.direction, settings.trust
        self.keys = keys_in(trust.key)
        self._book: RuleBook | None = None
        if trust.rules is not None:
            self._book = load_rule_book(trust.rules, trust.value_sets, self.keys)

    def findings(self, policy: Policy, at: datetime) -> Iterator[Finding]:
        """What of the policy does not fit."""
        yield from against_lane(policy, self._lane, self._other)
        yield from against_rules(policy, self._book, at)


def _signature(file: Path, document: bytes, keys: Sequence[PublicKeyTypes]) -> Iterator[Finding]:
    """Whether the lane's keys signed the policy; without keys nobody can have. Raises `Unusable`."""
    beside = signature_beside(file)
    if not keys:
        said = "is not signed" if beside is None else "has a signature, which was not checked"
        yield Finding("signature", f"the policy {said}: whoever can write the file rules", wrong=False)
        return
    try:
        require_signed_apart(document, beside, keys)
    except ListRejected as rejected:
        why = str(rejected).replace("the list", "the policy", 1)
        yield Finding("signature", f"{why}; the lane will not use it")


def _sign(file: Path, key_file: Path) -> int:
    """Writes the detached signature; refuses what is no policy, so that nobody signs by mistake."""
    try:
        document = read_file(file)
        load(document)
        key = load_pem_private_key(read_file(key_file), None)
    except (Unusable, PolicyError) as error:
        print(error if isinstance(error, Unusable) else f"{file}: {error}", file=sys.stderr)
        return 2
    except (ValueError, TypeError, UnsupportedAlgorithm):
        print(f"{key_file}: not a private key in PEM without a passphrase", file=sys.stderr)
        return 2
    if not isinstance(key, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey):
        print(
            f"{key_file}: policies are signed with Ed25519 keys or such on a curve of NIST", file=sys.stderr
        )
        return 2
    beside = signature_places(file)[0]
    try:
        beside.write_bytes(sign_apart(document, key))
    except OSError as error:
        print(f"{beside}: cannot be written: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{beside}: written")
    return 0


def _check(file: Path, lane: _Lane | None, at: datetime) -> int:
    try:
        document = read_file(file)
        policy = load(document)
        by_whom = list(_signature(file, document, lane.keys if lane is not None else []))
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except PolicyError as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 2
    for line in in_words(policy):
        print(line)
    found = [*review(policy), *by_whom, *(lane.findings(policy, at) if lane is not None else ())]
    for finding in found:
        print(f"{'WRONG' if finding.wrong else 'note '}  {finding}")
    wrong = sum(finding.wrong for finding in found)
    print(f"{file}: {wrong} wrong" if wrong else f"{file}: nothing wrong")
    return 1 if wrong else 0
