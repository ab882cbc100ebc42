"""The table of reasons is whole, and nothing on the traveller's side tells a revoked code from a referral."""

import pytest

from verification.reasons import LANGUAGES, TABLE, Reason, ReasonId, reason, reasons
from verification.reasons_page import PAGE, render
from verification.verdict import Outcome

ROWS = list(reasons().values())


def test_every_reason_has_a_row_and_every_row_a_reason() -> None:
    assert list(reasons()) == list(ReasonId), "the table is in the order of judgement"


def test_every_short_code_is_unique_and_can_be_said_over_a_telephone() -> None:
    codes = [row.code for row in ROWS]
    assert len(set(codes)) == len(codes)
    for code in codes:
        letter, _, rest = code.partition("|")
        assert letter in set("FSRVUJPAH")
        assert rest.isalpha()
        assert rest.isupper()
        assert len(rest) in (2, 3)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_text_exists_in_every_language(row: Reason) -> None:
    for texts in (row.traveller, row.officer, row.next):
        assert set(texts) == set(LANGUAGES)
        for text in texts.values():
            assert text
            assert text == text.strip()
            assert "|" not in text, "the page is a Markdown table"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_the_traveller_reads_is_short(row: Reason) -> None:
    for language, text in row.traveller.items():
        assert len(text) <= (28 if language.startswith("zh") else 60), text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_two_chinese_texts_are_not_one_text_twice(row: Reason) -> None:
    assert row.officer["zh_HK"] != row.officer["zh_CN"] or row.id is ReasonId.ADMITTED
    for text in (row.traveller["zh_CN"], row.officer["zh_CN"], row.next["zh_CN"]):
        assert not set(text) & set("請證簽碼過這開關門時發與為會職協櫃員實後"), text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_an_outcome_is_one_of_the_three(row: Reason) -> None:
    assert Outcome(row.outcome) in Outcome
    assert (row.outcome == Outcome.ADMIT) == (row.code[0] == "A")


def test_a_revoked_code_looks_like_a_referral_to_the_traveller() -> None:
    revoked = reason(ReasonId.REVOKED)
    assert revoked.private
    assert revoked.outcome == Outcome.REFUSE
    assert revoked.traveller == reason(ReasonId.UNKNOWN_SIGNER).traveller
    shared = [row.id for row in ROWS if row.traveller == revoked.traveller and row.outcome == Outcome.REFER]
    assert len(shared) >= 5, "a text that only few referrals use would tell"


def test_only_revocation_is_private() -> None:
    assert [row.id for row in ROWS if row.private] == [ReasonId.REVOKED, ReasonId.SIGNER_REVOKED]


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m verification.reasons"
    for row in ROWS:
        assert f"## {row.id}\n" in render()


def test_the_table_is_in_the_package() -> None:
    assert TABLE.is_file()
