"""A quick note, and what was done on a day."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from app.domain.clock import moment_text
from app.domain.ident import new_id
from app.domain.kinds.dossier import QuickNote
from app.services import family_list, quick_notes
from tools.scenes.facts_scene import put
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.presenters.quick_note_presenter import place_from
from ui.views.notes import pages as notes_pages
from ui.views.notes.my_day_view import MyDayPage

_FAMILIES = 40


def _note() -> QWidget:
    desk = made_up_desk(made_up_session(_FAMILIES, "notes"))
    dossier = family_list.ids(desk.session)[0]
    return in_window(
        desk, notes_pages.page_specs(desk), place_from(Place(page="family", subject=dossier), dossier)
    )


def _day() -> QWidget:
    """The journal has the clock of the machine, so this is the day on which the picture is made."""
    session = made_up_session(3, "day")
    desk = made_up_desk(session)
    dossier = family_list.ids(session)[0]
    note = QuickNote(
        id=new_id(), scope=dossier, at=moment_text(session.now()), with_whom="mr. V. Proef",
        body="Wil weten of de geboorteakte is aangekomen. Ik zoek het uit.",
        way=session.content.ref("basis", "contactwijze.telefoon"),
    )  # fmt: skip
    quick_notes.write(session, note, "Navragen bij de afdeling", "2026-11-26")
    put(session, dossier, "contact", role="contactrol.school", name="Juf Voorbeeld")
    window = in_window(desk, notes_pages.page_specs(desk), Place(page="my_day"))
    page = window.current_page()
    assert isinstance(page, MyDayPage)
    page.presenter.open(datetime.now(UTC).date())
    settle(desk)
    return window


def _empty() -> QWidget:
    desk = made_up_desk(made_up_session(0))
    return in_window(desk, notes_pages.page_specs(desk), Place(page="my_day"))


SCENES = (
    Scene(name="quick-note", build=_note),
    Scene(name="my-day", build=_day),
    Scene(name="my-day-empty", build=_empty),
)
"""What `tools/screenshots.py` shows."""
