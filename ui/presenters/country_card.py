"""What is known of a country's representation, as short facts: practice, warning, source and day. Never a judgement."""

from collections.abc import Iterator

from app.domain.country import Country, agreements_of
from app.i18n import _, language
from app.services import words
from app.services.session import Session
from ui.presenters.fact import Fact, FactGroup


def country_group(session: Session, code: str) -> FactGroup | None:
    """The card of a country by its code, None for a country that is not known here."""
    country = session.content.countries.get(code)
    if country is None:
        return None
    return FactGroup(title=country.label(language()), facts=tuple(_facts(session, country)))


def _facts(session: Session, country: Country) -> Iterator[Fact]:
    spoken = language()
    source = words.country_source(country)
    if country.is_doubtful:
        yield Fact(
            main=_("Old or contradicted: check what holds now."),
            second=source,
            icon="state.unknown",
            role="unknown",
        )
    if warning := country.warning.text(spoken):
        yield Fact(main=warning, icon="state.watch", role="watch")
    place = ", ".join((country.representation.text(spoken), *country.places)).strip(", ")
    yield Fact(main=place or _("Representation unknown"), second=_short(country))
    if practice := country.practice.text(spoken):
        yield Fact(main=practice, second="" if country.is_doubtful else source)
    elif not country.is_doubtful:
        yield Fact(main=_("No practice was found for this country."), second=source)
    for agreement in agreements_of(country.code, session.content.agreements)[:2]:
        answer = (
            _("answer within %(length)s", length=words.length_words(agreement.answer))
            if agreement.answer
            else ""
        )
        yield Fact(main=agreement.label(spoken), second=answer)


def _short(country: Country) -> str:
    """What is needed, how a presentation goes, how long a document holds; in one line."""
    spoken = language()
    parts = [
        country.needed.label(spoken),
        _("presentation: %(how)s", how=country.presentation.label(spoken).lower()),
    ]
    if country.document_length is not None:
        parts.append(_("valid for %(length)s", length=words.length_words(country.document_length)))
    if country.document_extendable is not None:
        parts.append(_("can be extended") if country.document_extendable else _("cannot be extended"))
    return ", ".join(parts)
