"""A destroyed dossier is gone on every copy once its officer agrees, and what nobody had seen is set apart."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain import verbs
from app.domain.exchange_facts import Hold
from app.domain.kinds.dossier import Dossier
from app.exchange import destruction, set_apart
from app.exchange.problem import WrongSignature
from app.services import give, take
from app.storage import chain, project
from app.storage.uow import read
from tests.support.package_case import MadeFamily, Office, take_apart

REASON = "bewaartermijn"


def destroy(office: Office, scope: str) -> None:
    """As the service does."""
    identity = office.desk.identity
    with office.desk.store.whole() as whole:
        whole.seal()
        whole.touched += destruction.issue(
            whole.conn,
            scope=scope,
            kind="dossier",
            reason=REASON,
            device=identity.writer.device_id,
            officer=office.desk.officer,
            at="2026-11-27T10:00:00Z",
            sign=identity.sign,
            now_ms=1,
        )


def agree(office: Office, scope: str) -> None:
    """The officer's word."""
    with office.desk.store.whole() as whole:
        whole.seal()
        whole.touched += destruction.carry_out(whole.conn, scope, 2)


def title(office: Office, family: MadeFamily) -> str | None:
    """The dossier as it stands here."""
    with office.desk.store.read() as conn:
        found = read(conn, Dossier, family.dossier)
    return None if found is None else found.title


def rename(office: Office, family: MadeFamily, name: str) -> None:
    """Change the dossier."""
    with office.desk.store.write(verbs.FAMILY_CHANGED) as uow:
        found = read(uow.conn, Dossier, family.dossier)
        assert found is not None
        uow.save(found, found.with_values(title=name))


def traces(office: Office, marker: str) -> list[str]:
    """The tables that still hold a text."""
    return [name for name, rows in office.tables().items() if marker in repr(rows)]


@pytest.fixture
def family(anna: Office, bram: Office) -> MadeFamily:
    """On both laptops, and both know of each other that they have it."""
    made = anna.family("Vergeten")
    take.accept(bram.session, anna.give(bram, dossiers=(made.dossier,)))
    take.accept(anna.session, Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0]))
    return made


def test_it_is_gone_here_with_all_traces_and_persons_stay(anna: Office, family: MadeFamily) -> None:
    other = anna.family("Blijft")
    rename(anna, family, "Spoorloos")
    destroy(anna, family.dossier)
    assert traces(anna, "Spoorloos") == []
    with anna.desk.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM r_person").scalar_one() == 2
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()
    assert title(anna, other) == "Blijft"
    while anna.desk.store.undo() is not None:
        pass
    assert title(anna, family) is None


def test_elsewhere_it_waits_for_the_officer(anna: Office, bram: Office, family: MadeFamily) -> None:
    old = anna.give(bram, dossiers=(family.dossier,), full=True)
    destroy(anna, family.dossier)
    receipt = give.receipt(anna.session, bram.desk.device, anna.folder)
    seen = take.look(bram.session, Path(receipt.files[0]))
    assert seen.to_confirm == ("Vergeten",)
    taken = take.accept(bram.session, Path(receipt.files[0]))
    assert not taken.may_go_back and title(bram, family) == "Vergeten"
    with bram.desk.store.read() as conn:
        assert [one.scope for one in destruction.waiting(conn)] == [family.dossier]
    agree(bram, family.dossier)
    assert title(bram, family) is None and traces(bram, "Vergeten") == ["j_op", "r_alias", "r_person"]
    take.accept(bram.session, old)  # the old stick
    assert title(bram, family) is None
    with bram.desk.store.read() as conn:
        assert set_apart.all_of(conn) == ()
        assert project.differences(conn) == [] and chain.check_chains(conn) == ()


def test_what_was_written_unseen_is_set_apart_on_every_copy_that_has_it(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    rename(bram, family, "Nog gewijzigd")
    late = bram.give(anna, dossiers=(family.dossier,))
    destroy(anna, family.dossier)
    seen = take.look(anna.session, late)
    assert Hold.DESTROYED in seen.families[0].holds and seen.set_apart
    take.accept(anna.session, late)
    take.accept(anna.session, late)
    assert title(anna, family) is None
    with anna.desk.store.read() as conn:
        kept = set_apart.all_of(conn)
        assert {one.why for one in kept} == {Hold.DESTROYED} and len(kept) == 1
    assert traces(anna, "Nog gewijzigd") == ["l_quarantine"]
    take.accept(bram.session, Path(give.receipt(anna.session, bram.desk.device, anna.folder).files[0]))
    agree(bram, family.dossier)
    assert title(bram, family) is None
    assert traces(bram, "Nog gewijzigd") == ["l_quarantine"]


def test_a_later_order_takes_along_only_what_it_had_seen(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    carla.desk.knows(anna.desk)
    anna.desk.knows(carla.desk)
    take.accept(carla.session, anna.give(carla, dossiers=(family.dossier,)))
    rename(bram, family, "Nog gewijzigd")
    late = bram.give(anna, dossiers=(family.dossier,))
    destroy(anna, family.dossier)
    take.accept(anna.session, late)
    assert traces(anna, "Nog gewijzigd") == ["l_quarantine"]
    for other, left in ((carla, ["l_quarantine"]), (bram, [])):  # only Bram knows what Bram wrote
        destroy(other, family.dossier)
        receipt = give.receipt(other.session, anna.desk.device, other.folder)
        take.accept(anna.session, Path(receipt.files[0]))
        assert traces(anna, "Nog gewijzigd") == left
        with anna.desk.store.read() as conn:
            assert len(destruction.orders(conn, [family.dossier])) == (2 if left else 3)


def test_who_agreed_passes_an_order_on_of_whom_nothing_is_known_here(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    """Bram gave the family to Carla, and destroyed that together with it: Anna never heard of it."""
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    take.accept(carla.session, bram.give(carla, dossiers=(family.dossier,)))
    destroy(carla, family.dossier)
    order = Path(give.receipt(carla.session, bram.desk.device, carla.folder).files[0])
    take.accept(bram.session, order)
    agree(bram, family.dossier)
    passed_on = Path(give.receipt(bram.session, anna.desk.device, bram.folder).files[0])
    assert take.look(anna.session, passed_on).to_confirm == ("Vergeten",)
    take.accept(anna.session, passed_on)
    with anna.desk.store.read() as conn:
        (waiting,) = destruction.waiting(conn)
        assert (waiting.device, waiting.entitled) == (carla.desk.device, False), "only by a word of Anna"
    agree(anna, family.dossier)
    assert title(anna, family) is None


def test_nobody_can_make_an_order_in_the_name_of_another(
    anna: Office, bram: Office, family: MadeFamily, tmp_path: Path
) -> None:
    destroy(anna, family.dossier)
    opened = take_apart(Path(give.receipt(anna.session, bram.desk.device, anna.folder).files[0]), bram)
    assert len(opened.manifest["destroyed"]) == 1
    body, *rest = opened.manifest["destroyed"][0]
    opened.manifest["destroyed"] = [[body.replace(REASON, "anders"), *rest]]
    path = opened.pack_raw(anna, tmp_path / "order.regiemap", b"", bram)
    before = bram.tables()
    with pytest.raises(WrongSignature):
        take.accept(bram.session, path)
    assert bram.tables() == before


def test_who_may_not_write_a_family_cannot_ask_for_its_destruction(
    anna: Office, bram: Office, office: Callable[[str], Office], family: MadeFamily
) -> None:
    carla = office("Carla")
    carla.desk.knows(bram.desk)
    bram.desk.knows(carla.desk)
    with carla.desk.store.whole() as whole:
        identity = carla.desk.identity
        destruction.issue(
            whole.conn,
            scope=family.dossier,
            kind="dossier",
            reason=REASON,
            device=identity.writer.device_id,
            officer=carla.desk.officer,
            at="2026-11-27T10:00:00Z",
            sign=identity.sign,
            now_ms=1,
        )
        whole.conn.exec_driver_sql(
            "INSERT INTO l_shared(peer, scope, compartment) VALUES(?,?,'kern')",
            (bram.desk.device, family.dossier),
        )
    path = Path(give.receipt(carla.session, bram.desk.device, carla.folder).files[0])
    assert take_apart(path, bram).manifest["destroyed"]
    assert take.look(bram.session, path).to_confirm == ()
    take.accept(bram.session, path)
    with bram.desk.store.read() as conn:
        assert destruction.waiting(conn) == ()


def test_fourteen_separate_days_are_enough_and_a_clock_jump_counts_once(
    anna: Office, bram: Office, family: MadeFamily
) -> None:
    destroy(anna, family.dossier)
    take.accept(bram.session, Path(give.receipt(anna.session, bram.desk.device, anna.folder).files[0]))
    day = date(2026, 11, 27)
    with bram.desk.store.local() as conn:
        conn.exec_driver_sql(
            "INSERT INTO l_peer(device, card, verified_at, registrar) VALUES(?, '', 1, 1)"
            " ON CONFLICT DO UPDATE SET registrar = 1",
            (anna.desk.device,),
        )

        def after_unlocking(at: date) -> int:
            conn.exec_driver_sql("UPDATE l_meta SET value = value + 1 WHERE name = 'unlocks'")
            return len(destruction.remind(conn, at))

        assert [after_unlocking(day) for _time in range(5)] == [0] * 5
        assert [len(destruction.remind(conn, day + timedelta(days=number))) for number in range(30)] == [
            0
        ] * 30
        assert after_unlocking(date(2099, 1, 1)) == 0
        shown = [after_unlocking(day + timedelta(days=number)) for number in range(1, 13)]
    assert shown == [0] * 11 + [1]
