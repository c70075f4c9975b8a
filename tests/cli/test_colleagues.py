"""`identity` and `trust`: two officers get to know each other by card, digits and roster, without a window."""

import shutil
from pathlib import Path

import pytest

from app.cli.exchange_arguments import REVOCATION_REASONS
from app.config.paths import RESOURCES
from app.content.load import load
from tests.support.command_case import Commands
from tests.support.desk_case import Desk, card


def test_identity_shows_name_digits_and_qr_and_writes_the_card(command: Commands, desk: Desk) -> None:
    store = desk("Robin")
    told = command("identity", store, "--json").json
    assert (told["name"], told["office"], told["trust"]) == ("Robin", "GL Verzonnen", "own")
    lines = command("identity", store).out.splitlines()
    assert lines == ["Robin, GL Verzonnen", " ".join(told["groups"]), f"REGIEMAP1:{told['device'].upper()}"]
    assert card(store).read_text(encoding="utf-8").count(told["device"]) == 1


def test_a_card_that_cannot_be_written_is_said(command: Commands, desk: Desk, tmp_path: Path) -> None:
    store = desk("Robin")
    before = command("identity", store).out
    done = command("identity", store, "--new-keys", "--card", tmp_path / "nergens" / "x.regiemap-card")
    assert "kan daar niet" in done.refused_with_one_sentence()
    assert command("identity", store).out == before


def test_from_card_to_trust(command: Commands, desk: Desk) -> None:
    one, two = desk("Robin"), desk("Sam")
    assert "Nog geen kaarten" in command("trust", one).out
    added = command("trust", one, "--add", card(two), "--json").json["colleagues"][0]
    assert (added["name"], added["trust"], added["words"]) == ("Sam", "unverified", "nog niet vergeleken")
    groups = command("identity", two, "--json").json["groups"]
    assert groups[0] not in command("trust", one).out
    done = command("trust", one, "--verify", "sam", "--groups", "-".join(groups), "--json").json
    assert [row["trust"] for row in done["colleagues"]] == ["verified"]
    told = command("trust", one).out
    assert "telefonisch vergeleken" in told and " ".join(groups) in told


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--verify", "Sam", "--groups", "12345"), "GroupsNotRead"),
        (("--verify", "Sam"), "GroupsNotRead"),
        (("--verify", "Sam", "--qr", "REGIEMAP1:" + "0" * 64), "GroupsDiffer"),
        (("--verify", "Kim", "--groups", "1" * 30), "ColleagueUnknown"),
        (("--registrar", "Sam"), "CompareFirst"),
        (("--vouch", "Sam"), "NotRegistrar"),
        (("--end-vouch", "Sam"), "NotRegistrar"),
        (("--revoke", "Sam", "--reason", "verloren"), "NotRegistrar"),
        (("--revoke", "Sam"), "RevocationReasonMissing"),
        (("--revoke", "own", "--reason", "verloren"), "OwnDeviceInUse"),
        (("--reject", "own"), "OwnDevice"),
        (("--add", "nergens"), "CardNotReadable"),
        (("--add", "OWN"), "OwnCardGiven"),
        (("--add", "SPOILED"), "BadCard"),
    ],
    ids=" ".join,
)
def test_what_is_refused_says_why_and_changes_nothing(
    command: Commands, desk: Desk, tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    one, two = desk("Robin"), desk("Sam")
    command("trust", one, "--add", card(two))
    spoiled = tmp_path / "spoiled"
    spoiled.write_text(card(two).read_text(encoding="utf-8").replace("Sam", "Kim"), encoding="utf-8")
    before = command("trust", one, "--json").json
    named = {"OWN": card(one), "SPOILED": spoiled}
    done = command("trust", one, *(named.get(word, word) for word in words), "--json")
    assert done.json["problem"] == problem
    done.refused_with_one_sentence()
    assert command("trust", one, "--json").json == before


def test_a_word_of_a_name_is_enough_where_one_colleague_has_it(command: Commands, desk: Desk) -> None:
    one = desk("Robin")
    for name in ("Sam Proef", "Kim Proef"):
        assert command("trust", one, "--add", card(desk(name))).code == 0
    assert command("trust", one, "--reject", "kim", "--json").json["colleagues"][0]["name"] == "Kim Proef"
    assert command("trust", one, "--reject", "proef", "--json").json["problem"] == "ColleagueAmbiguous"


def test_the_registrar_of_a_location(command: Commands, desk: Desk) -> None:
    one, two = desk("Robin"), desk("Sam")
    assert command("trust", one, "--registrar", "ik", "--json").json["registrar"] is True
    assert "U bent registrator" in command("identity", one).out
    command("trust", one, "--add", card(two))
    device = command("identity", two, "--json").json["device"]
    command("trust", one, "--verify", device[:8], "--qr", f"REGIEMAP1:{device.upper()}")
    assert "Op de lijst van de locatie" in command("trust", one, "--vouch", "Sam").out
    reasons = command("trust", one, "--revoke", "Sam").refused_with_one_sentence()
    assert all(reason in reasons for reason in REVOCATION_REASONS)
    assert command("trust", one, "--json").json["colleagues"][0]["vouched_by"] == ["Robin"]
    assert "Van de lijst van de locatie" in command("trust", one, "--end-vouch", "Sam").out
    assert command("trust", one, "--reject", "Sam", "--json").json["colleagues"][0]["trust"] == "rejected"
    assert command("trust", one, "--unreject", "Sam", "--json").json["colleagues"][0]["trust"] == "verified"
    told = command("trust", one, "--revoke", "Sam", "--reason", "gestolen", "--json").json["colleagues"][0]
    assert (told["trust"], told["revoked_by"], told["reason"]) == ("revoked", "Robin", "Laptop gestolen")
    assert "ingetrokken door Robin" in command("trust", one).out
    assert command("trust", one, "--no-registrar", "own", "--json").json["registrar"] is False


def test_new_keys_are_known_to_who_compared_the_old(command: Commands, desk: Desk) -> None:
    one, two = desk("Robin"), desk("Sam")
    command("trust", one, "--add", card(two))
    before = command("identity", two, "--json").json
    command("trust", one, "--verify", "Sam", "--groups", " ".join(before["groups"]))
    done = command("identity", two, "--new-keys", "--card", card(two), "--json").json
    assert done["new_keys"] and done["device"] != before["device"]
    added = command("trust", one, "--add", card(two), "--json").json["colleagues"][0]
    assert (added["device"], added["trust"], added["new_keys"]) == (done["device"], "verified", True)
    ambiguous = command("trust", one, "--reject", "Sam", "--json")
    assert ambiguous.json["problem"] == "ColleagueAmbiguous"
    short = command("trust", one, "--reject", before["device"][:6]).refused_with_one_sentence()
    assert "eerste 8 tekens" in short
    assert command("trust", one, "--reject", before["device"][:8]).code == 0


def test_the_list_is_read_while_the_store_is_open_elsewhere(command: Commands, desk: Desk) -> None:
    one = desk("Robin")
    with_store_open = command("trust", one)
    assert with_store_open.code == 0


def test_the_reasons_of_the_command_are_those_of_the_content() -> None:
    found = [item.code for item in load(RESOURCES / "content").choices("basis", "intrekking")]
    assert found == [f"intrekking.{reason}" for reason in REVOCATION_REASONS]


def test_a_copied_store_says_once_that_it_goes_on_as_a_new_device(
    command: Commands, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the first command that writes, on stderr; also of one with --json, whose output stays as it is."""
    store, copy = desk("Robin"), tmp_path / "kopie"
    shutil.copytree(store, copy)
    before = command("identity", store, "--json").json["device"]
    assert command("agenda", store).code == 0
    assert capsys.readouterr().err == ""
    assert command("verify", copy, "--json").json["good"]
    told = capsys.readouterr().err
    assert "nieuw apparaat" in told and "nieuwe kaart" in told and told.count("\n") == 1
    after = command("identity", copy, "--json").json["device"]
    assert after != before and capsys.readouterr().err == ""
