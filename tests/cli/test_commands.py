"""Each command does its work, says so in Dutch, and says the same to a machine."""

import json
import re
from pathlib import Path

import pytest

from app.config.paths import RESOURCES
from tests.support.command_case import FAMILIES, PASSPHRASE, Commands, Done

EXAMPLE = RESOURCES / "schema" / "voorbeeld.json"
RECOVERY = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5})+")


def made(command: Commands, store: Path) -> Path:
    """A new empty store."""
    done = command("init", store, "--officer", "Robin Voorbeeld", "--location", "Gezinslocatie Voorbeeld")
    assert done.code == 0, done.err
    return store


def exported(command: Commands, store: Path, file: Path) -> bytes:
    """What a store gives out."""
    done = command("export-dossiers", store, "--out", file)
    assert done.code == 0, done.err
    return file.read_bytes()


def test_init_makes_a_store_and_shows_its_recovery_key_once(command: Commands, tmp_path: Path) -> None:
    done = command(
        "init", tmp_path / "store", "--officer", "Robin Voorbeeld", "--location", "Voorbeeldplaats"
    )
    assert (done.code, done.err) == (0, "")
    assert len(RECOVERY.findall(done.out)) == 1
    assert "De opslag is klaar" in done.out
    assert command("agenda", tmp_path / "store").code == 0


def test_init_takes_a_weak_passphrase_and_says_that_it_is_weak(command: Commands, tmp_path: Path) -> None:
    words = ("--officer", "Robin Voorbeeld", "--location", "Voorbeeldplaats", "--json")
    weak = command("init", tmp_path / "weak", *words, passphrase="welkom").json
    strong = command("init", tmp_path / "strong", *words, passphrase="paars kanaal zeven lepel").json
    assert (weak["passphrase_is_strong"], strong["passphrase_is_strong"]) == (False, True)
    assert RECOVERY.fullmatch(strong["recovery_key"])


def test_demo_is_decided_by_number_and_seed(command: Commands, tmp_path: Path) -> None:
    for name, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        done = command("demo", tmp_path / name, "--families", "3", "--seed", seed, "--json")
        assert done.json == {"store": str(tmp_path / name), "families": 3, "seed": int(seed)}
    agendas = [command("agenda", tmp_path / name).out for name in "abc"]
    assert agendas[0] == agendas[1] != agendas[2]


def test_agenda_has_late_today_and_ahead(command: Commands, filled: Path) -> None:
    lines = command("agenda", filled, "--days", "14").out.splitlines()
    assert [line.partition(" ")[0] for line in lines if not line.startswith(" ")] == [
        "Te",
        "Vandaag",
        "Straks,",
    ]
    values = command("agenda", filled, "--days", "14", "--json").json
    count = sum(len(values[key]) for key in ("late", "today_lines", "ahead") if key in values)
    assert count or values
    for line in values["ahead"]:
        assert line["family"] and line["words"] and line["due_on"]


def test_figures_count_the_location(command: Commands, filled: Path) -> None:
    figures = {each["code"]: each for each in command("figures", filled, "--json").json["figures"]}
    assert figures["dossiers.open"]["number"] + figures["dossiers.closed"]["number"] == FAMILIES
    assert f"{figures['dossiers.open']['label']}: " in command("figures", filled).out


def test_verify_looks_at_everything(command: Commands, filled: Path) -> None:
    done = command("verify", filled)
    assert (done.code, done.err) == (0, "")
    values = command("verify", filled, "--json").json
    assert values["good"] is True
    assert [check["sentence"] for check in values["checks"]] == done.out.splitlines()
    assert len(values["checks"]) >= 8


def test_export_takes_chosen_dossiers_along(command: Commands, filled: Path, tmp_path: Path) -> None:
    everything = json.loads(exported(command, filled, tmp_path / "all.json"))
    dossiers = [record for record in everything["records"] if record["kind"] == "dossier"]
    assert len(dossiers) == FAMILIES
    number = dossiers[2]["fields"]["number"]
    done = command("export-dossiers", filled, "--out", tmp_path / "one.json", "--dossier", number, "--json")
    assert done.json["dossiers"] == 1
    one = json.loads((tmp_path / "one.json").read_bytes())
    assert [scope["id"] for scope in one["scopes"] if scope["kind"] == "dossier"] == [dossiers[2]["id"]]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--dossier", "bestaat-niet"), "NoSuchDossier"),
        (("--compartment", "bestaat-niet"), "NoSuchCompartment"),
        (("--compartment", "eigen"), "CompartmentStays"),
    ],
)
def test_export_refuses_what_it_cannot_give(
    command: Commands, filled: Path, tmp_path: Path, words: tuple[str, ...], problem: str
) -> None:
    done = command("export-dossiers", filled, "--out", tmp_path / "x.json", "--json", *words)
    assert done.json["problem"] == problem
    assert done.json["sentence"] == done.refused_with_one_sentence()
    assert not (tmp_path / "x.json").exists()


def test_import_first_says_and_then_does(command: Commands, tmp_path: Path) -> None:
    store = made(command, tmp_path / "store")
    looked = command("import-dossiers", store, EXAMPLE, "--dry-run", "--json").json
    assert (looked["written"], len(looked["new_dossiers"])) == (False, 1)
    assert "Er is niets geschreven" in command("import-dossiers", store, EXAMPLE, "--dry-run").out
    done = command("import-dossiers", store, EXAMPLE, "--json").json
    assert done["written"] is True
    assert done["new_dossiers"] == looked["new_dossiers"]
    again = command("import-dossiers", store, EXAMPLE, "--json").json
    assert (again["written"], again["new_records"]) == (False, 0)


def test_backup_and_restore(command: Commands, filled: Path, tmp_path: Path) -> None:
    before = exported(command, filled, tmp_path / "before.json")
    done = command("backup", filled, tmp_path / "all.backup", "--json")
    assert done.json["size_bytes"] == (tmp_path / "all.backup").stat().st_size
    assert command("backup", filled, tmp_path / "all.backup").code == 1
    assert command("restore", tmp_path / "all.backup", tmp_path / "back").code == 0
    assert exported(command, tmp_path / "back", tmp_path / "after.json") == before
    assert command("verify", tmp_path / "back").code == 0


def a_sheet(command: Commands, filled: Path, out: Path, *more: str) -> Done:
    everything = json.loads(exported(command, filled, out.with_suffix(".json")))
    traveller = next(record for record in everything["records"] if record["kind"] == "departure_person")
    words = ("--dossier", traveller["scope"], "--person", traveller["fields"]["person"], "--out", out)
    return command("sheet", filled, *words, *more)


def test_a_sheet_is_a_pdf_that_names_what_is_missing(command: Commands, filled: Path, tmp_path: Path) -> None:
    done = a_sheet(command, filled, tmp_path / "sheet.pdf", "--json")
    assert done.code == 0, done.err
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert done.json["status"] == "CONCEPT" or done.json["gaps"] == [] or done.json["status"]
    receipt = a_sheet(
        command, filled, tmp_path / "receipt.pdf", "--paper", "ontvangstbewijs", "--language", "fr"
    )
    assert receipt.code == 0, receipt.err
    assert PASSPHRASE not in receipt.out
