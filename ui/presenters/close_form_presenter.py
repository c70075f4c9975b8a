"""Closing a dossier: what is still open is said first, and stays as it is. It can be undone, and opened again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from typing_extensions import override

from app.domain.entry import FieldProblem
from app.i18n import _, ngettext
from app.services import closing, flow_page
from app.services.flow_page import FlowPage
from ui.bridge.place import Place
from ui.presenters.ask import Ask, Head, day_ask
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.flow_words import CLOSE_FORM, open_groups, tab_place
from ui.presenters.form_presenter import FormPresenter


class CloseFormPresenter(FormPresenter[FlowPage]):
    """`subject` is the dossier."""

    form = CLOSE_FORM
    renamed: ClassVar[Mapping[str, str]] = {"closed_on": "on"}

    @override
    def _read(self) -> FlowPage:
        return flow_page.read(self._session, self.subject)

    @override
    def back_place(self) -> Place:
        return tab_place(self.subject)

    @override
    def _show(self, found: FlowPage) -> None:
        self._screen.show_head(
            Head(
                title=_("Close the dossier"),
                quiet=(found.title, found.closing.dossier.number or ""),
                back=found.title or _("Back"),
                save=_("Close"),
            )
        )
        self._screen.show_options((), "")
        kept = _("Nothing is removed. You find the family under the filter “Closed”, and can open it again.")
        groups = (
            *open_groups(found, self._session.today),
            FactGroup(title=_("Stays"), facts=(Fact(main=kept),)),
        )
        self._screen.show_facts(groups)
        if not self._read_only:
            self._warn(found)

    def _warn(self, found: FlowPage) -> None:
        if found.is_closed:
            self._screen.show_stop("info", _("This dossier is closed already."), may_save=False)
            return
        count = len(found.closing.matters) + len(found.closing.without_outflow)
        if count:
            said = ngettext(
                "%(count)d thing is still open. You may close the dossier all the same.",
                "%(count)d things are still open. You may close the dossier all the same.",
                count,
                count=count,
            )
            self._screen.show_stop("watch", said, may_save=True)

    @override
    def _ask(self, found: FlowPage, values: Mapping[str, str]) -> tuple[Ask, ...]:
        return (day_ask("on", _("Closed on"), self._session.today),)

    @override
    def _wrong(self, found: FlowPage, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        return closing.closing_problems(
            self._session, found.closing.dossier.with_values(closed_on=values.get("on") or None)
        )

    @override
    def _write(self, found: FlowPage, values: Mapping[str, str]) -> tuple[Place, str]:
        closing.close(self._session, found.closing.dossier, date.fromisoformat(values["on"]))
        return tab_place(self.subject), _("Dossier closed")
