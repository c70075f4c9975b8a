"""*Wat is er gebeurd?*: the next state or a deed, with what content asks for it. Gates are named, not hidden."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from typing_extensions import override

from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem
from app.domain.ident import new_id
from app.domain.kinds.request import Request, RequestEvent
from app.domain.record import FieldType, Value, kind_of
from app.domain.request_track import EventKind, Need
from app.i18n import _, language
from app.services import request_page, requests, words
from app.services.request_page import RequestPage
from app.services.request_view import unknown_names
from app.services.requests import Step
from ui.bridge.place import Place
from ui.presenters.ask import UNKNOWN, Ask, AskKind, Head, Option, day_ask
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.family_words import document_sign, lower_first
from ui.presenters.form_presenter import FormPresenter
from ui.presenters.request_words import gate_fact, people_words

_NUMBER: Final = "document_number"
_KINDS = {"moment": AskKind.MOMENT, "datum": AskKind.DATE, "tekst": AskKind.TEXT}
_LISTS = {"ja-nee-onbekend": ("basis", "ja-nee-onbekend")}
_YES, _NO = "1", "0"
RecordT = TypeVar("RecordT", Request, RequestEvent)


class StepPresenter(FormPresenter[RequestPage]):
    """`part` is the code of a state or deed, "mend:«event»" to mend one, or empty to choose first."""

    form = "request_step"

    @override
    def _read(self) -> RequestPage:
        return request_page.read(self._session, self.subject)

    @property
    def code(self) -> str:
        """The state or deed that is being written down."""
        return "" if self._mended else self.part

    @property
    def _mended(self) -> str:
        return self.part.removeprefix("mend:") if self.part.startswith("mend:") else ""

    @override
    def choose(self, code: str) -> None:
        """Another state or deed was chosen."""
        if self._found is not None and code and code != self.part:
            self.part, self._draft = code, None
            self._stand(self._found)
            self.show_questions()

    # -- what stands there -----------------------------------------------------------------------------------------

    @override
    def _show(self, found: RequestPage) -> None:
        title = words.request_title(self._session, found.view.request)
        state = found.view.position.state
        here = _("now: %(state)s", state=state.label(language())) if state else _("state unknown")
        mends = bool(self._mended)
        self._screen.show_head(
            Head(
                title=_("Mend what was written down") if mends else _("What happened?"),
                quiet=(title, people_words(found), here),
                back=title,
                save=_("Save") if mends else _("Record it"),
            )
        )
        options = () if mends else tuple(_options(found))
        codes = [option.code for option in options if option.code]
        if not mends and self.part not in codes:
            self.part = next(iter(codes), "")
        self._screen.show_options(options, self.part)
        self._stand(found)

    def _stand(self, found: RequestPage) -> None:
        """Say which gates stand before the chosen step, with reason and source."""
        today = self._session.today
        views = found.view.gates_before(self.code)
        facts = tuple(gate_fact(view, self.subject, today) for view in views)
        kind = self._kind(found)
        source = words.source_words(kind.provenance) if kind else ""
        note = kind.provenance.note if kind else ""
        self._screen.show_facts(
            (
                FactGroup(title=_("First this"), facts=facts),
                FactGroup(title=_("Where it comes from"), facts=tuple(_source_facts(source, note))),
            )
        )
        stops = [view for view in views if view.gate.stops]
        if self._read_only:
            return
        if stops:
            reason = (stops[0].reason or stops[0].gate.words).text(language())
            self._screen.show_stop(
                "watch", reason, words.source_words(stops[0].gate.provenance), may_save=False
            )
        elif views:
            warning = (views[0].reason or views[0].gate.words).text(language())
            self._screen.show_stop("watch", warning, _("You may still record it."), may_save=True)
        else:
            self._screen.show_stop("", "", may_save=bool(kind))

    def _kind(self, found: RequestPage) -> EventKind | None:
        event = self._event(found)
        return found.view.track.kind_of(bare_code(event.event or "") if event else self.code)

    def _event(self, found: RequestPage) -> RequestEvent | None:
        return next((each for each in found.view.events if each.id == self._mended), None)

    # -- questions -------------------------------------------------------------------------------------------------

    @override
    def _ask(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Ask, ...]:
        kind, mended = self._kind(found), self._event(found)
        if kind is None:
            return ()
        stood = self._stood(found, mended)
        asks = [day_ask("on", _("Happened on"), self._session.today, stood.get("on", ""))]
        asked = {"on"}
        for need in _needs(kind, {**stood, **values}):
            if need.record == "request" and (stood.get(need.name) or need.name in asked):
                continue  # it stands in the request already
            asked.add(need.name)
            asks += self._of_need(found, need, stood, bool(mended))
        if "remark" not in asked:
            asks.append(
                Ask(name="remark", label=_("Remark"), kind=AskKind.NOTE, value=stood.get("remark", ""))
            )
        return tuple(asks)

    def _stood(self, found: RequestPage, mended: RequestEvent | None) -> dict[str, str]:
        """What is known before anything is typed, as the form writes it."""
        request = _shown_values(found.view.request)
        if mended is None:
            return {name: value for name, value in request.items() if value}
        return {**request, **_shown_values(mended)}

    def _of_need(
        self, found: RequestPage, need: Need, stood: Mapping[str, str], mends: bool
    ) -> Iterator[Ask]:
        label = need.label(language())
        if need.name == _NUMBER and len(found.persons) > 1 and not mends:
            for person, name in found.persons.items():
                said = f"{name.first}: {lower_first(label)}"
                yield Ask(
                    name=f"{_NUMBER}:{person}",
                    label=said,
                    kind=AskKind.NUMBER,
                    required=True,
                    unknown=need.may_be_unknown,
                )
            return
        yield Ask(
            name=need.name,
            label=label,
            kind=AskKind.NUMBER if need.name == _NUMBER else self._kind_of(need),
            choices=self._choices(found, need),
            required=True,
            unknown=need.may_be_unknown,
            value=stood.get(need.name, ""),
        )

    def _kind_of(self, need: Need) -> AskKind:
        if need.name in ("remark", "conditions"):
            return AskKind.NOTE if need.name == "remark" else AskKind.TEXT
        return _KINDS.get(need.value, AskKind.CHOICE)

    def _choices(self, found: RequestPage, need: Need) -> tuple[tuple[str, str], ...]:
        content, spoken = self._session.content, language()
        if need.value == "ja-nee":
            return ((_YES, _("Yes")), (_NO, _("No")))
        if need.name == "representation":
            country = content.countries.get(bare_code(found.view.request.country or ""))
            return tuple((place, place) for place in country.places) if country else ()
        if need.value in ("keuze", "ja-nee-onbekend"):
            pack, name = _LISTS.get(need.value, ("reisdocument", need.choices))
            return tuple((choice.code, choice.label(spoken)) for choice in content.choices(pack, name))
        return ()

    # -- writing ---------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: RequestPage, values: Mapping[str, str]) -> tuple[Place, str]:
        mended, kind = self._event(found), self._kind(found)
        assert kind is not None
        place = Place(page="request", subject=found.view.request.id)
        if mended is not None:
            requests.correct_step(self._session, mended, self._filled(mended, self._answers(values)))
            return place, _("Mended: %(what)s", what=kind.label(language()))
        requests.record_step(self._session, self._step(found, kind, values))
        return place, _("Recorded: %(what)s", what=kind.label(language()))

    @override
    def _wrong(self, found: RequestPage, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        mended, kind = self._event(found), self._kind(found)
        assert kind is not None  # else there is nothing to save
        if mended is not None:
            return requests.mend_problems(self._session, self._filled(mended, self._answers(values)))
        return requests.step_problems(self._session, found.view, self._step(found, kind, values))

    def _answers(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was answered of the questions that stand there."""
        asked = {ask.name for ask in self._asks}
        return {name: value for name, value in values.items() if name in asked}

    def _step(self, found: RequestPage, kind: EventKind, values: Mapping[str, str]) -> Step:
        request, answers = found.view.request, self._answers(values)
        numbers = {
            name.partition(":")[2]: value
            for name, value in answers.items()
            if name.startswith(f"{_NUMBER}:") and value not in ("", UNKNOWN)
        }
        if any(name.startswith(f"{_NUMBER}:") for name in answers):
            answers[_NUMBER] = ", ".join(dict.fromkeys(numbers.values())) or UNKNOWN
        made = RequestEvent(
            id=new_id(),
            scope=request.scope,
            request=request.id,
            event=self._session.content.ref("reisdocument", kind.code),
        )
        of_request = {need.name for need in kind.needs if need.record == "request"} & set(answers)
        after = self._filled(request, {name: answers[name] for name in of_request}) if of_request else None
        event = self._filled(made, {name: value for name, value in answers.items() if name not in of_request})
        return Step(event=event, request=after, numbers=numbers)

    def _filled(self, record: RecordT, answers: Mapping[str, str]) -> RecordT:
        """The record with these answers; what was said to be unknown is stored as said."""
        specs = {spec.name: spec for spec in kind_of(record).fields}
        values: dict[str, Value] = {}
        stood = unknown_names(getattr(record, "unknown_fields", ""))
        unknown = {name for name in stood if name not in answers}
        for name, answer in answers.items():
            if name not in specs:
                continue
            if answer == UNKNOWN:
                unknown.add(name)
            values[name] = None
            if answer not in ("", UNKNOWN):
                spec = specs[name]
                values[name] = answer
                if spec.type is FieldType.CODE:
                    values[name] = self._session.content.ref(spec.target, answer)
                elif spec.whole_number:
                    values[name] = int(answer)
        values["unknown_fields"] = ",".join(sorted(unknown)) or None
        return record.with_values(**values)


def _needs(kind: EventKind, values: Mapping[str, str]) -> Iterator[Need]:
    """What the pack asks, and what follows from an answer."""
    yield from kind.needs
    for conditional in kind.needs_if:
        if bare_code(values.get(conditional.name) or "") == conditional.equals:
            yield from conditional.needs


def _shown_values(record: Request | RequestEvent) -> dict[str, str]:
    """The values of a record as the form writes them: bare codes, and unknown where it was said."""
    found = {}
    for spec in kind_of(record).fields:
        value = getattr(record, spec.name)
        found[spec.name] = (
            "" if value is None else bare_code(value) if spec.type is FieldType.CODE else str(value)
        )
    return found | dict.fromkeys(unknown_names(record.unknown_fields), UNKNOWN)


def _options(found: RequestPage) -> Iterator[Option]:
    """The states that may follow, then what may happen without a new state; with a lock where a gate stops."""
    view = found.view
    yield Option(code="", words=_("New state"))
    for state in view.position.next_states(view.track):
        stopped = any(each.gate.stops for each in view.gates_before(state.code))
        icon, role = document_sign(state.stage, on_hold=state.pauses, held=state.holds_document)
        yield Option(
            code=state.code,
            words=state.label(language()),
            icon="sign.gate" if stopped else icon,
            role="watch" if stopped else "ink" if role == "good" else role,
        )
    yield Option(code="", words=_("Also worth recording"))
    for event in view.track.events.values():
        yield Option(code=event.code, words=event.label(language()), icon="sign.open_step")


def _source_facts(source: str, note: str) -> Iterator[Fact]:
    if source:
        yield Fact(main=source, second=note)
