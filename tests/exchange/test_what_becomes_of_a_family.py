"""A look at a file says what becomes of each family: asked to be destroyed, destroyed here, removed, not chosen."""

from dataclasses import replace

from app.services import removal, removed_family, take
from app.services.file_words import named, nothing_new_words
from tests.exchange.test_removal_by_file import bring, owned, reason, receipt
from tests.support.package_case import ALL, Office


def test_a_request_to_destroy_is_something_new_though_nothing_else_is(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    bring(anna, bram, other)
    receipt(bram, anna)
    bring(anna, bram, other)  # from here on nothing of the other family is new
    receipt(bram, anna)
    removal.destroy(anna.session, family.dossier, reason(anna))
    file = anna.give(bram, dossiers=(other.dossier,), parts=ALL)
    found = take.look(bram.session, file)
    assert found.changes == 0 and found.to_confirm == ("Verzonnen",)
    assert not found.known and nothing_new_words(found) == ""


def test_an_old_file_says_what_was_destroyed_here_and_brings_nothing(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    old = anna.give(bram, dossiers=(family.dossier,), parts=ALL)
    both = anna.give(bram, dossiers=(family.dossier, other.dossier), parts=ALL)
    take.accept(bram.session, both)
    receipt(bram, anna)
    removal.destroy(anna.session, family.dossier, reason(anna), persons=[family.person])
    bring(anna, bram, other)
    for waits in removal.waiting(bram.session):
        removal.accept_destruction(bram.session, waits.scope)
    found = take.look(bram.session, old)
    (gone,) = found.families
    assert gone.destroyed and not gone.new and gone.title == "" and gone.persons == ()
    assert found.known
    assert nothing_new_words(found) == "1 gezin uit dit bestand is hier vernietigd en blijft eruit."
    assert "De rest staat hier al." in nothing_new_words(take.look(bram.session, both))


def test_a_removed_family_is_said_to_be_removed(anna: Office, bram: Office) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    bring(anna, bram, family)
    bring(anna, bram, other)
    receipt(bram, anna)
    removed_family.remove(anna.session, family.dossier)
    file = anna.give(bram, dossiers=(other.dossier,), parts=ALL)
    found = {one.dossier: one for one in take.look(bram.session, file).families}
    assert found[family.dossier].removed and found[family.dossier].title == "Verzonnen"
    assert found[family.dossier].persons == ()
    assert not found[other.dossier].removed
    take.accept(bram.session, file)
    assert not any(one.removed for one in take.look(bram.session, file).families)


def test_a_sender_without_a_name_is_an_unknown_laptop(anna: Office, bram: Office) -> None:
    family = owned(anna)
    sender = take.look(bram.session, anna.give(bram, dossiers=(family.dossier,))).sender
    assert named(sender).startswith("Anna")
    assert named(replace(sender, name="", office="")) == "een onbekende laptop"


def test_only_what_was_chosen_is_looked_at_and_stands_with_the_files_taken_in(
    anna: Office, bram: Office
) -> None:
    family, other = owned(anna), owned(anna, "Ander")
    file = anna.give(bram, dossiers=(family.dossier, other.dossier), parts=ALL)
    only = frozenset({other.dossier})
    seen = take.look(bram.session, file, dossiers=only)
    found = {one.dossier: one for one in seen.families}
    assert found[family.dossier].left_out and not found[other.dossier].left_out
    assert found[family.dossier].changes == 0
    done = take.accept(bram.session, file, dossiers=only)
    assert done.families == ("Ander",) and done.changes == seen.changes
    assert take.taken(bram.session)[0].families == ("Ander",)
