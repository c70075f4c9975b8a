"""Counts of who came in and who left in a period, and of the states that stand now.

As the service publishes them (Stand van de uitvoering): persons, by who handed the file over and by how they left.
The share of demonstrable departure is taken of all departures; who left without departing is no part of it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.case_state import contradicting
from app.domain.dated_event import bare_code
from app.domain.incomplete_date import UNKNOWN_DATE, IncompleteDate
from app.domain.words import N_
from app.i18n import language
from app.services import outflows
from app.services.closing import AGAIN
from app.services.figure import Count, Counted, Counting
from app.services.figures_now import months
from app.storage.settled import settled

DEMONSTRABLE, NOT_DEMONSTRABLE = "demonstrable", "not-demonstrable"

_INFLOW: Final = f"SELECT i.scope, {settled('i', 'on')} AS day, {settled('i', 'source')} FROM r_inflow i"
_OUTFLOW: Final = (
    f"SELECT o.scope, coalesce(o.person, ''), {settled('o', 'on')} AS day, {settled('o', 'kind')},"
    f" {settled('o', 'sub_kind')}, {settled('o', 'proof')} FROM r_outflow o"
)


# --- in ---------------------------------------------------------------------------------------------------------------


def _inflow(counting: Counting) -> Iterator[Counted]:
    """Each time a dossier came in or opened again; the key is the source."""
    sql = f"{_INFLOW} WHERE day BETWEEN ? AND ? ORDER BY day, i.scope"
    for dossier, on, source in counting.conn.exec_driver_sql(sql, counting.period.bounds):
        yield Counted(dossier=dossier, on=on, key=bare_code(source or ""))


def _persons_in(counting: Counting) -> Iterator[Counted]:
    """Each person who belonged to the family on the day it came in, and had not left before."""
    found = counting.once(_inflow)
    members = _members(counting) if found else {}
    for row in found:
        for person, begun, ended, gone in members.get(row.dossier, ()):
            if begun <= row.on <= ended and not any(since < row.on < until for since, until in gone):
                yield Counted(dossier=row.dossier, person=person, on=row.on, key=row.key)


Spans = list[tuple[str, str]]
_FIRST, _LAST = "", "9999"


def _members(counting: Counting) -> dict[str, list[tuple[str, str, str, Spans]]]:
    """By dossier: each membership with its outermost days, and between which days that person was gone."""
    gone = _gone(counting)
    sql = (
        f"SELECT m.scope, m.person, {settled('m', 'from_on')}, {settled('m', 'to_on')} FROM r_membership m"
        " WHERE m.person IS NOT NULL ORDER BY m.scope, m.position, m.id"
    )
    found: dict[str, list[tuple[str, str, str, Spans]]] = {}
    for dossier, person, from_on, to_on in counting.conn.exec_driver_sql(sql):
        begun, ended = (IncompleteDate.from_text(each) if each else UNKNOWN_DATE for each in (from_on, to_on))
        first = begun.earliest.isoformat() if begun.earliest else _FIRST
        last = ended.latest.isoformat() if ended.latest else _LAST
        found.setdefault(dossier, []).append((person, first, last, gone.get((dossier, person), [])))
    return found


def _gone(counting: Counting) -> dict[tuple[str, str], Spans]:
    """From which outflow until which return somebody was gone: a state S10 that ended says that somebody is back."""
    final = f"%:{outflows.final_state(counting.session).code}"
    back: dict[tuple[str, str], list[str]] = {}
    for dossier, person, until in counting.conn.exec_driver_sql(
        "SELECT scope, person, to_on FROM r_dossier_state WHERE person IS NOT NULL AND to_on IS NOT NULL"
        " AND state LIKE ? ORDER BY to_on",
        (final,),
    ):
        back.setdefault((dossier, person), []).append(until)
    found: dict[tuple[str, str], Spans] = {}
    for row in counting.once(_all_out):
        who = (row.dossier, row.person)
        until = next((day for day in back.get(who, ()) if day >= row.on), _LAST)
        found.setdefault(who, []).append((row.on, until))
    return found


def _persons_in_by_month(counting: Counting) -> Iterator[Counted]:
    for row in counting.once(_persons_in):
        yield Counted(dossier=row.dossier, person=row.person, on=row.on, key=row.on[:7])


def _opened_again(counting: Counting) -> Iterator[Counted]:
    return (row for row in counting.once(_inflow) if row.key == AGAIN)


def _in_without_day(counting: Counting) -> Iterator[Counted]:
    for dossier, _on, source in counting.conn.exec_driver_sql(f"{_INFLOW} WHERE day IS NULL"):
        yield Counted(dossier=dossier, key=bare_code(source or ""))


# --- out --------------------------------------------------------------------------------------------------------------


def _all_out(counting: Counting) -> Iterator[Counted]:
    """Every outflow with a day; the key is kind and sort."""
    for dossier, person, on, kind, sort, _proof in counting.conn.exec_driver_sql(
        f"{_OUTFLOW} WHERE day IS NOT NULL ORDER BY day, o.id"
    ):
        yield Counted(
            dossier=dossier, person=person, on=on, key=f"{bare_code(kind or '')}/{bare_code(sort or '')}"
        )


def _sorts_out(counting: Counting) -> Iterator[Counted]:
    return (row for row in counting.once(_all_out) if counting.period.holds(row.on))


def _persons_out(counting: Counting) -> Iterator[Counted]:
    for row in counting.once(_sorts_out):
        kind = row.key.partition("/")[0]
        yield Counted(dossier=row.dossier, person=row.person, on=row.on, key=kind)


def _persons_out_by_month(counting: Counting) -> Iterator[Counted]:
    for row in counting.once(_persons_out):
        yield Counted(dossier=row.dossier, person=row.person, on=row.on, key=row.on[:7])


def _departures(counting: Counting) -> Iterator[Counted]:
    """Outflow that is a departure, by whether it can be shown; an unknown kind is in neither."""
    kinds = {each.code: each.traits for each in outflows.kinds(counting.session)}
    for row in counting.once(_persons_out):
        traits = kinds.get(row.key, frozenset())
        if "departure" in traits:
            key = DEMONSTRABLE if "demonstrable" in traits else NOT_DEMONSTRABLE
            yield Counted(dossier=row.dossier, person=row.person, on=row.on, key=key)


def _shown(counting: Counting) -> Iterator[Counted]:
    return (row for row in counting.once(_departures) if row.key == DEMONSTRABLE)


def _without_proof(counting: Counting) -> Iterator[Counted]:
    kinds = {each.code for each in outflows.kinds(counting.session) if "demonstrable" in each.traits}
    sql = f"{_OUTFLOW} WHERE day BETWEEN ? AND ? ORDER BY day, o.id"
    for dossier, person, on, kind, _sort, proof in counting.conn.exec_driver_sql(sql, counting.period.bounds):
        if bare_code(kind or "") in kinds and not (proof or "").strip():
            yield Counted(dossier=dossier, person=person, on=on)


def _out_without_day(counting: Counting) -> Iterator[Counted]:
    sql = f"{_OUTFLOW} WHERE day IS NULL"
    for dossier, person, _on, kind, _sort, _proof in counting.conn.exec_driver_sql(sql):
        yield Counted(dossier=dossier, person=person, key=bare_code(kind or ""))


def _closed(counting: Counting) -> Iterator[Counted]:
    sql = f"SELECT d.scope, {settled('d', 'closed_on')} AS day FROM r_dossier d WHERE day BETWEEN ? AND ?"
    for dossier, on in counting.conn.exec_driver_sql(sql, counting.period.bounds):
        yield Counted(dossier=dossier, on=on)


# --- now --------------------------------------------------------------------------------------------------------------


def _states(counting: Counting) -> Iterator[Counted]:
    """What stands for a family and its members. Where two main states stand, neither counts (settled rule 10)."""
    sql = (
        f"SELECT d.scope, s.person, {settled('s', 'state')} FROM r_dossier d LEFT JOIN r_dossier_state s"
        " ON s.scope = d.scope AND s.to_on IS NULL WHERE d.closed_on IS NULL"
    )
    standing: dict[tuple[str, str], set[str]] = {}
    for dossier, person, state in counting.conn.exec_driver_sql(sql):
        standing.setdefault((dossier, person or ""), set()).add(bare_code(state or ""))
    states = counting.session.content.case_states
    found = set()
    for (dossier, _person), codes in standing.items():
        aside = contradicting(states, codes)
        found |= {(dossier, "" if code in aside else code) for code in codes}
    for dossier, state in sorted(found):
        yield Counted(dossier=dossier, key=state)


def _state_codes(counting: Counting) -> Sequence[str]:
    found = {row.key for row in counting.once(_states)}
    return tuple(code for code in counting.session.content.case_states if code in found)


def _label(counting: Counting, key: str) -> str:
    """The words of a bare code of the pack, or of two with a stroke between."""
    items = counting.session.content.packs["basis"].items
    said = [items[code].label(language()) if code in items else code for code in key.split("/") if code]
    return ": ".join(said)


def _sources(counting: Counting) -> Sequence[str]:
    return _codes(counting, "instroom")


def _kinds(counting: Counting) -> Sequence[str]:
    return _codes(counting, outflows.KINDS)


def _codes(counting: Counting, list_name: str) -> Sequence[str]:
    return tuple(each.code for each in counting.session.content.choices("basis", list_name))


_IN: Final = (
    Count(
        code="inflow.persons",
        label=N_("Inflow, persons"),
        definition=N_(
            "Persons who belonged to a dossier on the day it came in or opened again, in the period. Who had"
            " left before and did not come back is not counted."
        ),
        rows=_persons_in,
    ),
    Count(
        code="inflow.source",
        label=N_("Inflow by source, persons"),
        definition=N_(
            "The same persons by where the dossier came from; empty: not known, or two values stand."
        ),
        rows=_persons_in,
        is_split=True,
        keys=_sources,
        words=_label,
    ),
    Count(
        code="inflow.month",
        label=N_("Inflow per month, persons"),
        definition=N_("The same persons by the month in which the dossier came in."),
        rows=_persons_in_by_month,
        is_split=True,
        keys=months,
    ),
    Count(
        code="inflow.dossiers",
        label=N_("Inflow, dossiers"),
        definition=N_("Times that a dossier came in or opened again in the period."),
        rows=_inflow,
    ),
    Count(
        code="dossiers.reopened",
        label=N_("Dossiers opened again"),
        definition=N_("Of these: dossiers that had been closed and were opened again."),
        rows=_opened_again,
    ),
    Count(
        code="inflow.undated",
        label=N_("Inflow without a day"),
        definition=N_("Inflow of which the day is not known or in dispute: it is in no period."),
        rows=_in_without_day,
    ),
)
_OUT: Final = (
    Count(
        code="outflow.persons",
        label=N_("Outflow, persons"),
        definition=N_(
            "Outflows with a day in the period, each counted once, also of somebody who came back."
        ),
        rows=_persons_out,
    ),
    Count(
        code="outflow.kind",
        label=N_("Outflow by kind, persons"),
        definition=N_("The same outflows by how the person left; empty: not known, or two values stand."),
        rows=_persons_out,
        is_split=True,
        keys=_kinds,
        words=_label,
    ),
    Count(
        code="outflow.sort",
        label=N_("Outflow by kind and sort, persons"),
        definition=N_("The same outflows by kind and sort together."),
        rows=_sorts_out,
        is_split=True,
        words=_label,
    ),
    Count(
        code="outflow.month",
        label=N_("Outflow per month, persons"),
        definition=N_("The same outflows by the month in which the person left."),
        rows=_persons_out_by_month,
        is_split=True,
        keys=months,
    ),
    Count(
        code="outflow.demonstrable",
        label=N_("Demonstrable departures"),
        definition=N_("Of these: independent or forced departure, or a transfer to another member state."),
        rows=_shown,
    ),
    Count(
        code="outflow.share",
        label=N_("Share of demonstrable departure"),
        definition=N_(
            "Demonstrable departures as a share of all departures in the period, in whole per cents. Outflow"
            " without departure, and outflow of which the kind is not known, is not in it."
        ),
        rows=_departures,
        share_of=frozenset({DEMONSTRABLE}),
    ),
    Count(
        code="outflow.unproven",
        label=N_("Demonstrable, without proof written down"),
        definition=N_("Of the demonstrable departures: no proof is written down, or two values stand."),
        rows=_without_proof,
    ),
    Count(
        code="outflow.undated",
        label=N_("Outflow without a day"),
        definition=N_("Outflow of which the day is not known or in dispute: it is in no period."),
        rows=_out_without_day,
    ),
    Count(
        code="dossiers.ended",
        label=N_("Dossiers closed in the period"),
        definition=N_("Dossiers that are closed now, with a closing date in the period."),
        rows=_closed,
    ),
)
FLOW: Final = (*_IN, *_OUT)
STATES: Final = Count(
    code="states.now",
    label=N_("Open dossiers by state"),
    definition=N_(
        "The states that stand now, of the family or of a member. A dossier counts once in each of its states;"
        " empty: none recorded, or two values stand."
    ),
    rows=_states,
    is_split=True,
    keys=_state_codes,
    words=_label,
)
