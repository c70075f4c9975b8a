"""What happened in a dossier: own deeds and those of others, undone ones marked, delicate values left out."""

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.departure import Belonging
from app.domain.kinds.papers import DisclosureRecord
from app.domain.kinds.sensitive import HealthFact
from app.domain.kinds.talk import Talk, TalkPerson
from app.domain.record import KINDS
from app.services import take, timeline
from app.services.kind_groups import GROUP_OF, GROUPS
from app.services.paper_wanted import SAVED
from app.services.session import Session
from app.services.timeline import SILENT, Deed
from app.services.timeline_filter import Filter, narrowing
from tests.support.family_case import change, register_family
from tests.support.package_case import Office


def titles(session: Session, dossier: str) -> list[str]:
    return [deed.title for deed in timeline.read(session, dossier).deeds]


def words(deed: Deed) -> dict[str, str | None]:
    return {title: value for detail in deed.details for title, value in detail.fields}


def test_latest_first_with_what_changed_in_words(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_date="1984-05", given_names="Armen")
    deeds = timeline.read(session, made.dossier.id).deeds
    assert [deed.title for deed in deeds] == ["Family changed", "Family registered"]
    assert words(deeds[0]) == {"Given names": "Armen", "Date of birth": "mei 1984, dag onbekend"}
    assert deeds[0].officer == "Robin Voorbeeld"
    assert {detail.about for detail in deeds[0].details} == {"Armen Hakobyan"}


def test_another_family_is_not_told(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    register_family(session, "Beridze")
    assert titles(session, made.dossier.id) == ["Family registered"]


def test_what_was_undone_is_marked_and_redoing_takes_the_mark_away(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, given_names="Armen")
    session.store.undo()
    undone, changed, registered = timeline.read(session, made.dossier.id).deeds
    assert (undone.title, undone.of_title) == ("Undone", "Family changed")
    assert (changed.undone, registered.undone, undone.undone) == (True, False, False)
    session.store.redo()
    assert [deed.undone for deed in timeline.read(session, made.dossier.id).deeds] == [False] * 4


def test_of_health_it_says_that_not_what(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = made.members[0].person.id
    with session.store.write(verbs.MEMBER_CHANGED, dossier=made.dossier.id) as uow:
        uow.add(HealthFact(id=new_id(), scope=person, source="arts"))
    first = timeline.read(session, made.dossier.id).deeds[0]
    assert [detail.kind_title for detail in first.details] == ["Health"]
    assert first.details[0].fields == ()


def test_a_value_that_was_taken_out_is_told_as_such(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="Gjumri")
    session.store.redact(made.members[0].person.id, frozenset({"birth_place"}))
    told = [words(deed) for deed in timeline.read(session, made.dossier.id).deeds]
    assert {"Place of birth": None} in told
    assert "Gjumri" not in str(told)


def test_what_was_handed_out_is_marked(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    with session.store.write(verbs.DISCLOSED, dossier=made.dossier.id) as uow:
        paper, way = (session.content.ref("papieren", code) for code in ("papier.overdrachtsblad", SAVED))
        uow.add(DisclosureRecord(id=new_id(), scope=made.dossier.id, paper=paper, way=way, receiver="KMar"))
    first = timeline.read(session, made.dossier.id).deeds[0]
    assert first.handed_out
    assert words(first) == {
        "Paper": "Overdrachtsblad vertrek",
        "How": "Opgeslagen als bestand",
        "Receiver": "KMar",
    }


def test_pages_join_without_gap_or_repeat(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    for number in range(5):
        change(session, made, birth_place=f"plaats {number}")
    whole = timeline.read(session, made.dossier.id)
    assert whole.earlier is None
    found: list[str] = []
    before: int | None = None
    while True:
        page = timeline.read(session, made.dossier.id, before=before, most=2)
        found += [deed.key for deed in page.deeds]
        before = page.earlier
        if before is None:
            break
    assert found == [deed.key for deed in whole.deeds]


def test_amounts_and_weights_have_their_unit_and_what_the_program_set_is_left_out(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    whose = made.members[0].person.id
    bag = Belonging(
        id=new_id(), scope=made.dossier.id, person=whose, weight_g=18500, amount_cents=125005, position=3
    )
    with session.store.write(verbs.DEPARTURE_CHANGED) as uow:
        uow.save(None, bag)
    assert words(timeline.read(session, made.dossier.id).deeds[0]) == {
        "Weight": "18,5 kg",
        "Amount": "1.250,05",
    }
    with session.store.write(verbs.DEPARTURE_CHANGED) as uow:
        uow.save(bag, bag.with_values(position=4))
    assert words(timeline.read(session, made.dossier.id).deeds[0]) == {"Place in the list": "4"}


def test_a_long_note_is_told_by_its_beginning(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="lang " * 60)
    told = words(timeline.read(session, made.dossier.id).deeds[0])["Place of birth"]
    assert told is not None
    assert len(told) == 120
    assert told.endswith("…")


PLACE_KINDS = {
    "officer", "device", "revocation", "location", "country_note", "own_setting", "roster_entry",
}  # fmt: skip


def test_each_kind_that_can_be_told_stands_in_one_group() -> None:
    assert sum(len(group.kinds) for group in GROUPS) == len(GROUP_OF)
    assert set(GROUP_OF) == set(KINDS) - SILENT - PLACE_KINDS


def test_it_is_narrowed_to_one_person(session: Session) -> None:
    made = register_family(session, "Hakobyan", "1984", "2015")
    first, second = (member.person.id for member in made.members)
    change(session, made, at=1, birth_place="Gjumri")
    talk = Talk(id=new_id(), scope=made.dossier.id, place="Kamer 1")
    with session.store.write(verbs.TALK_PLANNED, dossier=made.dossier.id) as uow:
        uow.add(talk)
        uow.add(TalkPerson(id=new_id(), scope=made.dossier.id, talk=talk.id, person=first))
    with session.store.write(verbs.TALK_CHANGED, dossier=made.dossier.id) as uow:
        uow.save(talk, talk.with_values(goal="Reis"))

    def told(person: str) -> list[str]:
        found = timeline.read(session, made.dossier.id, only=Filter(person=person))
        return [deed.verb for deed in found.deeds]

    changed, registered = verbs.FAMILY_CHANGED.code, verbs.FAMILY_REGISTERED.code
    assert told(second) == [changed, registered]
    assert told(first) == [verbs.TALK_CHANGED.code, verbs.TALK_PLANNED.code, registered], (
        "the talk as a whole"
    )
    assert narrowing(session, made.dossier.id).persons == (
        (first, "Voorbeeld 1 Hakobyan"), (second, "Voorbeeld 2 Hakobyan"),
    )  # fmt: skip


def test_it_is_narrowed_to_a_group_and_pages_join(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    for number in range(5):
        change(session, made, birth_place=f"plaats {number}")
        with session.store.write(verbs.TALK_PLANNED, dossier=made.dossier.id) as uow:
            uow.add(Talk(id=new_id(), scope=made.dossier.id, place=f"Kamer {number}"))
    only = Filter(group="talks")
    first = timeline.read(session, made.dossier.id, most=3, only=only)
    rest = timeline.read(session, made.dossier.id, most=3, only=only, before=first.earlier)
    places = [words(deed)["Place"] for deed in (*first.deeds, *rest.deeds)]
    assert places == [f"Kamer {number}" for number in (4, 3, 2, 1, 0)]
    assert rest.earlier is None
    assert timeline.read(session, made.dossier.id, only=Filter(group="contacts")).deeds == ()


def test_it_is_narrowed_to_who_wrote(anna: Office, bram: Office) -> None:
    family = bram.family()
    take.accept(anna.session, bram.give(anna, dossiers=(family.dossier,)))
    with anna.session.store.write(verbs.TALK_PLANNED, dossier=family.dossier) as uow:
        uow.add(Talk(id=new_id(), scope=family.dossier, place="Kamer 1"))
    authors = dict(narrowing(anna.session, family.dossier).authors)
    mine = timeline.read(anna.session, family.dossier, only=Filter(author=anna.session.officer))
    assert verbs.TALK_PLANNED.code in [deed.verb for deed in mine.deeds]
    assert {deed.officer for deed in mine.deeds} == {"Anna"}
    assert anna.session.officer in authors
    theirs = timeline.read(anna.session, family.dossier, only=Filter(author=bram.session.officer))
    assert verbs.FAMILY_REGISTERED.code in [deed.verb for deed in theirs.deeds]
    assert not {deed.key for deed in mine.deeds} & {deed.key for deed in theirs.deeds}
