"""python tools/golden_store.py: make tests/golden/schema-N.db, a store as this schema writes it, once per schema.

The key is fixed and public: what is in it is made up. A golden store is never made anew once it is on `main`; a
test opens, upgrades and checks every one of them for ever.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.domain import verbs
from app.domain.ident import new_id
from app.domain.record import ANY_SCOPE, FieldSpec, FieldType, Kind, Record, ScopeKind, Value, kinds
from app.storage import access_log, draft, identity, schema
from app.storage.access_log import Entry
from app.storage.cipher import connect
from app.storage.data_key import DataKey
from app.storage.engine import create_database, open_engines
from app.storage.store import Store

FOLDER = ROOT / "tests" / "golden"
KEY = bytes(range(32))
_TEXT: dict[FieldType, Value] = {
    FieldType.TEXT: "Voorbeeld قربانی e\u0301",
    FieldType.NOTE: "Eerste regel\nTweede regel",
    FieldType.CODE: "0123456789abcdef:voorbeeld",
    FieldType.DATE: "2026-11-23",
    FieldType.INCOMPLETE: "1990",
    FieldType.MOMENT: "2026-11-23T09:30:00Z",
    FieldType.LOCAL: "2026-11-23T09:30",
    FieldType.INT: 2**40,
    FieldType.FLAG: 1,
}


def main() -> int:
    """Exit code 1 when this schema has its golden store already."""
    target = FOLDER / f"schema-{schema.SCHEMA}.db"
    if target.exists() and "--again" not in sys.argv[1:]:  # until it is on main only
        print(f"{target.name} is there already", file=sys.stderr)
        return 1
    target.unlink(missing_ok=True)
    FOLDER.mkdir(exist_ok=True)
    make(target)
    return 0


def make(target: Path) -> None:
    """One record of every kind, edits, an open difference, a removal, an undo, a redaction, a draft, a log line."""
    create_database(target, DataKey(KEY))
    engines = open_engines(target, DataKey(KEY))
    officer = new_id()
    with engines.writer.begin() as conn:
        schema.migrate(conn)
        device = identity.make(conn, officer)
        conn.exec_driver_sql("INSERT INTO l_meta(name, value) VALUES('officer', ?)", (officer,))
    store = Store(engines.writer, engines.reader, device)
    with store.write(verbs.DEMO_FILLED) as uow:
        scopes = {kind: uow.new_scope(kind) for kind in ScopeKind}
        made = [uow.add(_record(kind, scopes)) for kind in kinds() if kind.name not in ("scope", "access")]
    by_kind = {type(one).__name__: one for one in made}
    person, alias, talk = by_kind["Person"], by_kind["Alias"], by_kind["Talk"]
    for name in ("Aro", "Armo"):  # the second form had been open: both stand
        with store.write(verbs.MEMBER_CHANGED) as uow:
            uow.save(person, person.with_values(call_name=name))
    with store.write(verbs.DELETED_VERB) as uow:
        uow.delete(alias)
    with store.write(verbs.TALK_CHANGED) as uow:
        uow.save(talk, talk.with_values(goal="Kennismaken"))
    store.undo()
    store.seal()
    store.redact(talk.id, frozenset({"notes"}))
    with store.local() as conn:
        draft.keep(conn, "talk", talk.id, {"place": "half een zin"}, {"place": None})
        line = Entry(at=1, actor=officer, deed="open", object=talk.scope, result="done", origin="golden")
        access_log.write(conn, line)
    store.close()
    with_log = connect(target, DataKey(KEY), "rw")
    with_log.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    with_log.close()


def _record(kind: Kind, scopes: dict[ScopeKind, str]) -> Record:
    scope = scopes[ScopeKind.DOSSIER if kind.scopes == ANY_SCOPE else next(iter(kind.scopes))]
    own = kind.name in ("person", "dossier")
    values = {field.name: _value(field, scopes) for field in kind.fields}
    return kind.make(scope if own else new_id(), scope, values)


def _value(field: FieldSpec, scopes: dict[ScopeKind, str]) -> Value:
    return scopes[ScopeKind.PERSON] if field.type is FieldType.REF else _TEXT[field.type]


if __name__ == "__main__":
    sys.exit(main())
