"""One family: overview of eight members in several scripts, timeline, form, and what is to be cleared up."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain import verbs
from app.domain.ident import derived_id, new_id
from app.domain.kinds.departure import Departure, DeparturePerson
from app.domain.kinds.dossier import Contact, Membership, Outflow
from app.domain.kinds.person import PersonNumber, SamePerson, Stay
from app.domain.kinds.sensitive import Measure
from app.domain.kinds.talk import Talk
from app.domain.record import ScopeKind
from app.services import families, family_list
from app.services.arrived_persons import ALIKE
from app.services.families import Family
from app.services.session import Session
from app.storage import same_person
from app.storage.compact_json import json_text
from app.storage.journal import NewOp, ops_of
from app.storage.uow import read_where
from tests.support.family_case import change, register_family
from tools.scenes.facts_scene import put
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.clear_up import pages as clear_up_pages
from ui.views.clear_up.clear_up_view import ClearUpPage
from ui.views.data_check import pages as data_check_pages
from ui.views.dossiers import pages as dossiers_pages
from ui.views.family import pages as family_pages
from ui.views.family.family_form_view import FamilyFormPage
from ui.views.family.take_out_block import TakeOutBlock
from ui.widgets.row_table import RowTable

_FAMILIES = 60
_PEOPLE = (
    ("Hakobyan", "Siranush", "Հակոբյան", "Սիրանուշ", "1955", "gezinsrol.grootouder", "AM"),
    ("Hakobyan", "Armen", "Հակոբյան", "Արմեն", "1984-05", "gezinsrol.ouder", "AM"),
    ("Tesfaye", "Hirut", "ተስፋዬ", "ሂሩት", "1988-02-11", "gezinsrol.partner", "ET"),
    ("Hakobyan", "Noor", "حاكوبيان", "نور", "2010-03-09", "gezinsrol.kind", "AM"),
    ("Hakobyan", "Elene", "ჰაკობიანი", "ელენე", "2012-08-30", "gezinsrol.kind", "AM"),
    ("Hakobyan", "Narek", "Հակոբյան", "Նարեկ", "2015-01-02", "gezinsrol.kind", "AM"),
    ("Hakobyan", "Dawit", "ሃኮቢያን", "ዳዊት", "~2019", "gezinsrol.kind", "AM"),
    ("Hakobyan", "Areg", "Հակոբյան", "Արեգ", "?", "gezinsrol.kind", "AM"),
)


def _hakobyan(session: Session) -> str:
    found = family_list.ids(session, "Hirut Areg Elene")
    if found:
        return found[0]
    content = session.content
    made = families.new_family(session)
    dossier = made.dossier.with_values(title="Hakobyan", title_native="Հակոբյան", location_since="2024-03-14")
    members = []
    for number, (family, given, native, native_given, born, role, country) in enumerate(_PEOPLE, start=1):
        member = families.new_member(session, dossier.id, position=number)
        members.append(
            replace(
                member,
                person=member.person.with_values(
                    family_name=family,
                    given_names=given,
                    family_name_native=native,
                    given_names_native=native_given,
                    birth_date=born,
                    birth_date_stated=1,
                ),
                membership=member.membership.with_values(role=content.ref("basis", role)),
                v_number=member.v_number.with_values(value=f"289.114.70{number:02d}" if number < 8 else None),
                nationality=member.nationality.with_values(country=content.ref("landen", country)),
            )
        )
    return families.save(session, None, Family(dossier=dossier, members=tuple(members))).dossier


def _changed(session: Session, dossier: str) -> None:
    """A few deeds, and two differences as an import would leave them."""
    before = families.load(session, dossier)
    if before.members[1].person.birth_place:
        return
    first, second = before.members[1], before.members[2]
    after = replace(
        before,
        members=(
            before.members[0],
            replace(first, person=first.person.with_values(birth_place="Gjumri", language="Armeens")),
            *before.members[2:],
        ),
    )
    families.save(session, before, after)
    families.save(session, before, _with(before, 1, "birth_date", "1984-06-01"))
    families.save(session, before, _with(before, 1, "birth_date", "1985-06-01"))
    session.store.undo()
    families.save(session, before, _with(before, 1, "birth_date", "1986"))
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        uow.write(
            NewOp(kind="person", record=second.person.id, scope=second.person.id, scope_kind=ScopeKind.PERSON,
                  cells={"family_name": "Tesfay"})
        )  # fmt: skip


def _note_of_two(session: Session, dossier: str) -> None:
    """Two colleagues went on with one note of a talk."""
    talk = Talk(id=new_id(), scope=dossier, planned_at="2026-11-20T10:00")
    with session.store.write(verbs.TALK_PLANNED) as uow:
        uow.add(talk)
    base = "Rustig gesprek. De school is blij met de kinderen. De tolk kwam niet."
    with session.store.write(verbs.TALK_NOTED) as uow:
        uow.save(talk, talk.with_values(notes=base))
    with session.store.read() as conn:
        read_by_both = ops_of(conn, [talk.id])[talk.id][-1].dot
    for text in (
        "Rustig gesprek. De school is blij met de kinderen. De tolk kwam niet. Nieuwe afspraak op dinsdag.",
        "Rustig gesprek. De school is erg blij met de kinderen. De tolk kwam niet.",
    ):
        with session.store.write(verbs.TALK_NOTED) as uow:
            uow.write(
                NewOp(
                    kind="talk",
                    record=talk.id,
                    scope=dossier,
                    scope_kind=ScopeKind.DOSSIER,
                    cells={"notes": text},
                    parents={"notes": (read_by_both,)},
                )
            )


def _with(family: Family, at: int, name: str, value: str) -> Family:
    members = list(family.members)
    members[at] = replace(members[at], person=members[at].person.with_values(**{name: value}))
    return replace(family, members=tuple(members))


def _open(place: Place, *, changed: bool = False, name: str = "") -> tuple[Desk, Window]:
    session = made_up_session(_FAMILIES, name or ("changed" if changed else "family"))
    dossier = _hakobyan(session)
    if changed:
        _changed(session, dossier)
    desk = made_up_desk(session)
    pages = (
        *dossiers_pages.page_specs(desk),
        *clear_up_pages.page_specs(desk),
        *data_check_pages.page_specs(desk),
        *family_pages.page_specs(desk),
    )
    return desk, in_window(desk, pages, replace(place, subject=dossier if place.subject else ""))


def _overview() -> QWidget:
    return _open(Place(page="family", subject="x"))[1]


def _difference() -> QWidget:
    return _open(Place(page="family", subject="x"), changed=True)[1]


def _board() -> QWidget:
    """Eight members with a planned flight, and each light in another state."""
    desk, window = _open(Place(page="family", subject="x"), name="board")
    session = desk.session
    dossier = _hakobyan(session)
    people = [member.person.id for member in families.load(session, dossier).members]
    departure = Departure(id=new_id(), scope=dossier, planned_on="2026-12-17")
    with session.store.write(verbs.DEPARTURE_PLANNED) as uow:
        uow.add(departure)
        for person in people:
            uow.add(DeparturePerson(id=new_id(), scope=dossier, departure=departure.id, person=person))
    ends = ("2027-02-20", "2027-02-20", "2026-12-09", "2026-11-02", "2027-02-20", "2027-02-20")
    for person, until in zip(people, ends, strict=False):
        put(
            session,
            dossier,
            "original",
            person,
            kind="documentsoort.lp",
            valid_until=until,
            checked_on="2026-11-09",
        )
    may = ("ja", "ja", "nee", "gevraagd", "ja", "ja", "onbekend")
    for person, answer in zip(people, may, strict=False):
        put(session, dossier, "removability_check", person, outcome=f"mag-vertrekken.{answer}",
            answered_at="2026-11-12T09:00:00Z", answered_by="IND")  # fmt: skip
    for person, answer in zip(people, ("ja", "ja", "nee", "ja", "onbekend"), strict=False):
        put(
            session,
            dossier,
            "availability",
            person,
            answer=f"ja-nee-onbekend.{answer}",
            checked_on="2026-11-20",
        )
    for person in people[1:3]:
        put(
            session,
            dossier,
            "measure",
            person,
            kind="maatregel.art56",
            from_on="2024-03-14",
            checked_on="2026-10-01",
        )
    put(session, dossier, "todo", people[2], what="Arts bellen", due_on="2026-11-27")
    put(session, dossier, "todo", people[2], what="School bellen", due_on="2026-12-02")
    page = window.current_page()
    assert page is not None
    page.open_place(Place(page="family", subject=dossier))
    settle(desk)
    return window


def _timeline() -> QWidget:
    return _open(Place(page="family", subject="x", part="timeline"), changed=True)[1]


def _take_out() -> QWidget:
    desk, window = _open(Place(page="family", subject="x", part="timeline"), changed=True)
    block = window.findChild(TakeOutBlock)
    assert block is not None
    block.ask_for.click()
    settle(desk)
    return window


def _as_on() -> QWidget:
    """With the two values that stood then, as on the day before today's clearing up would be."""
    return _open(Place(page="family_as_on", subject="x"), changed=True)[1]


def _check(part: str = "") -> QWidget:
    desk, window = _open(Place(page="data_check"), name="check")
    session = desk.session
    dossier = _hakobyan(session)
    family = families.load(session, dossier)
    if family.members[5].person.birth_date == "2015-01-02":
        families.save(session, family, _with(family, 5, "birth_date", "1981"))
        parent = family.members[1].person.id
        with session.store.write(
            verbs.MEMBER_CHANGED
        ) as uow:  # as a file of a colleague brings it: no form checks
            uow.add(
                Stay(
                    id=new_id(), scope=parent, place="GL Zuiderveld", from_on="2025-02-01", to_on="2025-01-01"
                )
            )
            uow.add(Measure(id=new_id(), scope=parent, from_on="2025-02-01", to_on="2025-01-01"))
            role = session.content.ref("basis", "contactrol.gemachtigde")
            uow.add(Contact(id=new_id(), scope=dossier, role=role, name="Verzonnen", mandate_to="2026-10-01"))
            left = session.content.ref("basis", "uitstroom.zelfstandig")
            uow.add(Outflow(id=new_id(), scope=dossier, person=family.members[0].person.id, kind=left))
    page = window.current_page()
    assert page is not None
    window.go(Place(page="family", subject=dossier) if part else Place(page="data_check"))
    settle(desk)
    return window


def _check_in_family() -> QWidget:
    return _check("family")


def _form() -> QWidget:
    return _open(Place(page="family_form", subject="x"))[1]


def _new() -> QWidget:
    return _open(Place(page="family_form"))[1]


def _errors() -> QWidget:
    desk, window = _open(Place(page="family_form"))
    page = window.current_page()
    assert isinstance(page, FamilyFormPage)
    wrong = {
        "family_name_1": "N" * 10_000,
        "given_names_1": "Ar\x07men",
        "family_name_native_1": "𐎠𐎼𐎶",
        "birth_date_1": "31-11-1984",
        "value_1": "289.114",
    }
    page.type_into(wrong)
    page.save()
    settle(desk)
    return window


def _known() -> QWidget:
    """Somebody is registered who is here already, in another script."""
    desk, window = _open(Place(page="family_form"), name="known")
    page = window.current_page()
    assert isinstance(page, FamilyFormPage)
    typed = {"family_name_1": "Tesfay", "given_names_1": "Hirut", "birth_date_1": "2-11-1988"}
    page.type_into(typed)
    page.leave()
    settle(desk)
    return window


def _clear_up() -> QWidget:
    """The second value came in by a file, so that its line is as long as a real one."""
    desk, window = _open(Place(page="clear_up"), changed=True, name="by-file")
    session = desk.session
    with session.store.local() as conn:
        if conn.exec_driver_sql("SELECT 1 FROM l_import").first() is None:
            conn.exec_driver_sql(
                "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
                " SELECT '', ?, coalesce(max(d.id), ''), '', '[]', '{}', 0"
                " FROM l_own_device o JOIN j_device d ON d.no = o.no",
                (int(session.now().timestamp() * 1000),),
            )
            conn.exec_driver_sql(
                "UPDATE j_op SET arrival = 1 WHERE action IN (SELECT action FROM j_op WHERE cells LIKE '%\"1986\"%')"
            )
    page = window.current_page()
    assert isinstance(page, ClearUpPage)
    page.open_place(Place(page="clear_up"))
    settle(desk)
    return window


def _clear_up_note() -> QWidget:
    desk, window = _open(Place(page="clear_up"), changed=True, name="note")
    _note_of_two(desk.session, _hakobyan(desk.session))
    page = window.current_page()
    assert isinstance(page, ClearUpPage)
    page.open_place(Place(page="clear_up"))
    settle(desk)
    table = page.findChild(RowTable, "clear_up_list")
    assert table is not None
    table.choose_row(0)  # the note belongs to the family, persons follow
    settle(desk)
    return window


def _clear_up_number() -> QWidget:
    desk, window = _open(Place(page="clear_up"), changed=True, name="number")
    session = desk.session
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        mine, other = read_where(uow.conn, PersonNumber, "value IS NOT NULL ORDER BY scope DESC LIMIT 2")
        uow.save(other, other.with_values(value=mine.value))
    page = window.current_page()
    assert isinstance(page, ClearUpPage)
    page.open_place(Place(page="clear_up"))
    settle(desk)
    table = page.findChild(RowTable, "clear_up_list")
    assert table is not None
    table.choose_row(table.model().rowCount() - 1)
    settle(desk)
    return window


def _clear_up_alike() -> QWidget:
    """Somebody of a colleague's file who may be here already."""
    desk, window = _open(Place(page="clear_up"), changed=True, name="alike")
    session = desk.session
    with session.store.read() as conn:
        row = conn.exec_driver_sql("SELECT 1 FROM l_import").first()
    if row is None:
        here, came = (register_family(session, title, "1984-05-07") for title in ("Petrosyan", "Պետրոսյան"))
        people = [each.members[0].person.id for each in (came, here)]
        change(session, here, 0, given_names="Vahe")
        change(session, came, 0, given_names="Վահե")
        with session.store.local() as conn:
            sql = (
                "INSERT INTO l_import(package, at, sender, made_at, dossiers, counts, lasting)"
                " VALUES('', 0, '', '', '[]', ?, 0)"
            )
            conn.exec_driver_sql(sql, (json_text({ALIKE: [people]}),))
    page = window.current_page()
    assert isinstance(page, ClearUpPage)
    page.open_place(Place(page="clear_up"))
    settle(desk)
    table = page.findChild(RowTable, "clear_up_list")
    assert table is not None
    matters = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    table.choose_row(next(row for row, said in enumerate(matters) if "Վահե" in said))
    settle(desk)
    return window


def _twice() -> QWidget:
    session = made_up_session(_FAMILIES, "twice")
    dossier = _hakobyan(session)
    with session.store.read() as conn:
        rows = read_where(conn, Membership, "scope = ? ORDER BY position DESC LIMIT 2", (dossier,))
        linked = same_person.classes(conn)
    if not linked:
        a, b = sorted(one.person or "" for one in rows)
        with session.store.write(verbs.RESOLVED) as uow:
            uow.add(SamePerson(id=derived_id("same person", a, b), scope=a, a=a, b=b))
    desk = made_up_desk(session)
    pages = (*dossiers_pages.page_specs(desk), *family_pages.page_specs(desk))
    return in_window(desk, pages, Place(page="family", subject=dossier))


SCENES = (
    Scene(name="family", build=_overview),
    Scene(name="family-board", build=_board),
    Scene(name="family-difference", build=_difference),
    Scene(name="family-timeline", build=_timeline),
    Scene(name="family-twice", build=_twice),
    Scene(name="family-take-out", build=_take_out),
    Scene(name="family-as-on", build=_as_on),
    Scene(name="data-check", build=_check),
    Scene(name="data-check-family", build=_check_in_family),
    Scene(name="family-form", build=_form),
    Scene(name="family-form-new", build=_new),
    Scene(name="family-form-errors", build=_errors),
    Scene(name="family-form-known", build=_known),
    Scene(name="clear-up", build=_clear_up),
    Scene(name="clear-up-note", build=_clear_up_note),
    Scene(name="clear-up-number", build=_clear_up_number),
    Scene(name="clear-up-alike", build=_clear_up_alike),
)
