"""The published schema and example: true to the declarations, to each other and to what the program reads."""

import io
import json
from typing import Any

import jsonschema
import pytest

from app.config.paths import RESOURCES
from app.domain.record import KINDS, Compartment
from app.files.dossier_json import CARRIED, LEFT_OUT
from app.services.dossier_export import Choice, export_dossiers
from app.services.session import Session
from tests.support.dossier_files import EXAMPLE, into, out_of
from tests.support.family import register
from tools.json_schema import wanted


@pytest.fixture(scope="module")
def validator() -> Any:
    found = json.loads((RESOURCES / "schema" / "dossiers-1.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def test_schema_and_example_are_what_the_tool_makes() -> None:
    for path, text in wanted().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run tools/json_schema.py write"


def test_the_example_follows_the_schema(validator: Any) -> None:
    assert list(validator.iter_errors(json.loads(EXAMPLE))) == []


def test_an_export_follows_the_schema(session: Session, validator: Any) -> None:
    register(session.store)
    into(session, EXAMPLE)
    assert list(validator.iter_errors(json.loads(out_of(session)))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"extra": 1},
        {"records": [{"kind": "own_note", "id": "0" * 32, "scope": "0" * 32, "fields": {}}]},
        {"records": [{"kind": "person", "id": "0" * 32, "scope": "0" * 32, "fields": {"shoe_size": 1}}]},
        {"records": [{"kind": "person", "id": "0" * 32, "scope": "0" * 32, "fields": {"birth_date": "x"}}]},
        {"records": [{"kind": "person", "id": "0" * 32, "scope": "0" * 32}]},
    ],
)
def test_what_the_program_refuses_the_schema_refuses(validator: Any, change: dict[str, Any]) -> None:
    assert list(validator.iter_errors(json.loads(EXAMPLE) | change))


def test_the_example_is_taken_in_whole(session: Session) -> None:
    report = into(session, EXAMPLE)
    assert (len(report.new_dossiers), len(report.new_persons)) == (1, 2)
    assert report.new_records == len(json.loads(EXAMPLE)["records"])
    assert not into(session, EXAMPLE).written
    with session.store.read() as conn:
        row = conn.exec_driver_sql("SELECT title, title_native, request_state FROM d_summary").one()
    assert row[0] == "Voorbeeldjan"
    assert row[1] == "Օրինակյան"
    assert row[2].endswith("|lp.ingediend")


def test_the_example_goes_out_with_the_packs_that_it_names(session: Session) -> None:
    into(session, EXAMPLE)
    out = io.BytesIO()
    told = export_dossiers(session, out, Choice())
    packs = {pack["name"] for pack in json.loads(out.getvalue())["packs"]}
    assert packs == {"basis", "landen", "gesprek", "fasen", "reisdocument", "vertrek"}
    assert (told.dossiers, told.persons, told.disputed) == (1, 2, ())


def test_every_kind_is_either_carried_or_left_out_for_a_reason() -> None:
    stays = {name: kind for name, kind in KINDS.items() if name not in CARRIED}
    own = {name for name, kind in stays.items() if kind.compartment is Compartment.EIGEN}
    place = {name for name, kind in stays.items() if [str(scope) for scope in kind.scopes] == ["plaats"]}
    assert set(stays) == LEFT_OUT | own | place
    assert place >= {"device", "revocation", "content_pack", "location"}
