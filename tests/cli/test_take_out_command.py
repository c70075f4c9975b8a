"""A value is found in the list, looked at, and taken out by commands alone."""

from pathlib import Path

import pytest

from app.cli.parser import WrongUse
from tests.cli.test_leaving_commands import numbers
from tests.support.command_case import Commands


def test_a_value_is_listed_looked_at_and_taken_out(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    listed = command("take-out", filled, number, "--json").json["values"]
    one = next(value for value in listed if value["name"].endswith(".birth_place"))
    (place,) = one["values"]
    assert f"{one['name']}  {one['what']}: {place}" in command("take-out", filled, number).out
    seen = command("take-out", filled, number, "--value", one["name"], "--preview")
    assert place in seen.out and "niets" in seen.out.lower()
    assert one in command("take-out", filled, number, "--json").json["values"]
    done = command("take-out", filled, number, "--value", one["name"], "--reason", "ten-onrechte")
    assert done.code == 0 and place not in done.out and "Voorgoed weggenomen" in done.out
    names = [value["name"] for value in command("take-out", filled, number, "--json").json["values"]]
    assert one["name"] not in names
    assert command("verify", filled).code == 0


def test_without_a_reason_or_with_a_wrong_name_nothing_goes(command: Commands, filled: Path) -> None:
    number = numbers(command, filled)[0]
    one = command("take-out", filled, number, "--json").json["values"][0]
    assert "waarom" in command("take-out", filled, number, "--value", one["name"]).refused_with_one_sentence()
    for name in ("0" * 32 + ".title", "dossier", "zz.zz"):
        command("take-out", filled, number, "--value", name, "--reason", "anders").refused_with_one_sentence()
    with pytest.raises(WrongUse):
        command("take-out", filled, number, "--value", one["name"], "--reason", "zomaar")
    assert one in command("take-out", filled, number, "--json").json["values"]
