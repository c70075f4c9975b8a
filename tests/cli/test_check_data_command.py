"""`check-data`: what cannot be right, as sentences and as JSON; finding something is no failure."""

from pathlib import Path

from app.domain import verbs
from app.domain.kinds.person import Person
from app.storage import secret
from app.storage.uow import read_where
from tests.support.command_case import PASSPHRASE, Commands


def test_it_says_what_cannot_be_right(command: Commands, pair: tuple[Path, Path]) -> None:
    store = pair[0]
    before = len(command("check-data", store, "--json").json["findings"])
    unlocked = command.app.gate.unlock(store, secret.from_passphrase(PASSPHRASE))
    try:
        with unlocked.session.store.write(verbs.MEMBER_CHANGED) as uow:
            person = read_where(uow.conn, Person, "1 = 1 ORDER BY id LIMIT 1")[0]
            uow.save(person, person.with_values(birth_date="2190"))
    finally:
        unlocked.lock()
    said = command("check-data", store)
    assert said.code == 0
    assert "De geboortedatum ligt in de toekomst" in said.out
    found = command("check-data", store, "--json").json["findings"]
    assert len(found) >= before + 1
    (new,) = [each for each in found if each["rule"] == "birth-ahead"]
    assert (new["record"], new["field"], new["kind"]) == (person.id, "birth_date", "person")
    only = command("check-data", store, "--dossier", new["dossier"], "--json").json["findings"]
    assert new in only and {each["dossier"] for each in only} == {new["dossier"]}
    assert command("check-data", store, "--dossier", "nergens").code == 1
