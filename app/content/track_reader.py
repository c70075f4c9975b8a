"""Makes the tracks of the pack `reisdocument` and the terms of the pack `termijnen`."""

from collections.abc import Mapping

from app.content.pack import Pack
from app.content.row import Row
from app.domain.guidance import LegalTerm
from app.domain.request_track import ConditionalNeed, EventKind, Gate, Need, Stage, Track, TrackState
from app.domain.term import TermDefinition, TermStart, TermWarning
from app.domain.work_calendar import Length, Unit


def needs(pack: Pack) -> Mapping[str, Need]:
    """Return the details that states and events may ask for, by code."""
    return {
        row.text("code"): Need(
            **pack.common(row),
            name=row.text("name"),
            record=row.text("record"),
            value=row.text("value"),
            may_be_unknown=row.flag("may_be_unknown"),
            choices=row.text("choices"),
        )
        for row in pack.rows("field")
    }


def tracks(pack: Pack) -> Mapping[str, Track]:
    """Return the tracks by their short name: `lp` and `to` (the code is `spoor.lp`)."""
    known = needs(pack)
    return {row.text("code").rpartition(".")[2]: _track(pack, row, known) for row in pack.rows("track")}


def _track(pack: Pack, row: Row, known: Mapping[str, Need]) -> Track:
    def own(section: str) -> tuple[Row, ...]:
        return tuple(each for each in pack.rows(section) if each.text("track") == row.text("code"))

    stages = (Stage(**pack.common(each), number=each.number("number") or 0) for each in own("stage"))
    return Track(
        **pack.common(row),
        start=row.text("start"),
        states={each.text("code"): _state(pack, each, known) for each in own("state")},
        events={
            each.text("code"): EventKind(**pack.common(each), needs=_needs(each, "needs", known))
            for each in own("event")
        },
        stages=tuple(sorted(stages, key=lambda stage: stage.number)),
        gates=tuple(_gate(pack, each, known) for each in own("gate")),
    )


def _state(pack: Pack, row: Row, known: Mapping[str, Need]) -> TrackState:
    return TrackState(
        **pack.common(row),
        needs=_needs(row, "needs", known),
        needs_if=tuple(
            ConditionalNeed(
                name=known[each.text("field")].name,
                equals=each.text("is"),
                needs=_needs(each, "needs", known),
            )
            for each in row.rows("needs_if")
        ),
        stage=row.text("stage"),
        next_codes=row.texts("next"),
        is_end=row.flag("ends"),
        is_outcome=row.flag("outcome"),
        holds_document=row.flag("document"),
        pauses=row.flag("pauses"),
    )


def _gate(pack: Pack, row: Row, known: Mapping[str, Need]) -> Gate:
    field = row.text("field")
    return Gate(
        **pack.common(row),
        before=frozenset(row.texts("before")),
        stops=row.text("effect") == "stopt",
        fact=row.text("fact"),
        event=row.text("event"),
        after=row.text("after"),
        field=known[field].name if field else "",
        opens_with=frozenset(row.texts("opens_with")),
        suggests=row.text("suggests"),
        when_closed=row.words("closed"),
        when_unknown=row.words("unknown"),
    )


def _needs(row: Row, name: str, known: Mapping[str, Need]) -> tuple[Need, ...]:
    return tuple(known[code] for code in row.texts(name))


def terms(pack: Pack, known: Mapping[str, Need]) -> tuple[TermDefinition, ...]:
    """Return the terms; a field of an event becomes the name of the record's field."""
    return tuple(_term(pack, row, known) for row in pack.rows("term"))


def _term(pack: Pack, row: Row, known: Mapping[str, Need]) -> TermDefinition:
    def field(code: str) -> str:
        return known[code].name if code in known else code

    return TermDefinition(
        **pack.common(row),
        scope=row.text("scope"),
        starts=tuple(
            TermStart(event=each.text("event"), field=field(each.text("field")), after=each.text("after"))
            for each in row.rows("starts")
        ),
        basis=row.words("basis"),
        length=row.length(),
        length_key=row.text("length_key"),
        counts_back=row.text("direction") == "before",
        takes_first_start=row.text("pick") == "first",
        restarts_with=frozenset(row.texts("restarts_with")),
        warnings=tuple(_warning(each) for each in row.rows("warn")),
        warnings_end_with=frozenset(row.texts("warn_ends_with")),
        satisfied_by=frozenset(row.texts("satisfied_by")),
        is_satisfied_any_time=row.flag("satisfied_any_time"),
        lapses_with=frozenset(row.texts("lapses_with")),
        is_hard=row.flag("hard"),
        only_warns=row.flag("only_warns"),
        runs_while_paused=row.flag("runs_while_paused"),
    )


def _warning(row: Row) -> TermWarning:
    after_start = row.number("after_start")
    amount = after_start if after_start is not None else row.number("before_due") or 0
    return TermWarning(Length(amount, Unit(row.text("unit"))), is_after_start=after_start is not None)


def legal_terms(pack: Pack) -> tuple[LegalTerm, ...]:
    """Return the legal terms to look up."""
    return tuple(
        LegalTerm(
            **pack.common(row),
            length=row.words("length"),
            starts_from=row.words("starts"),
            legal_basis=row.text("legal_basis"),
        )
        for row in pack.rows("legal")
    )
