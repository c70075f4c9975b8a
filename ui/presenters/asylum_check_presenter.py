"""Whether an asylum application is running, asked and answered per person: yes, no or unknown, of whom and when.

Never the story: only the answer, which opens or closes the way to the representation.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from typing_extensions import override

from app.domain.dated_event import day_of
from app.domain.entry import FieldProblem
from app.domain.ident import new_id
from app.domain.kinds.sensitive import AsylumCheck
from app.i18n import _, formats, language
from app.services import request_page, requests, words
from app.services.request_page import RequestPage
from app.services.request_view import ASYLUM_RUNNING
from ui.bridge.place import Place
from ui.presenters.ask import Ask, AskKind, Head, day_ask
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.form_presenter import FormPresenter
from ui.presenters.request_words import people_words

_ANSWERS = ("antwoord.ja", "antwoord.nee", "antwoord.onbekend")


class AsylumCheckPresenter(FormPresenter[RequestPage]):
    """`subject` is the request whose gate asks."""

    form = "asylum_check"
    renamed: ClassVar[Mapping[str, str]] = {"checked_on": "on"}

    @override
    def _read(self) -> RequestPage:
        return request_page.read(self._session, self.subject)

    @override
    def _show(self, found: RequestPage) -> None:
        title = words.request_title(self._session, found.view.request)
        question = self._session.content.item("reisdocument", ASYLUM_RUNNING).label(language())
        self._screen.show_head(
            Head(title=question, quiet=(title, people_words(found)), back=title, save=_("Record the answer"))
        )
        self._screen.show_options((), "")
        groups = [FactGroup(title=_("Last answers"), facts=tuple(self._answers(found)))]
        for each in found.view.gates:
            if each.gate.fact == ASYLUM_RUNNING:
                facts = (
                    Fact(
                        main=(each.reason or each.gate.words).text(language()), icon="sign.gate", role="watch"
                    ),
                    Fact(main=words.source_words(each.gate.provenance)),
                )
                groups.append(FactGroup(title=_("Why this is asked"), facts=facts))
        self._screen.show_facts(groups)

    def _answers(self, found: RequestPage) -> Iterator[Fact]:
        for person, name in found.persons.items():
            asked = found.asked.get(person)
            if asked is None:
                yield Fact(main=name.first, second=_("never asked"), icon="state.unknown", role="unknown")
                continue
            answer = self._session.content.label(asked.answer, language())
            day = day_of(asked.checked_on)
            when = formats.fact(day) if day else _("day unknown")
            said = ", ".join(part for part in (answer, asked.source or "", when) if part)
            yield Fact(main=name.first, second=said)

    @override
    def _ask(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Ask, ...]:
        content = self._session.content
        people = tuple((person, name.full or _("without a name")) for person, name in found.persons.items())
        answers = tuple((code, content.item("basis", code).label(language())) for code in _ANSWERS)
        return (
            Ask(
                name="persons", label=_("Of whom"), kind=AskKind.PEOPLE, choices=people, required=True,
                value=",".join(found.persons),
            ),
            Ask(name="answer", label=_("Answer"), kind=AskKind.CHOICE, choices=answers, required=True),
            Ask(name="source", label=_("Who answered"), kind=AskKind.TEXT, required=True, value="IND"),
            day_ask("on", _("Asked on"), self._session.today),
        )  # fmt: skip

    @override
    def _write(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Place, str]:
        requests.record_asylum_check(
            self._session,
            [person for person in values["persons"].split(",") if person],
            values["answer"],
            date.fromisoformat(values["on"]),
            values.get("source", ""),
        )
        return Place(page="request", subject=self.subject), _("Answer about asylum recorded")

    @override
    def _wrong(self, found: RequestPage, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        said = {"checked_on": values.get("on") or None, "source": values.get("source") or None}
        return requests.asylum_problems(self._session, AsylumCheck(id=new_id(), scope=self.subject, **said))
