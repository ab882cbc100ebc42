"""Verify codes in images, texts or standard input, offline."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.checking.inputs import Found, InputUnreadable, codes_of
from kiosk.checking.report import as_line, report
from verification.judgement import NOTHING_SPENT, incomplete, judge
from verification.policy import Policy, PolicyError, built_in
from verification.policy import load as load_policy
from verification.revocation.station_list import load_revocation_list
from verification.signed_lists import MAX_BYTES, ListRejected, public_key
from verification.snapshot import ListAge, Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import merged
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier


class Unusable(Exception):
    """A list, key or policy that cannot be used. `str()` is one line that names the file."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; docs/verify.md says what is printed."""
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="PNG, JPEG or text file, - for standard input"
    )
    parser.add_argument(
        "--trust-list", action="append", type=Path, default=[], metavar="FILE", help="signed list"
    )
    parser.add_argument(
        "--trust-key", action="append", type=Path, default=[], metavar="PEM", help="key of the lists"
    )
    parser.add_argument(
        "--revocation", type=Path, metavar="FILE", help="revocation list, signed by a --trust-key"
    )
    parser.add_argument("--policy", type=Path, metavar="FILE", help="instead of the built-in policy")
    parser.add_argument(
        "--at", type=_time, metavar="ISO-TIME", help="judge at this time (UTC unless it has a zone)"
    )
    parser.add_argument("--batch", action="store_true", help="every line of a text is one code")
    parser.add_argument("--json", action="store_true", help="JSON Lines on a terminal too")
    parser.add_argument("--show-personal", action="store_true", help="print names and birth dates")


def run(args: argparse.Namespace) -> int:
    """Returns 0 when every code is ADMIT, 1 when some are not, 2 for unusable files or unreadable input."""
    try:
        policy = _policy(args.policy)
        snapshot = _snapshot(args, policy)
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    at = args.at or datetime.now(UTC)
    verifier = Verifier(lambda: snapshot, frozenset(policy.formats))
    outcome = 0
    for source in args.inputs:
        try:
            for found in codes_of(source, args.batch):
                admitted = _check(found, verifier, policy, at, args)
                outcome = max(outcome, 0 if admitted else 1)
        except InputUnreadable as error:
            print(error, file=sys.stderr)
            outcome = 2
    return outcome


def _check(found: Found, verifier: Verifier, policy: Policy, at: datetime, args: argparse.Namespace) -> bool:
    checked = verifier.verify(found.code, at)
    judged = judge((checked,), NOTHING_SPENT, policy, at)
    verdict = judged if isinstance(judged, Verdict) else incomplete(judged)
    shown = report(found, checked, verdict, args.show_personal)
    if args.json or not sys.stdout.isatty():
        print(json.dumps(shown))
    else:
        print(as_line(shown))
    return verdict.outcome is Outcome.ADMIT


def _policy(file: Path | None) -> Policy:
    if file is None:
        return built_in()
    try:
        return load_policy(_read(file))
    except PolicyError as error:
        raise Unusable(f"{file}: {error}") from error


def _snapshot(args: argparse.Namespace, policy: Policy) -> Snapshot:
    """Trust and revocation from the files named. A list that says when it was signed ages by the policy."""
    if (args.trust_list or args.revocation) and not args.trust_key:
        raise Unusable("a list is believed only with the key that signed it: add --trust-key PEM")
    keys = []
    for file in args.trust_key:
        try:
            keys.append(public_key(_read(file)))
        except ListRejected as error:
            raise Unusable(f"{file}: {error}") from error
    lists = []
    for file in args.trust_list:
        try:
            lists.append(load_trust_list(_read(file), *keys))
        except ListRejected as error:
            raise Unusable(f"{file}: {error}") from error
    trust, revocation, revocation_age = merged(lists), None, None
    if args.revocation:
        try:
            revocation = load_revocation_list(_read(args.revocation), *keys)
        except ListRejected as error:
            raise Unusable(f"{args.revocation}: {error}") from error
        if revocation.signed_at is not None:
            revocation_age = policy.freshness.revocation.age(revocation.signed_at)
    trust_age: ListAge | None = None
    if trust.signed_at is not None:
        trust_age = policy.freshness.trust.age(trust.signed_at)
    return Snapshot(trust, revocation, trust_age, revocation_age)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror or error}") from error


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no ISO time, for example 2022-06-01T12:00:00Z"
        ) from error
