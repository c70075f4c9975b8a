"""Packs: hash, references, older packs, and a sentence for every kind of mistake in a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.content import check, problem
from app.content.load import Content, load, pack_from_canonical
from app.content.schema import PACKS
from app.i18n import problem_text

FOLDER = Path(check.FOLDER)


def test_layout_and_comments_do_not_change_the_hash_but_a_word_does(spoiled: Path, content: Content) -> None:
    file = spoiled / "fasen.toml"
    text = file.read_text("utf-8")
    file.write_text("# een opmerking\n\n" + text.replace('mark = "bron"\n', 'mark  =  "bron"\n\n'), "utf-8")
    assert load(spoiled).packs["fasen"].hash == content.packs["fasen"].hash
    file.write_text(text.replace("Voorbeschouwing", "Eerste fase"), "utf-8")
    assert load(spoiled).packs["fasen"].hash != content.packs["fasen"].hash


def test_a_reference_is_sixteen_hex_a_colon_and_the_code(content: Content) -> None:
    reference = content.ref("fasen", "VB-01")
    assert reference == f"{content.packs['fasen'].hash[:16]}:VB-01"
    assert content.label(reference, "nl").startswith("Ik heb gezegd")
    assert content.label(reference, "en").startswith("I said")
    with pytest.raises(KeyError):
        content.ref("fasen", "VB-99")


@pytest.mark.parametrize("unknown", ["0123456789abcdef:VB-01", "", None, "los", "0123456789abcdef:"])
def test_an_unknown_reference_is_none_and_shown_raw(content: Content, unknown: str | None) -> None:
    assert content.resolve(unknown) is None
    assert content.label(unknown) == (unknown or "").rpartition(":")[2]


def test_a_pack_kept_in_a_store_still_gives_its_own_words(spoiled: Path, content: Content) -> None:
    old = content.packs["fasen"]
    file = spoiled / "fasen.toml"
    file.write_text(file.read_text("utf-8").replace('nl = "Actie"', 'nl = "Doen"'), "utf-8")
    new = load(spoiled)
    reference = content.ref("fasen", "fase.actie")
    assert new.resolve(reference) is None
    new.keep([pack_from_canonical(old.canonical, old.hash)])
    assert new.label(reference) == "Actie"
    assert new.label(new.ref("fasen", "fase.actie")) == "Doen"


def test_a_kept_pack_of_another_form_is_read_and_a_damaged_one_is_named(content: Content) -> None:
    text = '{"pack":{"name":"fasen"},"iets":[{"code":"X","nl":"Iets","mark":"nieuw","sources":["weg"]}]}'
    pack = pack_from_canonical(text)
    assert pack.items["X"].words.nl == "Iets"
    assert pack.items["X"].provenance.sources == ()
    with pytest.raises(problem.PackChanged):
        pack_from_canonical(text + " ", pack.hash)
    with pytest.raises(problem.PackChanged):
        pack_from_canonical("[]")


def test_packs_are_read_only_when_asked_for(spoiled: Path) -> None:
    content = load(spoiled)
    (spoiled / "landen.toml").write_text("dit is geen TOML", "utf-8")
    assert content.phases
    with pytest.raises(problem.PackUnreadable):
        _ = content.countries


def test_short_packs_names_every_pack_by_its_short_hash(content: Content) -> None:
    assert {pack.name for pack in content.short_packs.values()} == set(PACKS)
    assert all(short == pack.hash[:16] for short, pack in content.short_packs.items())


Spoil = Callable[[str], str]
SPOILED: dict[str, tuple[str, Spoil, type[problem.ContentProblem], str]] = {
    "no toml": ("gesprek", lambda t: t + "\n[[", problem.PackUnreadable, "gesprek.toml"),
    "number as text": (
        "gesprek",
        lambda t: t.replace("minutes = 15", 'minutes = "kwartier"', 1),
        problem.NotNumber,
        "stap.hun-agenda",
    ),
    "native date": (
        "feestdagen",
        lambda t: t.replace('on = "2025-01-01"', "on = 2025-01-01"),
        problem.NotDate,
        "nieuwjaar-2025",
    ),
    "day that does not exist": (
        "feestdagen",
        lambda t: t.replace('"2025-01-01"', '"2025-02-30"'),
        problem.NotDate,
        "nieuwjaar-2025",
    ),
    "typing error": ("fasen", lambda t: t.replace("nl = ", "nll = ", 2), problem.FieldUnknown, "nll"),
    "no english": (
        "landen",
        lambda t: t.replace('en = "Morocco"\n', ""),
        problem.FieldMissing,
        "MA",
    ),
    "no source": (
        "fasen",
        lambda t: t.replace('sources = ["wp-64"]', "sources = []", 1),
        problem.FieldMissing,
        "sources",
    ),
    "unknown source": (
        "fasen",
        lambda t: t.replace('sources = ["wp-64"]', 'sources = ["wp-0"]', 1),
        problem.CodeUnknown,
        "wp-0",
    ),
    "code twice": ("fasen", lambda t: t.replace('"VB-02"', '"VB-01"'), problem.CodeTwice, "VB-01"),
    "unknown next state": (
        "reisdocument",
        lambda t: t.replace('"lp.vervallen"]', '"lp.weg"]', 1),
        problem.CodeUnknown,
        "lp.weg",
    ),
    "unknown part": ("basis", lambda t: t + '\n[[keuze]]\ncode = "x"\n', problem.SectionUnknown, "keuze"),
    "other value": (
        "vertrek",
        lambda t: t.replace('MED = "verplicht"', 'MED = "moet"', 1),
        problem.NotChoice,
        "verplicht, indien, niet",
    ),
    "other format": (
        "basis",
        lambda t: t.replace("format = 1", "format = 2"),
        problem.PackFormatUnknown,
        "basis.toml",
    ),
    "broken pattern": (
        "papieren",
        lambda t: t.replace('word = "asiel"', 'word = "asiel("'),
        problem.NotPattern,
        "woord.nl-01",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_mistake_in_a_file_is_one_sentence_with_file_item_and_field(spoiled: Path, name: str) -> None:
    pack, spoil, kind, said = SPOILED[name]
    file = spoiled / f"{pack}.toml"
    text = file.read_text("utf-8")
    assert spoil(text) != text
    file.write_text(spoil(text), "utf-8")
    with pytest.raises(problem.ContentProblem) as caught:
        load(spoiled).load_all()
    assert type(caught.value) is kind
    sentence = problem_text(caught.value)
    assert said in sentence
    assert f"{pack}.toml" in sentence
    assert "%(" not in sentence
    assert sentence != caught.value.message % caught.value.params, "the sentence is not in Dutch"


def test_the_check_for_ci_passes_and_fails(spoiled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([str(FOLDER)]) == 0
    assert "fasen" in capsys.readouterr().out
    file = spoiled / "termijnen.toml"
    file.write_text(file.read_text("utf-8").replace('"lp.gepresenteerd"', '"lp.gepresenteert"', 1), "utf-8")
    assert check.main([str(spoiled)]) == 1
    assert "lp.gepresenteert" in capsys.readouterr().err
    (spoiled / "basis.toml").unlink()
    assert check.main([str(spoiled)]) == 1
    assert "basis.toml" in capsys.readouterr().err
    assert check.main(["a", "b"]) == 2
