"""A quick note from anywhere in one key: about which family, how, with whom, what, and what follows from it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from typing_extensions import override

from app.domain.clock import moment_text
from app.domain.entry import FieldProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import QuickNote
from app.domain.record import KINDS
from app.i18n import _
from app.services import quick_notes
from app.services.choices import choices
from app.services.quick_notes import Candidate
from app.services.session import DUTCH_TIME
from ui.bridge.place import Place
from ui.presenters.ask import Ask, AskKind, Head
from ui.presenters.form_presenter import FormPresenter

_BAR = "|"
_Work = tuple[str, tuple[Candidate, ...]]


def place_from(origin: Place, subject: str) -> Place:
    """The place of a quick note, opened from `origin`: its part says where to go back to."""
    return Place(
        page=QuickNotePresenter.form,
        subject=subject,
        part=_BAR.join((origin.page, origin.subject, origin.part)),
    )


class QuickNotePresenter(FormPresenter[_Work]):
    """`subject` is what the page was about from which it was opened, "" for none; `part` is that page."""

    form = "quick_note"
    renamed: ClassVar[Mapping[str, str]] = {"what": "follow_up"}

    @property
    @override
    def _key(self) -> str:
        return ""  # one note at a time, wherever it was begun

    @override
    def back_place(self) -> Place:
        page, _bar, rest = self.part.partition(_BAR)
        subject, _bar, part = rest.partition(_BAR)
        return Place(page=page or "today", subject=subject, part=part)

    @override
    def _read(self) -> _Work:
        dossier = quick_notes.dossier_of(self._session, self.subject) if self.subject else ""
        return dossier, quick_notes.candidates(self._session, dossier)

    @override
    def _show(self, found: _Work) -> None:
        self._screen.show_head(
            Head(
                title=_("Quick note"), quiet=(_("A phone call or a remark"),), back=_("Back"), save=_("Save")
            )
        )
        self._screen.show_options((), "")
        self._screen.show_facts(())

    @override
    def _ask(self, found: _Work, values: Mapping[str, str]) -> tuple[Ask, ...]:
        dossier, families = found
        chosen = values.get("dossier", dossier)
        family = next((each for each in families if each.dossier == chosen), None)
        way = next(spec for spec in KINDS["quick_note"].fields if spec.name == "way")
        now = self._session.now().astimezone(DUTCH_TIME).strftime("%Y-%m-%dT%H:%M")
        return (
            Ask(
                name="body",
                label=_("Note"),
                kind=AskKind.NOTE,
                required=True,
            ),
            Ask(
                name="dossier",
                label=_("Family"),
                kind=AskKind.CHOICE,
                choices=tuple((each.dossier, _named(each)) for each in families),
                required=True,
                value=dossier,
                hint="" if families else _("Open the family first, then press F8."),
            ),
            Ask(name="way", label=_("How"), kind=AskKind.CHOICE, choices=choices(self._session, way)),
            Ask(
                name="with_whom",
                label=_("With"),
                kind=AskKind.TEXT,
                choices=tuple(("", name) for name in (*family.contacts, *(n for _i, n in family.people)))
                if family
                else (),
            ),
            Ask(
                name="person",
                label=_("About"),
                kind=AskKind.CHOICE,
                choices=(("", _("the whole family")), *(family.people if family else ())),
            ),
            Ask(name="at", label=_("When"), kind=AskKind.MOMENT, value=now, required=True),
            Ask(
                name="follow_up",
                label=_("What follows from it"),
                kind=AskKind.TEXT,
                hint=_("Becomes an action in your list."),
            ),
            Ask(name="due_on", label=_("By"), kind=AskKind.DATE),
        )

    @override
    def _write(self, found: _Work, values: Mapping[str, str]) -> tuple[Place, str]:
        note, follow_up = self._note(values), values.get("follow_up", "")
        quick_notes.write(self._session, note, follow_up, values.get("due_on") or None)
        return self.back_place(), _("Note written down.")

    @override
    def _wrong(self, found: _Work, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        return quick_notes.problems(self._session, self._note(values), values.get("follow_up", ""))

    def _note(self, values: Mapping[str, str]) -> QuickNote:
        content, at = self._session.content, values.get("at", "")
        moment = datetime.fromisoformat(at).replace(tzinfo=DUTCH_TIME) if at else None
        return QuickNote(
            id=new_id(),
            scope=values.get("dossier", ""),
            person=values.get("person") or None,
            at=moment_text(moment) if moment else None,
            with_whom=values.get("with_whom") or None,
            body=values.get("body") or None,
            way=content.ref("basis", values["way"]) if values.get("way") else None,
        )


def _named(family: Candidate) -> str:
    return f"{family.title} ({family.number})" if family.number else family.title
