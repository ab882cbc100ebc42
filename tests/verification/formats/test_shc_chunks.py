"""Cards in several symbols: in any order, never mixed knowingly, and a flood piles nothing up."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made import OTHER_EC_KEY, Bench
from tests.verification.made_cards import card_claims, card_signer, digits, dose, jws, parts
from verification.assessment import Signature
from verification.encodings.malformed import Malformed
from verification.formats.shc_chunks import (
    MOST_DIGITS,
    MOST_HELD,
    MOST_PARTS,
    MOST_TRIED,
    Assembler,
    part_of,
)

BENCH = Bench(signers=(card_signer(),))
TEXT = jws()
WHOLE = b"shc:/" + digits(TEXT).encode()


def gathered(symbols: list[str], window: float = 20.0, every: float = 0.0) -> bytes | None:
    """The last card that was whole."""
    assembler, whole = Assembler(window), None
    for place, symbol in enumerate(symbols):
        whole = assembler.add(symbol.encode(), place * every) or whole
    return whole


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_parts_make_the_card_in_any_order(order: tuple[int, ...]) -> None:
    symbols = parts(TEXT, 3)
    whole = gathered([symbols[place] for place in order])
    assert whole == b"shc:/" + digits(TEXT).encode()
    assert BENCH.check(whole).signature is Signature.VALID


def test_a_part_seen_again_is_still_one_part() -> None:
    one, two = parts(TEXT, 2)
    assert gathered([one, one, one]) is None
    assert gathered([one, one, two]) is not None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_part_alone_says_that_it_is_one(number: int) -> None:
    checked = BENCH.check(parts(TEXT, 3)[number - 1])
    assert (checked.format, [why.value for why in checked.reasons]) == ("SHC", ["INCOMPLETE"])
    assert checked.signature is Signature.UNCHECKED
    assert checked.is_health_code and not checked.sound and checked.identity is None


def test_a_lane_without_this_format_says_so_of_a_part_too() -> None:
    checked = Bench(allowed=frozenset({"HC1"})).check(parts(TEXT, 2)[0])
    assert [why.value for why in checked.reasons] == ["FORMAT_NOT_ALLOWED"]


@pytest.mark.parametrize(
    "body",
    [
        "0/2/5676", "3/2/5676", "1/1/5676", "01/2/5676", "1/02/5676", "1/2/", "1/2/567", "1/2/56a6",
        "/2/5676",
        "1//5676", "1/2", "1/2/3/5676", "-1/2/5676", "1/1000/5676", f"1/{MOST_PARTS + 1}/5676", "1/2/5676\n",
        "1/2/" + "56" * (MOST_DIGITS // 2 + 1), "١/2/5676", "1 /2/5676",
    ],
)  # fmt: skip
def test_what_is_neither_a_card_nor_a_part_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        part_of(body.encode())
    assert [why.value for why in BENCH.check("shc:/" + body).reasons] == ["MALFORMED"]


def test_parts_of_cards_of_other_lengths_are_not_mixed() -> None:
    two, three = parts(TEXT, 2), parts(TEXT, 3)
    assert gathered([two[0], three[1]]) is None
    assert gathered([two[0], three[1], two[1]]) == WHOLE
    assert gathered([three[0], two[0], two[1]]) == WHOLE


MINE, YOURS = TEXT, jws(card_claims(dose("208"), dose("208", "2021-03-04")))


def whole_of(text: str) -> bytes:
    return b"shc:/" + digits(text).encode()


@pytest.mark.parametrize("total", [2, 3])
def test_two_cards_shown_in_turns_are_each_put_together_from_their_own_parts(total: int) -> None:
    mine, yours = parts(MINE, total), parts(YOURS, total)
    order = [*mine[:1], *yours[1:], *mine[1:], *yours[:1]]
    assembler = Assembler(20)
    wholes = [assembler.add(symbol.encode(), 0) for symbol in order]
    assert [whole for whole in wholes if whole] == [whole_of(MINE), whole_of(YOURS)]
    assert assembler.held == frozenset()
    for whole in filter(None, wholes):
        assert BENCH.check(whole).signature is Signature.VALID


def test_one_part_of_each_of_two_cards_is_no_card_but_waits_for_the_others() -> None:
    mine, yours = parts(MINE, 2), parts(YOURS, 2)
    for mixed in ([mine[0], yours[1]], [yours[0], mine[1]]):
        assert gathered(mixed) is None
    assert gathered([mine[0], yours[1], mine[1]]) == whole_of(MINE)


def test_another_text_under_the_same_number_does_not_lose_the_first_card() -> None:
    mine, yours = parts(MINE, 3), parts(YOURS, 3)
    assert gathered([mine[0], mine[1], yours[0], mine[2]]) == whole_of(MINE)
    assert gathered([mine[0], yours[0], yours[1], yours[2]]) == whole_of(YOURS)


def test_a_mixture_that_nobody_can_notice_is_never_a_valid_card() -> None:
    """Only where a part holds nothing but a signature: cards are cut into parts of one length."""
    whole = Assembler(20)
    head, tail = TEXT.rpartition(".")[0] + ".", TEXT.rpartition(".")[2]
    foreign = jws(key=OTHER_EC_KEY).rpartition(".")[2]
    assert tail != foreign
    first = whole.add(f"shc:/1/2/{digits(head)}".encode(), 0)
    mixed = whole.add(f"shc:/2/2/{digits(foreign)}".encode(), 0)
    assert first is None and mixed is not None
    assert BENCH.reasons(mixed) == ["SIGNATURE_INVALID"]


def test_parts_that_come_too_late_belong_to_nothing() -> None:
    symbols = parts(TEXT, 3)
    assert gathered(symbols, window=20, every=9) is not None
    assert gathered(symbols, window=20, every=11) is None


def test_a_card_complete_is_forgotten_and_the_next_one_begins() -> None:
    assembler = Assembler(20)
    for _ in range(2):
        wholes = [assembler.add(symbol.encode(), 0) for symbol in parts(TEXT, 2)]
        assert [whole is not None for whole in wholes] == [False, True]
    assembler.add(parts(TEXT, 2)[0].encode(), 0)
    assembler.forget()
    assert assembler.missing == ()


def test_what_is_missing_is_known_by_number() -> None:
    assert Assembler(20).missing == ()
    assembler = Assembler(20)
    assembler.add(parts(TEXT, 4)[2].encode(), 0)
    assert assembler.missing == (1, 2, 4)


def test_a_flood_of_parts_piles_nothing_up_and_takes_no_more_than_some_tries() -> None:
    tried = []

    def refused(whole: bytes) -> bool:
        tried.append(whole)
        return False

    assembler = Assembler(math.inf, refused)
    for number in range(2000):
        total = 4
        before = len(tried)
        assembler.add(b"shc:/%d/%d/%04d" % (number % total + 1, total, number), 0.0)
        assert len(assembler.held) <= MOST_HELD
        assert len(tried) - before <= MOST_TRIED
    assert tried


def test_a_part_that_stays_in_view_is_not_tried_again() -> None:
    tried: list[bytes] = []

    def refused(whole: bytes) -> bool:
        tried.append(whole)
        return False

    assembler = Assembler(math.inf, refused)
    for _ in range(50):
        assembler.add(b"shc:/1/2/5676", 0.0)
        assembler.add(b"shc:/2/2/5676", 0.0)
    assert len(tried) == 1


def test_a_text_that_is_no_part_is_not_taken() -> None:
    for text in (b"", b"shc:/5676", b"HC1:6BF", b"https://example.org/1/2/3", "shc:/" + digits(TEXT)):
        with pytest.raises(Malformed):
            Assembler(20).add(text if isinstance(text, bytes) else text.encode(), 0.0)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(2, 4), st.sampled_from("abc")), max_size=30))
def test_whatever_comes_only_parts_of_one_total_are_put_together(flood: list[tuple[int, int, str]]) -> None:
    assembler = Assembler(math.inf, lambda _: True)
    shown: set[tuple[int, int, bytes]] = set()
    for number, total, text in flood:
        if number > total:
            continue
        body = digits(f"{text}{number}").encode()
        shown.add((number, total, body))
        whole = assembler.add(b"shc:/%d/%d/%b" % (number, total, body), 0.0)
        if whole is not None:
            pieces = [whole[5:][start : start + 4] for start in range(0, len(whole) - 5, 4)]
            assert len(pieces) == total
            assert all((place, total, piece) in shown for place, piece in enumerate(pieces, 1))
