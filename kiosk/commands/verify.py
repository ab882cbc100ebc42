"""Verify codes in images, texts or standard input, offline."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.checking.in_use import lists_in_use, refuse_both
from kiosk.checking.inputs import Found, InputUnreadable, codes_of
from kiosk.checking.list_files import Unusable, keys_in, read_file, revocation_lists, trust_lists
from kiosk.checking.parts import joined
from kiosk.checking.report import as_line, report
from kiosk.commands.iso_time import iso_time
from kiosk.divoc.process import divoc_formats, divoc_process
from kiosk.program import program
from kiosk.revocation_in_use import HeldList, RevocationInUse
from kiosk.rule_folders import load_rule_book
from verification.judgement import NOTHING_SPENT, incomplete, judge
from verification.policy import Policy, PolicyError, Thresholds, built_in
from verification.policy import load as load_policy
from verification.policy_rules import Arrival
from verification.revocation.memory import KnownList
from verification.rules.dcc import RuleBook
from verification.signed_lists import ListRejected
from verification.snapshot import ListAge, Snapshot
from verification.trust.store import TrustList, aged, merged
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

_AGELESS = ListAge(datetime.min.replace(tzinfo=UTC), timedelta.max, timedelta.max)
"""Of a list whose format has no date: whoever names it here knows how old it is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; docs/verify.md says what is printed."""
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT", help="PNG, JPEG or text file, - for standard input"
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="a kiosk's settings: judge by its lists, its bundle's too"
    )
    parser.add_argument(
        "--trust-list", action="append", type=Path, default=[], metavar="FILE", help="list or folder of lists"
    )
    parser.add_argument(
        "--trust-key", action="append", type=Path, default=[], metavar="PEM", help="key of the lists"
    )
    parser.add_argument(
        "--revocation", action="append", type=Path, default=[], metavar="FILE", help="list or folder of lists"
    )
    parser.add_argument(
        "--issuer", metavar="URL", help="whose key sets and card revocation lists are that do not say so"
    )
    parser.add_argument("--policy", type=Path, metavar="FILE", help="instead of the built-in policy")
    parser.add_argument("--rules", type=Path, metavar="FOLDER", help="business rules of the EU scheme")
    parser.add_argument(
        "--country", type=_country, metavar="CC", help="whose rules of arrival; else the policy says"
    )
    parser.add_argument("--value-sets", type=Path, metavar="FOLDER", help="value sets that rules look up")
    parser.add_argument(
        "--at", type=iso_time, metavar="ISO-TIME", help="judge at this time (UTC unless it has a zone)"
    )
    parser.add_argument("--batch", action="store_true", help="every line of a text is one code")
    parser.add_argument("--json", action="store_true", help="JSON Lines on a terminal too")
    parser.add_argument("--show-personal", action="store_true", help="print names and birth dates")


def run(args: argparse.Namespace) -> int:
    """Returns 0 when every code is ADMIT, 1 when some are not, 2 for unusable files or unreadable input."""
    try:
        refuse_both(
            args.config,
            args.trust_list,
            args.revocation,
            args.policy,
            args.rules,
            args.value_sets,
            args.country,
        )
        policy, snapshot, book = _of_files(args) if args.config is None else _of_kiosk(args.config)
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2
    at = args.at or datetime.now(UTC)
    allowed = frozenset(policy.formats)
    divoc = divoc_process(allowed, program(), at_a_desk=True)
    verifier = Verifier(lambda: snapshot, allowed, divoc_formats(divoc))
    reading = _Reading(args)
    outcome = 0
    try:
        for found in joined(reading.codes()):
            admitted = _check(found, verifier, policy, book, at, args)
            outcome = max(outcome, 0 if admitted else 1)
    finally:
        if divoc is not None:
            divoc.stop()
    return 2 if reading.failed else outcome


def _of_files(args: argparse.Namespace) -> tuple[Policy, Snapshot, RuleBook | None]:
    policy = _policy(args)
    return policy, _snapshot(args, policy), _rule_book(args, policy)


def _of_kiosk(config: Path) -> tuple[Policy, Snapshot, RuleBook | None]:
    lists = lists_in_use(config, _note)
    if lists.policy is None:
        raise Unusable(f"{config}: this kiosk has no policy that can be used, so it admits nobody")
    return lists.policy, lists.snapshot, lists.book


class _Reading:
    """Every code of every input. An input that cannot be read is named, and the others go on."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._inputs, self._batch = args.inputs, args.batch
        self.failed = False

    def codes(self) -> Iterator[Found]:
        for source in self._inputs:
            try:
                yield from codes_of(source, self._batch)
            except InputUnreadable as error:
                print(error, file=sys.stderr)
                self.failed = True


def _check(
    found: Found,
    verifier: Verifier,
    policy: Policy,
    book: RuleBook | None,
    at: datetime,
    args: argparse.Namespace,
) -> bool:
    checked = verifier.verify(found.code, at)
    judged = judge((checked,), NOTHING_SPENT, policy, at, book=book)
    verdict = judged if isinstance(judged, Verdict) else incomplete(judged)
    shown = report(found, checked, verdict, args.show_personal)
    if args.json or not sys.stdout.isatty():
        print(json.dumps(shown))
    else:
        print(as_line(shown))
    return verdict.outcome is Outcome.ADMIT


def _policy(args: argparse.Namespace) -> Policy:
    """The policy of the file, or the built-in one; `--country` goes before what it says of arrival."""
    policy = built_in()
    if args.policy is not None:
        try:
            policy = load_policy(read_file(args.policy))
        except PolicyError as error:
            raise Unusable(f"{args.policy}: {error}") from error
    if args.country is None:
        return policy
    return policy.model_copy(update={"arrival": Arrival(country=args.country)})


def _rule_book(args: argparse.Namespace, policy: Policy) -> RuleBook | None:
    if args.rules is None:
        if args.country is not None or args.value_sets is not None:
            raise Unusable("--country and --value-sets are for business rules: add --rules FOLDER")
        return None
    if policy.arrival is None:
        raise Unusable("--rules needs a country of arrival: add --country CC")
    try:
        book = load_rule_book(args.rules, args.value_sets, keys_in(args.trust_key))
    except ListRejected as rejected:
        raise Unusable(str(rejected)) from rejected
    if policy.arrival.country not in book.countries:
        known = ", ".join(book.countries) or "none"
        raise Unusable(f"{args.rules}: no rules of arrival in {policy.arrival.country} (there are: {known})")
    return book


def _snapshot(args: argparse.Namespace, policy: Policy) -> Snapshot:
    """Trust and revocation from the files named. Each list that says when it was signed ages for itself."""
    keys = keys_in(args.trust_key)
    limits = policy.freshness
    named = trust_lists(args.trust_list, keys, args.issuer, _note)
    trust = merged([aged(one, _age(one, limits.trust, one.expires_at)) for one in named])
    if not args.revocation:
        return Snapshot(trust, None)
    held = revocation_lists(args.revocation, keys, args.issuer, _note, trust)
    lists = [HeldList(file, one, _age(one, limits.revocation) or _AGELESS) for file, one in held]
    return Snapshot(trust, RevocationInUse(lists))


def _age(
    held: TrustList | KnownList, limits: Thresholds, expires_at: datetime | None = None
) -> ListAge | None:
    return None if held.signed_at is None else limits.age(held.signed_at, expires_at)


def _note(text: str) -> None:
    print(text, file=sys.stderr)


def _country(text: str) -> str:
    if len(text) == 2 and text.isascii() and text.isalpha() and text.isupper():
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no country code, for example DE")
