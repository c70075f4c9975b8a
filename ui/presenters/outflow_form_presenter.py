"""How persons left the caseload: for several at once, proposed by a departure that took place, or one to change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from typing_extensions import override

from app.domain.entry import FieldProblem
from app.domain.guidance import Choice
from app.domain.ident import new_id
from app.domain.kinds.dossier import Outflow
from app.domain.record import FieldSpec, kind_of
from app.i18n import _, language
from app.services import choices, families, flow_page, outflows
from app.services.flow_page import FlowPage
from app.services.outflows import Left
from ui.bridge.place import Place
from ui.presenters.ask import UNKNOWN, Ask, AskKind, Head
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.flow_words import (
    CHANGE,
    DEPARTURE,
    OUTFLOW_FORM,
    bare,
    day_words,
    names_of,
    people_pairs,
    person_words,
    source_group,
    support_words,
    tab_place,
)
from ui.presenters.form_presenter import FormPresenter

_CODES: Final = ("kind", "sub_kind", "country")
_OTHERS: Final = ("on", "proof", "support", "reported_on", "reported_to")
_SPECS: Final[Mapping[str, FieldSpec]] = {spec.name: spec for spec in kind_of(Outflow).fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The family, the outflow that is changed or empty, and whom the form opens with; `nationality` is theirs."""

    page: FlowPage
    outflow: Outflow
    is_new: bool
    persons: tuple[str, ...]
    proposed: Left | None
    nationality: str


class OutflowFormPresenter(FormPresenter[Start]):
    """`subject` is the dossier; `part` "", "change:«id»" or "departure:«id»"."""

    form = OUTFLOW_FORM
    renamed: ClassVar[Mapping[str, str]] = {"person": "persons"}

    @override
    def _read(self) -> Start:
        page = flow_page.read(self._session, self.subject)
        if self.part.startswith(CHANGE):
            found = outflows.load(self._session, self.part.removeprefix(CHANGE))
            return Start(page=page, outflow=found, is_new=False, persons=(), proposed=None, nationality="")
        departure = self.part.removeprefix(DEPARTURE)
        proposed = next((each for each in page.departed if each.departure.id == departure), None)
        persons = proposed.persons if proposed else page.staying if len(page.staying) == 1 else ()
        on = proposed.departure.departed_on if proposed else self._session.today.isoformat()
        empty = Outflow(id=new_id(), scope=self.subject, on=on)
        return Start(
            page=page,
            outflow=empty,
            is_new=True,
            persons=persons,
            proposed=proposed,
            nationality=self._nationality(persons) if proposed else "",
        )

    def _nationality(self, persons: tuple[str, ...]) -> str:
        """The country of those who travelled when it is one and the same; otherwise the officer chooses."""
        family = families.load(self._session, self.subject)
        stated = {
            bare(member.nationality.country) for member in family.members if member.person.id in persons
        }
        return stated.pop() if len(stated) == 1 else ""

    @override
    def back_place(self) -> Place:
        return tab_place(self.subject)

    @override
    def _show(self, found: Start) -> None:
        title, save = _("Record outflow"), _("Record it")
        who = ""
        if not found.is_new:
            title, save = _("Change outflow"), _("Save")
            who = person_words(found.page.names, found.outflow.person or "")
        self._screen.show_head(
            Head(title=title, quiet=(found.page.title, who), back=found.page.title or _("Back"), save=save)
        )
        self._screen.show_options((), "")
        self._facts(found, bare(found.outflow.kind))
        if found.is_new and not found.page.staying and not self._read_only:
            said = _("Everybody in this family has an outflow already.")
            self._screen.show_stop("info", said, may_save=False)

    def _facts(self, found: Start, kind: str) -> None:
        groups = []
        if found.proposed is not None:
            said = _(
                "Departure of %(day)s took place with %(names)s.",
                day=day_words(found.proposed.departure.departed_on),
                names=names_of(found.page, found.proposed.persons),
            )
            groups.append(FactGroup(title=_("From the departure"), facts=(Fact(main=said),)))
        chosen = next((each for each in outflows.kinds(self._session) if each.code == kind), None)
        if chosen is not None:
            counts = (
                _("Counts as a demonstrable departure.")
                if "demonstrable" in chosen.traits
                else _("Counts as a departure that cannot be shown.")
                if "departure" in chosen.traits
                else _("Does not count as a departure.")
            )
            groups.append(
                FactGroup(
                    title=_("In the figures"), facts=(Fact(main=counts, second=chosen.provenance.note),)
                )
            )
            groups.append(source_group(chosen.provenance))
        self._screen.show_facts(groups)

    @override
    def typed(self, values: Mapping[str, str]) -> None:
        super().typed(values)
        if self._found is not None:
            self._facts(self._found, values.get("kind", ""))

    # -- questions -------------------------------------------------------------------------------------------------

    @override
    def _ask(self, found: Start, values: Mapping[str, str]) -> tuple[Ask, ...]:
        kind = values.get("kind", bare(found.outflow.kind))
        return tuple(self._asks_of(found, kind))

    def _asks_of(self, found: Start, kind: str) -> Iterator[Ask]:
        if found.is_new:
            yield Ask(
                name="persons", label=_("Who left"), kind=AskKind.PEOPLE, required=True,
                choices=people_pairs(found.page, found.page.staying), value=",".join(found.persons),
            )  # fmt: skip
        stood = {name: str(getattr(found.outflow, name) or "") for name in (*_CODES, *_OTHERS)}
        yield self._choice("kind", outflows.kinds(self._session), bare(stood["kind"]), required=True)
        if kind:
            sorts = outflows.sorts_of(self._session, kind)
            yield self._choice("sub_kind", sorts, bare(stood["sub_kind"]))
        hint = (
            ""
            if not found.is_new or found.proposed
            else _("Today is filled in. Change it if it was earlier.")
        )
        yield Ask(
            name="on", label=_("Left on"), kind=AskKind.DATE, required=True, unknown=True, hint=hint,
            value=stood["on"] or ("" if found.is_new else UNKNOWN),
        )  # fmt: skip
        chosen = next((each for each in outflows.kinds(self._session) if each.code == kind), None)
        traits = chosen.traits if chosen else frozenset()
        if "reported" in traits:
            for name, ask in (("reported_on", AskKind.DATE), ("reported_to", AskKind.TEXT)):
                yield Ask(name=name, label=_(_SPECS[name].title), kind=ask, value=stood[name])
            return
        shown_by = _("For example a stamp, a message of the airport, or a confirmation by IOM.")
        yield Ask(
            name="proof", label=_("Proof"), kind=AskKind.TEXT, value=stood["proof"],
            hint=shown_by if "demonstrable" in traits else "",
        )  # fmt: skip
        if "departure" in traits:
            yield Ask(
                name="country", label=_("Country"), kind=AskKind.CHOICE,
                choices=choices.choices(self._session, _SPECS["country"]),
                value=bare(stood["country"]) or found.nationality,
            )  # fmt: skip
        if found.page.supports and "departure" in traits:
            pairs = tuple(
                (each.id, support_words(self._session, each, found.page.names))
                for each in found.page.supports
            )
            yield Ask(
                name="support", label=_("Support used"), kind=AskKind.CHOICE, choices=pairs, value=stood["support"]
            )  # fmt: skip

    def _choice(self, name: str, items: tuple[Choice, ...], value: str, *, required: bool = False) -> Ask:
        pairs = tuple((each.code, each.label(language())) for each in items)
        return Ask(
            name=name,
            label=_(_SPECS[name].title),
            kind=AskKind.CHOICE,
            choices=pairs,
            required=required,
            value=value,
        )

    # -- writing ---------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: Start, values: Mapping[str, str]) -> tuple[Place, str]:
        after = self._filled(found, values)
        if not found.is_new:
            outflows.change(self._session, found.outflow, after)
            return tab_place(self.subject), _("Outflow changed")
        outflows.record(self._session, after, _persons(values))
        return tab_place(self.subject), _("Outflow recorded")

    @override
    def _wrong(self, found: Start, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        after = self._filled(found, values)
        yield from outflows.problems(self._session, after)
        with self._session.store.read() as conn:
            yield from outflows.too_early(
                conn, after, _persons(values) if found.is_new else (after.person or "",)
            )

    def _filled(self, found: Start, values: Mapping[str, str]) -> Outflow:
        asked = {ask.name for ask in self._asks}
        answers = {name: values.get(name, "") for name in asked}
        wanted = {name: answers.get(name) or None for name in _OTHERS}
        if wanted["on"] == UNKNOWN:
            wanted["on"] = None
        codes = {
            name: choices.stored(
                self._session, _SPECS[name], answers.get(name, ""), getattr(found.outflow, name)
            )
            for name in _CODES
        }
        return found.outflow.with_values(**wanted, **codes)


def _persons(values: Mapping[str, str]) -> list[str]:
    """Who was ticked."""
    return [person for person in values.get("persons", "").split(",") if person]
