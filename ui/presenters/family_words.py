"""Words about families that several screens share: how many members, how old, which sign a document's state has."""

from datetime import date
from typing import Final

from app.domain.incomplete_date import IncompleteDate, Unknown
from app.domain.incomplete_date_words import say, say_age
from app.i18n import _, formats, ngettext
from app.services.choices import countries_like
from app.services.session import Session
from ui.bridge.place import Place

CORRECTED: Final = "corrected"
"""The deed that mends a membership."""
_SIGNS = {
    "opdracht": "sign.document", "concept": "sign.document", "ingediend": "lp.submitted",
    "presentatie": "lp.presentation", "onderzoek": "lp.examined", "bevestigd": "lp.copy", "toegezegd": "lp.promised",
    "akkoord": "lp.promised", "afgegeven": "lp.issued", "document": "lp.issued",
}  # fmt: skip


def membership_place(dossier: str, membership: str) -> Place:
    """Where the days of a membership are mended."""
    return Place(page="family_change", subject=dossier, part=f"{CORRECTED}:{membership}")


def members_words(adults: int, children: int, age_unknown: int) -> str:
    """ "2 adults, 3 children, 1 of unknown age", as short as a column likes it; only what there is."""
    parts = []
    if adults:
        parts.append(ngettext("%(count)d adult", "%(count)d adults", adults, count=adults))
    if children:
        parts.append(ngettext("%(count)d child", "%(count)d children", children, count=children))
    return ", ".join((*parts, *_unsure(age_unknown)))


def with_children(counted: str, children: int, age_unknown: int) -> str:
    """ "8 members, of whom 3 children, 2 of unknown age": who may be a child is never left out without a word."""
    young = ngettext(
        "of whom %(count)s child", "of whom %(count)s children", children, count=formats.number(children)
    )
    return ", ".join((counted, *((young,) if children else ()), *_unsure(age_unknown)))


def _unsure(age_unknown: int) -> tuple[str, ...]:
    return (_("%(count)s of unknown age", count=formats.number(age_unknown)),) if age_unknown else ()


def country_advice(session: Session, typed: str) -> str:
    """The remark beside a text that is no country of the list; it is kept as it is, and never refused."""
    near = countries_like(session, typed)
    if near:
        return _(
            "No country of the list. %(countries)s? Then choose that from the list. Else this stays as typed "
            "and counts as no country.",
            countries=" / ".join(near),
        )
    return _(
        "No country of the list: it stays as typed and counts as no country. Choose one from the list if you can."
    )


def document_sign(stage: str, *, on_hold: bool, held: bool) -> tuple[str, str]:
    """Icon role and colour role of the state of a travel document."""
    if on_hold:
        return "lp.held", "watch"
    if held:
        return "lp.issued", "good"
    return _SIGNS.get(stage.rpartition(".")[2], "sign.document"), "ink"


def age_words(birth: IncompleteDate | None, today: date) -> str:
    """The age as far as it is known; when it is not, with the reason in the same breath."""
    if birth is None:
        return _("age unknown")
    said = say_age(birth, today, translate=_)
    known = birth.age_on(today)
    if isinstance(known, Unknown) and birth.age_between(today) is None:
        return _("%(age)s: %(reason)s", age=said, reason=lower_first(_(known.reason)).rstrip("."))
    return said


def date_words(value: IncompleteDate) -> str:
    """An incomplete date in words."""
    return say(value, translate=_, month_name=formats.month_name, day_text=formats.fact)


def day_words(value: date, today: date) -> str:
    """A day to look forward to: "today", else "di 24 nov"."""
    return _("today") if value == today else formats.day(value, today)


def lower_first(text: str) -> str:
    """A label inside a line; an abbreviation or a name of two capitals stays."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
