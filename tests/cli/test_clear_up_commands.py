"""`conflicts` and `resolve`: two officers changed one field, and one of them clears it up, without a window."""

from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier
from app.domain.kinds.person import Person, PersonNumber
from app.storage import secret
from app.storage.uow import read_where
from tests.support.command_case import PASSPHRASE, Commands


def rename(command: Commands, store: Path, title: str) -> None:
    """Change the title of the first dossier in a store."""
    unlocked = command.app.gate.unlock(store, secret.from_passphrase(PASSPHRASE))
    try:
        with unlocked.session.store.write(verbs.FAMILY_CHANGED) as uow:
            found = read_where(uow.conn, Dossier, "1 = 1 ORDER BY id LIMIT 1")[0]
            uow.save(found, found.with_values(title=title))
    finally:
        unlocked.lock()


@pytest.fixture
def differing(command: Commands, pair: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Both changed the title of one family, and the second gave theirs to the first."""
    mine, theirs = pair
    there, back = tmp_path / "heen.regiemap", tmp_path / "terug.regiemap"
    assert command("export", mine, "--to", "Sam", "--out", there).code == 0
    assert command("import", theirs, there).code == 0
    rename(command, mine, "Mijn naam")
    rename(command, theirs, "Hun naam")
    name = command("identity", mine, "--json").json["name"]
    assert command("export", theirs, "--to", name, "--out", back).code == 0
    assert command("import", mine, back).code == 0
    return mine, theirs


def test_a_difference_is_shown_and_answered(command: Commands, differing: tuple[Path, Path]) -> None:
    mine, _theirs = differing
    (found,) = command("conflicts", mine, "--json").json["open"]
    assert {answer["words"] for answer in found["answers"]} == {"Mijn naam", "Hun naam"}
    assert found["id"] in command("conflicts", mine).out
    assert (
        command("resolve", mine, found["id"], "--answer", "side-9", "--json").json["problem"]
        == "NoSuchAnswer"
    )
    code = next(answer["code"] for answer in found["answers"] if answer["words"] == "Hun naam")
    assert command("resolve", mine, found["id"], "--answer", code).code == 0
    assert "Niets op te helderen" in command("conflicts", mine).out
    assert command("resolve", mine, found["id"], "--answer", code, "--json").json["problem"] == "NoSuchMatter"


def test_it_can_be_put_off_or_get_another_value(command: Commands, differing: tuple[Path, Path]) -> None:
    mine, _theirs = differing
    (found,) = command("conflicts", mine, "--json").json["open"]
    assert command("resolve", mine, found["id"], "--later", "2099-01-01").code == 0
    told = command("conflicts", mine, "--json").json
    assert told["open"] == [] and told["later"][0]["later"] == "2099-01-01"
    assert command("resolve", mine, found["id"], "--value", "Samen gekozen").code == 0
    assert command("conflicts", mine, "--json").json == {"open": [], "later": []}


def test_putting_off_until_a_day_that_is_past_is_refused(
    command: Commands, differing: tuple[Path, Path]
) -> None:
    mine, _theirs = differing
    (found,) = command("conflicts", mine, "--json").json["open"]
    sentence = command("resolve", mine, found["id"], "--later", "2020-01-01").refused_with_one_sentence()
    assert "Kies een dag na vandaag, bijvoorbeeld" in str(sentence)
    assert command("conflicts", mine, "--json").json == {"open": [found], "later": []}


def test_a_text_of_both_of_what_is_no_note_is_refused(
    command: Commands, differing: tuple[Path, Path]
) -> None:
    mine, _theirs = differing
    (found,) = command("conflicts", mine, "--json").json["open"]
    told = command("resolve", mine, found["id"], "--both", "--json")
    assert told.code != 0 and told.json["problem"] == "NoTextOfBoth"
    command("resolve", mine, found["id"], "--both").refused_with_one_sentence()


def test_a_look_at_a_file_says_what_there_will_be_to_clear_up(
    command: Commands, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    mine, theirs = pair
    unlocked = command.app.gate.unlock(mine, secret.from_passphrase(PASSPHRASE))
    try:
        session = unlocked.session
        kind = session.content.ref("basis", "nummer.v-nummer")
        with session.store.write(verbs.MEMBER_CHANGED) as uow:
            for person in read_where(uow.conn, Person, "1 = 1 ORDER BY id LIMIT 3"):
                uow.add(PersonNumber(id=new_id(), scope=person.id, kind=kind, value="0000000001"))
    finally:
        unlocked.lock()
    file = tmp_path / "heen.regiemap"
    assert command("export", mine, "--to", "Sam", "--out", file).code == 0
    told = command("import", theirs, file, "--preview").out
    assert "Verder 1 punt op te helderen" in told
    assert "- 1 × Hetzelfde V-nummer bij 3 personen" in told
    seen = command("import", theirs, file, "--preview", "--json").json["to_clear_up"]
    assert seen == [{"title": "Hetzelfde V-nummer bij 3 personen", "count": 1}]
    assert command("import", theirs, file).code == 0
    assert "Hetzelfde V-nummer bij 3 personen: 0000000001" in command("conflicts", theirs).out


def test_persons_who_are_one_are_listed_and_taken_apart(command: Commands, filled: Path) -> None:
    assert "Van niemand" in command("same-person", filled).out
    command("same-person", filled, "--apart", "0" * 32).refused_with_one_sentence()
