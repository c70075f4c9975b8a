"""How a dossier came in and what the file lacked; and a closed dossier that opens again, with an inflow of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from app.domain.entry import FieldProblem
from app.domain.kinds.dossier import Inflow
from app.domain.record import kind_of
from app.i18n import N_, _
from app.services import choices, closing, flow_page
from app.services.flow_page import FlowPage
from ui.bridge.place import Place
from ui.presenters.ask import UNKNOWN, Ask, AskKind, Head
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.flow_words import (
    CHANGE,
    INFLOW_FORM,
    REOPEN,
    bare,
    day_words,
    inflow_words,
    people_pairs,
    tab_place,
)
from ui.presenters.form_presenter import FormPresenter

_FIELDS: Final = {
    "on": AskKind.DATE,
    "source": AskKind.CHOICE,
    "from_whom": AskKind.TEXT,
    "missing": AskKind.NOTE,
    "asked_on": AskKind.DATE,
    "complete_on": AskKind.DATE,
}
_HINTS: Final = {"from_whom": N_("Name or department of who handed the file over.")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The family, and the inflow: that is changed (`is_new` False), or empty."""

    page: FlowPage
    inflow: Inflow
    is_new: bool


class InflowFormPresenter(FormPresenter[Start]):
    """`subject` is the dossier; `part` "change:«id»", "reopen", or "" for an inflow that nobody wrote down."""

    form = INFLOW_FORM

    @override
    def _read(self) -> Start:
        page = flow_page.read(self._session, self.subject)
        changed = self.part.removeprefix(CHANGE)
        with self._session.store.read() as conn:
            stood = closing.inflows_in(conn, self.subject)
        found = next((each for each in stood if each.id == changed), None)
        source = closing.AGAIN if self._reopens else ""
        empty = closing.new_inflow(self._session, self.subject, source)
        return Start(page=page, inflow=found or empty, is_new=found is None)

    @property
    def _reopens(self) -> bool:
        return self.part == REOPEN

    @override
    def back_place(self) -> Place:
        return tab_place(self.subject)

    @override
    def _show(self, found: Start) -> None:
        title = _("Open the dossier again") if self._reopens else _("Inflow")
        save = _("Open again") if self._reopens else _("Save")
        closed = found.page.closing.dossier.closed_on
        said = _("closed on %(day)s", day=day_words(closed)) if closed else ""
        self._screen.show_head(
            Head(title=title, quiet=(found.page.title, said), back=found.page.title or _("Back"), save=save)
        )
        self._screen.show_options((), "")
        before = tuple(
            Fact(main=inflow_words(self._session, each), second=day_words(each.on))
            for each in found.page.inflows
            if each.id != found.inflow.id
        )
        groups = [FactGroup(title=_("Came in before"), facts=before)]
        if self._reopens:
            kept = _("What was written down stays: earlier inflow, outflow and states.")
            groups.append(FactGroup(title=_("Stays"), facts=(Fact(main=kept),)))
        self._screen.show_facts(groups)
        if self._reopens and not found.page.is_closed and not self._read_only:
            self._screen.show_stop("info", _("This dossier is open."), may_save=False)

    @override
    def _ask(self, found: Start, values: Mapping[str, str]) -> tuple[Ask, ...]:
        return tuple(self._asks_of(found))

    def _asks_of(self, found: Start) -> Iterator[Ask]:
        specs = {spec.name: spec for spec in kind_of(found.inflow).fields}
        for name, kind in _FIELDS.items():
            spec, stood = specs[name], str(getattr(found.inflow, name) or "")
            is_code, is_day = kind is AskKind.CHOICE, name == "on"
            yield Ask(
                name=name,
                label=_(spec.title),
                kind=kind,
                choices=choices.choices(self._session, spec) if is_code else (),
                hint=_(_HINTS.get(name, "")),
                required=is_day,
                unknown=is_day,
                value=bare(stood) if is_code else stood or (UNKNOWN if is_day else ""),
            )
        left = tuple(person for person in found.page.members if person in found.page.left)
        if self._reopens and left:
            yield Ask(
                name="returning",
                label=_("Who is back"),
                kind=AskKind.PEOPLE,
                choices=people_pairs(found.page, left),
                value=",".join(left),
                hint=_("Who is not back stays as having left."),
            )

    @override
    def _write(self, found: Start, values: Mapping[str, str]) -> tuple[Place, str]:
        after = self._filled(found, values)
        if self._reopens:
            returning = [person for person in values.get("returning", "").split(",") if person]
            closing.reopen(self._session, found.page.closing.dossier, after, returning)
            return tab_place(self.subject), _("Dossier opened again")
        closing.save_inflow(self._session, None if found.is_new else found.inflow, after)
        return tab_place(self.subject), _("Inflow changed")

    @override
    def _wrong(self, found: Start, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        return closing.inflow_problems(self._session, self._filled(found, values))

    def _filled(self, found: Start, values: Mapping[str, str]) -> Inflow:
        specs = {spec.name: spec for spec in kind_of(found.inflow).fields}
        source = choices.stored(self._session, specs["source"], values.get("source", ""), found.inflow.source)
        wanted = {name: values.get(name) or None for name in _FIELDS if name != "source"}
        wanted["on"] = wanted["on"] if wanted["on"] != UNKNOWN else None
        return found.inflow.with_values(**wanted, source=source)
