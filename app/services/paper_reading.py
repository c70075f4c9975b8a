"""Reads for one paper, and only what that paper may receive: the disclosure is filtered before it is made.

An open difference counts as unknown (settled rule 10): wherever two values stand, both go along with who wrote them
and when, the place is noted in `disputes`, and the paper stays a concept.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from app.domain.answer import OPEN, Answer, Claim, Disputed, Known, NotApplicable, Unknown
from app.domain.clock import moment_of
from app.domain.gap import Gap, GapReason
from app.domain.kinds.departure import FieldAnswer, PaperText
from app.domain.kinds.place import Officer
from app.domain.merge import Head, state_of
from app.domain.need_to_know import fields_for
from app.domain.op import DELETED
from app.domain.record import Record, Value, kind_of
from app.services.reading import disputed
from app.services.session import DUTCH_TIME, Session
from app.storage import same_person, shielding
from app.storage.journal import ops_of
from app.storage.uow import read_where

R = TypeVar("R", bound=Record)
Words = Callable[[str], str]
LANGUAGE = "nl"
OF_THEM = "IN (SELECT value FROM json_each(?))"
"""Condition on a column that names a person, for all records of one person (`PaperReader.ids_of`)."""
UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"


class PaperReader:
    """Records for the paper `paper` (bare code). A field that the paper may not receive is not even selected."""

    def __init__(self, conn: Connection, session: Session, paper: str) -> None:
        self._conn, self._session, self._paper = conn, session, paper
        self._without_value: dict[str, FieldAnswer] = {}
        self._disputes: dict[tuple[str, int], None] = {}
        self._open: dict[str, frozenset[str]] = {}

    @property
    def disputes(self) -> tuple[Gap, ...]:
        """The fields of the paper on which two values stand, as far as they have been read."""
        return tuple(Gap(code, GapReason.DISPUTED, item) for code, item in self._disputes)

    def records(self, cls: type[R], where: str, params: tuple[Value, ...]) -> list[R]:
        """Records of a kind with the allowed fields filled; raises `NotForThisPaperError` for a kind not allowed."""
        kind = kind_of(cls)
        allowed = fields_for(self._paper, kind.name)
        names = [name for name in kind.names if name in allowed]
        columns = ", ".join(f'"{name}"' for name in names)
        sql = f'SELECT id, scope, {columns} FROM "r_{kind.name}" WHERE {where}'
        rows = self._conn.exec_driver_sql(sql, params).all()
        self._open.update(disputed(self._conn, [row[0] for row in rows]))
        return [cls(id=row[0], scope=row[1], **dict(zip(names, row[2:], strict=True))) for row in rows]

    def one(self, cls: type[R], where: str, params: tuple[Value, ...]) -> R | None:
        """The first of `records`, or None."""
        found = self.records(cls, where, params)
        return found[0] if found else None

    def hidden_from(self, dossier: str) -> frozenset[str]:
        """Who may not be named on a paper of this dossier (settled rule 4)."""
        return shielding.hidden_from(self._conn, dossier)

    def ids_of(self, person: str) -> str:
        """Every record of one person (settled rule 6), itself first, as a JSON list for `OF_THEM`."""
        known = same_person.classes(self._conn).get(person, ())
        return json.dumps([person, *(one for one in known if one != person)])

    def answers_of(self, departure: str, ids: str) -> None:
        """Take the answers without a value (*onbekend*, *niet van toepassing*) of this person's sheet along."""
        where = f"departure = ? AND (person {OF_THEM} OR person IS NULL) ORDER BY person IS NOT NULL, id"
        rows = self.records(FieldAnswer, where, (departure, ids))
        self._without_value = {row.field or "": row for row in rows}

    # -- answers ---------------------------------------------------------------------------------------------------

    def answer(
        self, code: str, record: R | None, field: str, words: Words | None = None, **more: str
    ) -> Answer:
        """The answer to the paper's field `code`, from a field of a record: a value, two that differ, or none.

        `words` turns the stored text into what is printed; `more` are `native`, `source`, `as_of` of the value.
        """
        shown = words or _as_typed
        if record is not None:
            if self.differs(record, field):
                return self.claims(code, record, field, shown)
            value = getattr(record, field)
            if value is not None and value != "":
                return Known(shown(str(value)), **more)
        return self.without_value(code)

    def of_one(
        self, code: str, records: Sequence[R], field: str, words: Words | None = None, **more: str
    ) -> Answer:
        """`answer` from several records of one person: where they say different things, all of it."""
        apart = self._apart(records, field)
        if len(apart) > 1:
            return self.rivals(code, apart, field, words)
        return self.answer(code, (*apart, *records, None)[0], field, words, **more)

    def _apart(self, records: Sequence[R], field: str) -> list[R]:
        """One record for each different value, and those in which two values stand."""
        unsure = [each for each in records if self.differs(each, field)]
        sure = [each for each in records if each not in unsure]
        filled = {getattr(each, field): each for each in reversed(sure)}
        return [
            *unsure,
            *(each for each in sure if filled.get(getattr(each, field)) is each and _said(each, field)),
        ]

    def plain_of_one(self, code: str, records: Sequence[R], field: str, item: int = 0) -> str:
        """`plain` from several records of one person: where they say different things, each with its writer."""
        apart = self._apart(records, field)
        if len(apart) > 1:
            return self.both(code, apart, field, item=item)
        return self.plain(code, (*apart, *records)[0], field, item=item)

    def plain(self, code: str, record: Record, field: str, words: Words | None = None, item: int = 0) -> str:
        """A value as text for a line that joins several; where two stand, both with their writers, and a gap."""
        shown = words or _as_typed
        if self.differs(record, field):
            return " / ".join(map(self._claim_text, self.claims(code, record, field, shown, item).claims))
        value = getattr(record, field)
        return shown(str(value)) if value not in (None, "") else ""

    def without_value(self, code: str) -> Answer:
        """Unknown or not applicable as the officer said, with the reason; otherwise nobody answered yet."""
        said = self._without_value.get(code)
        if said is None:
            return OPEN
        for field in ("answer", "reason"):
            if self.differs(said, field):
                return self.claims(code, said, field, _as_typed)
        return (
            NotApplicable(said.reason or "") if said.answer == NOT_APPLICABLE else Unknown(said.reason or "")
        )

    def text(self, departure: str, ids: str, code: str) -> Answer:
        """Free text that was written for this paper. Two texts for one place are a difference."""
        rows = self.records(
            PaperText,
            f"departure = ? AND person {OF_THEM} AND field = ? AND paper LIKE ? ORDER BY id",
            (departure, ids, code, f"%:{self._paper}"),
        )
        if len(rows) > 1:
            return self.rivals(code, rows, "body")
        return self.answer(code, rows[0] if rows else None, "body")

    # -- differences -----------------------------------------------------------------------------------------------

    def differs(self, record: Record, field: str) -> bool:
        """Whether two values stand in this field, or somebody removed the record while it was being changed."""
        return not self._open.get(record.id, frozenset()).isdisjoint((field, DELETED))

    def claims(self, code: str, record: Record, field: str, words: Words, item: int = 0) -> Disputed:
        """Every value that stands in this field, with its writer and day."""
        self.dispute(code, item)
        state = state_of(ops_of(self._conn, [record.id])[record.id])
        names = authors(self._conn, record.id)
        return Disputed(
            tuple(_claim(head, names, words) for head in (*state.heads[field], *_removals(state.deletes)))
        )

    def rivals(self, code: str, records: list[R], field: str, words: Words | None = None) -> Disputed:
        """Several records that each want to be the one: all of them, none chosen."""
        shown = words or _as_typed
        return Disputed(
            tuple(claim for each in records for claim in self.claims(code, each, field, shown).claims)
        )

    def both(self, code: str, records: list[R], field: str, words: Words | None = None, item: int = 0) -> str:
        """Records of which only one can hold, as text for a line: each with its writer, and a gap."""
        found = [
            claim
            for each in records
            for claim in self.claims(code, each, field, words or _as_typed, item).claims
        ]
        return " / ".join(map(self._claim_text, found))

    def dispute(self, code: str, item: int = 0) -> None:
        """Note that the field cannot be taken as known."""
        self._disputes[code, item] = None

    def written_on(self, record: Record, field: str) -> str:
        """The day on which the value of a field was written here or elsewhere, `YYYY-MM-DD`, Dutch time."""
        state = state_of(ops_of(self._conn, [record.id])[record.id])
        moment = max(moment_of(head.hlc) for head in state.heads[field])
        return moment.astimezone(DUTCH_TIME).date().isoformat()

    @property
    def shielded(self) -> str:
        """What stands in the place of somebody who may not be named."""
        return self._session.content.paper_texts["value.shielded"][LANGUAGE]

    def label(self, code_ref: str) -> str:
        """The Dutch words of a code."""
        return self._session.content.label(code_ref, LANGUAGE)

    def _claim_text(self, claim: Claim) -> str:
        said = self._session.content.paper_texts["value.claim"][LANGUAGE]
        return said.format(text=claim.text, author=claim.author, day=claim.on)


def _claim(head: Head, names: Mapping[int, str], words: Words) -> Claim:
    text = words(str(head.value)) if head.value is not None else "–"
    return Claim(
        text, names.get(head.action, ""), moment_of(head.hlc).astimezone(DUTCH_TIME).date().isoformat()
    )


def _removals(deletes: tuple[Head, ...]) -> tuple[Head, ...]:
    """Somebody took the record away: that is the other value."""
    return tuple(Head(dot=each.dot, value=None, hlc=each.hlc, device=each.device, action=each.action, redacted=False)
                 for each in deletes if each.value)  # fmt: skip


def authors(conn: Connection, record: str) -> Mapping[int, str]:
    """The name of the officer behind each action on a record."""
    people = {officer.id: officer.name or "" for officer in read_where(conn, Officer, "1 = 1")}
    sql = "SELECT DISTINCT a.no, a.officer FROM j_op o JOIN j_action a ON a.no = o.action WHERE o.rec = ?"
    return {
        no: people.get(officer, "") for no, officer in conn.exec_driver_sql(sql, (bytes.fromhex(record),))
    }


def _said(record: Record, field: str) -> bool:
    return getattr(record, field) not in (None, "")


def _as_typed(text: str) -> str:
    return text
