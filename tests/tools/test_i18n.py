"""The catalogue tool, on a small program of its own."""

from pathlib import Path

import pytest

from tools.i18n import Layout, main

CODE = """
from app.i18n import N_, _, ngettext

TITLE = N_("Family")

def shown(count: int) -> str:
    return _("Room %(number)s", number=1) + ngettext("%(count)d family", "%(count)d families", count)
"""
GOOD = """
"Family" = "Gezin"
"Room %(number)s" = "Kamer %(number)s"
"%(count)d family" = ["Eén gezin", "%(count)d gezinnen"]
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "babel.cfg").write_text("[python: app/**.py]\n", "utf-8")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "shown.py").write_text(CODE, "utf-8")
    return Layout(tmp_path)


def add(layout: Layout, pairs: str) -> int:
    file = layout.root / "pairs.toml"
    file.write_text(pairs, "utf-8")
    return main(["add", str(file)], layout)


def test_added_pairs_complete_the_catalogues(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract"], layout) == 0
    assert main(["check"], layout) == 1
    assert "nl: no translation: 'Family'" in capsys.readouterr().err
    assert add(layout, GOOD) == 0
    assert main(["check"], layout) == 0
    english = layout.catalogue("en").read_text("utf-8")
    assert 'msgstr[1] "%(count)d families"' in english


def test_a_pair_may_come_before_its_text(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    early = '"Later" = "Straks"\n"%(count)d room" = ["Eén kamer", "%(count)d kamers"]\n'
    assert add(layout, GOOD + early) == 0
    assert "not in the code yet, kept: 'Later'" in capsys.readouterr().out
    assert main(["check"], layout) == 1
    source = layout.root / "app" / "later.py"
    source.write_text('_("Later"); ngettext("%(count)d room", "%(count)d rooms", 2)\n', "utf-8")
    assert main(["extract"], layout) == 0
    assert main(["check"], layout) == 0
    source.unlink()
    assert main(["prune"], layout) == 0
    assert main(["check"], layout) == 0
    assert "Straks" not in layout.catalogue("nl").read_text("utf-8")


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        ('"Room %(number)s" = "Kamer"', "placeholders"),
        ('"Room %(number)s" = "Kamer %(number)s, 50 % vol"', "stray %"),
        ('"Family" = "Gezin!"', "exclamation mark"),
        ('"Family" = "Je gezin"', "informally"),
        ('"%(count)d family" = ["Eén gezin", "gezinnen"]', "placeholders"),
    ],
)
def test_a_wrong_translation_is_named(
    layout: Layout, capsys: pytest.CaptureFixture[str], pair: str, fault: str
) -> None:
    assert add(layout, pair) == 1
    assert fault in capsys.readouterr().err
    assert main(["check"], layout) == 1


@pytest.mark.parametrize("pairs", ['"Family" = 3', '"Family" = ["een"]', '"Family" = ""', "Family ="])
def test_a_file_that_is_no_list_of_pairs_changes_nothing(layout: Layout, pairs: str) -> None:
    assert add(layout, pairs) == 1
    assert not layout.catalogue("nl").exists()


def test_a_source_file_that_cannot_be_read_is_a_sentence(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    (layout.root / "app" / "broken.py").write_bytes(b"_('\xff')\n")
    assert main(["extract"], layout) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_equal_texts_give_equal_bytes(layout: Layout) -> None:
    add(layout, GOOD)
    before = layout.catalogue("nl").read_bytes()
    assert main(["extract"], layout) == 0
    assert layout.catalogue("nl").read_bytes() == before
    assert main(["compile"], layout) == 0
    assert layout.catalogue("nl").with_suffix(".mo").exists()
