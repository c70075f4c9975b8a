"""The overview for a new case officer, as a PDF that can be printed or kept with the file of the family.

It derives from records that travel anyway, read through the need-to-know table: kern and the way of working only.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from app.domain import verbs
from app.domain.clock import moment_text
from app.domain.ident import new_id
from app.domain.incomplete_date import IncompleteDate
from app.domain.kinds.dossier import Dossier, Membership, Phase, Todo
from app.domain.kinds.papers import DisclosureRecord
from app.domain.kinds.person import Person, PersonNumber
from app.domain.kinds.request import Request, RequestEvent
from app.domain.kinds.talk import Agreement, Talk
from app.domain.overview_facts import OverviewFacts, OverviewMember, OverviewRequest, OverviewStep
from app.domain.person_name import PersonName
from app.services import handing_over
from app.services.dossier_export import PURPOSE
from app.services.families import NoSuchDossier
from app.services.paper_preview import PRINT_DPI, PagePicture
from app.services.paper_preview import pages as page_pictures
from app.services.paper_reading import PaperReader, Words
from app.services.paper_wanted import PRINTED, SAVED
from app.services.request_view import in_two_states
from app.services.saved_file import save_file
from app.services.session import Session
from app.services.value_words import incomplete_words
from app.storage import same_person
from app.storage.problem import ReadOnlyStore
from app.storage.shielding import hidden, only_hidden

PAPER = "papier.overzicht"
CODE = "overview"


# what is for nobody but persons who may not show with this dossier is not on its overview either
_REQUESTS = f"scope = ? AND NOT {only_hidden('request', 'r_request.id', 'r_request.scope')} ORDER BY id"
_TALKS = (
    "scope = ? AND started_at IS NULL AND cancelled_at IS NULL AND planned_at IS NOT NULL"
    f" AND NOT {only_hidden('talk', 'r_talk.id', 'r_talk.scope')}"
)
_TODOS = f"scope = ? AND done_on IS NULL AND NOT {hidden('r_todo.person', 'r_todo.scope')} ORDER BY id"


def facts(session: Session, dossier: str) -> OverviewFacts:
    """What stands on it now. Raises `NoSuchDossier`."""
    state = handing_over.state(session, dossier)
    offer = state.offer or state.taken
    with session.store.read() as conn:
        reader = PaperReader(conn, session, PAPER)
        found = reader.one(Dossier, "id = ?", (dossier,))
        if found is None:
            raise NoSuchDossier
        members = tuple(_members(conn, reader, dossier))
        requests = tuple(_requests(reader, dossier, in_two_states(conn, session, [dossier])))
        steps = tuple(sorted(_steps(reader, dossier), key=lambda step: (step.on or "9", step.what)))
        phases = reader.records(
            Phase, "scope = ? AND person IS NULL ORDER BY from_on DESC, id DESC", (dossier,)
        )
        return OverviewFacts(
            family=reader.plain(CODE, found, "title"),
            number=reader.plain(CODE, found, "number"),
            location=session.location,
            since=reader.plain(CODE, found, "location_since", _dated),
            from_officer=offer.by_name if offer is not None else state.owner_name,
            to_officer=offer.officer_name if offer is not None else "",
            returns_on=offer.returns_on.isoformat() if offer is not None and offer.returns_on else "",
            note=offer.reason if offer is not None else "",
            phase=reader.plain(CODE, phases[0], "phase", reader.label) if phases else "",
            made_at=moment_text(session.now()),
            made_on=session.today.isoformat(),
            members=members,
            requests=requests,
            steps=steps,
            disputed=bool(reader.disputes) or state.crossed,
        )


def pdf(session: Session, dossier: str) -> bytes:
    """Tagged pages. Raises `NoSuchDossier`, `CannotPrintCharacters`."""
    from app.reports.coverage import font_coverage
    from app.reports.overview_sheet import overview_sheet
    from app.reports.render import render

    return render(overview_sheet(facts(session, dossier), session.content.paper_texts, font_coverage()))


def save(session: Session, dossier: str, path: Path) -> None:
    """Write it as a PDF, and write down that it went. Raises what `pdf` raises, `ReadOnlyStore`, `FileNotWritten`."""
    made = _disclosed(session, dossier, SAVED)
    save_file(path, made)


def print_pages(session: Session, dossier: str) -> tuple[PagePicture, ...]:
    """Its pages for the printer that was chosen, after writing down that it is printed. Raises what `pdf` raises,
    `ReadOnlyStore`."""
    return page_pictures(_disclosed(session, dossier, PRINTED), PRINT_DPI)


def _disclosed(session: Session, dossier: str, way: str) -> bytes:
    """The PDF, and a record that it went this way."""
    if session.store.read_only:
        raise ReadOnlyStore
    known, made = facts(session, dossier), pdf(session, dossier)
    content = session.content
    with session.store.write(verbs.DISCLOSED, dossier=dossier) as uow:
        uow.add(
            DisclosureRecord(
                id=new_id(),
                scope=dossier,
                about=dossier,
                way=content.ref("papieren", way),
                purpose=content.ref("papieren", PURPOSE),
                receiver=known.to_officer or None,
                officer=session.officer_name,
                at=moment_text(session.now()),
            )
        )
    return made


def _members(conn: Connection, reader: PaperReader, dossier: str) -> list[OverviewMember]:
    """Each person once; where two records of one person differ both values are said."""
    found = []
    where = "scope = ? AND to_on IS NULL ORDER BY position, id"
    silent = reader.hidden_from(dossier)
    rows = [row for row in reader.records(Membership, where, (dossier,)) if row.person not in silent]
    known = same_person.classes(conn)
    twice = same_person.again(conn, [row.person or "" for row in rows])
    for place, row in enumerate((row for row in rows if row.person not in twice), start=1):
        ids = known.get(row.person or "", (row.person or "",))
        people = [one for id_ in ids if (one := reader.one(Person, "id = ?", (id_,))) is not None]
        if not people:
            continue
        names = {
            field: _said(reader, people, field, place=place)
            for field in ("family_name", "given_names", "family_name_native", "given_names_native")
        }
        name = PersonName(
            family=names["family_name"],
            given=names["given_names"],
            native_family=names["family_name_native"],
            native_given=names["given_names_native"],
        )
        numbers = [
            each
            for person in people
            for each in reader.records(PersonNumber, "scope = ? ORDER BY id", (person.id,))
        ]
        found.append(
            OverviewMember(
                name=name.full,
                native=name.native,
                role=reader.plain(CODE, row, "role", reader.label, place),
                born=_said(reader, people, "birth_date", _dated, place),
                number=", ".join(
                    dict.fromkeys(reader.plain(CODE, each, "value", item=place) for each in numbers)
                ),
                language=_said(reader, people, "language", place=place),
            )
        )
    return found


def _said(
    reader: PaperReader, people: Sequence[Person], field: str, words: Words | None = None, place: int = 0
) -> str:
    """A field of one person by all records of them; two that differ are both said."""
    filled = {getattr(one, field): one for one in people if getattr(one, field) not in (None, "")}
    if len(filled) > 1:
        return reader.both(CODE, list(filled.values()), field, words, place)
    return reader.plain(CODE, next(iter(filled.values()), people[0]), field, words, place)


def _requests(
    reader: PaperReader, dossier: str, in_two: Mapping[str, Sequence[str]]
) -> list[OverviewRequest]:
    """The requests; of one that stands in two states (`in_two`) both are said, and no day."""
    found = []
    for place, row in enumerate(reader.records(Request, _REQUESTS, (dossier,)), start=1):
        events = reader.records(RequestEvent, 'request = ? ORDER BY "on" DESC, id DESC', (row.id,))
        track, country = (
            reader.plain(CODE, row, field, reader.label, place) for field in ("track", "country")
        )
        last = events[0] if events else None
        rivals = [event for event in events if event.id in in_two.get(row.id, ())]
        if rivals:
            both = reader.both(CODE, rivals, "event", reader.label, place)
            found.append(OverviewRequest(title=" – ".join(filter(None, (track, country))), state=both, on=""))
            continue
        found.append(
            OverviewRequest(
                title=" – ".join(part for part in (track, country) if part),
                state=reader.plain(CODE, last, "event", reader.label, place) if last is not None else "",
                on=(last.on or "") if last is not None and not reader.differs(last, "on") else "",
            )
        )
    return found


def _steps(reader: PaperReader, dossier: str) -> list[OverviewStep]:
    """Talks to come, agreements and actions that are not done."""
    talks = reader.records(Talk, _TALKS, (dossier,))
    found = [
        OverviewStep(
            what=reader.plain(CODE, each, "kind", reader.label),
            who="",
            on="" if reader.differs(each, "planned_at") else (each.planned_at or "")[:10],
        )
        for each in talks
    ]
    for each in reader.records(Agreement, "scope = ? AND done_on IS NULL ORDER BY id", (dossier,)):
        on = "" if reader.differs(each, "due_on") else each.due_on or ""
        found.append(
            OverviewStep(what=reader.plain(CODE, each, "what"), who=reader.plain(CODE, each, "who"), on=on)
        )
    for todo in reader.records(Todo, _TODOS, (dossier,)):
        on = "" if reader.differs(todo, "due_on") else todo.due_on or ""
        found.append(OverviewStep(what=reader.plain(CODE, todo, "what"), who="", on=on))
    return found


def _dated(text: str) -> str:
    return incomplete_words(IncompleteDate.from_text(text))
