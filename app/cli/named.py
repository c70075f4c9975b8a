"""What a command names of a family: a member by name, V-number or id; a code with or without its list."""

from collections.abc import Mapping, Sequence

from app.domain.errors import KnownProblem
from app.domain.guidance import Choice
from app.domain.incomplete_date_entry import parse
from app.domain.text import v_number_key
from app.domain.words import N_
from app.services.families import Family, name_of
from app.services.session import Session


class NoSuchMember(KnownProblem):
    """Nobody in the family is called so, or several are."""

    message = N_("“%(asked)s” is not one member of this family. There are: %(names)s.")


class NoSuchCode(KnownProblem):
    """A code that the list does not have."""

    message = N_("“%(asked)s” is not in the list. There are: %(codes)s.")


def members(family: Family, asked: Sequence[str], past: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The ids of these members, once each; `past` are names of others who may be meant, by id.

    Raises `NoSuchMember`.
    """
    known = {person: {_key(person), _key(name)} for person, name in (past or {}).items()}
    names = dict(past or {})
    for member in family.members:
        person, name = member.person, name_of(member.person)
        words = (
            person.id,
            name.full,
            name.first,
            person.given_names,
            person.call_name,
            member.v_number.value,
        )
        known[person.id] = {_key(word) for word in words if word}
        names[person.id] = name.full
    found = []
    for text in asked:
        meant = [person for person, keys in known.items() if _key(text) in keys]
        if len(meant) != 1:
            raise NoSuchMember(asked=text, names=", ".join(name or person for person, name in names.items()))
        found.append(meant[0])
    return tuple(dict.fromkeys(found))


def _key(text: str) -> str:
    return v_number_key(text).casefold()


def code(choices: Sequence[Choice], asked: str) -> str:
    """The bare code of a list that is meant by it, or by its last part. Raises `NoSuchCode`."""
    for choice in choices:
        if asked in (choice.code, short(choice.code)):
            return choice.code
    raise NoSuchCode(asked=asked, codes=", ".join(short(choice.code) for choice in choices))


def ref(session: Session, list_name: str, asked: str | None) -> str | None:
    """What a record stores for a code of a list of the pack `basis`; None for nothing asked. Raises `NoSuchCode`."""
    return (
        session.content.ref("basis", code(session.content.choices("basis", list_name), asked))
        if asked
        else None
    )


def short(code_: str) -> str:
    """ "zelfstandig" for "uitstroom.zelfstandig"."""
    return code_.partition(".")[2] or code_


def incomplete(session: Session, asked: str | None) -> str:
    """A day as it is stored, of which parts may be unknown; today for nothing. Raises what `parse` raises."""
    return parse(asked).text if asked else session.today.isoformat()
