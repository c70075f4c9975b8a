"""A family is handed over, dropped and destroyed by commands alone."""

import json
from pathlib import Path

import pytest

from app.cli.parser import WrongUse
from tests.support.command_case import Commands


def numbers(command: Commands, store: Path) -> list[str]:
    """The numbers of the dossiers of a store, by its export."""
    file = store.with_suffix(".json")
    file.unlink(missing_ok=True)
    assert command("export-dossiers", store, "--out", file).code == 0
    records = json.loads(file.read_text(encoding="utf-8"))["records"]
    return [record["fields"]["number"] for record in records if record["kind"] == "dossier"]


def test_a_family_is_offered_taken_over_and_leaves(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    number, file = numbers(command, mine)[0], tmp_path / "uit.regiemap"
    offered = command(
        "handover", mine, number, "--to", "Sam", "--note", "verlof", "--until", "2099-01-01", "--json"
    ).json
    assert offered["by_me"] and offered["offer"]["returns_on"] == "2099-01-01"
    assert "verlof" in offered["offer"]["reason"]
    export = ("--part", "kern", "--part", "werkwijze", "--part", "gezondheid", "--part", "asiel-straf")
    assert (
        command(
            "export",
            mine,
            "--to",
            "Sam",
            "--dossier",
            number,
            *export,
            "--part",
            "veilig-adres",
            "--out",
            file,
        ).code
        == 0
    )
    assert command("import", theirs, file).code == 0
    about = "Waarneming tot 01-01-2099. verlof"
    for store, words in (
        (theirs, "biedt u dit gezin aan."),
        (mine, "Aangeboden aan Sam. Nog geen antwoord."),
    ):
        assert about in command("handover", store, number).out
        seen = command("agenda", store).out.splitlines()
        assert any(words in line and about in line for line in seen), seen
    assert [one["to_me"] for one in command("agenda", theirs, "--json").json["handovers"]] == [True]
    taken = command("handover", theirs, number, "--accept", "--json").json
    assert taken["mine"] and taken["lent"]["returns_on"] == "2099-01-01"
    assert command("agenda", theirs, "--json").json["handovers"] == []
    paper = tmp_path / "overzicht.pdf"
    assert "Sam" in command("handover", theirs, number, "--paper", paper).out
    assert paper.read_bytes().startswith(b"%PDF")
    refused = command("drop", mine, number).refused_with_one_sentence()
    assert "bevestigd" in refused
    back = tmp_path / "terug.regiemap"
    name = command("identity", mine, "--json").json["name"]
    assert command("receipt", theirs, "--to", name, "--out", back).code == 0
    assert command("import", mine, back).code == 0
    seen = command("drop", mine, number, "--preview", "--json").json
    assert seen["allowed"] and seen["holders"] == ["Sam"]
    assert command("drop", mine, number, "--own-marks").code == 0
    assert command("handover", mine, number).code == 1


def test_what_a_colleague_lacks_is_named_and_giving_it_is_enough(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """A plain export leaves parts out; a new one of the same parts and another receipt would not help."""
    mine, theirs = pair
    number, name = numbers(command, mine)[0], command("identity", mine, "--json").json["name"]

    def give_and_hear(*parts: str) -> None:
        file, back = tmp_path / f"{len(parts)}.regiemap", tmp_path / f"{len(parts)}-terug.regiemap"
        given = ("export", mine, "--to", "Sam", "--dossier", number, *parts, "--out", file)
        told = ("receipt", theirs, "--to", name, "--out", back)
        for words in (given, ("import", theirs, file), told, ("import", mine, back)):
            assert command(*words).code == 0

    give_and_hear()
    refused = command("drop", mine, number).refused_with_one_sentence()
    lacks = command("drop", mine, number, "--preview", "--json").json["behind"][0]["parts"]
    assert lacks and "kern" not in lacks and "Sam" in refused and "deze delen" in refused
    seen = command("drop", mine, number, "--preview").out
    options = [word for part in lacks for word in ("--part", part)]
    assert " ".join(options) in seen and refused.rpartition(": ")[2] in seen
    give_and_hear(*options)
    assert command("drop", mine, number, "--own-marks").code == 0


@pytest.mark.parametrize("words", [("--accept", "--refuse"), ("--until", "morgen"), ("--to",)])
def test_wrong_use_is_one_sentence(command: Commands, filled: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(WrongUse):
        command("handover", filled, "X-0001", *words)


def test_a_family_is_destroyed_for_a_reason(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    assert "Niets" in command("destroy", filled).out
    assert command("destroy", filled, number, "--reason", "bewaartermijn", "--persons").code == 0
    assert number not in numbers(command, filled)


def test_without_an_offer_nothing_is_accepted(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    command("handover", filled, number, "--accept").refused_with_one_sentence()
    command("destroy", filled, number, "--accept").refused_with_one_sentence()


def test_a_family_is_removed_and_brought_back(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    assert "geen gezin" in command("remove", filled).out
    command("remove", filled, number, "--back").refused_with_one_sentence()
    assert command("remove", filled, number).code == 0
    assert number not in numbers(command, filled)
    assert number in command("remove", filled).out
    (one,) = command("remove", filled, "--json").json["removed"]
    assert one["number"] == number and one["title"]
    command("remove", filled, number).refused_with_one_sentence()
    assert command("remove", filled, number, "--back").code == 0
    assert number in numbers(command, filled)
    assert command("verify", filled).code == 0


def test_one_person_is_destroyed_by_a_command(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    command(
        "destroy", filled, number, "--reason", "verzoek", "--person", "Niemand"
    ).refused_with_one_sentence()
    file = filled.with_suffix(".json")
    file.unlink(missing_ok=True)
    assert command("export-dossiers", filled, "--out", file, "--dossier", number).code == 0
    records = json.loads(file.read_text(encoding="utf-8"))["records"]
    persons = [record["id"] for record in records if record["kind"] == "person"]
    done = command("destroy", filled, number, "--reason", "verzoek", "--person", persons[0])
    assert done.code == 0 and number in numbers(command, filled)
    again = command("destroy", filled, number, "--reason", "verzoek", "--person", persons[0])
    again.refused_with_one_sentence()
    assert command("verify", filled).code == 0
