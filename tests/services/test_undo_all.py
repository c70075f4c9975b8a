"""Undoing everything leads back to the start as it was shown, redoing everything to the end; what left the program
(prints, final sheets) stays written down. Through the services, as the window and the commands do it."""

from collections.abc import Callable
from typing import Any

from app.domain.record import KINDS
from app.services import circumstances, departures, families, papers, requests, talks
from app.services.paper_wanted import SAVED
from app.services.session import Session
from app.storage import project
from tests.support.departure_case import made_up_family, planned, wanted_sheet
from tests.support.family_case import register_family, with_person
from tests.support.request_start import start_request
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import store, store_file, store_template
from tests.support.talk_case import answer_all_topics, begin_again, talk_of

__all__ = ["clock", "content", "session", "store", "store_file", "store_template"]

Rows = dict[str, list[tuple[Any, ...]]]


STAYS = {name for name, kind in KINDS.items() if kind.lasting} | {"sheet"}
"""Sheets are made final by a deed without undo; disclosures, officers and access last by their kind."""


def _rows(session: Session, *, stays: bool) -> Rows:
    """What stands in the tables of the kinds that undo leaves, or of those it walks over."""
    with session.store.read() as conn:
        return {
            name: sorted(tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "r_{name}"'))
            for name in KINDS
            if (name in STAYS) is stays
        }


def _shown(session: Session) -> list[tuple[Any, ...]]:
    """What the lists and the agenda say: derived, so it must follow."""
    with session.store.read() as conn:
        summary = conn.exec_driver_sql("SELECT * FROM d_summary ORDER BY dossier").all()
        agenda = conn.exec_driver_sql("SELECT * FROM d_agenda ORDER BY 1, 2, 3, 4, 5, 6, 7").all()
    return [tuple(row) for row in (*summary, *agenda)]


def _family(session: Session) -> None:
    family = register_family(session, "Voorbeeld", "1984", "2015-03")
    families.save(session, family, with_person(family, 0, call_name="Aro", language="Armeens"))


def _talk(session: Session) -> None:
    case = begin_again(session, register_family(session, "Proef", "1990", "2019").dossier.id)
    talks.answer(session, talk_of(session, case), "OP-01", "antwoord.ja")
    talks.answer(session, talk_of(session, case), "OP-01", "antwoord.nee")
    circumstances.ask(session, talk_of(session, case), session.content.topics[0].code, circumstances.NONE)
    before = talk_of(session, case)
    talks.save(session, before, before.with_values(notes="Wil eerst met haar zus bellen."))
    answer_all_topics(session, case)
    talks.finish(session, talk_of(session, case), talk_of(session, case))


def _request(session: Session) -> None:
    family = register_family(session, "Monster", "1979")
    request = start_request(session, family)
    requests.record_asylum_check(session, [family.members[0].person.id], "antwoord.nee", session.today, "IND")
    assert request


def _departure(session: Session) -> None:
    file = planned(session, made_up_family(session))
    departures.save(
        session, file, departures.changed(file, departure=file.departure.with_values(carrier="Bus"))
    )
    departures.cancel(session, file.departure.id, "Ticket vervallen.")


def _sheet(session: Session) -> None:
    """A sheet is made final and saved: neither can be undone."""
    wanted = wanted_sheet(planned(session, made_up_family(session)))
    papers.mark_read(session, wanted)
    sealed = papers.make_final(session, wanted)
    papers.disclose(session, sealed, way=SAVED, purpose="doel.overdracht")


DEEDS = (_family, _talk, _request, _departure, _sheet)


def _all(step: Callable[[], Any]) -> int:
    count = 0
    while step() is not None:
        count += 1
    return count


def test_all_the_way_back_and_forth(session: Session) -> None:
    start, start_shown = _rows(session, stays=False), _shown(session)
    for deed in DEEDS:
        deed(session)
    end, end_shown, kept = _rows(session, stays=False), _shown(session), _rows(session, stays=True)
    assert kept["disclosure"] and kept["sheet"], "something left the program"
    steps = _all(session.store.undo)
    assert steps > 20
    assert (_rows(session, stays=False), _shown(session)) == (start, start_shown)
    assert _rows(session, stays=True) == kept
    assert _all(session.store.redo) == steps
    assert (_rows(session, stays=False), _shown(session)) == (end, end_shown)
    with session.store.read() as conn:
        assert project.differences(conn) == []
