"""Words about talks that several screens share: when, in which state, who takes part, how long."""

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.person_name import PersonName
from app.i18n import N_, _, formats, ngettext
from app.services.talk_list import State, TalkRow
from ui.bridge.cell import NOTHING, Cell

_STATES = {
    State.PLANNED: (N_("Planned"), "sign.add_appointment", "ink"),
    State.RUNNING: (N_("To be finished"), "lp.examined", "watch"),
    State.FINISHED: (N_("Report made"), "state.good", "good"),
    State.CANCELLED: (N_("Did not take place"), "state.refused", "quiet"),
}


def state_cell(row: TalkRow) -> Cell:
    """Where the talk stands: icon and word; a report that was copied says so."""
    words, icon, role = _STATES[row.state]
    if row.state is State.FINISHED and row.transferred:
        return Cell(main=_("Copied into the official system"), icon="state.good", role="good")
    if row.state is State.PLANNED and row.days_late:
        return Cell(main=_("Day has passed"), icon="state.watch", role="watch")
    return Cell(main=_(words), icon=icon, role=role)


def when_cell(row: TalkRow, today: date) -> Cell:
    """The day, and the time beside it; a day that nobody wrote down is unknown."""
    if row.on is None:
        return Cell(main=_("unknown"), icon="state.unknown", role="unknown")
    shown = _("today") if row.on == today else formats.day(row.on, today)
    return Cell(main=shown, aside=row.at)


def agreements_cell(row: TalkRow) -> Cell:
    """How many agreements of the talk are still open."""
    if not row.agreements_open:
        return Cell(main=NOTHING, role="quiet")
    return Cell(
        main=ngettext(
            "%(count)d agreement open",
            "%(count)d agreements open",
            row.agreements_open,
            count=row.agreements_open,
        )
    )


def minutes_words(minutes: int) -> str:
    """Minutes as the head and the steps say them: whole, never seconds."""
    return _("%(minutes)d min", minutes=minutes)


def due_words(due_on: str | None, today: date) -> str:
    """By when: "today", "di 24 nov", or that no day was agreed."""
    if not due_on:
        return _("no day agreed")
    day = date.fromisoformat(due_on)
    return _("today") if day == today else formats.day(day, today)


def local_words(local: str, today: date) -> str:
    """A local moment `YYYY-MM-DDTHH:MM` (or only its day) in words."""
    day = formats.day(date.fromisoformat(local[:10]), today)
    return f"{day}, {local[11:16]}" if len(local) > 10 else day


def saved_words(moment: datetime) -> str:
    """ "Saved at 10:36:08": the only place where seconds are of use."""
    return _("Saved at %(time)s", time=formats.local(moment).strftime("%H:%M:%S"))


def people_words(names: Sequence[PersonName]) -> str:
    """ "Armen and Lusine Hakobyan"; with different family names each name whole."""
    surnames = {name.surname for name in names}
    if len(surnames) == 1 and len(names) > 1 and surnames != {""}:
        return f"{formats.listed([name.first for name in names])} {names[0].surname}"
    return formats.listed([name.full for name in names])
