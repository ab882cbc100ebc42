"""Make demo issuers, codes and lists, for practice and for whoever wants to try the formats."""

from __future__ import annotations

import argparse
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.counted import counted
from kiosk.commands.iso_time import iso_time
from kiosk.issuing.authority_files import load_authority, save_authority
from kiosk.issuing.key_files import list_key, public_file, read_file, write_file
from verification.evidence import Colour, Direction, Kind, Use
from verification.formats.colour_claims import CTI_BYTES
from verification.issuing import colour_code, health_certificate, status_list
from verification.issuing.authority import Authority, CannotIssue, found_authority
from verification.issuing.holder import holder_digest
from verification.issuing.symbol import png, symbol
from verification.issuing.vectors import as_text
from verification.issuing.withdrawal import withdraw
from verification.revocation import station_list as revocation_list
from verification.revocation.token_status_list import INVALID
from verification.trust import station_list as trust_list


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand per thing that can be made."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    _add_authority(parts.add_parser("authority", help="a new issuer: key, certificate, description"))
    _add_code(parts.add_parser("code", help="one code, as text and as a picture"))
    _add_trust_list(parts.add_parser("trust-list", help="a signed list of authorities to trust"))
    _add_revocation_list(parts.add_parser("revocation-list", help="a signed list of withdrawn codes"))
    _add_status_list(parts.add_parser("status-list", help="a token status list of an authority's codes"))
    vectors = parts.add_parser("vectors", help="the test vectors of docs/colour-code.md")
    vectors.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    vectors.set_defaults(make=_vectors)


def run(args: argparse.Namespace) -> int:
    """Returns 0, or 2 with one line on standard error where something cannot be made."""
    try:
        args.make(args)
    except CannotIssue as error:
        print(f"main.py issue: {error}", file=sys.stderr)
        return 2
    return 0


def _add_authority(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the new authority")
    parser.add_argument("--issuer", required=True, metavar="CODE", help="ISO 3166 code: HK, MO, CN-GD")
    parser.add_argument("--formats", required=True, metavar="F,F", help="formats it may sign: HK1,HC1")
    parser.add_argument("--algorithm", choices=("ES256", "EdDSA"), default="ES256")
    _add_common(parser)
    parser.set_defaults(make=_authority)


def _add_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", type=Path, required=True, metavar="DIR")
    parser.add_argument("--format", required=True, metavar="F", help="HK1, GD1, MO1, CD1, HC1, …")
    parser.add_argument("--colour", choices=[one.value for one in Colour])
    parser.add_argument("--kind", choices=[one.value for one in Kind], help="with PV1 and HC1")
    parser.add_argument("--scheme", default="", help="such as CN-44; default: that of the format")
    parser.add_argument("--direction", choices=[one.value for one in Direction], default="any")
    parser.add_argument("--use", choices=[one.value for one in Use], help="default: single for CD1")
    parser.add_argument("--hours", type=float, metavar="H", help="lifetime; default: usual for the format")
    parser.add_argument("--until", type=iso_time, metavar="ISO-TIME", help="last moment of use, if earlier")
    parser.add_argument("--event", type=iso_time, metavar="ISO-TIME", help="HC1: dose, sample or infection")
    parser.add_argument("--positive", action="store_true", help="HC1: a test that found something")
    parser.add_argument("--masked-name", default="", metavar="TEXT", help="for the officer: C*** T** M**")
    parser.add_argument("--document", metavar="STATE:NUMBER", help="travel document to bind to; with --salt")
    parser.add_argument("--salt", metavar="HEX", help="salt of the epoch, 32 bytes")
    parser.add_argument("--status", type=int, metavar="N", help="index into the issuer's status list")
    parser.add_argument("--png", type=Path, metavar="FILE", help="also write the QR symbol")
    parser.add_argument("--level", choices=("M", "Q"), default="M", help="error correction of the symbol")
    parser.add_argument("--out", type=Path, metavar="FILE", help="text to a file instead of standard output")
    _add_common(parser)
    parser.set_defaults(make=_code)


def _add_trust_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", type=Path, action="append", required=True, metavar="DIR")
    _add_list_arguments(parser)
    parser.set_defaults(make=_trust_list)


def _add_revocation_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", type=Path, action="append", default=[], metavar="DIR", help="covered")
    parser.add_argument(
        "--revoke", type=Path, action="append", default=[], metavar="FILE", help="code to withdraw"
    )
    parser.add_argument("--status", action="append", default=[], metavar="ISSUER:N", help="index to withdraw")
    _add_list_arguments(parser)
    parser.set_defaults(make=_revocation_list)


def _add_status_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--authority", type=Path, required=True, metavar="DIR")
    parser.add_argument("--size", type=int, default=1 << 16, metavar="N", help="how many codes it speaks of")
    parser.add_argument("--withdraw", type=int, action="append", default=[], metavar="N", help="an index")
    parser.add_argument("--uri", default="urn:checkpoint-kiosk:status", help="where the list is published")
    parser.add_argument("--hours", type=float, default=48.0, metavar="H", help="how long the list holds")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--at", type=iso_time, metavar="ISO-TIME", help="as if it were this time (UTC)")
    parser.set_defaults(make=_status_list)


def _add_list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key", type=Path, required=True, metavar="PEM", help="signs the list; made if missing"
    )
    parser.add_argument("--name", default="demo", help="who makes the list")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--at", type=iso_time, metavar="ISO-TIME", help="as if it were this time (UTC)")


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", type=iso_time, metavar="ISO-TIME", help="as if it were this time (UTC)")
    parser.add_argument(
        "--not-a-specimen", action="store_true", help="for an authority that means it: no demo mark"
    )


def _authority(args: argparse.Namespace) -> None:
    formats = frozenset(name for name in args.formats.split(",") if name)
    made = found_authority(
        args.issuer, formats, _now(args), algorithm=args.algorithm, demo=not args.not_a_specimen
    )
    print(f"{'demo authority' if made.demo else 'authority'} {made.issuer}: {save_authority(made, args.out)}")


def _code(args: argparse.Namespace) -> None:
    authority = load_authority(args.authority)
    if args.not_a_specimen and authority.demo:
        raise CannotIssue("a demo authority issues specimens only; make one with --not-a-specimen")
    made = _certificate(args, authority) if args.format == "HC1" else _colour_code(args, authority)
    if args.png is not None:
        write_file(args.png, png(symbol(made, args.level, colour_code=args.format != "HC1")))
    if args.out is not None:
        write_file(args.out, made.encode("ascii") + b"\n")
    else:
        print(made)


def _colour_code(args: argparse.Namespace, authority: Authority) -> str:
    at = _now(args)
    single = args.use == Use.SINGLE or (args.use is None and args.format == "CD1")
    code = colour_code.ColourCode(
        prefix=args.format,
        cti=secrets.token_bytes(CTI_BYTES),
        issued_at=at,
        expires_at=_lifetime(args, at) or colour_code.lifetime(args.format, at),
        colour=None if args.colour is None else Colour(args.colour),
        scheme=args.scheme,
        direction=Direction(args.direction),
        use=Use.SINGLE if single else Use.MULTIPLE,
        until=args.until,
        masked_name=args.masked_name,
        holder=_holder(args),
        status=args.status,
        specimen=not args.not_a_specimen,
        kind=None if args.kind is None else Kind(args.kind),
    )
    return colour_code.issue(code, authority)


def _certificate(args: argparse.Namespace, authority: Authority) -> str:
    at = _now(args)
    serial = f"{'DEMO' if authority.demo else 'C'}{secrets.token_hex(8).upper()}"
    certificate = health_certificate.HealthCertificate(
        kind=Kind(args.kind or Kind.VACCINATION),
        issued_at=at,
        expires_at=_lifetime(args, at) or at + timedelta(days=180),
        ci=f"URN:UVCI:01:{authority.issuer[:2]}:{serial}",
        event=args.event or at - timedelta(days=20 if args.kind == Kind.RECOVERY else 1),
        negative=not args.positive,
    )
    return health_certificate.issue(certificate, authority)


def _trust_list(args: argparse.Namespace) -> None:
    entries = [entry for folder in args.authority for entry in load_authority(folder).entries()]
    key, made = list_key(args.key)
    write_file(args.out, trust_list.write(entries, args.name, _now(args), key))
    _say_where(args, made, counted(len(entries), "signer"))


def _revocation_list(args: argparse.Namespace) -> None:
    authorities = [load_authority(folder) for folder in args.authority]
    covers = {(prefix, one.issuer) for one in authorities for prefix in one.formats}
    entries = [withdraw(read_file(file).decode("utf-8", "replace")) for file in args.revoke]
    status: dict[str, frozenset[int]] = {}
    for text in args.status:
        issuer, _, index = text.rpartition(":")
        if not issuer or not index.isdecimal():
            raise CannotIssue(f"--status {text!r} is not ISSUER:N, such as HK:17")
        status[issuer] = status.get(issuer, frozenset()) | {int(index)}
    key, made = list_key(args.key)
    write_file(args.out, revocation_list.write(entries, covers, args.name, _now(args), key, status))
    _say_where(args, made, f"{len(entries)} codes and {sum(map(len, status.values()))} indexes withdrawn")


def _status_list(args: argparse.Namespace) -> None:
    authority, at = load_authority(args.authority), _now(args)
    withdrawn = dict.fromkeys(args.withdraw, INVALID)
    ends = _lifetime(args, at) or at
    made = status_list.write(authority, args.size, withdrawn, at, subject=args.uri, lasts=ends - at)
    write_file(args.out, made)
    print(f"{args.out}: {args.size} codes, {len(withdrawn)} withdrawn, signed by {authority.issuer}")


def _vectors(args: argparse.Namespace) -> None:
    if args.out is None:
        print(as_text(), end="")
    else:
        write_file(args.out, as_text().encode())


def _say_where(args: argparse.Namespace, made: bool, what: str) -> None:
    if made:
        print(f"new list key: {args.key}")
    print(f"{args.out}: {what}; its key for verifying is {public_file(args.key)}")


def _holder(args: argparse.Namespace) -> bytes | None:
    if args.document is None and args.salt is None:
        return None
    state, _, number = (args.document or "").partition(":")
    try:
        salt = bytes.fromhex(args.salt or "")
    except ValueError as error:
        raise CannotIssue("--salt is not hexadecimal") from error
    return holder_digest(state, number, salt)


def _lifetime(args: argparse.Namespace, at: datetime) -> datetime | None:
    if args.hours is None:
        return None
    try:
        return at + timedelta(hours=args.hours)
    except (OverflowError, ValueError) as error:
        raise CannotIssue(f"--hours {args.hours} is no lifetime") from error


def _now(args: argparse.Namespace) -> datetime:
    return args.at or datetime.now(UTC)
