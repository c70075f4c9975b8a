"""Languages: what is said when, and that a fresh copy without compiled files speaks too."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import UnknownLanguage, _, in_language, language, ngettext, problem_text, set_language
from app.i18n.catalogue import compiled_catalogue, load
from app.i18n.pseudo import stretched

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Family"
msgstr "{word}"

msgid "%(count)d family"
msgid_plural "%(count)d families"
msgstr[0] "Eén gezin"
msgstr[1] "%(count)d gezinnen"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "regiemap.po").write_text(PO.format(word="Gezin"), encoding="utf-8")
    return tmp_path


def test_a_copy_without_compiled_files_speaks(folder: Path) -> None:
    dutch = load(folder)
    assert dutch.gettext("Family") == "Gezin"
    assert dutch.ngettext("%(count)d family", "%(count)d families", 3) % {"count": 3} == "3 gezinnen"
    assert dutch.ngettext("%(count)d family", "%(count)d families", 1) % {"count": 1} == "Eén gezin"


def test_a_newer_readable_file_wins_from_a_compiled_one(folder: Path) -> None:
    compiled = folder / "regiemap.mo"
    compiled.write_bytes(compiled_catalogue(folder / "regiemap.po"))
    (folder / "regiemap.po").write_text(PO.format(word="Huisgezin"), encoding="utf-8")
    import os

    os.utime(compiled, (1, 1))
    assert load(folder).gettext("Family") == "Huisgezin"
    os.utime(folder / "regiemap.po", (0, 0))
    assert load(folder).gettext("Family") == "Gezin"


def test_without_any_file_the_msgid_speaks(tmp_path: Path) -> None:
    assert load(tmp_path).gettext("Family") == "Family"


def test_an_empty_text_stays_empty() -> None:
    assert _("") == ""


def test_an_unknown_language_is_refused_and_changes_nothing() -> None:
    with pytest.raises(UnknownLanguage):
        set_language("fr")
    assert language() == "nl"


def test_a_document_speaks_its_own_language_beside_the_screen() -> None:
    set_language("en")
    seen: list[str] = []
    with in_language("nl"):
        thread = threading.Thread(target=lambda: seen.append(language()))
        thread.start()
        thread.join()
        assert language() == "nl"
    assert seen == ["en"], "another thread keeps the language of the screen"
    assert language() == "en"


def test_placeholders_are_filled_by_name() -> None:
    set_language("xx")
    assert "x" in _("%(name)s", name="x")
    assert ngettext("%(count)d thing", "%(count)d things", 2, count=2).startswith("‹2 ")


@dataclass
class TooLate:
    """A problem as the domain declares one."""

    message: str = "The date %(day)s is past."
    params: dict[str, str | int] = field(default_factory=lambda: {"day": "14-03-2024"})


def test_a_known_problem_is_one_sentence() -> None:
    set_language("en")
    assert problem_text(TooLate()) == "The date 14-03-2024 is past."
    with pytest.raises(KeyError):
        problem_text(TooLate(params={}))


def test_the_pseudo_locale_stretches_and_keeps_what_is_filled_or_laid_out() -> None:
    assert stretched("Opslaan") == "‹Ópsláán···›"
    assert stretched("%(name)s <b>is</b> terug") == "‹%(name)s <b>ís</b> térúg····›"
    assert stretched("") == ""


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="%<&")))
def test_stretched_text_is_always_longer(text: str) -> None:
    assert not text or len(stretched(text)) >= len(text) + 3
