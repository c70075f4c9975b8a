"""All tables. Record tables derive from the declarations; journal, local and derived tables stand here.

Synced tables have no foreign keys, uniqueness or checks and no column that must be filled (settled rule 18): a
merge may break each, and a half-received record must project. The data check reports instead.
"""

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

import app.domain.kinds  # noqa: F401 - declares the kinds
from app.domain.record import FieldType, Kind, kinds
from app.storage import scan_table

metadata = MetaData()

REF_INDEXES = frozenset({"person", "dossier", "talk", "request", "departure"})
SCOPES_BY_KIND = ("kind", "scope")
"""Which scopes are dossiers is asked at each look at a list; without an index that reads every person too."""


def _record_table(kind: Kind) -> Table:
    columns = [
        Column(field.name, Integer if field.whole_number else Text, quote=True) for field in kind.fields
    ]
    table = Table(
        f"r_{kind.name}",
        metadata,
        Column("id", Text, primary_key=True),
        Column("scope", Text, index=True),
        *columns,
        sqlite_with_rowid=False,
    )
    for field in kind.fields:
        if field.type is FieldType.REF and field.target in REF_INDEXES:
            Index(f"ix_r_{kind.name}_{field.name}", table.c[field.name])
    if kind.name == "scope":
        Index("ix_r_scope_kind", *(table.c[name] for name in SCOPES_BY_KIND))
    return table


RECORD_TABLES: dict[str, Table] = {kind.name: _record_table(kind) for kind in kinds()}


def table_of(kind: str) -> Table:
    """The table of a record kind."""
    return RECORD_TABLES[kind]


# --- the journal -------------------------------------------------------------------------------------------------

kind_number = Table(
    "j_kind", metadata, Column("no", Integer, primary_key=True), Column("name", Text, nullable=False)
)
device = Table(
    "j_device",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sign_key", BLOB),
    Column(
        "heir_of", Text
    ),  # the device that this one took the place of, and that device's signature under it
    Column("heir_signature", BLOB),
)
stream = Table(
    "j_stream",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("compartment", Text, nullable=False),
    Column("device", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("tip", BLOB, nullable=False),
    Column("sealed_seq", Integer, nullable=False, server_default="0"),
    Column("sealed_tip", BLOB),
    Column("signature", BLOB),
    UniqueConstraint("scope", "compartment", "device"),
)
Index(
    "ix_j_stream_unsealed",  # what a device left unsigned, without looking at every stream
    stream.c.device,
    sqlite_where=stream.c.seq > stream.c.sealed_seq,
)
action = Table(
    "j_action",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("stream", Integer, nullable=False, index=True),
    Column("id", BLOB, nullable=False),
    Column("verb", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("group", Integer, index=True, quote=True),
)
op = Table(
    "j_op",
    metadata,
    Column("stream", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("action", Integer, nullable=False),
    Column("kind", Integer, nullable=False),
    Column("rec", BLOB, nullable=False),
    Column("fields", Integer),  # an insert names the first so many fields of its kind; NULL for other ops
    Column("seed", BLOB),
    Column("cells", Text, nullable=False),
    Column("parents", Text),
    Column("kept", Text),  # after redaction: salts of what stays, commitments of what went
    Column("arrival", Integer),
    Index("ix_j_op_rec", "rec"),
    Index("ix_j_op_action", "action"),
    sqlite_with_rowid=False,
)
clock = Table(
    "j_clock", metadata, Column("id", Integer, primary_key=True), Column("hlc", Integer, nullable=False)
)
guard = Table(
    "j_guard", metadata, Column("id", Integer, primary_key=True), Column("open", Integer, nullable=False)
)
conflict = Table(
    "j_conflict",
    metadata,
    Column("rec", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),
    sqlite_with_rowid=False,
)

# --- local: no scope, no journal, never exported (settled rule 20) ------------------------------------------------

meta = Table("l_meta", metadata, Column("name", Text, primary_key=True), Column("value", Text))
own_device = Table(
    "l_own_device",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("sign_secret", BLOB, nullable=False),
    Column("active", Integer, nullable=False),
    Column("seal_secret", BLOB),
)
group = Table(
    "l_group",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("verb", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("dossier", Text),
    Column("step", Text, nullable=False),  # do, undo or redo
    Column("undoable", Integer, nullable=False),
    Column("undoes", Integer),
    Column("undone_by", Integer),
    Index("ix_l_group_open", "undoable", "undone_by"),
)
draft = Table(
    "l_draft",
    metadata,
    Column("form", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("at", Integer, nullable=False),
    sqlite_with_rowid=False,
)
access_log = Table(
    "l_access_log",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("link", BLOB, nullable=False),
)
setting = Table("l_setting", metadata, Column("name", Text, primary_key=True), Column("value", Text))
recent = Table(
    "l_recent", metadata, Column("dossier", Text, primary_key=True), Column("at", Integer, nullable=False)
)
saved_list = Table(
    "l_saved_list",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
)
scan_file = scan_table.declare(metadata)
destroyed = Table("l_destroyed", metadata, Column("scope", Text, primary_key=True), Column("at", Integer))


# --- local: exchange by file --------------------------------------------------------------------------------------

peer = Table(
    "l_peer",
    metadata,
    Column("device", Text, primary_key=True),
    Column("card", Text, nullable=False),  # JSON, signed by the device itself
    Column("verified_at", Integer),
    Column("verified_how", Text),  # qr, phone
    Column("registrar", Integer, nullable=False, server_default="0"),
    Column("rejected_at", Integer),
    Column("last_no", Integer, nullable=False, server_default="0"),  # number of its latest file taken in
    Column("last_at", Integer),
    sqlite_with_rowid=False,
)
have = Table(
    "l_have",  # what a colleague told to hold, by the latest file taken in from there
    metadata,
    Column("peer", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("compartment", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Index("ix_l_have_scope", "scope"),
    sqlite_with_rowid=False,
)
have_blob = Table(
    "l_have_blob",
    metadata,
    Column("peer", Text, primary_key=True),
    Column("blob", Text, primary_key=True),
    sqlite_with_rowid=False,
)
shared = Table(
    "l_shared",  # which compartments of which scopes were exchanged with whom; `sent`: the latest export, if any
    metadata,
    Column("peer", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("compartment", Text, primary_key=True),
    Column("sent", Integer),
    Index("ix_l_shared_scope", "scope"),
    sqlite_with_rowid=False,
)
export = Table(
    "l_export",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("package", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # ops, receipt, extract
    Column("receivers", Text, nullable=False),  # JSON list of devices
    Column("dossiers", Text, nullable=False),  # JSON list
    Column("compartments", Text, nullable=False),  # JSON list
    Column("counts", Text, nullable=False),  # JSON object
)
import_ = Table(
    "l_import",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("package", Text, nullable=False, index=True),
    Column("at", Integer, nullable=False),
    Column("sender", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("dossiers", Text, nullable=False),  # JSON list
    Column("counts", Text, nullable=False),  # JSON object
    Column(
        "lasting", Integer, nullable=False
    ),  # it brought a destruction or took a value out: no taking back
    Column("taken_back_at", Integer),
)
import_stream = Table(
    "l_import_stream",  # how a stream stood before an import, for taking it back
    metadata,
    Column("import", Integer, primary_key=True, quote=True),
    Column("stream", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("tip", BLOB, nullable=False),
    Column("sealed_seq", Integer, nullable=False),
    Column("sealed_tip", BLOB),
    Column("signature", BLOB),
    sqlite_with_rowid=False,
)
quarantine = Table(
    "l_quarantine",  # segments that came in and are in no table: a person decides
    metadata,
    Column("no", Integer, primary_key=True),
    Column("scope", Text, nullable=False, index=True),
    Column("compartment", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("from_seq", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("tip", BLOB, nullable=False),
    Column("signature", BLOB, nullable=False),
    Column("body", Text, nullable=False),  # lines as in the package, parents with the ids of devices
    Column("reason", Text, nullable=False),  # destroyed, no-access, revoked
    Column("sender", Text, nullable=False),
    Column("import", Integer, quote=True),
    Column("at", Integer, nullable=False),
    UniqueConstraint("scope", "compartment", "device", "from_seq", "seq", "tip"),
)
destruction = Table(
    "l_destruction",  # orders to destroy a scope, as each device signed its own
    metadata,
    Column("scope", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("signature", BLOB, nullable=False),
    Column("arrived_at", Integer, nullable=False),
    Column(
        "days", Text, nullable=False, server_default="[]"
    ),  # JSON list: day of each reminder, number of the unlock
    Column("done_at", Integer),  # empty: waits for the officer's word
    sqlite_with_rowid=False,
)
postponed = Table(
    "l_postponed",
    metadata,
    Column("matter", Text, primary_key=True),
    Column("until", Text, nullable=False),
    sqlite_with_rowid=False,
)
extract = Table(
    "l_extract",  # a read-only part of a dossier of somebody else, until its last day
    metadata,
    Column("id", Text, primary_key=True),
    Column("sender", Text, nullable=False),
    Column("arrived_at", Integer, nullable=False),
    Column("ends_on", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

# --- derived: thrown away and made anew at any time ---------------------------------------------------------------

scope_number = Table(
    "d_scope",  # small numbers for the tables below: `app.storage.scope_number`
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,  # a number that is gone never names anything else
)
search_text = Table(
    "d_search_text",
    metadata,
    Column("no", Integer, primary_key=True),  # of the scope, and of the record in it: `scope_number`
    Column("rec", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
summary = Table(
    "d_summary",
    metadata,
    Column("no", Integer, primary_key=True),  # of the dossier's scope
    Column("dossier", Text, nullable=False, unique=True),
    Column("sort_key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_native", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("adults", Integer, nullable=False),
    Column("children", Integer, nullable=False),
    Column("age_unknown", Integer, nullable=False),
    Column("members", Integer, nullable=False),
    Column("phase", Text),
    Column("request_state", Text),
    Column("expires_on", Text),
    Column("next_on", Text),
    Column("next_what", Text),
    Column("owner", Text),
    Column("closed", Integer, nullable=False),
    Column("disputed", Integer, nullable=False),
    Column(
        "turns_18_on", Text
    ),  # of the last child: a day, "?" where it cannot be known, NULL without children
)
# The agenda names dossiers by id, and of most it asks no more than this.
Index("ix_d_summary_dossier", summary.c.dossier, summary.c.closed, summary.c.sort_key)
for _name, _columns in (
    ("sort_key", ("sort_key",)),
    ("turns_18_on", ("turns_18_on",)),
    *(
        (_each, (_each, "sort_key"))
        for _each in ("members", "next_on", "expires_on", "phase", "request_state", "owner")
    ),
):
    Index(f"ix_d_summary_{_name}", summary.c.closed, *(summary.c[each] for each in _columns))
person_line = Table(
    "d_person",  # one line per person and family: `app.storage.person_line`
    metadata,
    Column("no", Integer, primary_key=True),
    Column("membership", Text, nullable=False, unique=True),  # the last one of this person in this family
    Column(
        "line", Integer, nullable=False
    ),  # under which line the person shows: this one, or that of the same person
    Column("dossier", Integer, nullable=False),  # numbers of scopes
    Column("person", Integer, nullable=False),
    Column("part", Integer, nullable=False),  # of which list: `person_line.Part`
    Column("name_key", Text),
    Column("family_key", Text, nullable=False),
    Column("born", Text),  # text form of an incomplete date; NULL where nothing is known or two dates stand
    Column("born_key", Text),
    Column("turns_18_from", Text),  # the first and the last day on which this person can come of age
    Column("turns_18_until", Text),
    Column("numbers", Text),
    Column("nationality", Text),
    Column("is_stated", Integer, nullable=False),  # whether the nationality was only stated
    Column("role", Text),
    Column("disputed", Integer, nullable=False),
    Column("standing", Text),  # filled by the services: state, outflow, or why somebody left the family
    Column("standing_on", Text),
    Column("gone", Integer, nullable=False, server_default="0"),  # 1: left the caseload; 2: left the family
    Index("ix_d_person_dossier", "dossier", "line"),
    Index("ix_d_person_person", "person", "dossier", "line"),
    sqlite_autoincrement=True,
)
for _name, _columns in (
    ("name", ("name_key",)),
    ("born", ("born_key", "name_key")),
    ("numbers", ("numbers", "name_key")),
    ("nationality", ("nationality", "name_key")),
    ("role", ("role", "name_key")),
    ("family", ("family_key", "dossier", "name_key")),
    ("standing", ("standing", "name_key")),
    ("turns_18", ("turns_18_from", "turns_18_until", "role")),
):
    Index(f"ix_d_person_{_name}", person_line.c.part, *(person_line.c[each] for each in _columns))
Index("ix_d_person_disputed", person_line.c.part, sqlite_where=person_line.c.disputed > text("0"))
agenda = Table(
    "d_agenda",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("dossier", Text, nullable=False, index=True),
    Column("due_on", Text),
    Column("warn_on", Text),
    Column("at_time", Text),
    Column("what", Text, nullable=False),  # code of the step
    Column("about", Text, nullable=False),  # id of the record it belongs to
    Column("person", Text),
    Column("detail", Text),
    Index("ix_d_agenda_days", "due_on", "at_time", "warn_on", "what", "dossier"),  # what counting asks
)

person_key = Table(
    "d_person_key",  # what somebody who may be here already is found by: `app.matching.keys`
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

SEARCH_SQL = (
    (
        "CREATE VIRTUAL TABLE d_search_word USING fts5(body, content='d_search_text', content_rowid='no',"
        " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
    ),
    "INSERT INTO d_search_word(d_search_word, rank) VALUES('secure-delete', 1)",
    (
        "CREATE VIRTUAL TABLE d_search_part USING fts5(body, content='d_search_text', content_rowid='no',"
        " tokenize='trigram remove_diacritics 1')"
    ),
    "INSERT INTO d_search_part(d_search_part, rank) VALUES('secure-delete', 1)",
)


def guard_sql(table: str) -> tuple[str, ...]:
    """The triggers that let a record table change only inside the journal's own transaction."""
    return tuple(
        f"CREATE TRIGGER g_{table}_{verb} BEFORE {verb} ON {table}"
        " WHEN (SELECT open FROM j_guard WHERE id = 1) IS NOT 1"
        " BEGIN SELECT RAISE(ABORT, 'record tables change through the journal only'); END"
        for verb in ("insert", "update", "delete")
    )
