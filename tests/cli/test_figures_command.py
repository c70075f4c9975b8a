"""The command that counts over a period, and lists what it counted."""

from pathlib import Path

import pytest

from app.cli.parser import WrongUse
from tests.support.command_case import Commands


def test_a_figure_lists_its_dossiers(command: Commands, filled: Path) -> None:
    whole = command("figures", filled, "--json").json
    number = next(each["number"] for each in whole["figures"] if each["code"] == "persons.children")
    listed = command("figures", filled, "--list", "persons.children", "--json").json
    assert len(listed["list"]) == number > 0
    assert all(row["dossier"] and row["name"] for row in listed["list"])
    lines = command("figures", filled, "--list", "persons.children").out.splitlines()
    assert len(lines) == number


def test_one_part_of_a_figure(command: Commands, filled: Path) -> None:
    whole = command("figures", filled, "--json").json["figures"]
    parts = [each for each in whole if each["code"] == "persons.nationality" and each["number"]]
    listed = command("figures", filled, "--list", f"persons.nationality:{parts[0]['key']}", "--json").json
    assert len(listed["list"]) == parts[0]["number"]
    assert {row["part"] for row in listed["list"]} == {parts[0]["part"]}


def test_the_period_is_said(command: Commands, filled: Path) -> None:
    given = command("figures", filled, "--year", "2023", "--json").json
    assert (given["from"], given["to"]) == ("2023-01-01", "2023-12-31")
    given = command("figures", filled, "--from", "2024-02-01", "--to", "2024-03-31", "--json").json
    assert (given["from"], given["to"]) == ("2024-02-01", "2024-03-31")
    months = [each["key"] for each in given["figures"] if each["code"] == "inflow.month"]
    assert months == ["2024-02", "2024-03"]
    given = command("figures", filled, "--last-12", "--json").json
    assert len([each for each in given["figures"] if each["code"] == "talks.finished"]) == 12


@pytest.mark.parametrize(
    "wrong",
    [
        ("--list", "nothing"),
        ("--from", "2024-03-31", "--to", "2024-02-01"),
        ("--year", "2023", "--to", "2024-02-01"),
    ],
)
def test_what_cannot_be_counted_is_said_in_one_sentence(
    command: Commands, filled: Path, wrong: tuple[str, ...]
) -> None:
    done = command("figures", filled, *wrong)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize("wrong", [("--year", "2023", "--last-12"), ("--from", "1-2-2024"), ("--year", "23")])
def test_a_period_that_cannot_be_read_is_wrong_use(
    command: Commands, filled: Path, wrong: tuple[str, ...]
) -> None:
    with pytest.raises(WrongUse):
        command("figures", filled, *wrong)
