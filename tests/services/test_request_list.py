"""The list of requests: its SQL says of every request what its events say, and filters, sorts and searches by it."""

from dataclasses import replace

from app.domain.ident import new_id
from app.domain.kinds.request import Request, RequestEvent
from app.services import agenda, request_list, request_view
from app.services.request_list import ENDED, LATE, ON_HOLD, RUNNING, UNKNOWN, Order
from app.services.session import Session
from tests.support.family import add
from tests.support.request_case import RequestCase, begin_request


def row(session: Session, request: str) -> request_list.RequestRow:
    (found,) = request_list.rows(session, [request])
    assert found is not None
    return found


def agrees(case: RequestCase) -> bool:
    """Whether the list and the course derived from the events say the same."""
    position = request_view.load(case.session, case.request).position
    shown = row(case.session, case.request)
    known = position.state.code if position.state else ""
    return (shown.state if shown.state_words else "", shown.since) == (known, position.since)


def test_the_state_in_the_list_is_the_state_of_the_course(session: Session) -> None:
    case = begin_request(session)
    assert agrees(case)
    case.file()
    case.step("lp.kopie-gegeven", "2026-09-12")
    assert agrees(case)
    assert row(session, case.request).state == "lp.ingediend"
    case.step(
        "lp.in-onderzoek", "2026-09-10", reason="register"
    )  # on the day of filing: written later, so later
    assert agrees(case)
    assert row(session, case.request).state_words == "In onderzoek"


def test_an_event_without_a_day_stays_behind_the_one_written_before_it(session: Session) -> None:
    case = begin_request(session)
    case.file()
    blank = RequestEvent(id=new_id(), scope=case.dossier, request=case.request)
    held = blank.with_values(event=session.content.ref("reisdocument", "lp.aangehouden"), reason="x")
    late = replace(held, id=new_id()).with_values(
        event=session.content.ref("reisdocument", "lp.opdracht-dia"), on="2026-09-05"
    )
    add(session.store, held, late)
    assert agrees(case)
    assert row(session, case.request).state == "lp.aangehouden"


def test_a_code_of_another_version_and_a_request_without_events_are_unknown(session: Session) -> None:
    case = begin_request(session)
    newer = RequestEvent(id=new_id(), scope=case.dossier, request=case.request, event=f"{'a' * 16}:lp.nieuw")
    empty = Request(id=new_id(), scope=case.dossier)
    add(session.store, newer.with_values(on="2026-10-01"), empty)
    assert agrees(case)
    assert row(session, case.request).state_words == ""
    assert set(request_list.ids(session, state=UNKNOWN)) == {case.request, empty.id}
    assert row(session, empty.id).people == ()


def test_filters_by_state_group(session: Session) -> None:
    filed, held, ended = (begin_request(session, title) for title in ("Filed", "Held", "Ended"))
    for case in (filed, held, ended):
        case.file()
    held.step("lp.aangehouden", "2026-09-20", reason="aanvraag loopt")
    ended.step("lp.ingetrokken", "2026-09-20", held_by="Regievoerder", reason="vertrokken")
    assert set(request_list.ids(session, state=RUNNING)) == {filed.request, held.request}
    assert request_list.ids(session, state=ON_HOLD) == (held.request,)
    assert request_list.ids(session, state=ENDED) == (ended.request,)
    assert request_list.ids(session, state="lp-fase.ingediend") == (filed.request,)
    assert set(request_list.ids(session, state=LATE)) == {filed.request, held.request}
    assert len(request_list.ids(session, state="")) == 3
    assert row(session, ended.request).next_on is None


def test_sorted_by_what_the_columns_say_and_searched_by_family(session: Session) -> None:
    second, first = (
        begin_request(session, "Ziani", country="DZ"),
        begin_request(session, "Amrani", country="MA"),
    )
    assert request_list.ids(session, order=Order.FAMILY) == (first.request, second.request)
    assert request_list.ids(session, order=Order.COUNTRY) == (second.request, first.request)
    first.file()
    assert request_list.ids(session, order=Order.STATE, descending=True) == (first.request, second.request)
    assert request_list.ids(session, order=Order.NEXT)[0] == first.request
    assert request_list.ids(session, "ziani") == (second.request,)


def test_the_next_term_is_the_one_that_the_start_page_shows_first(session: Session) -> None:
    case = begin_request(session, only_first=True)
    case.file()
    shown = row(session, case.request)
    lines = [line for line in agenda.read(session, days=500).late if line.about == case.request]
    assert (shown.next_on, shown.people, shown.everybody) == (lines[0].due_on, ("Lusine",), False)
    assert shown.next_words.startswith("Kopie")
