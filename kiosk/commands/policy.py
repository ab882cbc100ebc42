"""Explain a policy in words, and find what contradicts itself or can never happen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from config.settings import SettingsError, load_settings
from kiosk.checking.list_files import Unusable, keys_in, read_file
from kiosk.checking.policy_lane import against_lane, against_rules
from kiosk.checking.policy_words import in_words
from kiosk.commands.iso_time import iso_time
from kiosk.rule_folders import load_rule_book
from verification.policy import Policy, PolicyError, load
from verification.review.finding import Finding
from verification.review.review import review
from verification.rules.dcc import RuleBook
from verification.signed_lists import ListRejected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` is the one thing that is done with a policy; docs/policy.md says what it finds."""
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
    check.add_argument(
        "--at", type=iso_time, metavar="ISO-TIME", help="look at validity windows at this time (UTC)"
    )


def run(args: argparse.Namespace) -> int:
    """Returns 0 when nothing is wrong, 1 when something is, 2 for a file that is no policy."""
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
        self._lane, trust = settings.lane, settings.trust
        self._book: RuleBook | None = None
        if trust.rules is not None:
            self._book = load_rule_book(trust.rules, trust.value_sets, keys_in(trust.key))

    def findings(self, policy: Policy, at: datetime) -> Iterator[Finding]:
        """What of the policy does not fit."""
        yield from against_lane(policy, self._lane)
        yield from against_rules(policy, self._book, at)


def _check(file: Path, lane: _Lane | None, at: datetime) -> int:
    try:
        policy = load(read_file(file))
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    except PolicyError as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 2
    for line in in_words(policy):
        print(line)
    found = [*review(policy), *(lane.findings(policy, at) if lane is not None else ())]
    for finding in found:
        print(f"{'WRONG' if finding.wrong else 'note '}  {finding}")
    wrong = sum(finding.wrong for finding in found)
    print(f"{file}: {wrong} wrong" if wrong else f"{file}: nothing wrong")
    return 1 if wrong else 0
