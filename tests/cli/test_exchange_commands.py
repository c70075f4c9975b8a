"""Two officers exchange a family by commands alone: cards, a file, a look, taking it in, a receipt."""

import json
from pathlib import Path

import pytest

from tests.support.command_case import Commands
from tests.support.desk_case import Desk, card, meet


def test_a_family_goes_over_and_the_receipt_comes_back(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    file = tmp_path / "uit.regiemap"
    seen = command("export", mine, "--to", "Sam", "--preview", "--json").json
    assert seen["preview"] and seen["compartments"] == ["kern", "werkwijze"] and not file.exists()
    said = command("export", mine, "--to", "Sam", "--preview").out
    assert "Delen: kern, werkwijze" in said and "Grootte: " in said and "kB" in said
    made = command("export", mine, "--to", "Sam", "--out", file, "--json").json
    assert made["changes"] == seen["changes"] and file.is_file()
    found = command("inspect", theirs, file).out
    assert "Afzender" in found and "kern 1-" in found
    assert "· Gesprek " in found and "· Talk " not in found
    looked = command("import", theirs, file, "--preview")
    assert looked.code == 0 and "nieuw hier" in looked.out
    taken = command("import", theirs, file, "--json").json
    assert taken["changes"] == made["changes"]
    counted = [command("figures", store, "--json").json["figures"] for store in pair]
    assert _in_what_was_given(counted[0]) == _in_what_was_given(counted[1])
    assert counted[0] != counted[1]  # decisions lie in a part that did not go along
    back = tmp_path / "ontvangst.regiemap"
    name = command("identity", mine, "--json").json["name"]
    assert command("receipt", theirs, "--to", name, "--out", back).code == 0
    confirmed = command("import", mine, back).out
    assert "Genoteerd wat Sam" in confirmed and "0 wijzigingen" not in confirmed
    assert confirmed.count(": heeft alles") == made["families"]
    again = command("export", mine, "--to", "Sam", "--out", tmp_path / "weer.regiemap", "--json").json
    assert again["changes"] == 0


def test_a_file_that_came_in_is_listed_and_taken_back(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    file = tmp_path / "uit.regiemap"
    assert "Nog geen bestand" in command("taken-in", theirs).out
    assert command("taken-in", theirs, "--back", "1", "--json").json["problem"] == "NoSuchFile"
    made = command("export", mine, "--to", "Sam", "--out", file, "--json").json
    assert command("import", theirs, file).code == 0
    (came,) = command("taken-in", theirs, "--json").json["files"]
    assert (came["changes"], came["may_go_back"]) == (made["changes"], True)
    number = came["number"]
    assert f"--back {number}" in command("taken-in", theirs).out
    done = command("taken-in", theirs, "--back", str(number), "--json").json
    assert done["taken_back"] == number and done["files"][0]["taken_back_at"]
    assert command("figures", theirs, "--json").json["figures"][0]["number"] == 0
    refused = command("taken-in", theirs, "--back", str(number)).refused_with_one_sentence()
    assert refused.startswith("Dit bestand kan niet worden teruggenomen.")
    assert f"--back {number}" not in command("taken-in", theirs).out


def test_who_has_what_is_told_by_a_command(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    file, back = tmp_path / "uit.regiemap", tmp_path / "terug.regiemap"
    assert command("who-has", mine, "--json").json == {"holdings": []}
    number = _a_number(command, mine, tmp_path)
    assert command("export", mine, "--to", "Sam", "--dossier", number, "--out", file).code == 0
    (given,) = command("who-has", mine, "--json").json["holdings"]
    assert given["name"] == "Sam" and given["behind"] > 0 and given["told_at"] is None
    assert given["compartments"] == ["kern", "werkwijze"]
    assert "bevestigd: nog niet" in command("who-has", mine, "--dossier", number).out
    assert command("import", theirs, file).code == 0
    name = command("identity", mine, "--json").json["name"]
    assert command("receipt", theirs, "--to", name, "--out", back).code == 0
    assert command("import", mine, back).code == 0
    assert "heeft alles" in command("who-has", mine, "--dossier", number).out


def _in_what_was_given(figures: list[dict[str, object]]) -> list[dict[str, object]]:
    return [each for each in figures if each["code"] != "persons.decisions"]


def test_into_a_folder_the_file_gets_a_neutral_name(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    made = command("export", pair[0], "--to", card(pair[1]), "--out", tmp_path, "--json").json
    assert Path(made["files"][0]).name.startswith("sync-2026")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--to", "Niemand"), "ColleagueUnknown"),
        (("--to", "Sam", "--part", "eigen"), "NoSuchCompartment"),
        (("--to", "Sam", "--dossier", "NERGENS-1"), "NoSuchDossier"),
    ],
)
def test_what_cannot_be_given_is_said_in_one_sentence(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    file = tmp_path / "uit.regiemap"
    done = command("export", pair[0], *words, "--out", file, "--json")
    assert done.json["problem"] == problem and not file.exists()


def test_a_stranger_gets_nothing_and_brings_nothing(
    command: Commands, desk: Desk, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    kim = desk("Kim")
    file = tmp_path / "uit.regiemap"
    done = command("export", pair[0], "--to", card(kim), "--out", file, "--json")
    assert done.json["problem"] == "ReceiverNotTrusted" and not file.exists()
    meet(command, pair[0], kim)
    assert command("export", pair[0], "--to", "Kim", "--out", file).code == 0
    seen = command("import", kim, file, "--preview").out
    assert "U kunt het bestand bekijken, niet opnemen" in seen and "Vergelijk eerst" in seen
    assert command("import", kim, file, "--json").json["problem"] == "SenderNotTrusted"


REVOKED, REJECTED = "De laptop van Sam", "U hebt Sam geweigerd"


@pytest.mark.parametrize(
    ("deed", "words", "problems"),
    [
        (("--revoke", "Sam", "--reason", "verloren"), REVOKED, ("ReceiverRevoked", "SenderRevoked")),
        (("--reject", "Sam"), REJECTED, ("ReceiverRejected", "SenderRejected")),
    ],
)
def test_of_who_is_trusted_no_more_that_is_said_and_not_to_compare_again(
    command: Commands,
    pair: tuple[Path, Path],
    tmp_path: Path,
    deed: tuple[str, ...],
    words: str,
    problems: tuple[str, str],
) -> None:
    mine, theirs = pair
    file, back, out = (tmp_path / f"{name}.regiemap" for name in ("heen", "terug", "uit"))
    assert command("export", mine, "--to", "Sam", "--out", file).code == 0
    assert command("import", theirs, file).code == 0
    name = command("identity", mine, "--json").json["name"]
    assert command("receipt", theirs, "--to", name, "--out", back).code == 0
    command("trust", mine, "--registrar", "own")
    assert command("trust", mine, *deed).code == 0
    number = _a_number(command, mine, tmp_path)
    to_sam = ("--to", "Sam", "--out", out)
    asked = {
        "given": ("export", mine, *to_sam),
        "to read": ("export", mine, *to_sam, "--dossier", number, "--extract", "--until", "2100-01-31"),
        "receipt": ("receipt", mine, *to_sam),
        "handed over": ("handover", mine, number, "--to", "Sam"),
        "taken in": ("import", mine, back),
    }
    told = {what: command(*words_).refused_with_one_sentence() for what, words_ in asked.items()}
    told["previewed"] = command(*asked["given"], "--preview").out
    told["reading previewed"] = command(*asked["to read"], "--preview").out
    told["looked at"] = command("import", mine, back, "--preview").out
    assert {what: words in said and "ergelijk" not in said for what, said in told.items()} == dict.fromkeys(
        told, True
    ), told
    assert command(*asked["given"], "--json").json["problem"] == problems[0] and not out.exists()
    assert command(*asked["taken in"], "--json").json["problem"] == problems[1]


def test_files_that_are_none_are_refused(command: Commands, pair: tuple[Path, Path], tmp_path: Path) -> None:
    mine, theirs = pair
    file = tmp_path / "foto.regiemap"
    file.write_bytes(b"\x89PNG" + bytes(300))
    assert command("import", theirs, file, "--json").json["problem"] == "NotAPackage"
    assert command("inspect", theirs, tmp_path / "weg", "--json").json["problem"] == "CannotOpen"
    assert "is een map" in command("import", theirs, tmp_path).refused_with_one_sentence()
    assert command("export", mine, "--to", "Sam", "--out", tmp_path / "a.regiemap").code == 0
    assert command("import", mine, tmp_path / "a.regiemap", "--json").json["problem"] == "NotForYou"
    other = command("import-dossiers", mine, tmp_path / "a.regiemap")
    assert "met de opdracht import" in other.out and "UTF-8" not in other.out


def test_a_part_can_be_read_until_a_day_and_removed(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    file = tmp_path / "lezen.regiemap"
    words = ("export", mine, "--to", "Sam", "--extract", "--out", file)
    assert command(*words, "--json").json["problem"] == "ExtractOfOne"
    number = _a_number(command, mine, tmp_path)
    chosen = ("--dossier", number, "--until", "2100-01-31")
    assert command(*words, *chosen, "--preview", "--json").json["bytes"] > 0 and not file.exists()
    assert command(*words, *chosen).code == 0
    assert "31-1-2100" in command("import", theirs, file, "--preview").out.replace("-01-", "-1-")
    assert command("extracts", theirs, "--json").json["extracts"] == []
    kept = command("import", theirs, file)
    assert "Bewaard om te lezen, van" in kept.out and "0 wijzigingen" not in kept.out
    package = command("import", theirs, file, "--json").json["package"]
    listed = command("extracts", theirs, "--json").json["extracts"]
    assert [one["id"] for one in listed] == [package]
    read = command("extracts", theirs, "--show", package[:8], "--json").json
    assert read["until"] == "2100-01-31" and number in {line["value"] for line in read["lines"]}
    assert command("export-dossiers", theirs, "--out", tmp_path / "leeg.json").code == 0
    assert json.loads((tmp_path / "leeg.json").read_text(encoding="utf-8"))["records"] == []
    assert command("extracts", theirs, "--remove", package).code == 0
    assert command("extracts", theirs, "--json").json["extracts"] == []
    assert command("extracts", theirs, "--show", package, "--json").json["problem"] == "ExtractEnded"


def test_only_a_family_of_the_file_can_be_chosen_and_only_that_goes_in(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    file = tmp_path / "uit.regiemap"
    assert command("export", mine, "--to", "Sam", "--out", file).code == 0
    titles = [one["title"] for one in command("import", theirs, file, "--preview", "--json").json["families"]]
    wrong = command("import", theirs, file, "--dossier", "onzin").refused_with_one_sentence()
    assert "“onzin” is niet één gezin uit dit bestand" in wrong and all(title in wrong for title in titles)
    assert _titles(command, theirs, tmp_path) == []
    chosen = titles[2]
    looked = command("import", theirs, file, "--preview", "--dossier", chosen.upper()).out
    done = command("import", theirs, file, "--dossier", chosen).out
    for said in (looked, done):
        assert f"{chosen}: nieuw hier" in said and said.count("nieuw hier") == 1
        assert f"Blijft eruit: {titles[0]}" in said and f"Blijft eruit: {chosen}" not in said
    assert _titles(command, theirs, tmp_path) == [chosen]


def test_what_a_file_asks_to_destroy_or_brings_removed_is_said_and_what_was_destroyed_stays_out(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    old, back, new = (tmp_path / f"{name}.regiemap" for name in ("oud", "terug", "nieuw"))
    assert command("export", mine, "--to", "Sam", "--out", old).code == 0
    assert command("import", theirs, old).code == 0
    name = command("identity", mine, "--json").json["name"]
    assert command("receipt", theirs, "--to", name, "--out", back).code == 0
    assert command("import", mine, back).code == 0
    gone, removed = (one for one in _dossiers(command, mine, tmp_path)[:2])
    assert command("destroy", mine, gone["number"], "--reason", "verzoek").code == 0
    assert command("remove", mine, removed["number"]).code == 0
    assert command("export", mine, "--to", "Sam", "--out", new).code == 0
    looked = command("import", theirs, new, "--preview").out
    taken = command("import", theirs, new).out
    for said in (looked, taken):
        assert "vraagt om vernietiging van 1 dossier." in said and f"- {gone['title']}" in said
        assert "De opdracht destroy toont wat op uw woord wacht." in said
        assert f"{removed['title']}: verwijderd" in said and "U kunt het terughalen" in said
    assert command("destroy", theirs, gone["number"], "--accept").code == 0
    again = command("import", theirs, old).out
    assert (
        "Een vernietigd gezin. Dit gezin is hier vernietigd en blijft eruit." in again
        and gone["title"] not in again
    )
    assert "1 gezin uit dit bestand is hier vernietigd en blijft eruit. De rest staat hier al." in again
    assert gone["title"] not in _titles(command, theirs, tmp_path)


def _titles(command: Commands, store: Path, folder: Path) -> list[str]:
    return [one["title"] for one in _dossiers(command, store, folder)]


def _dossiers(command: Commands, store: Path, folder: Path) -> list[dict[str, str]]:
    """What stands in the records of the dossiers of a store."""
    out = folder / "open.json"
    out.unlink(missing_ok=True)
    assert command("export-dossiers", store, "--out", out).code == 0
    records = json.loads(out.read_text(encoding="utf-8"))["records"]
    return [one["fields"] for one in records if one["kind"] == "dossier"]


def _a_number(command: Commands, store: Path, folder: Path) -> str:
    """The number of one dossier."""
    return _dossiers(command, store, folder)[0]["number"]
