"""Writing one fact down: which kind, about whom, and the fields that its declaration has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from typing_extensions import override

from app.domain.clock import moment_text, parse_moment
from app.domain.data_rules import HAPPENED, surely_after_day
from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, refuse, wrong_at
from app.domain.errors import KnownProblem
from app.domain.incomplete_date import DATE_AHEAD
from app.domain.record import CENTS, FieldSpec, FieldType, Record, Value
from app.domain.text import v_number_advice
from app.domain.words import N_
from app.i18n import _
from app.services import facts
from app.services.choices import choices, stored
from app.services.fact_kinds import FACT_KINDS, GROUPS, FactKind
from app.services.facts import Register
from app.services.session import DUTCH_TIME, Session
from ui.bridge.place import Place
from ui.presenters.ask import UNKNOWN, Ask, AskKind, Head, Option
from ui.presenters.family_presenter import both_words
from ui.presenters.family_words import country_advice
from ui.presenters.form_presenter import FormPresenter

NEW: Final = "new"
WHO: Final = "who"
NATIONALITY: Final = "identiteit.nationaliteit"
YES, NO = "1", "0"
ASK_KINDS: Final = {
    FieldType.TEXT: AskKind.TEXT,
    FieldType.NOTE: AskKind.NOTE,
    FieldType.CODE: AskKind.CHOICE,
    FieldType.DATE: AskKind.DATE,
    FieldType.INCOMPLETE: AskKind.INCOMPLETE,
    FieldType.MOMENT: AskKind.MOMENT,
    FieldType.LOCAL: AskKind.MOMENT,
    FieldType.REF: AskKind.CHOICE,
    FieldType.INT: AskKind.TEXT,
    FieldType.FLAG: AskKind.CHOICE,
}


class TimeNeeded(KnownProblem):
    """A moment of which only the day was typed."""

    message = N_("Write the time too, for example 10:30.")


class NoAmount(KnownProblem):
    """A text that is no number."""

    message = N_("Write a number, for example 12 or 21,50.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What the form was opened with; `before` is None for a new fact."""

    register: Register
    before: Record | None


class FactFormPresenter(FormPresenter[_Work]):
    """`subject` is the dossier; `part` is "new", "new/«kind»", "new/«kind»/«person»" or "«kind»/«record»"."""

    form = "fact"

    @property
    def _kind(self) -> str:
        first, _slash, rest = self.part.partition("/")
        return rest.partition("/")[0] if first == NEW else first

    @property
    def _is_new(self) -> bool:
        return self.part.partition("/")[0] in ("", NEW)

    @override
    def back_place(self) -> Place:
        return Place(page="family", subject=self.subject, part="facts")

    @override
    def _read(self) -> _Work:
        register = facts.load(self._session, self.subject)
        before = None if self._is_new else register.line(self.part.partition("/")[2]).record
        if self._is_new and self._kind not in FACT_KINDS:
            self.part = f"{NEW}/{GROUPS[0].kinds[0].kind}"
        return _Work(register=register, before=before)

    @override
    def choose(self, code: str) -> None:
        """Another kind of fact was chosen."""
        if self._found is not None and code in FACT_KINDS and code != self._kind:
            self.part, self._draft = f"{NEW}/{code}", None
            self._show(self._found)
            self.show_questions()

    @override
    def _show(self, found: _Work) -> None:
        kind = FACT_KINDS[self._kind]
        mends = found.before is not None
        title = _("Change: %(what)s", what=_(kind.declaration.title)) if mends else _("Write something down")
        self._screen.show_head(
            Head(title=title, quiet=(found.register.title,), back=found.register.title, save=_("Save"))
        )
        self._screen.show_options(() if mends else tuple(_options()), self._kind)
        self._screen.show_facts(())

    # -- questions -------------------------------------------------------------------------------------------------

    @override
    def _ask(self, found: _Work, values: Mapping[str, str]) -> tuple[Ask, ...]:
        kind = FACT_KINDS[self._kind]
        typed = self._read_values(found, kind, values)[0] if values else found.before
        needs_reason = typed is not None and facts.needs_reason(self._session, typed)
        return tuple(self._questions(found, kind, values, needs_reason))

    def _questions(
        self, found: _Work, kind: FactKind, values: Mapping[str, str], needs_reason: bool
    ) -> Iterator[Ask]:
        people = tuple((person, name.full) for person, name in found.register.people.items())
        if kind.of_person and found.before is None:
            begun = self.part.split("/")[2:]
            chosen = begun[0] if begun else people[0][0] if len(people) == 1 else ""
            yield Ask(
                name=WHO, label=_("About"), kind=AskKind.CHOICE, choices=people, required=True, value=chosen
            )
        for spec in kind.asked():
            required = spec.name in kind.required or (spec.name == "reason" and needs_reason)
            listed = self._listed(found, spec, people)
            if spec.type is FieldType.REF and not listed:
                continue
            yield Ask(
                name=spec.name,
                label=_(spec.title),
                kind=ASK_KINDS[spec.type],
                choices=listed,
                required=required,
                unknown=spec.type is FieldType.FLAG,
                value=self._shown(found, kind, spec),
                hint=self._hint(found, spec, values),
            )

    def _listed(
        self, found: _Work, spec: FieldSpec, people: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[str, str], ...]:
        if spec.type is FieldType.CODE:
            return choices(self._session, spec)
        if spec.type is FieldType.FLAG:
            return ((YES, _("Yes")), (NO, _("No")))
        if spec.type is not FieldType.REF:
            return ()
        if spec.target == "person":
            return (("", _("the whole family")), *people)
        known = [
            (line.record.id, found.register.names.get(line.record.id, "") or _("without a name"))
            for lines in found.register.lines.values()
            for line in lines
            if line.kind.kind == spec.target
        ]
        return (("", "–"), *known) if known else ()

    def _shown(self, found: _Work, kind: FactKind, spec: FieldSpec) -> str:
        """What stands in the record, as an editor takes it; a new one shows what the program proposes."""
        record = found.before or facts.new(self._session, self.subject, kind.kind)
        return shown(spec, getattr(record, spec.name))

    def _hint(self, found: _Work, spec: FieldSpec, values: Mapping[str, str]) -> str:
        if found.before is not None:
            disputed = found.register.line(found.before.id).disputed
            both = next((each for each in disputed if each.field == spec.name), None)
            if both is not None:
                return _("Two values: %(both)s", both=both_words(both))
        if self._kind == "person_number" and spec.name == "value" and values.get("value"):
            kind = values.get("kind", "")
            advice = v_number_advice(values["value"]) if kind == "nummer.v-nummer" else None
            return _(advice.message) if advice is not None else ""
        if self._kind == "identity_fact" and spec.name == "value" and values.get("value"):
            is_nationality = values.get("aspect") == NATIONALITY and not values.get("country")
            return country_advice(self._session, values["value"]) if is_nationality else ""
        day = values.get(spec.name, shown(spec, getattr(found.before, spec.name)) if found.before else "")
        happened = (FACT_KINDS[self._kind].declaration.cls, spec.name) in HAPPENED
        return _(DATE_AHEAD.reason) if happened and surely_after_day(day, self._session.today) else ""

    # -- saving ----------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: _Work, values: Mapping[str, str]) -> tuple[Place, str]:
        kind = FACT_KINDS[self._kind]
        wanted, wrong = self._read_values(found, kind, values)
        refuse(wrong)
        kept = facts.save(self._session, self.subject, found.before, wanted)
        said = _("Written down.") if found.before is None else _("Changed.")
        if kept.moved:
            said = _(
                "Somebody else changed the same while you were typing. Both values stand; nothing is lost."
            )
        return Place(page="family", subject=self.subject, part=f"facts/{wanted.id}"), said

    @override
    def _wrong(self, found: _Work, values: Mapping[str, str]) -> list[FieldProblem]:
        wanted, wrong = self._read_values(found, FACT_KINDS[self._kind], values)
        return [*wrong, *facts.wrong_values(self._session, wanted)]

    def _read_values(
        self, found: _Work, kind: FactKind, values: Mapping[str, str]
    ) -> tuple[Record, list[FieldProblem]]:
        before = found.before or facts.new(self._session, self.subject, kind.kind, values.get(WHO, ""))
        changes: dict[str, Value] = {}
        wrong: list[FieldProblem] = []
        for spec in kind.asked():
            if spec.name not in values:
                continue
            try:
                changes[spec.name] = read_value(
                    self._session, spec, values[spec.name], getattr(before, spec.name)
                )
            except KnownProblem as problem:
                wrong.append(wrong_at(before, spec.name, problem))
        return before.with_values(**changes), wrong


def shown(spec: FieldSpec, value: Value) -> str:
    """A stored value as an editor takes it."""
    if value is None:
        return ""
    if spec.type is FieldType.CODE:
        return bare_code(str(value))
    if spec.type is FieldType.MOMENT:
        return parse_moment(str(value)).astimezone(DUTCH_TIME).strftime("%Y-%m-%dT%H:%M")
    if spec.unit == CENTS:
        return f"{int(value) // 100},{int(value) % 100:02d}"
    return str(value)


def read_value(session: Session, spec: FieldSpec, text: str, was: Value) -> Value:
    """What an editor holds, as the record keeps it; what did not change stays as it was. Raises KnownProblem."""
    if text == shown(spec, was):
        return was
    if not text or text == UNKNOWN:
        return None
    if spec.type is FieldType.CODE:
        return stored(session, spec, text, was)
    if spec.type is FieldType.FLAG:
        return int(text)
    if spec.type is FieldType.INT:
        return _number(spec, text)
    if spec.type is FieldType.MOMENT:
        return _moment(text)
    return text


def _moment(text: str) -> str:
    """A day and time of the Dutch clock as a moment. Raises `TimeNeeded`: nothing is guessed."""
    if "T" not in text:
        raise TimeNeeded
    return moment_text(datetime.fromisoformat(text).replace(tzinfo=DUTCH_TIME))


def _number(spec: FieldSpec, text: str) -> int:
    try:
        number = float(text.strip().replace(",", "."))
        return round(number * 100) if spec.unit == CENTS else int(number)
    except (ValueError, OverflowError):
        raise NoAmount from None


def _options() -> Iterator[Option]:
    for group in GROUPS:
        yield Option(code="", words=_(group.title))
        for kind in group.kinds:
            yield Option(code=kind.kind, words=_(kind.add))
