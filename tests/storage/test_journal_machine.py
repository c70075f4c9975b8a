"""A real store under any order of actions: the tables are what the journal says, and undoing leads all the way back."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.kinds.person import Alias
from app.domain.kinds.talk import Talk
from app.domain.merge import state_of
from app.domain.record import KINDS, Record, ScopeKind, Value
from app.storage import chain, project
from app.storage.journal import ops_of
from app.storage.uow import read
from tests.support.store_fixture import StoreFile

FIELDS: dict[str, tuple[str, ...]] = {"alias": ("family_name", "source"), "talk": ("goal", "place")}
VALUES = st.one_of(st.none(), st.sampled_from(["", "a", "b", "é", "e\u0301"]))
Rows = dict[str, list[tuple[Any, ...]]]


class JournalMachine(RuleBasedStateMachine):
    """One officer, several forms that may have been open for long, undo, redo and taking out."""

    template: Path
    forms = Bundle("forms")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "store.db"
        shutil.copy(self.template, path)
        self.store = StoreFile(path).open()
        with self.store.write(verbs.STORE_MADE) as uow:
            self.person, self.dossier = uow.new_scope(ScopeKind.PERSON), uow.new_scope(ScopeKind.DOSSIER)
        self.start = self.rows()

    @override
    def teardown(self) -> None:
        """End to start and back to the end again; then away with the store."""
        try:
            self.all_the_way_back_and_forth()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    def rows(self) -> Rows:
        """What the officer sees of every kind that can be undone: where values differ, all of them in any order."""
        with self.store.read() as conn:
            open_ = {(rec, field) for rec, field in conn.exec_driver_sql("SELECT rec, field FROM j_conflict")}
            states = {
                rec: state_of(ops) for rec, ops in ops_of(conn, sorted({rec for rec, _ in open_})).items()
            }
            found: Rows = {"open": sorted(open_)}
            for name in FIELDS:
                found[name] = sorted(
                    tuple(
                        repr(
                            sorted({repr(head.value) for head in states[row.id].heads[field]})
                            if (row.id, field) in open_
                            else value
                        )
                        for field, value in row._mapping.items()
                    )
                    for row in conn.exec_driver_sql(f'SELECT * FROM "r_{name}"')
                )
        return found

    @rule(target=forms, kind=st.sampled_from(["alias", "talk"]), one=VALUES, two=VALUES)
    def add(self, kind: str, one: Value, two: Value) -> Record:
        """A new record; the form that made it stays open with what it holds."""
        scope = self.person if kind == "alias" else self.dossier
        values = dict(zip(FIELDS[kind], (one, two), strict=True))
        made = KINDS[kind].make(new_id(), scope, values)
        with self.store.write(verbs.TALK_PLANNED) as uow:
            uow.add(made)
        return made

    @rule(target=forms, form=forms)
    def open_anew(self, form: Record) -> Record:
        """Open a form on the record as it is now, if it is still there."""
        with self.store.read() as conn:
            return read(conn, type(form), form.id) or form

    @rule(target=forms, form=forms, which=st.sampled_from([0, 1]), value=VALUES)
    def save(self, form: Record, which: int, value: Value) -> Record:
        """Save what a form wants; it may have been open since long ago."""
        name = FIELDS["alias" if isinstance(form, Alias) else "talk"][which]
        wanted = form.with_values(**{name: value})
        with self.store.write(verbs.TALK_CHANGED) as uow:
            uow.save(form, wanted)
        return wanted

    @rule(form=forms, other=forms, value=VALUES)
    def save_two(self, form: Record, other: Record, value: Value) -> None:
        """One action on two records."""
        with self.store.write(verbs.TALK_NOTED) as uow:
            for one in {form.id: form, other.id: other}.values():
                names = FIELDS["alias" if isinstance(one, Alias) else "talk"]
                uow.save(one, one.with_values(**dict.fromkeys(names, value)))

    @rule(form=forms)
    def delete(self, form: Record) -> None:
        """Remove a record as a form showed it."""
        with self.store.write(verbs.DELETED_VERB) as uow:
            uow.delete(form)

    @rule(form=forms)
    def add_again(self, form: Record) -> None:
        """A record that is gone comes back under its id."""
        with self.store.read() as conn:
            gone = read(conn, type(form), form.id) is None
        if gone:
            with self.store.write(verbs.IMPORTED) as uow:
                uow.add(form)

    @rule()
    def undo(self) -> None:
        """Undo the latest."""
        self.store.undo()

    @rule()
    def redo(self) -> None:
        """Do the latest undone again."""
        self.store.redo()

    @invariant()
    def the_tables_say_what_the_journal_says(self) -> None:
        """After every action."""
        with self.store.read() as conn:
            assert project.differences(conn) == []

    @precondition(lambda self: self.store.next_redo() is None)
    @rule()
    def all_the_way_back_and_forth(self) -> None:
        """Undo all that can be undone is the start as it was shown, redo all is the end."""
        while self.store.redo():
            pass
        end = self.rows()
        while (change := self.store.undo()) is not None:
            assert change.left == ()
        assert self.rows() == self.start
        while (change := self.store.redo()) is not None:
            assert change.left == ()
        assert self.rows() == end
        with self.store.read() as conn:
            assert chain.check_chains(conn) == ()


class RedactingMachine(JournalMachine):
    """The same with values that are taken out: then not all can be brought back, but nothing else may break."""

    @rule(form=JournalMachine.forms, which=st.sampled_from([0, 1]))
    def redact(self, form: Record, which: int) -> None:
        """Take a value out for good."""
        name = FIELDS["alias" if isinstance(form, Alias) else "talk"][which]
        self.store.redact(form.id, frozenset({name}))
        with self.store.read() as conn:
            sql = "SELECT count(*) FROM j_op WHERE rec = ? AND json_extract(cells, ?) IS NOT NULL"
            assert conn.exec_driver_sql(sql, (bytes.fromhex(form.id), f"$.{name}")).scalar_one() == 0

    @override
    def all_the_way_back_and_forth(self) -> None:
        """Undoing and redoing go on to the end, the tables can be made anew from the journal, the chain stands."""
        while self.store.undo() is not None:
            pass
        while self.store.redo() is not None:
            pass
        before = self.rows()
        with self.store.local() as conn:
            project.rebuild(conn)
            assert project.differences(conn) == []
            assert chain.check_chains(conn) == ()
        assert self.rows() == before


LONG = os.environ.get("HYPOTHESIS_PROFILE") == "search"
SHORT = settings(
    max_examples=400 if LONG else 12,
    stateful_step_count=60 if LONG else 20,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


@pytest.mark.slow
@pytest.mark.parametrize("machine", [JournalMachine, RedactingMachine])
def test_any_order_of_actions(machine: type[JournalMachine], store_template: Path) -> None:
    machine.template = store_template
    run_state_machine_as_test(machine, settings=SHORT)


def test_the_machine_knows_fields_that_exist() -> None:
    assert set(FIELDS["alias"]) <= set(KINDS["alias"].names) and set(FIELDS["talk"]) <= set(
        KINDS["talk"].names
    )
    assert Talk in {KINDS["talk"].cls}
