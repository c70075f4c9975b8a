"""Drafts that wait to be finished, as facts: which form it was, when it was typed, and the way back to it."""

from collections.abc import Iterator, Sequence

from app.domain.words import N_
from app.i18n import _, formats
from app.services.drafts import Draft
from ui.bridge.place import Place
from ui.presenters.fact import Fact

_NAMES = {
    "family": N_("Family"),
    "talk": N_("Talk"),
    "talk_form": N_("Talk"),
    "talk_finish": N_("Report of a talk"),
    "departure": N_("Departure"),
    "request_form": N_("New request"),
    "request_step": N_("Step of a request"),
    "request_term": N_("Term of a request"),
    "asylum_check": N_("Answer about asylum"),
}


def draft_facts(drafts: Sequence[Draft], most: int) -> Iterator[Fact]:
    """At most so many forms, latest first; a form may keep several drafts, one per record."""
    seen: set[tuple[str, Place | None]] = set()
    for draft in drafts:
        kind, place = draft.form.partition(":")[0], draft_place(draft)
        if kind not in _NAMES or (kind, place) in seen or len(seen) == most:
            continue
        seen.add((kind, place))
        yield Fact(
            main=_(_NAMES[kind]),
            second=formats.deed(draft.at),
            link=_("Go on with it") if place is not None else "",
            place=place,
        )


def draft_place(draft: Draft) -> Place | None:
    """Where the form of a draft is opened again; None when its key does not tell."""
    kind, _colon, subject = draft.form.partition(":")
    if kind == "family":
        return Place(page="family_form", subject="" if subject == "new" else subject)
    if kind in ("talk", "talk_finish"):
        return Place(page="talk", subject=draft.key, part="finish" if kind == "talk_finish" else "")
    if kind == "departure":
        new, _colon, dossier = draft.key.partition(":")
        return Place(page="departure", subject=dossier or new, part="new" if dossier else "")
    if kind in ("request_form", "request_step", "request_term", "asylum_check"):
        subject, _slash, part = draft.key.partition("/")
        return Place(page=kind, subject=subject, part=part)
    return None
