"""Set a term by hand: another last day, with the reason. The rule's own day stays beside it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from typing_extensions import override

from app.domain.entry import FieldProblem, record_problems
from app.domain.ident import new_id
from app.domain.kinds.request import SetTerm
from app.domain.term import DueTerm, TermStatus
from app.i18n import _, formats, language
from app.services import request_page, requests, words
from app.services.request_page import RequestPage
from ui.bridge.place import Place
from ui.presenters.ask import Ask, AskKind, Head
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.form_presenter import FormPresenter
from ui.presenters.request_words import people_words

_SETTABLE = (TermStatus.RUNNING, TermStatus.PAUSED, TermStatus.UNKNOWN)


class TermPresenter(FormPresenter[RequestPage]):
    """`subject` is the request, `part` the code of a term or empty."""

    form = "request_term"
    renamed: ClassVar[Mapping[str, str]] = {"due_on": "due_on", "reason": "reason"}

    @override
    def _read(self) -> RequestPage:
        return request_page.read(self._session, self.subject)

    @override
    def _show(self, found: RequestPage) -> None:
        title = words.request_title(self._session, found.view.request)
        self._screen.show_head(
            Head(
                title=_("Set a term yourself"), quiet=(title, people_words(found)), back=title, save=_("Save")
            )
        )
        self._screen.show_options((), "")
        self._show_rule(self._chosen(found, {}))

    @override
    def typed(self, values: Mapping[str, str]) -> None:
        super().typed(values)
        if self._found is not None:
            self._show_rule(self._chosen(self._found, values))

    def _show_rule(self, term: DueTerm | None) -> None:
        if term is None:
            self._screen.show_facts(())
            return
        definition = term.definition
        rule = (
            _("unknown") if term.computed_on is None else formats.day(term.computed_on, self._session.today)
        )
        facts = (
            Fact(main=_("The rule says: %(day)s", day=rule), second=definition.basis.text(language())),
            Fact(main=words.source_words(definition.provenance), second=definition.provenance.note),
            Fact(
                main=_("A term only warns. It moves no date and closes nothing."),
                icon="state.info",
                role="info",
            ),
        )
        self._screen.show_facts((FactGroup(title=definition.label(language()), facts=facts),))

    def _chosen(self, found: RequestPage, values: Mapping[str, str]) -> DueTerm | None:
        terms = _settable(found)
        wanted = values.get("term") or self.part
        return next((term for term in terms if term.code == wanted), terms[0] if terms else None)

    @override
    def _ask(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Ask, ...]:
        terms, chosen = _settable(found), self._chosen(found, values)
        if chosen is None:
            return ()
        hand = chosen.manual
        pairs = tuple((term.code, term.definition.label(language())) for term in terms)
        hint = _("Leave it empty to let the rule count again.") if hand else ""
        return (
            Ask(name="term", label=_("Term"), kind=AskKind.CHOICE, choices=pairs, required=True, value=chosen.code),
            Ask(
                name="due_on", label=_("Last day"), kind=AskKind.DATE, required=hand is None, hint=hint,
                value=hand.due_on.isoformat() if hand else "",
            ),
            Ask(
                name="reason", label=_("Reason"), kind=AskKind.TEXT, required=hand is None,
                value=hand.reason if hand else "",
            ),
        )  # fmt: skip

    @override
    def _write(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Place, str]:
        request, code = found.view.request, values["term"]
        name = next(term.definition.label(language()) for term in found.view.terms if term.code == code)
        if values.get("due_on"):
            day = date.fromisoformat(values["due_on"])
            requests.set_term(self._session, request, code, day, values.get("reason", ""))
            said = _("%(term)s: %(day)s", term=name, day=formats.day(day, self._session.today))
        else:
            requests.drop_term(self._session, request, code)
            said = _("%(term)s: the rule counts again", term=name)
        return Place(page="request", subject=request.id), said

    @override
    def _wrong(self, found: RequestPage, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        record = SetTerm(id=new_id(), scope=self.subject, reason=values.get("reason") or None)
        return record_problems(record)


def _settable(found: RequestPage) -> tuple[DueTerm, ...]:
    return tuple(term for term in found.view.terms if term.status in _SETTABLE)
