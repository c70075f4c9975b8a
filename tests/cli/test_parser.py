"""The command line answers in Dutch, in one sentence, with the exit codes it promises."""

import argparse
import json
import re

import pytest

import main
from app.cli import parser
from app.cli.exit_code import WRONG_USE
from app.cli.parser import COMMANDS, WrongUse, read

ENGLISH = re.compile(
    r"\b(?:usage|options|positional|arguments?|show this|exit|required|expected|invalid|choose|unrecognized)\b"
)
NAMES = [command.name for command in COMMANDS]


def help_of(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        read([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_is_dutch(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text = help_of(capsys, *filter(None, [name]))
    assert text.startswith("gebruik: python main.py")
    assert ENGLISH.search(text) is None
    assert "Toon deze hulp." in text


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys)
    assert [name for name in NAMES if f"    {name}" not in text] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("agenda", "dit ontbreekt: OPSLAG."),
        ("sheet opslag", "dit ontbreekt: --dossier, --out."),
        ("agenda opslag meer", "dit wordt niet begrepen: meer."),
        ("agenda opslag --days", "--days: hierna hoort één waarde."),
        ("agenda opslag --days 0", "--days: hierna hoort een heel getal van 1 tot en met 3660."),
        ("agenda opslag --days 99999999999", "--days: hierna hoort een heel getal van 1 tot en met 3660."),
        ("demo opslag --families ٣", "--families: hierna hoort een heel getal van 1 tot en met 100000."),
        ("agenda opslag --json=ja", "--json: hierbij hoort geen waarde: ja."),
        ("agenda opslag --passphrase=geheim", "dit wordt niet begrepen: --passphrase=geheim."),
        ("bestaat-niet", "“bestaat-niet” bestaat niet; kies uit"),
        ("sheet opslag --dossier 1 --out a.pdf --paper b", "--paper: “b” bestaat niet; kies uit"),
        (
            "export opslag --to Sam --dossier 1 --until 2026-12-24 --out a.regiemap",
            "--until heeft alleen zin samen met --extract.",
        ),
        (
            "export opslag --to Sam --dossier 1 --extract --full --until 2026-12-24 --out a.regiemap",
            "dit gaat niet samen met",
        ),
        ("export opslag --to Sam", "dit ontbreekt: --out."),
        ("handover opslag 1 --accept --until 2026-12-24", "--until heeft alleen zin samen met --to."),
        ("handover opslag 1 --back --note dag", "--note heeft alleen zin samen met --to of --refuse."),
        ("destroy opslag 1 --persons", "--persons heeft alleen zin samen met --reason."),
        ("destroy opslag 1 --reason verzoek --accept", "dit gaat niet samen met"),
        ("take-out opslag 1 --reason verzoek", "--reason heeft alleen zin samen met --value."),
        ("trust opslag --reject Sam --reason verloren", "--reason heeft alleen zin samen met --revoke."),
    ],
)
def test_wrong_use_is_one_dutch_sentence(
    capsys: pytest.CaptureFixture[str], words: str, sentence: str
) -> None:
    assert main.main(words.split()) == WRONG_USE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("Verkeerd gebruik: ")
    assert sentence in said.err
    assert ENGLISH.search(said.err) is None


def test_wrong_use_speaks_json_to_a_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["agenda", "--json"]) == WRONG_USE
    said = capsys.readouterr()
    assert json.loads(said.out) == {"problem": "WrongUse", "sentence": said.err.strip()}


def test_the_passphrase_is_no_argument() -> None:
    for name in NAMES:
        with pytest.raises(WrongUse):
            read([name, "opslag", "bestand", "--passphrase", "geheim"])


def test_argparse_gets_its_own_words_back() -> None:
    before = vars(argparse)["_"]
    with pytest.raises(WrongUse):
        read(["agenda"])
    assert vars(argparse)["_"] is before
    assert parser.PROGRAM == "python main.py"
