"""What there is to clear up, as one kind of thing: what it is about and the answers to choose from."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.services.differences import Difference


class NoSuchMatter(KnownProblem):
    """It was cleared up meanwhile, or its name was typed wrongly."""

    message = N_("There is nothing to clear up under this name any more.")


class NoSuchAnswer(KnownProblem):
    """An answer that this matter does not have."""

    message = N_("This is not one of the answers. Choose one of those that are shown.")


class DayNotToCome(KnownProblem):
    """What is put off until today or a day that is past stays where it is."""

    message = N_("Choose a day after today, for example %(day)s.")


class NoTextOfBoth(KnownProblem):
    """Phones, persons, states: of these one holds, or they are two."""

    message = N_(
        "There is no text of both for this. Only a note that two people changed can be put together;"
        " give one of the answers that are shown."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: its code, the words on its card, and the line below (who and when, or what follows)."""

    code: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something to clear up. `id` stays as long as what stands is the same; a new candidate makes a new one.

    `suggestion` is a sentence, never chosen by itself.
    """

    id: str
    kind: str  # value, removed, request, state, person, alike, same, membership, number, parent, family, owner, offer …
    title: str
    about: str
    family: str
    dossier: str
    words: str
    explanation: str = ""
    answers: tuple[Answer, ...] = ()
    suggestion: str = ""
    later_until: date | None = None
    subject: tuple[str, ...] = ()  # ids behind it, for who decides
    difference: Difference | None = field(default=None, repr=False)


def matter_id(kind: str, *parts: str) -> str:
    """A short name, the same as long as the parts are."""
    return f"{kind}-{hashlib.sha256('/'.join(parts).encode()).hexdigest()[:12]}"
