"""Withdrawn health cards: by id, up to a time, under the key and issuer they belong to."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA512

from tests.verification.made import EC_KEY, ED_KEY, HOUR, NOW, OTHER_EC_KEY, Bench, aged, colour, seconds
from tests.verification.made_cards import ISSUER, RID, card, card_claims, card_signer, jwk
from verification.revocation.loading import load_revocations
from verification.revocation.memory import RevocationList, RevocationLists, Withdrawn
from verification.revocation.station_list import load_revocation_list, write
from verification.signed_lists import ListRejected, ListUnknown

KID = jwk()["kid"]
OTHER_ISSUER = "https://cards.example/other"
ISSUED = seconds() - HOUR


def crl(*rids: Any, **changes: Any) -> dict[str, Any]:
    return {"kid": KID, "method": "rid", "ctr": 1, "rids": list(rids)} | changes


def loaded(document: Any, issuer: str | None = None) -> RevocationList:
    return load_revocations(json.dumps(document).encode(), issuer=issuer, vouched=True)


def signed_apart(document: Any) -> RevocationList:
    data = json.dumps(document).encode()
    return load_revocations(data, EC_KEY.public_key(), signature=EC_KEY.sign(data, ec.ECDSA(SHA512())))


def found(
    index: Any, text: str | None = None, issuers: tuple[str, ...] = (ISSUER,), key: Any = EC_KEY
) -> str:
    signers = tuple(card_signer(key, owner=issuer, issuer=issuer) for issuer in issuers)
    bench = Bench(signers=signers, revocation=index, revocation_age=aged(1))
    return bench.check(text or card()).revocation.value


def test_a_card_is_withdrawn_by_its_id_and_clear_when_its_key_s_list_does_not_name_it() -> None:
    assert found(loaded(crl(RID))) == "REVOKED"
    assert found(loaded(crl("another"))) == "CLEAR"
    assert found(loaded(crl())) == "CLEAR"


def test_a_list_of_one_key_says_nothing_of_cards_under_another() -> None:
    other = jwk(OTHER_EC_KEY)["kid"]
    assert found(loaded(crl(RID, kid=other))) == "NO_LIST"
    text = card(key=OTHER_EC_KEY, kid=other)
    assert found(loaded(crl(RID)), text, key=OTHER_EC_KEY) == "NO_LIST"


@pytest.mark.parametrize(
    ("until", "answer"),
    [
        (ISSUED, "CLEAR"),
        (ISSUED + 1, "REVOKED"),
        (ISSUED - 1, "CLEAR"),
        (0, "CLEAR"),
        (ISSUED * 1000, "REVOKED"),
    ],
)
def test_an_id_with_a_time_withdraws_what_was_issued_before_it(until: int, answer: str) -> None:
    assert found(loaded(crl(f"{RID}.{until}"))) == answer


def test_a_card_issued_at_that_very_time_is_not_withdrawn() -> None:
    exact = card(card_claims(nbf=ISSUED))
    assert found(loaded(crl(f"{RID}.{ISSUED}")), exact) == "CLEAR"
    assert found(loaded(crl(f"{RID}.{ISSUED + 1}")), exact) == "REVOKED"


def test_of_two_times_for_one_id_the_later_counts_and_none_at_all_counts_for_all() -> None:
    early, late = f"{RID}.{ISSUED - 9}", f"{RID}.{ISSUED + 9}"
    assert found(loaded(crl(early, late))) == found(loaded(crl(late, early))) == "REVOKED"
    assert found(loaded(crl(early, RID))) == "REVOKED"


def test_a_card_that_does_not_say_when_it_was_issued_is_not_cleared_by_a_time() -> None:
    index = loaded(crl(f"{RID}.{ISSUED}"))
    for nbf in (None, seconds() * 1000, "soon"):
        assert found(index, card(card_claims(nbf=nbf))) == "NO_LIST"
    assert found(index, card(card_claims(nbf=None, vc={"rid": "another"}))) == "CLEAR"


def test_a_card_without_an_id_is_clear_where_its_key_is_covered() -> None:
    claims = card_claims()
    del claims["vc"]["rid"]
    assert found(loaded(crl(RID)), card(claims)) == "CLEAR"
    assert found(loaded(crl(RID, kid="elsewhere")), card(claims)) == "NO_LIST"


def test_the_same_id_of_another_issuer_under_the_same_key_is_not_withdrawn() -> None:
    both = (ISSUER, OTHER_ISSUER)
    others = card(card_claims(iss=OTHER_ISSUER))
    index = loaded(crl(RID), issuer=ISSUER)
    assert found(index, issuers=both) == "REVOKED"
    assert found(index, others, both) == "NO_LIST"
    assert found(loaded(crl(RID)), others, both) == "REVOKED", "a list without issuer is the key's"


def test_a_missing_list_is_never_a_clear_card() -> None:
    assert found(None) == "NO_LIST"
    assert found(RevocationList([], [("HC1", "*")], signed_at=NOW)) == "NO_LIST"
    assert found(RevocationList([], [("SHC", ISSUER)], signed_at=NOW)) == "CLEAR"


@pytest.mark.parametrize(
    "document",
    [
        crl(kid=None), crl(kid=7), crl(method="hash"), crl(method=None), crl(rids="none"), crl(7), crl(""),
        crl("a" * 25), crl("rid.soon"), crl("rid."), crl("rid.1.2"), crl("with space"), crl(RID + "\n"),
    ],
)  # fmt: skip
def test_a_list_with_one_bad_row_is_no_list(document: Any) -> None:
    with pytest.raises(ListRejected):
        loaded(document)


def test_an_unsigned_list_is_believed_only_where_somebody_vouches_for_it() -> None:
    data = json.dumps(crl(RID)).encode()
    assert found(signed_apart(crl(RID))) == "REVOKED"
    with pytest.raises(ListRejected):
        load_revocations(data, EC_KEY.public_key())
    with pytest.raises(ListRejected):
        load_revocations(data, EC_KEY.public_key(), signature=b"", vouched=True)
    for nothing in (b"", b"{}", b"\xff", b'{"keys":[]}'):
        with pytest.raises(ListUnknown):
            load_revocations(nothing, vouched=True)


# --- the directory ---


def directory(*crls: Any, keys: Any = None, time: str = "2022-06-01T10:00:00Z") -> Any:
    row = {
        "issuer": {"iss": ISSUER},
        "keys": [jwk(crlVersion=1)] if keys is None else keys,
        "crls": list(crls),
    }
    return {"time": time, "issuerInfo": [row]}


def test_a_directory_answers_for_the_lists_it_holds() -> None:
    assert found(signed_apart(directory(crl(RID)))) == "REVOKED"
    assert found(signed_apart(directory(crl("another")))) == "CLEAR"
    assert signed_apart(directory()).signed_at == datetime.fromisoformat("2022-06-01T10:00:00+00:00")
    with pytest.raises(ListRejected):
        loaded(directory(crl(RID)))


def test_a_list_that_is_announced_and_not_held_or_older_than_announced_is_missing() -> None:
    assert found(signed_apart(directory())) == "NO_LIST"
    assert found(signed_apart(directory(crl("another", ctr=2)))) == "NO_LIST"
    assert found(signed_apart(directory(crl("another"), keys=[jwk(crlVersion=2)]))) == "NO_LIST"
    assert found(signed_apart(directory(crl("another", ctr="1")))) == "CLEAR", (
        "numbers are written as texts too"
    )
    assert found(signed_apart(directory(crl(RID, ctr=2)))) == "REVOKED", "what an old list withdrew stays so"


def test_a_key_whose_issuer_announces_no_list_has_nothing_withdrawn() -> None:
    assert found(signed_apart(directory(keys=[jwk()]))) == "CLEAR"
    assert found(signed_apart(directory(keys=[]))) == "NO_LIST"


def test_a_directory_s_list_is_its_issuer_s_alone() -> None:
    index = signed_apart(directory(crl(RID)))
    assert found(index, card(card_claims(iss=OTHER_ISSUER)), (ISSUER, OTHER_ISSUER)) == "NO_LIST"


# --- several lists ---


def test_of_several_lists_one_that_withdraws_decides_and_one_that_covers_clears() -> None:
    elsewhere = RevocationList([], [("HC1", "*")], signed_at=NOW - timedelta(hours=3))
    here, there = loaded(crl("another")), loaded(crl(RID))
    assert found(RevocationLists([elsewhere, here])) == "CLEAR"
    assert found(RevocationLists([here, there])) == "REVOKED"
    assert found(RevocationLists([elsewhere])) == "NO_LIST"
    assert found(RevocationLists([])) == "NO_LIST"
    assert RevocationLists([elsewhere, here]).signed_at == NOW - timedelta(hours=3)
    assert len(RevocationLists([here, there])) == 2


def test_the_station_s_own_list_may_withdraw_up_to_a_time_too() -> None:
    entries = [Withdrawn(None, "CTI", frozenset({bytes(16)}), NOW)]
    index = load_revocation_list(write(entries, [("HK1", "HK")], "HK", NOW, ED_KEY), ED_KEY.public_key())
    assert len(index) == 1
    assert Bench(revocation=index, revocation_age=aged(1)).check(colour()).revocation == "CLEAR"
