"""The command `sheet`: finds dossier and person, writes the PDF, says what is missing, and writes it down first."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.cli import papers as command
from app.services import papers, sheet_subject
from app.services.session import Session
from app.services.sheet_subject import DossierNotFound, NoDeparture, PersonNotFound, SeveralPersons
from tests.reports.validation import assert_archivable
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import store, store_file, store_template

__all__ = ["clock", "content", "session", "store", "store_file", "store_template"]


def _asked(out: Path, **more: str | None) -> argparse.Namespace:
    usual = {
        "dossier": "TEST-1",
        "person": None,
        "paper": "overdrachtsblad",
        "language": "en",
        "receiver": None,
    }
    return argparse.Namespace(**(usual | {"out": str(out), "json": False} | more))


@pytest.fixture
def opened(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    @contextmanager
    def stand_in(*_arguments: object, **_more: object) -> Iterator[object]:
        yield SimpleNamespace(session=session)

    monkeypatch.setattr(command, "opened", stand_in)
    return session


def test_a_final_sheet_is_written_for_a_receiver(opened: Session, tmp_path: Path) -> None:
    file = planned(opened, made_up_family(opened))
    papers.mark_read(opened, wanted_sheet(file))
    papers.make_final(opened, wanted_sheet(file))
    out = tmp_path / "blad.pdf"
    code, said = command.sheet(_asked(out, receiver="Begeleider", person="2800000019"), None)  # type: ignore[arg-type]
    assert code == 0
    assert_archivable(out.read_bytes())
    assert (said.values["status"], said.values["version"], said.values["gaps"]) == ("final", 1, [])
    assert json.dumps(said.values)
    assert papers.disclosures_of(opened, file.departure.scope)[0].receiver == "Begeleider"


def test_a_concept_names_its_gaps(opened: Session, tmp_path: Path) -> None:
    file = planned(opened, made_up_family(opened), kinds=())
    papers.mark_read(opened, wanted_sheet(file))
    _code, said = command.sheet(_asked(tmp_path / "a.pdf"), None)  # type: ignore[arg-type]
    assert said.values["status"] == "concept"
    assert said.text[1] == "Het is een concept. Er ontbreekt 1 punt:"
    assert "Soort vertrek" in said.text[2]
    assert papers.disclosures_of(opened, file.departure.scope)[0].receiver == "Eigen dossier"


def test_unread_text_keeps_the_file_from_being_written(opened: Session, tmp_path: Path) -> None:
    planned(opened, made_up_family(opened))
    with pytest.raises(papers.TextNotRead):
        command.sheet(_asked(tmp_path / "a.pdf"), None)  # type: ignore[arg-type]
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize(
    "asked", ["2800000019", "280.000.0019", "lusine maria voorbeeldian", "Lusine", "2026-TEST-0001", ""]
)
def test_a_person_is_found_by_number_or_name(session: Session, asked: str) -> None:
    family = made_up_family(session)
    planned(session, family)
    assert sheet_subject.find(session, family.dossier, asked).person == family.persons[0]


def test_what_cannot_be_found_is_said(session: Session) -> None:
    family = made_up_family(session)
    with pytest.raises(NoDeparture):
        sheet_subject.find(session, "TEST-1")
    file = planned(session, family)
    with pytest.raises(DossierNotFound):
        sheet_subject.find(session, "2026-9999")
    with pytest.raises(PersonNotFound):
        sheet_subject.find(session, "TEST-1", "Iemand Anders")
    from app.services import departures

    both = departures.new_file(file.departure.scope, family.persons)
    departures.save(
        session,
        file,
        departures.changed(
            file, persons=(*file.persons, both.persons[1].with_values(departure=file.departure.id))
        ),
    )
    with pytest.raises(SeveralPersons):
        sheet_subject.find(session, "TEST-1")
