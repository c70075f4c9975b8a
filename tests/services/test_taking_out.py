"""One value goes for good, here and with colleagues, and nobody brings it back; only what can go, with a reason."""

import json
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.dossier import Contact, Owner
from app.domain.kinds.person import Alias
from app.domain.kinds.sensitive import HealthFact
from app.services import families, take, taking_out, timeline
from app.services.families import NoSuchDossier
from app.services.session import Session
from app.services.taking_out import NothingToTakeOut, WhyMissing
from app.storage import access_log
from app.storage.problem import ReadOnlyStore
from app.storage.uow import read
from tests.support.family_case import change, register_family
from tests.support.package_case import ALL, Office


def why(session: Session, code: str = "verzoek") -> str:
    return session.content.ref("basis", f"wegnemen.{code}")


def test_everything_that_ever_stood_in_the_field_goes(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="Gjumri")
    change(session, families.load(session, made.dossier.id), birth_place="Jerevan")
    person = made.members[0].person.id
    effect = taking_out.look(session, made.dossier.id, person, "birth_place")
    assert [(one.words, one.stands) for one in effect.values] == [("Jerevan", True), ("Gjumri", False)]
    assert effect.values[0].officer == "Robin Voorbeeld" and effect.colleagues == ()
    taking_out.take_out(session, made.dossier.id, person, "birth_place", why(session))
    assert families.load(session, made.dossier.id).members[0].person.birth_place is None
    with session.store.read() as conn:
        cells = json.dumps(conn.exec_driver_sql("SELECT group_concat(cells) FROM j_op").scalar())
        log = access_log.read(conn)
        assert access_log.whole(conn)
    assert "Jerevan" not in cells and "Gjumri" not in cells
    assert (log[-1].deed, log[-1].object) == ("take-out", f"{person}.birth_place")
    assert log[-1].result.endswith("wegnemen.verzoek") and log[-1].actor == session.officer
    with pytest.raises(NothingToTakeOut):
        taking_out.look(session, made.dossier.id, person, "birth_place")
    while session.store.undo():
        pass
    with session.store.read() as conn:
        assert "Jerevan" not in str(conn.exec_driver_sql("SELECT group_concat(cells) FROM j_op").scalar())


def test_the_timeline_says_which_field_of_whom_and_never_what(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    change(session, made, birth_place="Gjumri", given_names="Armen")
    taking_out.take_out(session, made.dossier.id, made.members[0].person.id, "birth_place", why(session))
    first = timeline.read(session, made.dossier.id).deeds[0]
    (detail,) = first.details
    assert first.title == "Value taken out"
    assert (detail.about, detail.fields) == ("Armen Hakobyan", (("Place of birth", None),))


def test_what_is_offered_is_of_this_family_and_can_go(session: Session) -> None:
    made, other = register_family(session, "Hakobyan"), register_family(session, "Beridze")
    with session.store.write(verbs.FAMILY_CHANGED) as uow:
        uow.add(Owner(id=new_id(), scope=made.dossier.id, officer=session.officer, reason="vakantie"))
        fact = uow.add(HealthFact(id=new_id(), scope=made.members[0].person.id, body="astma"))
    found = taking_out.offered(session, made.dossier.id)
    fields = {(one.record, one.field) for one in found}
    assert (made.members[0].person.id, "family_name") in fields
    assert (other.members[0].person.id, "family_name") not in fields
    assert not {"officer", "person", "device", "key"} & {field for _record, field in fields}
    (health,) = [one for one in found if one.record == fact.id]
    assert (health.field, health.values) == ("body", ())
    shown = taking_out.look(session, made.dossier.id, fact.id, "body").values
    assert [one.words for one in shown] == ["astma"]
    with pytest.raises(NothingToTakeOut):
        taking_out.look(session, made.dossier.id, other.members[0].person.id, "family_name")
    with pytest.raises(NothingToTakeOut):
        taking_out.look(session, made.dossier.id, made.members[0].membership.id, "person")
    with pytest.raises(NoSuchDossier):
        taking_out.offered(session, new_id())


def test_what_is_offered_says_which_record_until_it_is_gone(session: Session) -> None:
    """The name of a record may be what is taken out."""
    made = register_family(session, "Hakobyan")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        for name in ("Zwartemerel", "Roodborst"):
            uow.add(Contact(id=new_id(), scope=made.dossier.id, name=name, phone="0612345678"))
    found = {one.which: one for one in taking_out.offered(session, made.dossier.id) if one.field == "phone"}
    first, second = sorted(found)
    assert first.startswith("Roodborst") and second.startswith("Zwartemerel")
    seen = taking_out.look(session, made.dossier.id, found[first].record, "phone").what
    assert "Roodborst" in taking_out.said(seen) and "Zwartemerel" not in taking_out.said(seen)
    assert "Roodborst" not in taking_out.said(seen, named=False)


def test_without_a_reason_or_with_a_store_that_is_only_read_nothing_goes(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    person = made.members[0].person.id
    for reason in ("", "verzoek", session.content.ref("basis", "vernietigen.verzoek")):
        with pytest.raises(WhyMissing):
            taking_out.take_out(session, made.dossier.id, person, "family_name", reason)
    session.store.read_only = True
    with pytest.raises(ReadOnlyStore):
        taking_out.take_out(session, made.dossier.id, person, "family_name", why(session))
    session.store.read_only = False
    assert families.load(session, made.dossier.id).members[0].person.family_name == "Hakobyan"


def test_a_removed_record_still_holds_its_values_and_can_lose_them(session: Session) -> None:
    made = register_family(session, "Hakobyan")
    with session.store.write(verbs.MEMBER_CHANGED) as uow:
        alias = uow.add(Alias(id=new_id(), scope=made.members[0].person.id, family_name="Zwartemerel"))
    with session.store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    (one,) = taking_out.look(session, made.dossier.id, alias.id, "family_name").values
    assert (one.words, one.stands) == ("Zwartemerel", False)
    taking_out.take_out(session, made.dossier.id, alias.id, "family_name", why(session))
    with session.store.read() as conn:
        assert "Zwartemerel" not in str(conn.exec_driver_sql("SELECT group_concat(cells) FROM j_op").scalar())


def test_it_goes_from_a_colleague_with_the_next_file(anna: Office, bram: Office) -> None:
    made = anna.family()
    take.accept(bram.session, anna.give(bram, dossiers=(made.dossier,), parts=ALL))
    assert taking_out.look(anna.session, made.dossier, made.alias.id, "family_name").colleagues == ("Bram",)
    taking_out.take_out(anna.session, made.dossier, made.alias.id, "family_name", why(anna.session))
    file: Path = anna.give(bram, dossiers=(made.dossier,), parts=ALL)
    take.accept(bram.session, file)
    with bram.desk.store.read() as conn:
        found = read(conn, Alias, made.alias.id)
        cells = str(conn.exec_driver_sql("SELECT group_concat(cells) FROM j_op").scalar())
    assert found is not None and found.family_name is None
    assert "Verzonnen-ander" not in cells
    titles = [deed.title for deed in timeline.read(bram.session, made.dossier).deeds]
    assert "Value taken out" in titles
