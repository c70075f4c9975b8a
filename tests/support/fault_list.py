"""The faults that the tests of merging and exchange must notice, by name."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """In the source of `module`, `good` becomes `bad`."""

    name: str
    module: str
    good: str
    bad: str


def _in(module: str, *faults: tuple[str, str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(name=name, module=module, good=good, bad=bad) for name, good, bad in faults)


_MERGE: Final = _in(
    "app.domain.merge",
    (
        "the last writer by the clock wins",
        "key=reading_order)\n        heads",
        "key=reading_order)[-1:]\n        heads",
    ),
    (
        "a removal wins over what it had not seen",
        "gone_ = deleting and all(head.dot in seen for head in standing)",
        "gone_ = deleting",
    ),
    (
        "a decision to keep is ignored",
        " + [head for head in deletes if not head.value]\n    gone_",
        "\n    gone_",
    ),
    (
        "who is shown on equal readings differs by laptop",
        "return op.hlc, op.device, op.dot.seq",
        "return op.hlc, str(-op.dot.stream), op.dot.seq",
    ),
    (
        "equal values are a difference",
        "return (head.dot, None) if head.redacted else (type(head.value), head.value)",
        "return (head.dot, head.value)",
    ),
    ("a change of what was removed unseen is not listed", "deleting and not gone_,", "False,"),
    (
        "a removal that was itself replaced still counts",
        "if op.cells[DELETED] and any(head.dot == op.dot for head in deletes):",
        "if op.cells[DELETED]:",
    ),
)

_WRITING: Final = _in(
    "app.storage.uow",
    (
        "a change closes every value, shown or not",
        "return tuple(head.dot for head in heads if head.value == value)",
        "return tuple(head.dot for head in heads)",
    ),
    (
        "a removal claims to have seen all",
        "tuple(sorted(seen - unseen))",
        "state.live_dots()",
    ),
    (
        "what comes back has not seen its removal",
        "parents[DELETED] = tuple(head.dot for head in state.deletes)",
        "parents.pop(DELETED, None)",
    ),
)

_INTAKE: Final = _in(
    "app.storage.intake",
    (
        "what comes in is stamped now",
        "self._batch.actions.append((head.no, head.stream, head.id, head.verb, head.officer, head.hlc))",
        "self._batch.actions.append((head.no, head.stream, head.id, head.verb, head.officer, 1 << 58))",
    ),
    ("chains are not checked", "if self.seq != end or self.tip != tip:", "if self.seq != end:"),
    (
        "a second op of a new record is lost",
        "if insert and whole and first:",
        "if insert and whole:",
    ),
    (
        "parents are not kept",
        "json_text(named) if named else None,",
        "None,",
    ),
)

_SEAL: Final = _in(
    "app.storage.seal",
    ("seals are not checked", "    if len(seals) < 32:\n", "    return True\n    if len(seals) < 32:\n"),
)

_APART: Final = _in(
    "app.exchange.read_apart",
    (
        "the last word of the second process is not waited for",
        "self._is_good = said == read_worker.verdict(self._word) and self._child.is_fed",
        "self._is_good = self._child.is_fed",
    ),
    (
        "what goes wrong beside a second process is let be",
        "    return work(None)\n",
        "    raise ReadApartFailed\n",
    ),
)

_ARRIVAL: Final = _in(
    "app.storage.arrival",
    (
        "taking back forgets the tips",
        (
            'UPDATE j_stream SET (seq, tip, sealed_seq, sealed_tip, signature) = (SELECT b.seq, b.tip, b.sealed_seq,"\n'
            "        ' b.sealed_tip, b.signature FROM"
        ),
        "UPDATE j_stream SET (seq, sealed_seq) = (SELECT b.seq, b.sealed_seq\"\n        ' FROM",
    ),
    (
        "a record that is here is not merged again",
        "if record in here or record in result.merge:",
        "if record in result.merge:",
    ),
    (
        "two histories of one length are taken for one",
        "wanted.issubset(all_rows(self.conn, sql, values))",
        "{each[:4] for each in wanted}.issubset(row[:4] for row in all_rows(self.conn, sql, values))",
    ),
)

_JOURNAL: Final = _in(
    "app.storage.journal",
    (
        "an op names no parents at length",
        "if self.parents and not all(self.parents.values()):",
        "if False:",
    ),
)

_KNOWLEDGE: Final = _in(
    "app.storage.knowledge",
    ("an old file's word replaces a new one's", "if last is None or no <= last:", "if last is None:"),
    (
        "what one of several receivers holds is taken to be held by all",
        "return {key: min(seqs) for key, seqs in found.items() if len(seqs) == len(peers)}",
        "return {key: max(seqs) for key, seqs in found.items()}",
    ),
    (
        "what was said to be held before is never forgotten",
        'conn.exec_driver_sql("DELETE FROM l_have WHERE peer = ?", (peer,))\n',
        "rows_before = 0\n",
    ),
    (
        "a colleague with new keys is a stranger to what was shared",
        " WHERE d.heir_of IS NOT NULL)",
        " WHERE 0)",
    ),
)

_ACCESS: Final = _in(
    "app.storage.access",
    (
        "anybody may name another as maker",
        'if kind == "scope" and made_by == author:',
        'if kind == "scope":',
    ),
    (
        "a file brings another maker of what is here",
        "closure(made[scope] or claimed[scope], given",
        "closure(made[scope] | claimed[scope], given",
    ),
    (
        "who has no access lets others in",
        "reached, todo = set(makers), list(makers)",
        "reached = set(makers) | {one for row in steps.values() for one in row}\n    todo = list(reached)",
    ),
    ("heirs may not write", "        steps[old].append(heir)\n", "        pass\n"),
)

_SEND: Final = _in(
    "app.exchange.send",
    (
        "nothing held of a part is not told",
        "    return held\n",
        "    return {pair: numbers for pair, numbers in held.items() if numbers}\n",
    ),
    (
        "own marks leave the laptop",
        "for name in parcel.compartments\n",
        'for name in (*parcel.compartments, "eigen")\n',
    ),
    (
        "all compartments go",
        "for name in parcel.compartments\n",
        'for name in (KERN, "gezondheid", "werkwijze", "asiel-straf", "veilig-adres")\n',
    ),
    (
        "nobody is told what is held here",
        "numbers[devices.index(stream.key.device)] = stream.seq",
        "pass",
    ),
    (
        "what is held of a shielded person is told to all",
        "known = {pair for pair in knowledge.shared_with(conn, parcel.receivers) if pair[0] not in hidden}",
        "known = set(knowledge.shared_with(conn, parcel.receivers)) | {(one, KERN) for one in hidden}",
    ),
    (
        "destructions do not travel",
        "return tuple(sorted(found, key=lambda order: order.body))",
        "return ()",
    ),
    ("a full file is as short as a follow-up", "if parcel.full else set()", "if False else set()"),
    (
        "scans of other compartments go",
        "if name in names and blob not in told",
        "if blob not in told",
    ),
)

_GIVE: Final = _in(
    "app.services.give",
    (
        "what was sent is taken to have arrived",
        "    knowledge.share(conn, choice.receivers, made.packed.pairs, sent=number)\n",
        (
            "    knowledge.share(conn, choice.receivers, made.packed.pairs, sent=number)\n"
            "    for peer in choice.receivers:\n"
            "        conn.exec_driver_sql(\n"
            "            'INSERT OR REPLACE INTO l_have(peer, scope, compartment, device, seq) SELECT ?, s.scope,'\n"
            "            ' s.compartment, d.id, s.seq FROM j_stream s JOIN j_device d ON d.no = s.device'\n"
            "            ' JOIN l_shared x ON x.peer = ? AND x.scope = s.scope AND x.compartment = s.compartment'\n"
            "            ' WHERE s.seq > 0', (peer, peer))\n"
        ),
    ),
    (
        "colleagues tell each other for ever that they told each other",
        "    return outgoing.scopes_with_news(conn, scopes, parcel.compartments, acknowledged)",
        "    return set(scopes)",
    ),
    (
        "a file goes to who was not compared",
        "        if stopped is not None:\n",
        "        if False:\n",
    ),
    ("a receiver is not let in", "for scope, device in lacking:\n", "for scope, device in []:\n"),
    (
        "what was not noted leaves all the same",
        "        if ready is not None:\n            ready.drop()",
        "        if ready is not None:\n            ready.put()",
    ),
    ("own marks may be chosen", "if choice.compartments & NEVER_GIVEN:", "if False:"),
)

_PERSONS: Final = _in(
    "app.services.dossier_export",
    (
        "a shielded person goes along with every dossier",
        "f\" AND NOT {shielding.hidden('m.person', 'm.scope')} ORDER BY m.person\",",
        '" ORDER BY m.person",',
    ),
    (
        "a person who left goes along",
        '" WHERE m.to_on IS NULL AND m.scope IN',
        '" WHERE m.scope IN',
    ),
    (
        "who was removed elsewhere goes along with no family",
        '" AND EXISTS (SELECT 1 FROM j_stream s WHERE s.scope = m.person AND s.seq > 0)"',
        '" AND EXISTS (SELECT 1 FROM r_person p WHERE p.id = m.person)"',
    ),
)

_LISTED: Final = _in(
    "app.services.clear_up_other",
    (
        "who was removed elsewhere is gone from a family without a word",
        "    yield from clear_up_removed.persons(conn)\n",
        "",
    ),
)

_TAKE: Final = _in(
    "app.services.take",
    ("a file of a stranger is taken in", "    if stopped is not None:\n", "    if False:\n"),
    ("lists and index stay as they were", "taken_in(whole, received.touched,", "taken_in(whole, [],"),
    ("a look is kept", "session.store.whole(keep=False) as whole:", "session.store.whole() as whole:"),
    ("a destruction can be taken back", "int(received.lasting),", "0,"),
)

_WHY_NOT: Final = _in(
    "app.services.trust_problem",
    (
        "who was revoked is to be compared again",
        "Trust.REVOKED: SenderRevoked,",
        "Trust.REVOKED: SenderNotTrusted,",
    ),
)

_RECEIVE: Final = _in(
    "app.exchange.receive",
    (
        "half of a file stays when it breaks off",
        "        self._sift()\n        self._project()",
        (
            "        self.conn.exec_driver_sql('COMMIT')\n        self.conn.exec_driver_sql('BEGIN IMMEDIATE')\n"
            "        self._sift()\n        self._project()"
        ),
    ),
    (
        "a heir needs no signature",
        "old is not None and signature is not None and trust.heir_ok(old.sign_key, entry.device, signature)",
        "True",
    ),
    (
        "a gap keeps no family out",
        "self._hold(key.scope, Hold.GAP)",
        "self.result.holds[key.scope].add(Hold.NO_ACCESS)",
    ),
    (
        "two histories under one name go by unseen",
        "elif segment.end == here:",
        "elif False:",
    ),
    (
        "what the copy of a laptop wrote counts as its own",
        "if key.device == self.receiver.active and segment.end > max(",
        "if False and segment.end > max(",
    ),
    (
        "a gap keeps every family out",
        "            if scope == dossier or scope in persons:\n",
        "            if True:\n",
    ),
    (
        "families that were not accepted come in",
        "return scope in self.left_out or Hold.GAP",
        "return Hold.GAP",
    ),
    ("access does not matter", "if late or key.device not in allowed[key.scope]:", "if late:"),
    (
        "a revocation does not matter",
        "late = limit is not None and segments[key].end > limit",
        "late = False",
    ),
    ("nothing is set apart after a destruction", "if segment.end <= seen:\n", "if True:\n"),
    (
        "what a destruction had seen is set apart too",
        "seen = vector.get(key.compartment, {}).get(key.device, 0)",
        "seen = vector.get('', {}).get(key.device, 0)",
    ),
    (
        "what is destroyed comes in again",
        "        self.destroyed = destroying.done(self.conn)\n",
        "        self.destroyed = frozenset()\n",
    ),
    ("a clock that is far ahead is taken over", "        if not ahead:\n", "        if True:\n"),
    ("differences that were there are told again", "scope: count - before.get(scope, 0)", "scope: count"),
    (
        "who is let in later finds the door shut",
        "elif kept.why is Hold.NO_ACCESS and kept.key.device in allowed.get(kept.key.scope, ()):",
        "elif False:",
    ),
    ("records may be of two scopes", "        if self.arrival.result.merge:\n", "        if False:\n"),
    (
        "of two keys only one opens",
        "in keys if blob_id",
        "in keys[:1] if blob_id",
    ),
    (
        "a scan may be another than it says",
        "for key in keys if blob_id(key, data) == entry.blob), None)",
        "for key in keys), None)",
    ),
    (
        "a look reads what the sender holds and forgets it",
        "        knowledge.tell(\n",
        "        (lambda *_given, **_more: None)(\n",
    ),
)

_SCOPES: Final = _in(
    "app.exchange.scope_check",
    ("a person may be called a location", "if any(said[scope] != kind for", "if any(False for"),
    (
        "a second record says what a scope is about",
        "for scope, kind in scope_kinds(conn, said)):",
        "for scope, kind in dict(scope_kinds(conn, said)).items()):",
    ),
)

_MANIFEST: Final = _in(
    "app.exchange.manifest",
    ("a scope may be named twice", "len(dict(scopes)) < len(scopes)", "len(set(scopes)) < len(scopes)"),
)

_ANSWERING: Final = _in(
    "app.services.set_apart",
    ("what waited may write into another scope", "    if moved.strangers:\n", "    if False:\n"),
    ("what waited may say what a scope is about", "    check_scopes(conn, kinds)\n", ""),
)

_OPENING: Final = _in(
    "app.exchange.package_opening",
    (
        "the hash of a part does not matter",
        "if (size, digest.hexdigest(), count) != (entry.size, entry.sha256, entry.count):",
        "if False:",
    ),
    (
        "who signed the file does not matter",
        "    except InvalidSignature:\n        raise WrongSignature",
        "    except InvalidSignature:\n        pass\n    if not text:\n        raise WrongSignature",
    ),
    ("for whom a file is does not matter", "if not receiver.devices.intersection(manifest.to):", "if False:"),
)

_DESTROYING: Final = _in(
    "app.exchange.destruction",
    ("an order needs no signature", "raise NotAnOrder\n    known", "pass\n    known"),
    (
        "anybody may order a destruction",
        "if here is not None and access.may_write(conn, [scope])[scope].isdisjoint({device, sender}):",
        "if False:",
    ),
    (
        "an order takes along what was set apart and it had not seen",
        "if row[4] > seen.get(row[1], {}).get(row[2], 0):",
        "if False:",
    ),
    (
        "own unseen changes are lost in a destruction",
        "    apart = list(_unseen(conn, scope, seen))\n",
        "    apart = list(_unseen(conn, scope, seen))[:0]\n",
    ),
    ("a destruction needs no word", "    if is_destroyed(conn, scope) or here is None:\n", "    if True:\n"),
    (
        "a day counts as often as it is shown",
        "if all(day != today.isoformat() and at != unlock for day, at in days):",
        "if True:",
    ),
)

_RESTORING: Final = _in(
    "app.storage.removal",
    (
        "a backup brings back what was destroyed",
        "gone = frozenset(scope for scope in here if destruction_mark(scope) in wanted)",
        "gone = frozenset[str]()",
    ),
)

_TAKE_BACK: Final = _in(
    "app.exchange.take_back",
    (
        "a file goes back under what was written since",
        'return _WRITTEN if own is not None else ""',
        'return ""',
    ),
    ("a file goes back under a later one", "    if later is not None:\n", "    if False:\n"),
    (
        "taking back leaves the rows",
        "moved = project.project_or_drop(conn, records)",
        "moved = project.project_or_drop(conn, {})",
    ),
    (
        "taking back forgets the location of the sender",
        """    " AND s.scope NOT IN (SELECT scope FROM r_scope WHERE kind = 'plaats')"\n""",
        "",
    ),
    (
        "taking back leaves what was set apart",
        "    conn.exec_driver_sql('DELETE FROM l_quarantine WHERE \"import\" = ?', (number,))\n",
        "",
    ),
)

_VALUES_OUT: Final = _in(
    "app.storage.redaction",
    (
        "a value that was taken out stays elsewhere",
        'read_where(conn, Redaction, "1 = 1")',
        'read_where(conn, Redaction, "1 = 0")',
    ),
    (
        "taking a value out takes what it had not seen",
        "chain.redact(conn, redaction.record, fields, only=dots)",
        "chain.redact(conn, redaction.record, fields)",
    ),
)

_WAY_BACK: Final = _in(
    "app.domain.way_back",
    (
        "a clock chooses what is written once more",
        "max(missing or want, key=repr)[1]",
        "(missing or list(want))[-1][1]",
    ),
)

_UNDO: Final = _in(
    "app.storage.undo",
    (
        "undo walks over what others wrote",
        "    return frozenset(conn.exec_driver_sql(sql, (action,)).scalars())",
        "    return frozenset()",
    ),
)

_TABLES: Final = _in(
    "app.storage.project",
    (
        "a record without ops keeps its row",
        "        self._gone.setdefault(kind, []).append((record,))\n        return",
        "        return",
    ),
    ("differences are not listed", 'kind, scope, what)", self._open)', 'kind, scope, what)", ())'),
)

_NEWS: Final = _in(
    "app.storage.outgoing",
    (
        "a disclosure is news",
        'SILENT: Final = frozenset({"scope", "access", "disclosure"})',
        'SILENT: Final = frozenset({"scope", "access"})',
    ),
)

FAULTS: Final = (
    *_OPENING,
    *_MERGE,
    *_WRITING,
    *_INTAKE,
    *_SEAL,
    *_APART,
    *_ARRIVAL,
    *_JOURNAL,
    *_KNOWLEDGE,
    *_ACCESS,
    *_SEND,
    *_GIVE,
    *_PERSONS,
    *_LISTED,
    *_TAKE,
    *_WHY_NOT,
    *_RECEIVE,
    *_SCOPES,
    *_MANIFEST,
    *_ANSWERING,
    *_DESTROYING,
    *_RESTORING,
    *_TAKE_BACK,
    *_VALUES_OUT,
    *_WAY_BACK,
    *_UNDO,
    *_TABLES,
    *_NEWS,
)
