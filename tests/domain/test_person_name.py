"""Names in any script, with one part or with many."""

import pytest

from app.domain.person_name import PersonName, initials, latin_form_problem
from app.domain.script import Script, script_of, scripts_in


def test_a_name_is_put_together_for_its_use() -> None:
    name = PersonName(family="Hakobyan", given="Siranush", native_family="Հակոբյան", native_given="Սիրանուշ")
    assert name.full == "Siranush Hakobyan"
    assert name.listed == "Hakobyan, Siranush"
    assert name.short == "S. Hakobyan"
    assert name.native == "Սիրանուշ Հակոբյան"
    assert name.first == "Siranush"


def test_one_name_stands_alone() -> None:
    name = PersonName(family=".", given="Rahima")
    assert (name.full, name.listed, name.short, name.first) == ("Rahima", "Rahima", "Rahima", "Rahima")


def test_a_call_name_goes_before_a_given_name() -> None:
    assert PersonName(family="Okafor", given="Chukwuemeka", call="Emeka").first == "Emeka"
    assert PersonName(family="Okafor").first == "Okafor"


@pytest.mark.parametrize(
    ("given", "short"),
    [("Anna Maria", "A.M."), ("jean-pierre", "J.-P."), ("Élodie", "É."), ("حسن", ""), ("", ""), ("3", "")],
)
def test_initials_are_for_latin_letters(given: str, short: str) -> None:
    assert initials(given) == short


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Nguyễn Thị", Script.LATIN),
        ("حداد", Script.ARABIC),
        ("رستمی", Script.ARABIC),
        ("ተስፋዬ", Script.ETHIOPIC),
        ("Գրիգորյան", Script.ARMENIAN),
        ("ბერიძე", Script.GEORGIAN),
        ("כהן", Script.HEBREW),
        ("Батбаяр", Script.CYRILLIC),
        ("Παπαδόπουλος", Script.GREEK),
        ("陳美玲", Script.OTHER),
        ("12-3", Script.NONE),
        ("", Script.NONE),
    ],
)
def test_the_script_of_a_name(text: str, script: Script) -> None:
    assert script_of(text) is script


def test_a_mixed_text_names_all_its_scripts() -> None:
    assert scripts_in("Hakobyan Հակոբյան 12") == {Script.LATIN, Script.ARMENIAN}


def chinese(text: str) -> set[str]:
    return {letter for letter in text if script_of(letter) is Script.OTHER}


def test_letters_without_glyph_ask_for_the_latin_form() -> None:
    problem = latin_form_problem("陳美玲", "", chinese)
    assert problem is not None
    assert "陳" in str(problem.params["letters"])
    assert latin_form_problem("陳美玲", "陳", chinese) is not None
    assert latin_form_problem("陳美玲", "Chen Meiling", chinese) is None
    assert latin_form_problem("حداد", "", chinese) is None
