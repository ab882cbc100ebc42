"""Attacks with what HC1, its siblings and colour codes say: times, events, kinds, prefixes, look-alikes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2

from tests.verification.attacks.case import LANE, UNREADABLE, Attack, attacks, malformed
from tests.verification.attacks.genuine import exemption, light
from tests.verification.formats.test_who import ICVP, TR, VS
from tests.verification.made import (
    HOUR,
    NOW,
    RECOVERY,
    TEST,
    VACCINATION,
    colour,
    colour_claims,
    dcc,
    dcc_claims,
    hc1,
    message,
    seconds,
    text,
)

OPEN = "VALIDITY_UNKNOWN"
LATER = seconds() + HOUR


def timed(**times: Any) -> str:
    return hc1(dcc_claims(**times))


def holding(**parts: Any) -> str:
    return hc1(dcc_claims(dcc(**parts)))


def who(key: Any, payload: Any, **claims: Any) -> str:
    return hc1(dcc_claims(**claims) | {-260: {key: payload}})


def green(claim: dict[Any, Any] | None = None, prefix: str = "HK1", **claims: Any) -> str:
    return colour(prefix, colour_claims(prefix, claim, **claims))


def renamed(code: str, prefix: str) -> str:
    return prefix + code[3:]


TIMES = attacks(
    "time",
    {
        "HC1 a second after its end": ("EXPIRED", lambda: timed(exp=seconds() - 1)),
        "HC1 a second before its issue": ("NOT_YET_VALID", lambda: timed(iat=seconds() + 1)),
        "HC1 before its nbf": ("NOT_YET_VALID", lambda: timed(nbf=seconds() + 1)),
        "HC1 before a fraction of its nbf": ("NOT_YET_VALID", lambda: timed(nbf=seconds() + 0.5)),
        "HC1 that ends before it begins": ("EXPIRED", lambda: timed(iat=seconds(), exp=seconds() - 9)),
        "HC1 without an end": (OPEN, lambda: timed(exp=None)),
        "HC1 without an issue": (OPEN, lambda: timed(iat=None)),
        "HC1 end is not a number": (OPEN, lambda: timed(exp=float("nan"))),
        "HC1 end is infinite": (OPEN, lambda: timed(exp=float("inf"))),
        "HC1 issue is before all time": (OPEN, lambda: timed(iat=float("-inf"))),
        "HC1 end is true": (OPEN, lambda: timed(exp=True)),
        "HC1 issue is false": (OPEN, lambda: timed(iat=False)),
        "HC1 end is negative": (OPEN, lambda: timed(exp=-1)),
        "HC1 issue is negative": (OPEN, lambda: timed(iat=-LATER)),
        "HC1 end beyond 64 bits": (OPEN, lambda: timed(exp=2**64 - 1)),
        "HC1 end beyond all calendars": (OPEN, lambda: timed(exp=1e300)),
        "HC1 end in milliseconds": (OPEN, lambda: timed(exp=LATER * 1000)),
        "HC1 end as a text": (OPEN, lambda: timed(exp=str(LATER))),
        "HC1 end as a date": (OPEN, lambda: timed(exp="2030-01-01T00:00:00Z")),
        "HC1 end in a list": (OPEN, lambda: timed(exp=[LATER])),
        "HC1 end as a tagged time": (OPEN, lambda: timed(exp=cbor2.CBORTag(1, LATER))),
        "HC1 nbf is not a number": (OPEN, lambda: timed(nbf=float("nan"))),
        "HK1 without an end": (OPEN, lambda: green(exp=None)),
        "HK1 end is not a number": (OPEN, lambda: green(exp=float("nan"))),
        "HK1 used beyond its last moment of use": ("EXPIRED", lambda: green({5: seconds() - 1})),
        "HK1 last moment of use in milliseconds": (OPEN, lambda: green({5: LATER * 1000})),
        "HK1 nbf in the future": ("NOT_YET_VALID", lambda: green(nbf=seconds() + 60)),
        "LT1 three days old": (f"TOO_OLD {OPEN}", lambda: light(iat=seconds() - 72 * HOUR)),
        "LT1 from tomorrow": ("NOT_YET_VALID", lambda: light(iat=seconds() + 24 * HOUR)),
        "LT1 without an issue": (OPEN, lambda: light(iat=None)),
        "AT1 after the last day that it names": ("EXPIRED", lambda: exemption({"du": "2022-05-31"})),
        "AT1 after its end": ("EXPIRED", lambda: exemption(exp=seconds() - 1)),
    },
)
CLOCKS = [
    Attack("clock: never set, at the epoch", "NOT_YET_VALID", hc1, at=datetime(1970, 1, 1, tzinfo=UTC)),
    Attack("clock: at the end of all calendars", "EXPIRED", hc1, at=datetime.max.replace(tzinfo=UTC)),
    Attack("clock: in year one", "NOT_YET_VALID", hc1, at=datetime.min.replace(tzinfo=UTC)),
    Attack("clock: two hours back", "NOT_YET_VALID", colour, at=NOW - timedelta(hours=2)),
    Attack("clock: two hours ahead", "EXPIRED", colour, at=NOW + timedelta(hours=2)),
]
EVENTS = attacks(
    "event",
    {
        "HC1 with none": ("EVENTS_NOT_ONE", lambda: holding(v=[])),
        "HC1 with a null for one": ("EVENTS_NOT_ONE", lambda: holding(v=[None])),
        "HC1 with two doses as two events": ("EVENTS_NOT_ONE", lambda: holding(v=[VACCINATION] * 2)),
        "HC1 with a vaccination and a test": (
            "EVENTS_NOT_ONE", lambda: holding(v=[VACCINATION], t=[TEST])),
        "HC1 with a recovery and a positive test": (
            "EVENTS_NOT_ONE", lambda: holding(r=[RECOVERY], t=[TEST | {"tr": "260373001"}])),
        "HC1 positive test": ("TEST_POSITIVE", lambda: holding(t=[TEST | {"tr": "260373001"}])),
        "HC1 positive test with spaces around": (
            "TEST_POSITIVE", lambda: holding(t=[TEST | {"tr": " 260373001 "}])),
        "HC1 test without a result": ("EVIDENCE_MISSING", lambda: holding(t=[TEST | {"tr": ""}])),
        "HC1 test with a result of another list": (
            "EVIDENCE_MISSING", lambda: holding(t=[TEST | {"tr": "not detected"}])),
        "HC1 test with a number as result": (
            "EVIDENCE_MISSING", lambda: holding(t=[TEST | {"tr": 260415000}])),
        "DDCC positive test": (
            "TEST_POSITIVE", lambda: who(4, TR | {"test": TR["test"] | {"result": {"code": "260373001"}}})),
        "DDCC test without a result": (
            "EVIDENCE_MISSING", lambda: who(4, TR | {"test": {"date": "2022-06-01T06:15:00Z"}})),
        "DDCC with two kinds": ("EVENTS_NOT_ONE", lambda: hc1(dcc_claims() | {-260: {3: VS, 4: TR}})),
        "DDCC with two vaccinations": ("EVENTS_NOT_ONE", lambda: who(3, [VS, VS])),
        "DDCC with an empty list": ("EVENTS_NOT_ONE", lambda: who(3, [])),
        "DDCC outside the days that it names": (
            "EXPIRED", lambda: who(3, VS | {"valid_until": "2022-05-01"})),
        "health link instead of a certificate": (
            "NOT_VERIFIABLE_OFFLINE", lambda: who(5, [{"u": "shlink:/made-up"}])),
        "subclaim that does not exist": ("KIND_NOT_ACCEPTED", lambda: who(99, VS)),
        "ICVP with two entries": ("EVENTS_NOT_ONE", lambda: who(-6, [ICVP, ICVP])),
        "HK1 red": ("COLOUR_RED", lambda: green({1: 3})),
        "HK1 red, named a specimen": ("COLOUR_RED SPECIMEN", lambda: green({1: 3, 9: True})),
        "HK1 specimen": ("SPECIMEN", lambda: green({9: True})),
    },
)  # fmt: skip
SHAPES = malformed(
    "payload",
    {
        "HC1 without a certificate": lambda: hc1({1: "HK", 4: LATER, 6: seconds()}),
        "HC1 certificate as a list": lambda: hc1(dcc_claims() | {-260: []}),
        "HC1 certificate as a text": lambda: hc1(dcc_claims() | {-260: {1: "{}"}}),
        "HC1 names nobody": lambda: hc1(dcc_claims(dcc() | {"nam": None})),
        "HC1 name as a text": lambda: hc1(dcc_claims(dcc() | {"nam": "Mia Muster"})),
        "HC1 event not in a list": lambda: holding(v=VACCINATION),
        "HC1 event as a text": lambda: holding(v=["x"]),
        "DDCC as a text": lambda: who(3, "x"),
        "LT1 names nobody": lambda: light(more={-250: {"ver": "1.0.0"}}),
        "LT1 with a whole certificate beside it": lambda: light(more={-260: {1: dcc()}}),
        "LT1 around a whole certificate": lambda: renamed(hc1(), "LT1"),
        "HC1 around a light certificate": lambda: light("HC1"),
        "HC1 around a colour code": lambda: renamed(colour(), "HC1"),
        "HK1 around a certificate": lambda: renamed(hc1(), "HK1"),
        "GD1 around a Hong Kong code": lambda: renamed(colour(), "GD1"),
        "CD1 around a health code": lambda: renamed(colour(), "CD1"),
        "HK1 around a customs declaration": lambda: renamed(colour("CD1"), "HK1"),
        "PV1 around a health code": lambda: renamed(colour(), "PV1"),
        "AT1 around a light certificate": lambda: light("AT1"),
        "PV1 without a kind": lambda: green(prefix="PV1"),
        "HK1 says that it is a customs declaration": lambda: green({10: 2}),
        "HK1 without a colour": lambda: green({1: None}),
        "HK1 colour that does not exist": lambda: green({1: 4}),
        "HK1 colour is true": lambda: green({1: True}),
        "HK1 colour is 1.0": lambda: green({1: 1.0}),
        "HK1 colour as a word": lambda: green({1: "green"}),
        "HK1 without a scheme": lambda: green({2: None}),
        "HK1 scheme of Macao": lambda: green({2: "MO"}),
        "HK1 scheme with a tail": lambda: green({2: "HKX"}),
        "HK1 with a key that does not exist": lambda: green({11: 1}),
        "HK1 with a key as a word": lambda: green({"colour": 1}),
        "HK1 issuer in lower case": lambda: green(iss="hk"),
        "HK1 issuer with a line end": lambda: green(iss="HK\n"),
        "HK1 without an issuer": lambda: green(iss=None),
        "HK1 without an identifier": lambda: green(cti=None),
        "HK1 identifier of 15 bytes": lambda: green(cti=bytes(15)),
        "HK1 identifier as a text": lambda: green(cti="0" * 16),
        "HK1 holder of 8 bytes": lambda: green({7: bytes(8)}),
        "HK1 status index is negative": lambda: green({8: -1}),
        "HK1 status index is true": lambda: green({8: True}),
        "HK1 specimen mark as a number": lambda: green({9: 0}),
        "HK1 masked name that turns the line": lambda: green({6: "M**\u202eX"}),
        "HK1 masked name with a zero-width space": lambda: green({6: "M\u200b**"}),
        "HK1 masked name of 41 characters": lambda: green({6: "M" * 41}),
        "HK1 masked name with a line end": lambda: green({6: "M**\nADMIT"}),
        "HK1 use that does not exist": lambda: green({4: 3}),
        "HK1 direction that does not exist": lambda: green({3: 0}),
    },
    UNREADABLE,
)
BEHIND_OTHERS = attacks(
    "prefix",
    {
        "HC1 around an Austrian exemption": ("EVENTS_NOT_ONE", lambda: exemption(prefix="HC1")),
        "AT1 around a vaccination": (
            "EVENTS_NOT_ONE", lambda: renamed(hc1(), "AT1")),
        "AT1 with two exemptions' worth": (
            "EVENTS_NOT_ONE",
            lambda: text(message(cbor2.dumps(dcc_claims(dcc(v=[VACCINATION], ve=[{}])))), "AT1")),
    },
)  # fmt: skip
LOOK = "NOT_A_HEALTH_CODE"
LOOKS = attacks(
    "look-alike",
    {
        "nothing": (LOOK, lambda: ""),
        "spaces": (LOOK, lambda: "   "),
        "payment of a shop": (LOOK, lambda: "00020101021126MADEUP"),
        "payment of a wallet": (LOOK, lambda: "https://qr.alipay.com/madeup"),
        "link to a health code": (LOOK, lambda: "https://health.example/green"),
        "network": (LOOK, lambda: "WIFI:T:WPA;S:made up;P:made up;;"),
        "boarding pass": (LOOK, lambda: "M1MUSTER/MIA          EMADEUP HKGXXXMU 0001 001Y001A0001 100"),
        "contact": (LOOK, lambda: "BEGIN:VCARD\nFN:Mia Muster\nEND:VCARD"),
        "the word ADMIT": (LOOK, lambda: "ADMIT"),
        "a verdict in JSON": (LOOK, lambda: '{"verdict":"ADMIT","signature":"VALID"}'),
        "a seal's JSON without its kind": (LOOK, lambda: '{"data":{},"sig":{}}'),
        "a record of Hong Kong that only a server knows": ("NOT_VERIFIABLE_OFFLINE", lambda: "HKSARG|MADEUP"),
        "300 zero bytes": (LOOK, lambda: bytes(300)),
        "a mebibyte": (LOOK, lambda: b"A" * (1 << 20)),
        "health link": (LOOK, lambda: "shlink:/eyJ1cmwiOiJodHRwczovL3guZXhhbXBsZSJ9"),
    },
)
RESTRICTED = [
    Attack("prefix: NO1 around a certificate of a signer of HC1", "UNKNOWN_SIGNER",
           lambda: renamed(hc1(), "NO1"), replace(LANE, signers=[
               replace(one, formats=frozenset({"HC1"})) for one in LANE.signers if "HC1" in one.formats])),
]  # fmt: skip
ATTACKS = [*TIMES, *CLOCKS, *EVENTS, *SHAPES, *BEHIND_OTHERS, *LOOKS, *RESTRICTED]
