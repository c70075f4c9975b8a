"""What each change of a family asks: one list of questions per deed, from the declarations and the lists of content."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.domain.kinds.dossier import Membership
from app.domain.kinds.person import Person
from app.domain.kinds.sensitive import SecretAddress
from app.domain.record import FieldSpec, FieldType, Record, kind_of
from app.i18n import N_, _, language
from app.services import membership_rules, memberships
from app.services.choices import choices
from app.services.families import Member, name_of
from app.services.membership_page import ChangePage
from app.services.session import Session
from ui.presenters.ask import Ask, AskKind
from ui.presenters.fact_form_presenter import ASK_KINDS, NO, YES, shown
from ui.presenters.family_words import CORRECTED

BORN, DIED, MOVED, SPLIT = "born", "died", "moved", "split"
REUNITED, LEFT, SHIELD, LIFT = "reunited", "left", "shield", "lift"
WHO, SURE, CUSTODY, MEMBERSHIP = "who", "sure", "custody:", "membership"

DEEDS: Final = {
    BORN: N_("A child is born"),
    DIED: N_("Somebody died"),
    SPLIT: N_("On as a family of their own"),
    MOVED: N_("To another family"),
    REUNITED: N_("Back to their family"),
    LEFT: N_("Leaving otherwise"),
    CORRECTED: N_("Mend a membership"),
    SHIELD: N_("Shield members"),
    LIFT: N_("Lift the shielding"),
}
_REASONS: Final = {
    MOVED: memberships.MOVED,
    SPLIT: memberships.SPLIT,
    REUNITED: memberships.WENT_BACK,
}
_PERSON: Final = (
    "given_names", "family_name", "given_names_native", "family_name_native", "sex", "birth_date", "birth_place",
)  # fmt: skip
_MEMBERSHIP: Final = ("from_on", "to_on", "reason", "role", "custody", "elsewhere", "other_status")
_WITH_CUSTODY: Final = frozenset({SPLIT, SHIELD})


def asks(session: Session, page: ChangePage, deed: str, values: Mapping[str, str]) -> tuple[Ask, ...]:
    """The questions of a deed, given what is answered."""
    return tuple(_of_deed(session, page, deed, values))


def _of_deed(session: Session, page: ChangePage, deed: str, values: Mapping[str, str]) -> Iterator[Ask]:
    if deed == BORN:
        yield from _of_birth(session, page)
    elif deed == DIED:
        yield _who(page, one=True)
        yield _day("died_on", _("Died on"))
    elif deed == CORRECTED:
        yield from _of_correction(session, page, values)
    elif deed == LIFT:
        people = tuple((person.id, name_of(person).full or _("without a name")) for person in page.shielded)
        yield Ask(name=WHO, label=_("Of whom"), kind=AskKind.PEOPLE, choices=people, required=True,
                  value=",".join(person for person, _name in people))  # fmt: skip
        yield _reason(
            session,
            membership_rules.END,
            memberships.SPLIT,
            _("Reason that the earlier family may see"),
            LIFT,
        )
    else:
        yield from _of_leaving(session, page, deed)
    yield from _of_children(session, page, deed, chosen(values))


def chosen(values: Mapping[str, str]) -> tuple[str, ...]:
    """The persons named in the answers."""
    return tuple(person for person in values.get(WHO, "").split(",") if person)


def _of_leaving(session: Session, page: ChangePage, deed: str) -> Iterator[Ask]:
    """Who goes, when and where to. Why is asked but for shielding: there it stands with the secret address only."""
    yield _who(page)
    yield _day("to_on", _("From which day"))
    if deed in (MOVED, REUNITED):
        yield Ask(
            name="into", label=_("To which family"), kind=AskKind.TEXT, required=True,
            choices=tuple((each, each) for each in page.near), hint=_("Write the dossier number."),
            value=page.near[0] if deed == REUNITED and page.near else "",
        )  # fmt: skip
    if deed in (SPLIT, SHIELD):
        hint = _("Left empty, it is the family name of the first of them.")
        yield Ask(name="title", label=_("Name of the new family"), kind=AskKind.TEXT, hint=hint)
    if deed != SHIELD:
        yield _reason(session, membership_rules.END, _REASONS.get(deed, ""), _("Why they leave"), deed)
    if deed == MOVED:
        label = _("Why they come there")
        yield _reason(session, membership_rules.BEGIN, memberships.MOVED_HERE, label, deed, name="begins")
    if deed in (SPLIT, SHIELD) and page.requests:
        yield Ask(
            name="requests", label=_("Requests that go on for them"), kind=AskKind.PEOPLE, choices=page.requests,
            value=",".join(request for request, _title in page.requests),
            hint=_("A request that follows it begins there, with what happened so far."),
        )  # fmt: skip
    if deed == SHIELD:
        specs = {spec.name: spec for spec in kind_of(SecretAddress).fields}
        yield Ask(name="address", label=_("Where they are now"), kind=AskKind.NOTE,
                  hint=_("Kept apart: it goes to nobody but who gets this part by choice."))  # fmt: skip
        for name in ("contact", "reason"):
            yield Ask(name=name, label=_(specs[name].title), kind=AskKind.TEXT)


def _of_children(session: Session, page: ChangePage, deed: str, persons: tuple[str, ...]) -> Iterator[Ask]:
    """Custody of each child that goes along, and whether it is right that only children stay."""
    members = {member.person.id: member for member in page.family.members}
    if deed in _WITH_CUSTODY:
        spec = _specs(Membership)["custody"]
        for person in persons:
            member = members.get(person)
            if member is not None and membership_rules.may_be_child(member, session.today):
                label = _("Custody of %(name)s", name=name_of(member.person).first)
                yield Ask(
                    name=f"{CUSTODY}{person}", label=label, kind=AskKind.CHOICE, choices=choices(session, spec),
                    value=shown(spec, member.membership.custody),
                )  # fmt: skip
    if deed in (DIED, MOVED, SPLIT, REUNITED, LEFT, SHIELD) and persons:
        left = membership_rules.children_left(page.family, persons, session.today)
        if left:
            names = ", ".join(name_of(member.person).first or _("without a name") for member in left)
            yield Ask(
                name=SURE, label=_("Only children stay: %(names)s. Is that right?", names=names),
                kind=AskKind.CHOICE, choices=((YES, _("Yes")), (NO, _("No"))), required=True,
                hint=_("Then write down who takes care of them."),
            )  # fmt: skip


def _of_birth(session: Session, page: ChangePage) -> Iterator[Ask]:
    proposed = {"family_name": page.family.dossier.title or ""}
    yield from _fields(session, Person, _PERSON, proposed, required=("given_names", "birth_date"))
    yield from _fields(session, Membership, ("role", "custody"), {"role": membership_rules.CHILD_ROLE})


def _of_correction(session: Session, page: ChangePage, values: Mapping[str, str]) -> Iterator[Ask]:
    pairs = tuple(
        (each.membership.id, f"{each.name.full or _('without a name')}, {each.span}")
        for each in page.memberships
    )
    wanted = corrected(page, values)
    yield Ask(
        name=MEMBERSHIP, label=_("Whose membership"), kind=AskKind.CHOICE, choices=pairs, required=True,
        value=wanted.id if wanted else "",
    )  # fmt: skip
    if wanted is not None:
        specs = _specs(Membership)
        stood = {name: shown(specs[name], getattr(wanted, name)) for name in _MEMBERSHIP}
        yield from _fields(session, Membership, _MEMBERSHIP, stood)


def corrected(page: ChangePage, values: Mapping[str, str]) -> Membership | None:
    """The membership that is being corrected."""
    asked = values.get(MEMBERSHIP)
    return next(
        (each.membership for each in page.memberships if asked in (None, "", each.membership.id)), None
    )


def corrected_fields() -> tuple[FieldSpec, ...]:
    """The fields of a membership that can be corrected."""
    specs = _specs(Membership)
    return tuple(specs[name] for name in _MEMBERSHIP)


def born_fields() -> tuple[tuple[FieldSpec, ...], tuple[FieldSpec, ...]]:
    """The fields asked at a birth: of the person, and of the membership."""
    person, membership = _specs(Person), _specs(Membership)
    return tuple(person[name] for name in _PERSON), tuple(membership[name] for name in ("role", "custody"))


# -- one question ------------------------------------------------------------------------------------------------------


def _specs(cls: type[Record]) -> dict[str, FieldSpec]:
    return {spec.name: spec for spec in kind_of(cls).fields}


def _fields(
    session: Session, cls: type[Record], names: Sequence[str], stood: Mapping[str, str],
    required: Sequence[str] = (),
) -> Iterator[Ask]:  # fmt: skip
    specs = _specs(cls)
    for name in names:
        spec = specs[name]
        listed: tuple[tuple[str, str], ...] = ()
        if spec.type is FieldType.CODE:
            listed = choices(session, spec)
        elif spec.type is FieldType.FLAG:
            listed = ((YES, _("Yes")), (NO, _("No")))
        yield Ask(
            name=name, label=_(spec.title), kind=ASK_KINDS[spec.type], choices=listed, required=name in required,
            unknown=spec.type is FieldType.FLAG, value=stood.get(name, ""),
        )  # fmt: skip


def _who(page: ChangePage, *, one: bool = False) -> Ask:
    people = tuple((each.person.id, _called(each)) for each in page.family.members)
    alone = people[0][0] if len(people) == 1 else ""
    kind = AskKind.CHOICE if one else AskKind.PEOPLE
    return Ask(name=WHO, label=_("Who"), kind=kind, choices=people, required=True, value=alone)


def _called(member: Member) -> str:
    return name_of(member.person).full or _("without a name")


def _day(name: str, label: str) -> Ask:
    hint = _("What you do not know may stay out: “05-2026” or “2026” is enough.")
    return Ask(name=name, label=label, kind=AskKind.INCOMPLETE, required=True, hint=hint)


def _reason(session: Session, moment: str, value: str, label: str, deed: str, *, name: str = "reason") -> Ask:
    """The reasons of that moment in the list; the neutral one is for leaving without more being said."""
    listed = tuple(
        (each.code, each.label(language()))
        for each in session.content.choices("basis", "lidmaatschap")
        if moment in each.traits or not any(trait.startswith("moment:") for trait in each.traits)
    )
    pairs = tuple(pair for pair in listed if deed == LEFT or pair[0] != memberships.NEUTRAL)
    hint = _("With “Changed” nothing of them shows with this family any more.") if deed == LEFT else ""
    return Ask(
        name=name, label=label, kind=AskKind.CHOICE, choices=pairs, required=True, value=value, hint=hint
    )
