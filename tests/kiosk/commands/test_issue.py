"""`main.py issue` makes what `main.py verify` accepts, and says in one line what it cannot make."""

import json
import stat
from pathlib import Path

import pytest

from kiosk.commands.door import main
from verification.issuing.vectors import as_text

POLICY = Path(__file__).parents[3] / "config" / "policies" / "demo.json"
NOON = "2026-11-23T12:00:00+08:00"
Output = pytest.CaptureFixture[str]


def issue(*arguments: object) -> int:
    return main(["issue", *map(str, arguments)])


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a demo authority and signed lists."""
    assert (
        issue(
            "authority", "--out", tmp_path / "hk", "--issuer", "HK", "--formats", "HK1,HC1,CD1", "--at", NOON
        )
        == 0
    )
    return tmp_path


def lists(folder: Path, *withdrawn: Path) -> None:
    key = folder / "list.demo-key.pem"
    signing = ["--key", key, "--authority", folder / "hk", "--at", NOON]
    assert issue("trust-list", *signing, "--out", folder / "trust.json") == 0
    revoke = [part for file in withdrawn for part in ("--revoke", file)]
    assert issue("revocation-list", *signing, *revoke, "--out", folder / "revoked.json") == 0


def verify(folder: Path, capsys: Output, *inputs: Path) -> list[dict[str, object]]:
    capsys.readouterr()
    options = ["--trust-list", folder / "trust.json", "--trust-key", folder / "list.public.pem"]
    options += ["--revocation", folder / "revoked.json", "--policy", POLICY, "--at", NOON, "--json"]
    main(["verify", *map(str, [*options, *inputs])])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_code_goes_from_issue_over_its_picture_to_admission(made: Path, capsys: Output) -> None:
    lists(made)
    for number, arguments in enumerate(
        (
            ("--format", "HK1", "--colour", "green", "--level", "Q", "--masked-name", "C*** T** M**"),
            ("--format", "CD1", "--document", "UTO:L898902C3", "--salt", "00" * 32),
            ("--format", "HC1", "--kind", "vaccination"),
        )
    ):
        picture = made / f"{number}.png"
        assert issue("code", "--authority", made / "hk", "--at", NOON, "--png", picture, *arguments) == 0
        (answer,) = verify(made, capsys, picture)
        assert (answer["verdict"], answer["signature"], answer["specimen"]) == ("ADMIT", "VALID", True), (
            answer
        )


def test_a_withdrawn_code_is_refused(made: Path, capsys: Output) -> None:
    for name in ("kept", "withdrawn"):
        code = ("--format", "HK1", "--colour", "green", "--out", made / name)
        assert issue("code", "--authority", made / "hk", "--at", NOON, *code) == 0
    lists(made, made / "withdrawn")
    kept, withdrawn = verify(made, capsys, made / "kept", made / "withdrawn")
    assert kept["verdict"] == "ADMIT"
    assert (withdrawn["verdict"], withdrawn["reasons"]) == ("REFUSE", ["REVOKED"])


def test_private_keys_are_named_for_what_they_are_and_for_their_owner_alone(made: Path) -> None:
    lists(made)
    for file in (made / "hk" / "HK.demo-key.pem", made / "list.demo-key.pem"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (
        issue("authority", "--out", made / "real", "--issuer", "MO", "--formats", "MO1", "--not-a-specimen")
        == 0
    )
    assert (made / "real" / "MO.key.pem").is_file()
    private = [file for file in made.rglob("*") if file.is_file() and b"PRIVATE" in file.read_bytes()]
    assert all(file.name.endswith("key.pem") for file in private)


def test_a_key_is_never_overwritten(made: Path, capsys: Output) -> None:
    before = (made / "hk" / "HK.demo-key.pem").read_bytes()
    assert issue("authority", "--out", made / "hk", "--issuer", "HK", "--formats", "HK1") == 2
    assert "never overwritten" in capsys.readouterr().err
    assert (made / "hk" / "HK.demo-key.pem").read_bytes() == before


def test_only_an_authority_that_means_it_issues_real_codes(made: Path, capsys: Output) -> None:
    real = ("--format", "HK1", "--colour", "green", "--not-a-specimen")
    assert issue("code", "--authority", made / "hk", *real) == 2
    assert "specimens only" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("code", "--format", "HK1"), "needs a colour"),
        (("code", "--format", "GD1", "--colour", "red"), "CD1 HC1 HK1, not GD1"),
        (("code", "--format", "XX1", "--colour", "red"), "no format"),
        (("code", "--format", "HC1", "--kind", "itinerary"), "not itinerary"),
        (("code", "--format", "HK1", "--colour", "red", "--hours", "nan"), "no lifetime"),
        (("code", "--format", "HK1", "--colour", "red", "--hours", "1e12"), "no lifetime"),
        (("code", "--format", "HK1", "--colour", "red", "--hours", "-1"), "before it is issued"),
        (("code", "--format", "HK1", "--colour", "red", "--document", "UTO:1"), "salt of 32 bytes"),
        (
            ("code", "--format", "HK1", "--colour", "red", "--document", "UTO:1", "--salt", "zz"),
            "hexadecimal",
        ),
        (("code", "--format", "HK1", "--colour", "red", "--png", "/nowhere/a.png"), "cannot be written"),
        (("revocation-list", "--key", "k", "--out", "o", "--status", "HK"), "ISSUER:N"),
        (("revocation-list", "--key", "k", "--out", "o", "--revoke", "/nowhere/code"), "cannot be read"),
    ],
)
def test_what_cannot_be_made_is_one_line(
    made: Path, capsys: Output, arguments: tuple[str, ...], says: str
) -> None:
    capsys.readouterr()
    assert issue(*arguments, "--authority", made / "hk") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("content", ["", "[]", "{", '{"issuer": "HK"}', '{"issuer": 1, "formats": 2}'])
def test_a_damaged_authority_is_one_line(made: Path, capsys: Output, content: str) -> None:
    (made / "hk" / "authority.json").write_text(content)
    capsys.readouterr()
    assert issue("code", "--authority", made / "hk", "--format", "HK1", "--colour", "red") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_key_that_is_none_is_one_line(made: Path, capsys: Output) -> None:
    (made / "hk" / "HK.demo-key.pem").write_text("no key")
    capsys.readouterr()
    assert issue("code", "--authority", made / "hk", "--format", "HK1", "--colour", "red") == 2
    assert "no private key" in capsys.readouterr().err


def test_vectors_are_printed_or_written(tmp_path: Path, capsys: Output) -> None:
    assert issue("vectors") == 0
    assert capsys.readouterr().out == as_text()
    assert issue("vectors", "--out", tmp_path / "v.json") == 0
    assert (tmp_path / "v.json").read_text(encoding="utf-8") == as_text()
