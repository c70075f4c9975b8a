"""A new request, one that follows another, or a change of what stands in it; the country's practice beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from typing_extensions import override

from app.domain.country import agreements_of
from app.domain.dated_event import bare_code
from app.domain.entry import FieldProblem, record_problems
from app.domain.ident import new_id
from app.domain.kinds.request import Request, RequestEvent
from app.i18n import _, language
from app.i18n.sort_key import sort_key
from app.services import families, request_page, requests, words
from app.services.families import Family
from app.services.request_page import RequestPage
from app.services.request_view import unknown_names
from ui.bridge.place import Place
from ui.presenters.ask import UNKNOWN, Ask, AskKind, Head, day_ask
from ui.presenters.country_card import country_group
from ui.presenters.form_presenter import FormPresenter

LP, READMISSION = "spoor.lp", "spoor.to"
_CODES: Final = {
    "track": "reisdocument",
    "purpose": "reisdocument",
    "cooperation": "reisdocument",
    "country": "landen",
}
_TEXTS: Final = ("representation", "alternatives")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the form opens with: the family, and the request that is changed or followed."""

    family: Family
    earlier: RequestPage | None


class RequestFormPresenter(FormPresenter[Start]):
    """`subject` is the dossier; `part` empty, "follows:«request»" or "change:«request»"."""

    form = "request_form"
    renamed: ClassVar[Mapping[str, str]] = {"reference": "agreement"}

    @override
    def _read(self) -> Start:
        earlier = self.part.partition(":")[2]
        return Start(
            family=families.load(self._session, self.subject),
            earlier=request_page.read(self._session, earlier) if earlier else None,
        )

    @property
    def _changes(self) -> bool:
        return self.part.startswith("change:")

    @override
    def back_place(self) -> Place:
        earlier = self.part.partition(":")[2]
        if earlier:
            return Place(page="request", subject=earlier)
        return Place(page="family", subject=self.subject, part="documents")

    @override
    def _show(self, found: Start) -> None:
        earlier = found.earlier
        title = _("New request for a travel document")
        quiet: tuple[str, ...] = (found.family.dossier.title or "",)
        if earlier is not None:
            about = words.request_title(self._session, earlier.view.request)
            title = _("Change the request") if self._changes else _("Request that follows")
            quiet = (*quiet, about if self._changes else _("follows %(request)s", request=about))
        self._screen.show_head(
            Head(
                title=title,
                quiet=quiet,
                back=found.family.dossier.title or _("Back"),
                save=_("Save") if self._changes else _("Begin the request"),
            )
        )
        self._screen.show_options((), "")
        self._show_country(self._opened(found)["country"])

    def _show_country(self, code: str) -> None:
        card = country_group(self._session, code)
        self._screen.show_facts((card,) if card is not None else ())

    @override
    def typed(self, values: Mapping[str, str]) -> None:
        super().typed(values)
        self._show_country(values.get("country", ""))

    # -- questions -------------------------------------------------------------------------------------------------

    def _opened(self, found: Start) -> dict[str, str]:
        """What is filled in before anything is typed; a follow-on names the same people, and a country anew."""
        persons = tuple(member.person.id for member in found.family.once())
        if found.earlier is None:
            return {"track": LP, "persons": ",".join(persons), "country": _nationality(found.family)}
        request = found.earlier.view.request
        if not self._changes:
            return {"track": LP, "persons": ",".join(found.earlier.view.persons), "country": ""}
        values = {name: bare_code(getattr(request, name) or "") for name in _CODES}
        values.update({name: getattr(request, name) or "" for name in _TEXTS})
        return values | dict.fromkeys(unknown_names(request.unknown_fields), UNKNOWN)

    @override
    def _ask(self, found: Start, values: Mapping[str, str]) -> tuple[Ask, ...]:
        opened = self._opened(found)
        now = {**opened, **values}
        is_lp = now["track"] != READMISSION
        asks = [] if self._changes else [self._track(opened), _persons(found.family, opened["persons"])]
        asks.append(
            Ask(
                name="country", label=_("Country"), kind=AskKind.CHOICE, choices=self._countries(), required=True,
                value=opened.get("country", ""),
            )
        )  # fmt: skip
        if is_lp:
            asks.append(self._list("purpose", _("Purpose of the document"), "doel", opened, required=True))
        asks.append(self._representation(now["country"], opened))
        if is_lp:
            asks.append(
                self._list("cooperation", _("Forms signed, or cooperation refused"), "medewerking", opened)
            )
        if not self._changes:
            if not is_lp:
                asks.append(self._agreement(now["country"]))
            asks.append(day_ask("on", _("Begun on"), self._session.today))
        asks.append(
            Ask(
                name="alternatives", label=_("Other ways looked at"), kind=AskKind.NOTE,
                value=opened.get("alternatives", ""), hint=_("Own passport, extension, another document."),
            )
        )  # fmt: skip
        return tuple(asks)

    def _track(self, opened: Mapping[str, str]) -> Ask:
        tracks = tuple(
            (track.code, track.label(language())) for track in self._session.content.tracks.values()
        )
        return Ask(
            name="track",
            label=_("Track"),
            kind=AskKind.CHOICE,
            choices=tracks,
            required=True,
            value=opened["track"],
        )

    def _list(
        self, name: str, label: str, list_name: str, opened: Mapping[str, str], *, required: bool = False
    ) -> Ask:
        choices = tuple(
            (each.code, each.label(language()))
            for each in self._session.content.choices("reisdocument", list_name)
        )
        return Ask(
            name=name,
            label=label,
            kind=AskKind.CHOICE,
            choices=choices,
            required=required,
            value=opened.get(name, ""),
        )

    def _countries(self) -> tuple[tuple[str, str], ...]:
        spoken = language()
        found = [(code, country.label(spoken)) for code, country in self._session.content.countries.items()]
        return tuple(sorted(found, key=lambda pair: sort_key(pair[1])))

    def _representation(self, code: str, opened: Mapping[str, str]) -> Ask:
        country = self._session.content.countries.get(code)
        places = country.places if country else ()
        kind = country.representation.text(language()) if country else ""
        hint = (
            _("%(kind)s in %(places)s", kind=kind or _("Representation"), places=", ".join(places))
            if places
            else ""
        )
        value = opened.get("representation") or (places[0] if len(places) == 1 and not self._changes else "")
        return Ask(
            name="representation", label=_("Representation"), kind=AskKind.TEXT, required=True, unknown=True,
            choices=tuple((place, place) for place in places), hint=hint, value=value,
        )  # fmt: skip

    def _agreement(self, code: str) -> Ask:
        usable = agreements_of(code, self._session.content.agreements)
        labels = tuple(each.label(language()) for each in usable)
        return Ask(
            name="agreement", label=_("Agreement"), kind=AskKind.TEXT, required=True, unknown=True,
            choices=tuple((label, label) for label in labels), value=labels[0] if len(labels) == 1 else "",
        )  # fmt: skip

    # -- writing ---------------------------------------------------------------------------------------------------

    @override
    def _write(self, found: Start, values: Mapping[str, str]) -> tuple[Place, str]:
        asked = {ask.name for ask in self._asks}
        answers = {name: value for name, value in values.items() if name in asked}
        if self._changes and found.earlier is not None:
            before = found.earlier.view.request
            requests.change(self._session, before, self._filled(before, answers))
            return Place(page="request", subject=before.id), _("Request changed")
        empty = Request(id=new_id(), scope=self.subject, follows=self.part.partition(":")[2] or None)
        made = self._filled(empty, answers)
        agreement = answers.get("agreement", "")
        requests.start(
            self._session,
            made,
            [person for person in answers.get("persons", "").split(",") if person],
            on=date.fromisoformat(answers["on"]),
            agreement="" if agreement == UNKNOWN else agreement,
            unknown="reference" if agreement == UNKNOWN else "",
        )
        return Place(page="request", subject=made.id), _("Request begun")

    @override
    def _wrong(self, found: Start, values: Mapping[str, str]) -> Iterator[FieldProblem]:
        asked = {ask.name for ask in self._asks}
        answers = {name: value for name, value in values.items() if name in asked}
        if self._changes and found.earlier is not None:
            return record_problems(self._filled(found.earlier.view.request, answers))
        empty = Request(id=new_id(), scope=self.subject)
        on, agreement = answers.get("on") or None, answers.get("agreement") or None
        first = RequestEvent(id=new_id(), scope=self.subject, on=on, reference=agreement)
        return requests.start_problems(self._session, self._filled(empty, answers), first)

    def _filled(self, request: Request, answers: Mapping[str, str]) -> Request:
        unknown = {name for name in unknown_names(request.unknown_fields) if name not in answers}
        values: dict[str, str | int | None] = {}
        for name in (*_CODES, *_TEXTS):
            if name not in answers:
                continue
            answer = answers[name]
            if answer == UNKNOWN:
                unknown.add(name)
            empty = answer in ("", UNKNOWN)
            values[name] = (
                None
                if empty
                else self._session.content.ref(_CODES[name], answer)
                if name in _CODES
                else answer
            )
        return request.with_values(**values, unknown_fields=",".join(sorted(unknown)) or None)


def _persons(family: Family, chosen: str) -> Ask:
    pairs: Sequence[tuple[str, str]] = [
        (member.person.id, families.name_of(member.person).full or _("without a name"))
        for member in family.once(chosen.split(","))
    ]
    return Ask(
        name="persons",
        label=_("For whom"),
        kind=AskKind.PEOPLE,
        choices=tuple(pairs),
        required=True,
        value=chosen,
    )


def _nationality(family: Family) -> str:
    """The stated nationality when it is one and the same for everybody; otherwise the officer chooses."""
    stated = {bare_code(member.nationality.country or "") for member in family.members}
    return stated.pop() if len(stated) == 1 else ""
