"""Explain a policy in words, and find what contradicts itself or can never happen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.checking.list_files import Unusable, read_file
from kiosk.checking.policy_words import in_words
from verification.policy import PolicyError, load
from verification.review.review import review


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` is the one thing that is done with a policy; docs/policy.md says what it finds."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="explain policies and find contradictions and unreachable parts")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")


def run(args: argparse.Namespace) -> int:
    """Returns 0 when nothing is wrong, 1 when something is, 2 for a file that is no policy."""
    return max(_check(file) for file in args.files)


def _check(file: Path) -> int:
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
    found = review(policy)
    for finding in found:
        print(f"{'WRONG' if finding.wrong else 'note '}  {finding}")
    wrong = sum(finding.wrong for finding in found)
    print(f"{file}: {wrong} wrong" if wrong else f"{file}: nothing wrong")
    return 1 if wrong else 0
