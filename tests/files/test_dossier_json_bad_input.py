"""A file from outside may be anything: each fault gets its sentence and its place, all of them at once."""

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from app.content.load import Content
from app.domain.record import Compartment
from app.files import json_walk
from app.files.dossier_json import DossierFile
from app.files.dossier_json_check import Codes
from app.files.dossier_json_problem import MOST_PROBLEMS, FileRefused
from app.files.dossier_json_read import read_dossiers
from app.services.dossier_import import import_dossiers, preview_import, problem_line
from app.services.session import Session
from tests.support.dossier_files import preview
from tests.support.made_up_record import id_of
from tests.support.store_fixture import StoreFile

D, P, T = id_of("d"), id_of("p"), id_of("t")
NO_CODES = Codes(ref=lambda _pack, _code: "", packs={})


def good() -> dict[str, Any]:
    """A small file in which nothing is wrong."""
    return {
        "format": "regiemap-dossiers",
        "version": 1,
        "scopes": [{"id": D, "kind": "dossier"}, {"id": P, "kind": "person"}],
        "records": [
            {"kind": "dossier", "id": D, "scope": D, "fields": {"title": "Voorbeeld"}},
            {"kind": "person", "id": P, "scope": P, "fields": {"birth_date": "~1989"}},
            {"kind": "membership", "id": id_of("m"), "scope": D, "fields": {"person": P, "shielded": False}},
            {"kind": "talk", "id": T, "scope": D, "fields": {}},
        ],
    }


def read(text: str | bytes) -> DossierFile:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return read_dossiers(io.BytesIO(data), NO_CODES)


def problems(text: str | bytes | dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(FileRefused) as refused:
        read(json.dumps(text) if isinstance(text, dict) else text)
    for found in refused.value.found:
        line = problem_line(found)
        assert line.startswith(found.path)
        assert "%(" not in line
    return [(found.path, found.problem.code) for found in refused.value.found]


def with_fields(index: int, **fields: Any) -> dict[str, Any]:
    data = good()
    data["records"][index]["fields"] |= fields
    return data


def test_the_good_file_is_good() -> None:
    assert len(read(json.dumps(good())).records) == 4
    assert len(read("\ufeff" + json.dumps(good(), indent=4)).records) == 4


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ({"birth_date": "1 maart"}, "birth_date", "NotThisForm"),
        ({"birth_date": "1990-02-30"}, "birth_date", "NotThisForm"),
        ({"birth_date": 1990}, "birth_date", "NotText"),
        ({"family_name": 3.5}, "family_name", "NotText"),
        ({"family_name": ["a"]}, "family_name", "NotText"),
        ({"family_name": {"a": 1}}, "family_name", "NotText"),
        ({"family_name": True}, "family_name", "NotText"),
        ({"family_name": "x" * 10_000}, "family_name", "TextTooLong"),
        ({"family_name": "a\x00b"}, "family_name", "CharacterNotAllowed"),
        ({"family_name": "a\x1bb"}, "family_name", "CharacterNotAllowed"),
        ({"family_name": "a\ud800"}, "family_name", "CharacterNotAllowed"),
        ({"family_name": "a\nb"}, "family_name", "LineBreakNotAllowed"),
        ({"family_name": "a\u202eb"}, "family_name", "HiddenDirection"),
        ({"birth_date_stated": 1}, "birth_date_stated", "NotYesOrNo"),
        ({"birth_date_stated": "ja"}, "birth_date_stated", "NotYesOrNo"),
        ({"sex": "m"}, "sex", "NotThisForm"),
        ({"sex": "basis:geslacht.bestaat-niet"}, "sex", "CodeUnknown"),
        ({"sex": "../etc:x y"}, "sex", "NotThisForm"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(fields: dict[str, Any], place: str, code: str) -> None:
    assert problems(with_fields(1, **fields)) == [(f"records[1].fields.{place}", code)]


@pytest.mark.parametrize("value", [1.0, "3", 2**63, -(2**63) - 1, True])
def test_a_number_is_a_whole_number_of_64_bits(value: object) -> None:
    assert problems(with_fields(2, position=value)) == [("records[2].fields.position", "NotWholeNumber")]


def test_a_reference_of_a_bad_shape_or_to_something_else() -> None:
    assert problems(with_fields(2, person="'); drop table")) == [("records[2].fields.person", "NotThisForm")]
    assert problems(with_fields(2, person=T)) == [("records[2].fields.person", "RefersToOtherKind")]


def test_unknown_fields_kinds_and_parts() -> None:
    assert problems(with_fields(1, shoe_size=43)) == [("records[1].fields", "FieldUnknown")]
    data = good()
    data["records"][3]["kind"] = "horoscope"
    assert problems(data) == [("records[3].kind", "KindUnknown")]
    assert problems(good() | {"extra": [1, {"a": 2}]}) == [("", "PartUnknown")]
    data = good()
    data["records"][0]["note"] = "x"
    assert problems(data) == [("records[0]", "PartUnknown")]


@pytest.mark.parametrize(
    "kind", ["own_note", "alliance", "scope", "access", "disclosure", "device", "revocation"]
)
def test_kinds_that_no_file_may_hold(kind: str) -> None:
    data = good()
    data["records"].append({"kind": kind, "id": id_of("x"), "scope": D, "fields": {}})
    assert problems(data) == [("records[4].kind", "KindNotCarried")]


def test_what_a_file_says_is_shown_without_what_a_terminal_would_obey() -> None:
    data = with_fields(1, **{"\x1b[31mrood\ud800" + "x" * 500: 1})
    with pytest.raises(FileRefused) as refused:
        read(json.dumps(data))
    line = problem_line(refused.value.found[0])
    assert line.isprintable()
    assert len(line) < 250


def test_ids_and_scopes() -> None:
    data = good()
    data["records"][3]["id"] = D
    assert ("records[3].id", "IdTwice") in problems(data)
    data = good()
    data["records"][3]["id"] = "kort"
    assert problems(data) == [("records[3].id", "NotAnId")]
    data = good()
    data["records"][3]["scope"] = P
    assert problems(data) == [("records[3].scope", "ScopeOfWrongKind")]
    data = good()
    data["records"][3]["scope"] = id_of("unnamed")
    assert problems(data) == [("records[3].scope", "ScopeNotNamed")]
    data = good()
    data["records"][0]["scope"] = "plaats"
    assert problems(data) == [("records[0].scope", "ScopeOfWrongKind")]
    data = good()
    data["scopes"].append({"id": D, "kind": "person"})
    assert ("scopes", "IdTwice") in problems(data)
    data = good()
    data["scopes"][0]["kind"] = "plaats"
    assert ("scopes[0].kind", "ScopeKindUnknown") in problems(data)
    data = good()
    data["records"][0]["id"] = id_of("another")
    assert problems(data) == [("records[0].id", "MainIdDiffers")]


def test_compartments() -> None:
    assert problems(good() | {"compartments": ["kern"]}) == [("records[3]", "CompartmentNotNamed")]
    assert ("compartments[0]", "CompartmentUnknown") in problems(good() | {"compartments": ["eigen"]})
    assert problems(good() | {"compartments": "kern"}) == [("compartments", "NotAList")]
    assert read(json.dumps(good() | {"compartments": [str(Compartment.KERN), "werkwijze"]})).records


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"format": "iets"}, [("format", "OtherFormat")]),
        ({"format": None}, [("format", "OtherFormat")]),
        ({"version": 2}, [("version", "OtherVersion")]),
        ({"version": True}, [("version", "OtherVersion")]),
        ({"records": {}}, [("records", "NotAList")]),
        ({"scopes": [1]}, None),
        ({"records": [None, "x", []]}, [(f"records[{place}]", "NotAnObject") for place in range(3)]),
        ({"packs": [{"name": "basis", "hash": "0", "content": "{}"}]}, [("packs[0].hash", "PackDiffers")]),
        ({"packs": [{"name": "basis", "hash": "0", "content": 1}]}, [("packs[0].content", "NotText")]),
    ],
)
def test_heads_and_lists(change: dict[str, Any], expected: list[tuple[str, str]] | None) -> None:
    found = problems(good() | change)
    assert expected is None or found == expected


def test_missing_parts_are_all_named() -> None:
    assert [code for _path, code in problems("{}")] == ["PartMissing"] * 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NotJson"),
        ("dit is geen JSON", "NotJson"),
        ("[]", "NotJson"),
        ('{"format": "regiemap-dossiers"', "NotJson"),
        ('{"format": "regiemap-dossiers",}', "NotJson"),
        ('{"version": 1} {}', "NotJson"),
        ('{"x": NaN}', "NotJson"),
        ('{"x": Infinity}', "NotJson"),
        ('{"x": ' + "9" * 5000 + "}", "NotJson"),
        ('{"x": "a\nb"}', "NotJson"),
        ('{"records": [{"kind": "a", "kind": "b"}]}', "NameTwice"),
        ('{"version": 1, "version": 1}', "NameTwice"),
        ('{"records": ' + "[" * 10_000 + "]" * 10_000 + "}", "TooDeep"),
        ('{"records": [' + '{"fields":' * 10_000 + "1" + "}" * 10_000 + "]}", "TooDeep"),
    ],
)
def test_what_is_no_json(text: str, code: str) -> None:
    assert ("", code) in problems(text)


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64])
def test_where_the_pieces_end_does_not_matter(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(json_walk, "PIECE", piece)
    data = with_fields(2, position=-1234567890)
    assert read(json.dumps(data, indent=1)).records[2].fields["position"] == -1234567890
    assert read(json.dumps(data | {"version": 1})).scopes == read(json.dumps(good())).scopes
    assert problems('{"version": 12}') == [("version", "OtherVersion")]
    assert problems('{"format": tru}') == [("", "NotJson")]


def test_the_line_of_an_error_is_told() -> None:
    text = json.dumps(good(), indent=1).replace('"title"', "title")
    line = next(at for at, row in enumerate(text.splitlines(), 1) if "title" in row)
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert refused.value.found[0].problem.params == {"line": str(line)}


def test_bytes_that_are_no_utf_8() -> None:
    assert problems(b'{"format": "\xff\xfe"}') == [("", "NotUtf8")]
    assert problems(json.dumps(good()).encode("utf-16")) == [("", "NotUtf8")]


class Endless(io.RawIOBase):
    """A text of a hundred megabytes that is never in memory, and counts what was asked of it."""

    def __init__(self, start: bytes, size: int) -> None:
        super().__init__()
        self._left, self._start, self.read_so_far = size, start, 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int:
        piece = self._start or b"x" * min(len(buffer), self._left)
        self._start = b""
        self._left -= len(piece)
        buffer[: len(piece)] = piece
        self.read_so_far += len(piece)
        return len(piece)


def test_a_text_of_a_hundred_megabytes_is_not_read_to_its_end() -> None:
    source = Endless(b'{"format": "regiemap-dossiers", "records": [{"kind": "', 100_000_000)
    with pytest.raises(FileRefused) as refused:
        read_dossiers(io.BufferedReader(source), NO_CODES)
    assert [found.problem.code for found in refused.value.found] == ["TooLarge"]
    assert source.read_so_far < 40_000_000


def test_an_early_mistake_in_a_long_file_is_found_early() -> None:
    source = Endless(b'{"format": "regiemap-dossiers", "records": [{"kind": nee, "a": "', 100_000_000)
    with pytest.raises(FileRefused) as refused:
        read_dossiers(io.BufferedReader(source), NO_CODES)
    assert [found.problem.code for found in refused.value.found] == ["NotJson"]
    assert source.read_so_far < 4_000_000


def test_all_problems_at_once_up_to_fifty() -> None:
    data = with_fields(1, birth_date="x", sex="y", shoe_size=43)
    assert len(problems(data)) == 3
    data["records"] += [{"kind": "nergens"}] * 100
    assert len(problems(data)) == MOST_PROBLEMS


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_rubbish_is_always_refused_in_words(rubbish: bytes) -> None:
    problems(rubbish)


def _spoiled(data: bytes) -> Iterator[bytes]:
    for cut in range(0, len(data), 37):
        yield data[:cut]


def test_a_file_that_was_cut_off_anywhere_is_refused() -> None:
    data = json.dumps(good()).encode()
    for cut in _spoiled(data):
        problems(cut)


def test_a_code_by_name_finds_its_pack_and_one_of_another_pack_is_refused(
    session: Session, content: Content
) -> None:
    data = json.dumps(with_fields(1, sex="basis:geslacht.v")).encode()
    assert preview(session, data).problems == ()
    for wrong in ("landen:AM", content.ref("landen", "AM")):
        found = preview(session, json.dumps(with_fields(1, sex=wrong)).encode()).problems
        assert [(one.path, one.problem.code) for one in found] == [
            ("records[1].fields.sex", "CodeOfOtherPack")
        ]


@pytest.mark.parametrize("content_text", ["{}", "[]", "x", '{"pack": {"name": "basis"}}', "[" * 5000])
def test_a_pack_that_is_no_pack_is_refused(session: Session, content_text: str) -> None:
    import hashlib

    pack = {
        "name": "basis",
        "hash": hashlib.sha256(content_text.encode()).hexdigest(),
        "content": content_text,
    }
    found = preview(session, json.dumps(good() | {"packs": [pack]}).encode()).problems
    assert [one.problem.code for one in found] == ["PackDiffers"]


def test_nothing_is_written_when_anything_is_wrong(session: Session, store_file: StoreFile) -> None:
    def source() -> BinaryIO:
        return io.BytesIO(json.dumps(with_fields(3, notes="a\x00b")).encode())

    with session.store.read() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM j_op").scalar()
    with pytest.raises(FileRefused):
        import_dossiers(session, source())
    assert not preview_import(session, source()).written
    with session.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM j_op").scalar() == before
