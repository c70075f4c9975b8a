"""How a family stands, who leaves and who belongs to it: everything the window can do, by commands alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import App
from app.cli.parser import WrongUse
from app.services import families
from app.services.session import Session
from app.storage.secret import from_passphrase
from tests.support.command_case import PASSPHRASE, Commands
from tests.support.family_case import register_family

FATHER, MOTHER, CHILD = "Voorbeeld 1", "Voorbeeld 2", "Voorbeeld 3"


@pytest.fixture
def store(app: App, filled: Path) -> Path:
    """A store in which a family was registered, PROEF-1."""
    unlocked = app.gate.unlock(filled, from_passphrase(PASSPHRASE))
    session: Session = unlocked.session
    made = register_family(session, "Proefgezin", "1984", "1986", "2015-03-02")
    numbered = families.load(session, made.dossier.id)
    members = tuple(
        replace(member, membership=member.membership.with_values(from_on="2024-01-15"))
        for member in numbered.members
    )
    families.save(
        session,
        numbered,
        families.Family(dossier=numbered.dossier.with_values(number="PROEF-1"), members=members),
    )
    unlocked.lock()
    return filled


def stands(command: Commands, store: Path) -> list[tuple[str, str | None]]:
    """What stands now: state, and who when it is about a member."""
    found: dict[str, Any] = command("state", store, "PROEF-1", "--json").json
    return [(each["state"], each["person"]) for each in found["states"] if each["stands"]]


def test_a_state_begins_ends_the_one_before_and_ends(command: Commands, store: Path) -> None:
    assert command("state", store, "PROEF-1", "--set", "s1", "--on", "2026-10-01").code == 0
    seen = command("state", store, "PROEF-1", "--set", "S2", "--on", "2026-10-05", "--preview")
    assert "niets geschreven" in seen.out
    assert "begint op 05-10-2026" in seen.out and "eindigt op 05-10-2026" in seen.out
    assert stands(command, store) == [("stand.s1", None)], "a look changes nothing"
    done = command("state", store, "PROEF-1", "--set", "s2", "--on", "2026-10-05", "--reason", "na gesprek")
    assert done.code == 0 and "na gesprek" in done.out
    assert command("state", store, "PROEF-1", "--set", "s5", "--on", "2026-10-06").code == 0
    assert set(stands(command, store)) == {("stand.s2", None), ("stand.s5", None)}
    more = ("--also-ends", "s5", "--on", "2026-10-07")
    assert command("state", store, "PROEF-1", "--set", "s9", *more).code == 0
    assert stands(command, store) == [("stand.s9", None)]
    assert command("state", store, "PROEF-1", "--set", "s3", "--person", MOTHER).code == 0
    assert command("state", store, "PROEF-1", "--end", "s9").code == 0
    ((state, person),) = stands(command, store)
    assert state == "stand.s3" and person


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("state", "--set", "s99"), "staat niet in de lijst"),
        (("state", "--set", "s10"), "uitstroom"),
        (("state", "--set", "s1", "--on", "2999-01-01"), "moet nog komen"),
        (("state", "--end", "s4"), "staat nu niet"),
        (("state", "--set", "s1", "--person", "Niemand"), "niet één lid"),
        (("outflow", "--person", FATHER), "hoe zij"),
        (("outflow", "--person", FATHER, "--kind", "gewoon"), "staat niet in de lijst"),
        (
            ("outflow", "--person", FATHER, "--kind", "zelfstandig", "--sort", "asiel"),
            "staat niet in de lijst",
        ),
        (
            ("outflow", "--person", FATHER, "--kind", "zelfstandig", "--country", "XX"),
            "staat niet in de lijst",
        ),
        (("outflow", "--person", FATHER, "--kind", "zelfstandig", "--support", "iom"), "niet één steun"),
        (
            ("outflow", "--person", CHILD, "--kind", "zelfstandig", "--on", "1970-01-01"),
            "geboortedag",
        ),
        (
            ("outflow", "--person", FATHER, "--kind", "zelfstandig", "--on", "1999-01-01"),
            "lidmaatschap begon",
        ),
        (("outflow", "--remove", "0" * 32), "uitstroom"),
        (("reopen",), "open"),
        (("member", "leave", "--person", FATHER), "--reason"),
        (("member", "move", "--person", FATHER, "--to", "NERGENS"), "NERGENS"),
        (("member", "split", "--person", "Niemand"), "niet één lid"),
        (("member", "died", "--person", FATHER, "--on", "gisteren"), "datum"),
        (("member", "died", "--person", FATHER, "--on", "1990-01-01"), "lidmaatschap begon"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence_and_nothing_changes(
    command: Commands, store: Path, words: tuple[str, ...], says: str
) -> None:
    before = (
        command("state", store, "PROEF-1", "--json").out,
        command("member", store, "PROEF-1", "--json").out,
    )
    name, *rest = words
    sentence = command(name, store, "PROEF-1", *rest).refused_with_one_sentence()
    assert says in sentence
    after = (
        command("state", store, "PROEF-1", "--json").out,
        command("member", store, "PROEF-1", "--json").out,
    )
    assert before == after


def test_people_leave_the_dossier_closes_and_opens_again(command: Commands, store: Path) -> None:
    how = (
        "--kind",
        "zelfstandig",
        "--sort",
        "iom",
        "--on",
        "2026-10-20",
        "--proof",
        "boarding pass",
        "--country",
        "am",
    )
    both = ("--person", FATHER, "--person", MOTHER)
    seen = command("outflow", store, "PROEF-1", *both, *how, "--preview")
    assert "niets geschreven" in seen.out and "boarding pass" in seen.out
    assert command("outflow", store, "PROEF-1", "--json").json["outflows"] == []
    assert command("outflow", store, "PROEF-1", *both, *how).code == 0
    found = command("outflow", store, "PROEF-1", "--json").json
    assert len(found["outflows"]) == 2 and len(found["staying"]) == 1
    assert {each["on"] for each in found["outflows"]} == {"2026-10-20"}
    assert [state for state, _person in stands(command, store)] == ["stand.s10", "stand.s10"]
    seen = command("close", store, "PROEF-1", "--preview")
    assert f"{CHILD} Proefgezin" in seen.out and "niets geschreven" in seen.out
    gone = ("--kind", "zonder-toezicht", "--reported-on", "2026-10-22", "--reported-to", "AVIM")
    assert "AVIM" in str(command("outflow", store, "PROEF-1", "--person", CHILD, *gone, "--json").json)
    assert "open" in command("close", store, "PROEF-1", "--json").out
    assert "gesloten" in command("close", store, "PROEF-1").refused_with_one_sentence()
    back = command(
        "reopen", store, "PROEF-1", "--source", "heropend", "--from-whom", "IND", "--person", FATHER
    )
    assert "weer open" in back.out
    assert len([state for state, person in stands(command, store) if state == "stand.s10" and person]) == 2
    outflow = command("outflow", store, "PROEF-1", "--json").json["outflows"][0]["id"]
    assert command("outflow", store, "PROEF-1", "--remove", outflow).code == 0
    assert len(command("outflow", store, "PROEF-1", "--json").json["outflows"]) == 2


def here(command: Commands, store: Path, dossier: str) -> set[str]:
    """The names of the members now."""
    found = command("member", store, dossier, "--json").json["members"]
    return {str(each["name"]).removesuffix(" Proefgezin") for each in found if each["to_on"] is None}


def test_a_family_over_time(command: Commands, store: Path) -> None:
    born = (
        "--given",
        "Nieuw",
        "--family-name",
        "Proefgezin",
        "--on",
        "10-2026",
        "--sex",
        "v",
        "--custody",
        "beide-ouders",
    )
    assert command("member", store, "PROEF-1", "born", *born).code == 0
    assert here(command, store, "PROEF-1") == {FATHER, MOTHER, CHILD, "Nieuw"}
    seen = command("member", store, "PROEF-1", "split", "--person", MOTHER, "--person", "Nieuw", "--preview")
    assert "niets geschreven" in seen.out and here(command, store, "PROEF-1") == {
        FATHER,
        MOTHER,
        CHILD,
        "Nieuw",
    }
    going = ("--person", MOTHER, "--person", "Nieuw", "--title", "Afgesplitst", "--custody", "moeder")
    made = command("member", store, "PROEF-1", "split", *going, "--json").json["dossier"]
    assert here(command, store, made) == {MOTHER, "Nieuw"} and here(command, store, "PROEF-1") == {
        FATHER,
        CHILD,
    }
    asked = command("member", store, "PROEF-1", "died", "--person", FATHER)
    assert "kinderen" in asked.refused_with_one_sentence()
    moved = command(
        "member", store, "PROEF-1", "move", "--person", CHILD, "--to", "Afgesplitst", "--json"
    ).json
    assert moved["dossier"] == made and here(command, store, made) == {MOTHER, CHILD, "Nieuw"}
    back = ("--person", MOTHER, "--person", CHILD, "--person", "Nieuw", "--to", "PROEF-1")
    assert command("member", store, made, "reunite", *back, "--json").json["emptied"] == made
    assert command("member", store, "PROEF-1", "died", "--person", FATHER).code == 0
    left = command("member", store, "PROEF-1", "leave", "--person", MOTHER, "--reason", "vertrokken")
    assert "kinderen" in left.refused_with_one_sentence()
    sure = ("--person", MOTHER, "--reason", "vertrokken", "--sure")
    assert command("member", store, "PROEF-1", "leave", *sure).code == 0
    assert here(command, store, "PROEF-1") == {CHILD, "Nieuw"}


@pytest.mark.parametrize(
    "words",
    [
        ("state", "--set", "s1", "--end", "s2"),
        ("state", "--on", "morgen"),
        ("member", "gone"),
        ("outflow", "--on", "2026-10-01", "--day-unknown"),
    ],
)
def test_wrong_use_is_told(command: Commands, store: Path, words: tuple[str, ...]) -> None:
    name, *rest = words
    with pytest.raises(WrongUse):
        command(name, store, "PROEF-1", *rest)


def test_two_records_are_said_to_be_one_or_two_persons(command: Commands, store: Path) -> None:
    found = command("member", store, "PROEF-1", "--json").json["members"]
    one, other = (str(each["person"]) for each in found[:2])
    assert "één persoon" in command("same-person", store, "--one", one, other).out
    assert [set(each["persons"]) for each in command("same-person", store, "--json").json["one_person"]] == [
        {one, other}
    ]
    assert "losmaken" not in command("same-person", store, "--two", one, other).refused_with_one_sentence()
    assert command("same-person", store, "--apart", one).code == 0
    assert command("same-person", store, "--two", one, other).code == 0
    assert command("same-person", store, "--json").json["one_person"] == []
    for pair in ((one, one), (one, "0" * 32)):
        assert (
            "twee verschillende personen"
            in command("same-person", store, "--one", *pair).refused_with_one_sentence()
        )
