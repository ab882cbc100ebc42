"""Show whose signatures are trusted, from where and until when, and why a given code is not."""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk.checking.in_use import lists_in_use, refuse_both
from kiosk.checking.inputs import Found, InputUnreadable, codes_of
from kiosk.checking.list_files import Unusable, keys_in, read_file, trust_lists_by_file
from kiosk.checking.parts import joined
from kiosk.checking.trusted import described_list, described_signers, lines
from kiosk.commands.iso_time import iso_time
from kiosk.divoc.process import divoc_formats, divoc_process
from kiosk.program import program
from verification.formats.recognise import recognise
from verification.formats.registry import KNOWN
from verification.policy import PolicyError, Thresholds, built_in
from verification.policy import load as load_policy
from verification.trust.explaining import explain
from verification.trust.store import TrustList, merged


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options; docs/verify.md says what is printed."""
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="a kiosk's settings: show its lists, its bundle's too"
    )
    parser.add_argument(
        "--trust-list",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="list or folder of lists",
    )
    parser.add_argument(
        "--trust-key", action="append", type=Path, default=[], metavar="PEM", help="key of the lists"
    )
    parser.add_argument("--issuer", metavar="URL", help="whose key sets are that do not say so")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="how old a list may be")
    parser.add_argument(
        "--explain",
        action="append",
        default=[],
        metavar="CODE",
        help="a code, or a file or picture with some",
    )
    parser.add_argument(
        "--at", type=iso_time, metavar="ISO-TIME", help="judge at this time (UTC unless it has a zone)"
    )
    parser.add_argument("--json", action="store_true", help="JSON on a terminal too")


def run(args: argparse.Namespace) -> int:
    """Returns 0; 1 when a code to be explained is not trusted; 2 for unusable files or unreadable input."""
    at = args.at or datetime.now(UTC)
    as_json = args.json or not sys.stdout.isatty()
    try:
        refuse_both(args.config, args.trust_list, args.trust_key, args.issuer, args.policy)
        named, limits = _of_files(args) if args.config is None else _of_kiosk(args.config)
    except (Unusable, PolicyError) as error:
        print(error, file=sys.stderr)
        return 2
    trust = merged([trusted for _, trusted in named])
    if args.explain:
        return _explain(args.explain, trust, at, as_json)
    lists = [described_list(file, trusted, limits, at) for file, trusted in named]
    signers = list(described_signers(trust, at))
    if as_json:
        print(json.dumps({"at": at.isoformat(), "lists": lists, "signers": signers}))
    else:
        print("\n".join(lines(lists, signers)))
    return 0


def _of_files(args: argparse.Namespace) -> tuple[list[tuple[Path, TrustList]], Thresholds]:
    if not args.trust_list:
        raise Unusable("Which lists? Name them with --trust-list, or a kiosk's settings with --config.")
    named = trust_lists_by_file(args.trust_list, keys_in(args.trust_key), args.issuer, _note)
    policy = built_in() if args.policy is None else load_policy(read_file(args.policy))
    return list(named), policy.freshness.trust


def _of_kiosk(config: Path) -> tuple[list[tuple[Path, TrustList]], Thresholds]:
    lists = lists_in_use(config, _note)
    named = [(one.file, one.held) for one in lists.trust if one.held is not None]
    return named, (lists.policy or built_in()).freshness.trust


def _explain(sources: list[str], trust: TrustList, at: datetime, as_json: bool) -> int:
    outcome = 0
    divoc = divoc_process(KNOWN, program(), at_a_desk=True)
    try:
        for found in joined(code for source in sources for code in _codes(source)):
            explained = explain(found.code, trust, at, divoc_formats(divoc))
            outcome = outcome if explained.trusted else 1
            kid = explained.assessment.kid
            shown: dict[str, Any] = {
                "source": found.source,
                "format": explained.assessment.format,
                "issuer": explained.assessment.issuer,
                "kid": None if kid is None else base64.b64encode(kid).decode(),
                "trusted": explained.trusted,
                "why": [{"id": point.why.value, "says": point.says} for point in explained.points],
            }
            print(json.dumps(shown) if as_json else _as_lines(shown))
    except InputUnreadable as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        if divoc is not None:
            divoc.stop()
    return outcome


def _codes(source: str) -> Iterator[Found]:
    """The codes in a file, or the argument itself where no file has this name."""
    if source == "-" or _is_file(source):
        yield from codes_of(source, batch=False)
        return
    code = source.encode("utf-8", "surrogateescape")
    if not recognise(code).claims_health:
        raise InputUnreadable(f"{source}: no such file, and no health code")
    yield Found("(argument)", code)


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False  # too long for a name, or with a zero in it: a code


def _as_lines(shown: dict[str, Any]) -> str:
    answer = "trusted" if shown["trusted"] else "not trusted"
    head = " ".join(filter(None, (shown["format"], shown["issuer"], answer)))
    rows = [f"{head}  {shown['source']}", *(f"  {point['says']}" for point in shown["why"])]
    return "\n".join("".join(c if c.isprintable() else "?" for c in row) for row in rows)


def _note(text: str) -> None:
    print(text, file=sys.stderr)
