"""*Er verandert iets in het gezin*: choose what happened, answer what it asks; one action that can be undone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from typing_extensions import override

from app.domain.entry import FieldProblem, record_problems
from app.domain.ident import new_id
from app.domain.kinds.dossier import Dossier, Membership
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import SecretAddress
from app.domain.record import KINDS, FieldSpec, Record
from app.i18n import N_, _, ngettext
from app.services import membership_page, memberships, shield
from app.services import membership_rules as rules
from app.services.fact_kinds import FACT_KINDS
from app.services.families import Member
from app.services.kind_groups import GROUP_OF
from app.services.membership_page import ChangePage
from app.services.memberships import Changed, Leaving, NewFamily
from app.services.shield import NamingText, Shield
from ui.bridge.place import Place
from ui.presenters.ask import Ask, Head, Option
from ui.presenters.fact import Fact, FactGroup
from ui.presenters.fact_form_presenter import YES, read_value
from ui.presenters.family_change_asks import (
    BORN,
    CUSTODY,
    DEEDS,
    DIED,
    LEFT,
    LIFT,
    MEMBERSHIP,
    MOVED,
    REUNITED,
    SHIELD,
    SPLIT,
    SURE,
    asks,
    born_fields,
    chosen,
    corrected,
    corrected_fields,
)
from ui.presenters.family_words import CORRECTED
from ui.presenters.form_presenter import FormPresenter

Answers = Mapping[str, str]
R = TypeVar("R", bound=Record)
_MOST_TEXTS, _MOST_LETTERS = 20, 80
_TABS: Final = {"requests": "documents", "departure": "departure", "papers": "papers"}
"""The tab of a group of kinds."""
_GROUPS: Final = (
    (N_("In the family"), (BORN, DIED)),
    (N_("Out of the family"), (SPLIT, MOVED, REUNITED, LEFT)),
    (N_("Safety"), (SHIELD, LIFT)),
    (N_("Mend"), (CORRECTED,)),
)
_WHAT_HAPPENS: Final = {
    BORN: (N_("The child becomes a member from the day of birth."),),
    DIED: (N_("The day stands with the person. Every membership ends on that day."),),
    SPLIT: (
        N_("They get a dossier of their own, with a number, and you as case officer."),
        N_("Everybody keeps names, numbers and papers. What happened here stays in the history here."),
    ),
    MOVED: (N_("Everybody keeps names, numbers and papers. What happened here stays in the history here."),),
    REUNITED: (
        N_("They are members there again, from this day."),
        N_("A family without members does not close by itself. You decide about that."),
    ),
    LEFT: (N_("The membership ends. Who they are stays known."),),
    CORRECTED: (N_("For what was written down wrongly. What happened later is a change of its own."),),
    SHIELD: (
        N_("They get a dossier of their own. Nothing of them shows with this family any more."),
        N_("Not on screen, not in the history, not on paper and not in a file for a colleague."),
        N_("Where they are stands in the part “safe address” only."),
        N_("A colleague who has this family sees it after your next file. Give it soon."),
        N_("What somebody typed stays: notes, reports, and whom an agreement is with. Look those through."),
    ),
    LIFT: (N_("The earlier family may show again that they belonged to it, with the reason you choose."),),
}


class FamilyChangePresenter(FormPresenter[ChangePage]):
    """`subject` is the dossier, `part` a deed of `DEEDS` or empty; "corrected:«id»" begins with that membership."""

    form = "family_change"
    _about = ""

    @override
    def open(self, subject: str, part: str) -> None:
        deed, _colon, self._about = part.partition(":")
        super().open(subject, deed)

    @override
    def back_place(self) -> Place:
        return Place(page="family", subject=self.subject)

    @override
    def _read(self) -> ChangePage:
        return membership_page.read(self._session, self.subject)

    @override
    def choose(self, code: str) -> None:
        """Something else happened."""
        if self._found is not None and code in DEEDS and code != self.part:
            self.part, self._draft = code, None
            self._show(self._found)
            self.show_questions()

    @override
    def typed(self, values: Answers) -> None:
        if self._found is not None and self.part == CORRECTED:
            before = next((ask.value for ask in self._asks if ask.name == MEMBERSHIP), "")
            if values.get(MEMBERSHIP) != before:  # what was typed is about somebody else
                self._asks = self._ask(self._found, {MEMBERSHIP: values.get(MEMBERSHIP, "")})
                self._screen.show_asks(self._asks, fresh=True)
                return
        super().typed(values)
        if self._found is not None:
            self._show_facts(self._found, values)

    # -- what stands there -----------------------------------------------------------------------------------------

    @override
    def _show(self, found: ChangePage) -> None:
        title = found.family.dossier.title or ""
        self._screen.show_head(
            Head(
                title=_("Something changes in the family"),
                quiet=(title, found.family.dossier.number or ""),
                back=title,
                save=_("Record it"),
            )
        )
        options = tuple(_options(found))
        codes = [option.code for option in options if option.code]
        if self.part not in codes:
            self.part = codes[0]
        self._screen.show_options(options, self.part)
        if not self._read_only:
            state = "watch" if self.part == SHIELD else ""
            sentence = _("From now on nothing of them shows with this family.") if state else ""
            self._screen.show_stop(state, sentence, may_save=True)
        self._show_facts(found, {})

    def _show_facts(self, found: ChangePage, values: Answers) -> None:
        """What the deed does, said before it is done."""
        facts = [Fact(main=_(words), icon="state.info", role="info") for words in _WHAT_HAPPENS[self.part]]
        groups = [FactGroup(title=_("What happens then"), facts=tuple(facts))]
        if self.part == SHIELD:
            groups.append(FactGroup(title=_("Look these texts through"), facts=tuple(_naming(found, values))))
        self._screen.show_facts(groups)

    @override
    def _ask(self, found: ChangePage, values: Answers) -> tuple[Ask, ...]:
        if self.part == CORRECTED and any(each.membership.id == self._about for each in found.memberships):
            values = {MEMBERSHIP: self._about, **values}
        return asks(self._session, found, self.part, values)

    # -- writing ---------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: ChangePage, values: Answers) -> tuple[Place, str]:
        deeds: dict[str, Callable[[ChangePage, Answers], Changed]] = {
            BORN: self._born,
            DIED: self._died,
            MOVED: self._move,
            REUNITED: self._move,
            SPLIT: self._split,
            LEFT: self._leave,
            CORRECTED: self._correct,
            SHIELD: self._shield,
            LIFT: self._lift,
        }
        done = deeds[self.part](found, values)
        said = _("Recorded: %(what)s", what=_(DEEDS[self.part]))
        if done.moved:
            said = _(
                "Somebody else changed the same while you were typing. Both values stand; nothing is lost."
            )
        elif done.emptied:
            said = _("%(said)s. Nobody belongs to the earlier family now; you can close it.", said=said)
        return Place(page="family", subject=done.dossier), said

    @override
    def _wrong(self, found: ChangePage, values: Answers) -> Iterator[FieldProblem]:
        today = self._session.today
        if self.part == BORN:
            born = self._newborn(values)
            yield from rules.birth_problems(born.person, today)
            yield from record_problems(born.membership)
        elif self.part == DIED:
            people = (member.person for member in found.family.members if member.person.id in chosen(values))
            person = next(people, None) or Person(id=new_id(), scope=self.subject)
            dead = person.with_values(died_on=values.get("died_on") or None)
            with self._session.store.read() as conn:
                yield from rules.death_problems(conn, dead, today)
        elif self.part == CORRECTED:
            before = corrected(found, values)
            if before is not None:
                after = self._filled(before, corrected_fields(), values)
                with self._session.store.read() as conn:
                    yield from rules.correction_problems(conn, before, after, today)
        elif self.part != LIFT:
            yield from self._wrong_leaving(found, values)

    def _wrong_leaving(self, found: ChangePage, values: Answers) -> Iterator[FieldProblem]:
        """Of the day for each who leaves, or by itself while nobody is chosen; and of what begins for them."""
        going = [each.membership for each in found.family.members if each.person.id in chosen(values)]
        nobody = Membership(id=new_id(), scope=self.subject)
        with self._session.store.read() as conn:
            for each in going or [nobody]:
                ended = each.with_values(to_on=values.get("to_on") or None)
                yield from rules.ending_problems(conn, ended, self._session.today)
        if values.get("into"):
            try:
                membership_page.find_family(self._session, values["into"])
            except membership_page.NoSuchFamily as problem:
                yield FieldProblem(record=self.subject, kind="dossier", field="into", problem=problem)
        yield from record_problems(
            Dossier(id=self.subject, scope=self.subject, title=values.get("title") or None)
        )
        if self.part == SHIELD:
            said = {name: values.get(name) or None for name in ("address", "contact", "reason")}
            yield from record_problems(SecretAddress(id=new_id(), scope=self.subject, **said))

    def _leaving(self, values: Answers) -> Leaving:
        return Leaving(
            persons=chosen(values),
            on=values["to_on"],
            reason=values.get("reason", ""),
            sure=values.get(SURE) == YES,
        )

    def _new(self, values: Answers) -> NewFamily:
        custody = {
            name.removeprefix(CUSTODY): value
            for name, value in values.items()
            if name.startswith(CUSTODY) and value
        }
        asked = values.get("requests", "").split(",")
        return NewFamily(
            title=values.get("title", ""), custody=custody, requests=tuple(each for each in asked if each)
        )

    def _born(self, _found: ChangePage, values: Answers) -> Changed:
        return memberships.born(self._session, self._newborn(values))

    def _newborn(self, values: Answers) -> Member:
        line = memberships.newborn(self._session, self.subject)
        of_person, of_membership = born_fields()
        return replace(
            line,
            person=self._filled(line.person, of_person, values),
            membership=self._filled(line.membership, of_membership, values),
        )

    def _died(self, _found: ChangePage, values: Answers) -> Changed:
        sure = values.get(SURE) == YES
        return memberships.died(self._session, self.subject, values["who"], values["died_on"], sure=sure)

    def _move(self, _found: ChangePage, values: Answers) -> Changed:
        into = membership_page.find_family(self._session, values["into"])
        if self.part == REUNITED:
            return memberships.reunite(self._session, self.subject, self._leaving(values), into)
        return memberships.move(
            self._session, self.subject, self._leaving(values), into, begins=values["begins"]
        )

    def _split(self, _found: ChangePage, values: Answers) -> Changed:
        return memberships.split(self._session, self.subject, self._leaving(values), self._new(values))

    def _leave(self, _found: ChangePage, values: Answers) -> Changed:
        return memberships.leave(self._session, self.subject, self._leaving(values))

    def _correct(self, found: ChangePage, values: Answers) -> Changed:
        before = corrected(found, values)
        assert before is not None  # it must be answered
        return memberships.correct(self._session, before, self._filled(before, corrected_fields(), values))

    def _shield(self, _found: ChangePage, values: Answers) -> Changed:
        new = self._new(values)
        wanted = Shield(
            persons=chosen(values),
            on=values["to_on"],
            address=values.get("address", ""),
            contact=values.get("contact", ""),
            why=values.get("reason", ""),
            title=new.title,
            custody=new.custody,
            requests=new.requests,
            sure=values.get(SURE) == YES,
        )
        return shield.shield(self._session, self.subject, wanted)

    def _lift(self, _found: ChangePage, values: Answers) -> Changed:
        return shield.lift(self._session, self.subject, chosen(values), values["reason"])

    def _filled(self, record: R, specs: tuple[FieldSpec, ...], values: Answers) -> R:
        """The record with what was answered."""
        return record.with_values(
            **{
                spec.name: read_value(self._session, spec, values[spec.name], getattr(record, spec.name))
                for spec in specs
                if spec.name in values
            }
        )


def _naming(found: ChangePage, values: Answers) -> Iterator[Fact]:
    """The typed texts that stay with a name of theirs in them, each with the way to it."""
    nothing: frozenset[NamingText] = frozenset()
    texts = nothing.union(*(found.naming.get(person, nothing) for person in chosen(values)))
    if not texts:
        return
    words = ngettext(
        "%(count)d typed text of this family has one of their names in it.",
        "%(count)d typed texts of this family have one of their names in them.",
        len(texts),
        count=len(texts),
    )
    yield Fact(main=words, icon="state.watch", role="watch")
    dossier = found.family.dossier.id
    for each in sorted(texts, key=lambda text: (text.kind, text.record))[:_MOST_TEXTS]:
        line = " ".join(each.text.split())
        short = line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]}…"
        yield Fact(
            main=_(KINDS[each.kind].title), second=short, link=_("Look"), place=_place_of(dossier, each)
        )
    if len(texts) > _MOST_TEXTS:
        yield Fact(main=_("and %(count)d more, see the timeline", count=len(texts) - _MOST_TEXTS))


def _place_of(dossier: str, text: NamingText) -> Place:
    """Where it can be changed; what has no screen of its own stands in the timeline."""
    if text.kind in FACT_KINDS:
        return Place(page="fact", subject=dossier, part=f"{text.kind}/{text.record}")
    group = GROUP_OF.get(text.kind)
    return Place(page="family", subject=dossier, part=_TABS.get(group.key if group else "", "timeline"))


def _options(found: ChangePage) -> Iterator[Option]:
    for title, deeds in _GROUPS:
        shown = [deed for deed in deeds if _possible(found, deed)]
        if shown:
            yield Option(code="", words=_(title))
        for deed in shown:
            yield Option(code=deed, words=_(DEEDS[deed]))


def _possible(found: ChangePage, deed: str) -> bool:
    """A deed about members needs some; shielding is lifted where somebody is shielded."""
    if deed == LIFT:
        return bool(found.shielded)
    if deed == CORRECTED:
        return bool(found.memberships)
    return deed == BORN or bool(found.family.members)
