"""A new state, or the days and reason of one that is there. What lies at hand comes first; all may be chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from typing_extensions import override

from app.domain.entry import FieldProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import DossierState
from app.i18n import N_, _, formats, language
from app.services import case_states, flow_page
from app.services.case_states import NewState, Standing
from app.services.flow_page import FlowPage
from app.services.state_proposals import Proposal
from ui.bridge.place import Place
from ui.presenters.ask import Ask, AskKind, Head, Option, day_ask
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.flow_words import (
    CHANGE,
    FAMILY,
    OUTFLOW_FORM,
    STATE_FORM,
    people_pairs,
    person_words,
    source_group,
    span_words,
    tab_place,
)
from ui.presenters.form_presenter import FormPresenter

END: Final = "end:"
_GROUPS: Final = (
    ("first", N_("At hand")),
    ("always", N_("Always possible")),
    ("beside", N_("Beside it")),
    ("others", N_("Other states")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The family, and the state that is changed as it was written."""

    page: FlowPage
    record: DossierState | None


class StateFormPresenter(FormPresenter[Start]):
    """`subject` is the dossier; `part` a state to begin with, "" to choose first, "change:«id»" or "end:«id»"."""

    form = STATE_FORM
    renamed: ClassVar[Mapping[str, str]] = {"from_on": "on", "person": "who"}
    _who = FAMILY

    @override
    def open(self, subject: str, part: str) -> None:
        self._who = FAMILY
        super().open(subject, part)

    @override
    def _read(self) -> Start:
        page = flow_page.read(self._session, self.subject)
        changed = self._changed
        return Start(page=page, record=case_states.load(self._session, changed) if changed else None)

    @override
    def back_place(self) -> Place:
        return tab_place(self.subject)

    @property
    def _changed(self) -> str:
        prefix = next((each for each in (CHANGE, END) if self.part.startswith(each)), "")
        return self.part.removeprefix(prefix) if prefix else ""

    @property
    def _person(self) -> str:
        return "" if self._who == FAMILY else self._who

    @override
    def choose(self, code: str) -> None:
        if self._found is not None and code and code != self.part:
            self.part, self._draft = code, None
            self._stand(self._found)
            self.show_questions()

    @override
    def typed(self, values: Mapping[str, str]) -> None:
        who = values.get("who", self._who)
        if self._found is not None and who != self._who:
            self._who = who
            self._offer(self._found)
            self._stand(self._found)
        super().typed(values)

    # -- what stands there -----------------------------------------------------------------------------------------

    @override
    def _show(self, found: Start) -> None:
        standing = self._standing(found)
        title, save = _("New state"), _("Record it")
        quiet: tuple[str, ...] = (found.page.title,)
        if standing is not None:
            title, save = _("Change or end a state"), _("Save")
            quiet = (found.page.title, person_words(found.page.names, standing.person), span_words(standing))
        self._screen.show_head(Head(title=title, quiet=quiet, back=found.page.title or _("Back"), save=save))
        self._offer(found)
        self._stand(found)

    def _standing(self, found: Start) -> Standing | None:
        return next((each for each in found.page.states if each.record.id == self._changed), None)

    def _offer(self, found: Start) -> None:
        options = () if self._changed else tuple(self._options(found))
        codes = [option.code for option in options if option.code]
        if not self._changed and self.part not in codes:
            self.part = next(iter(codes), "")
        self._screen.show_options(options, self.part)

    def _options(self, found: Start) -> Iterator[Option]:
        offered = case_states.offers(self._session, found.page.states, self._person)
        for name, title in _GROUPS:
            states = getattr(offered, name)
            if states:
                yield Option(code="", words=_(title))
            for state in states:
                icon = "sign.open" if state.is_final else "sign.open_step"
                yield Option(code=state.code, words=state.label(language()), icon=icon)

    def _stand(self, found: Start) -> None:
        """Say what the chosen state means, what ends with it, and where that comes from."""
        standing = self._standing(found)
        state = standing.state if standing else self._session.content.case_states.get(self.part)
        if state is None:
            self._screen.show_facts(())
            return
        groups = [
            FactGroup(title=_("Begins when"), facts=(Fact(main=state.enters.text(language())),)),
            FactGroup(title=_("Ends when"), facts=(Fact(main=state.leaves.text(language())),)),
        ]
        if standing is None and not state.is_final:
            groups.insert(0, FactGroup(title=_("Ends with it"), facts=tuple(self._ending(found))))
        self._screen.show_facts((*groups, source_group(state.rule)))
        if self._read_only:
            return
        if state.is_final and standing is None:
            self._screen.show_facts((self._way_out(found), *groups, source_group(state.rule)))
            said = _(
                "How somebody leaves the caseload is recorded as an outflow. This state follows from it."
            )
            self._screen.show_stop("info", said, may_save=False)
        else:
            self._screen.show_stop("", "", may_save=True)

    def _ending(self, found: Start) -> Iterator[Fact]:
        must, _mostly = case_states.makes_way(self._session, found.page.states, self.part, self._person)
        for each in must:
            yield Fact(main=each.words, second=span_words(each))

    def _way_out(self, found: Start) -> FactGroup:
        place = Place(page=OUTFLOW_FORM, subject=found.page.dossier)
        fact = Fact(main=_("Kind, day and proof, per person"), link=_("Record outflow"), place=place)
        return FactGroup(title=_("Outflow"), facts=(fact,))

    # -- questions -------------------------------------------------------------------------------------------------

    @override
    def _ask(self, found: Start, values: Mapping[str, str]) -> tuple[Ask, ...]:
        if found.record is not None:
            return tuple(self._of_record(found.record))
        state = self._session.content.case_states.get(self.part)
        if state is None or state.is_final:
            return ()
        pairs = ((FAMILY, _("The whole family")), *people_pairs(found.page, found.page.members))
        since = self._proposed_since(found)
        asks = [
            Ask(
                name="who", label=_("For whom"), kind=AskKind.CHOICE, choices=pairs, required=True, value=self._who
            ),
            day_ask("on", _("Since"), self._session.today, since.isoformat() if since else ""),
        ]  # fmt: skip
        _must, mostly = case_states.makes_way(self._session, found.page.states, self.part, self._person)
        if mostly:
            asks.append(
                Ask(
                    name="also_ends",
                    label=_("Also ends"),
                    kind=AskKind.PEOPLE,
                    choices=tuple((each.code, each.words) for each in mostly),
                    value=",".join(each.code for each in mostly),
                )
            )
        asks.append(Ask(name="reason", label=_("Reason"), kind=AskKind.TEXT))
        return tuple(asks)

    def _of_record(self, record: DossierState) -> Iterator[Ask]:
        yield Ask(name="on", label=_("From"), kind=AskKind.DATE, value=record.from_on or "")
        hint = _("Empty: it still stands. Fill in a day to end it.")
        until = record.to_on or (self._session.today.isoformat() if self.part.startswith(END) else "")
        yield Ask(name="to_on", label=_("Until"), kind=AskKind.DATE, value=until, hint=hint)
        yield Ask(name="reason", label=_("Reason"), kind=AskKind.TEXT, value=record.reason or "")

    def _proposed_since(self, found: Start) -> date | None:
        proposal = self._proposal(found)
        return proposal.since if proposal is not None and self._who == FAMILY else None

    def _proposal(self, found: Start) -> Proposal | None:
        return next((each for each in found.page.proposals if each.state.code == self.part), None)

    # -- writing ---------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: Start, values: Mapping[str, str]) -> tuple[Place, str]:
        before = found.record
        if before is not None:
            after = _filled(before, values)
            case_states.mend(self._session, before, after)
            ended = bool(after.to_on and not before.to_on)
            return tab_place(self.subject), _("State ended") if ended else _("State mended")
        wish = NewState(
            dossier=self.subject,
            code=self.part,
            on=date.fromisoformat(values["on"]),
            reason=values.get("reason", ""),
            person=self._person,
            also_ends=tuple(code for code in values.get("also_ends", "").split(",") if code),
        )
        case_states.begin(self._session, wish)
        words = self._session.content.case_states[self.part].label(language())
        since = formats.fact(wish.on)
        return tab_place(self.subject), _("%(state)s since %(day)s", state=words, day=since)

    @override
    def _wrong(self, found: Start, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        record = found.record or DossierState(id=new_id(), scope=self.subject)
        return case_states.problems(self._session, _filled(record, values))


def _filled(record: DossierState, values: Mapping[str, str]) -> DossierState:
    return record.with_values(
        from_on=values.get("on") or None,
        to_on=values.get("to_on") or None,
        reason=values.get("reason") or None,
    )
