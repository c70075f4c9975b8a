"""Checks what one pack says of another: terms name events of tracks, gates name answers of lists."""

from collections.abc import Iterable, Mapping

from app.content import problem
from app.content.pack import Pack
from app.content.row import Row

_TERM_CODES = ("restarts_with", "warn_ends_with", "satisfied_by", "lapses_with")
_LENGTH_KEYS = frozenset(
    f"overeenkomst.{name}" for name in ("antwoord", "interview", "afgifte", "overdracht", "aankondiging")
) | {"land.vluchtgegevens"}


def check_across(packs: Mapping[str, Pack]) -> None:
    """Check every reference between packs; raise `CodeUnknown` for the first that leads nowhere."""
    _check_terms(packs["termijnen"], packs["reisdocument"])
    _check_gates(packs["reisdocument"], packs["basis"])
    _check_agreements(packs["overeenkomsten"])
    _check_lists(packs["reisdocument"])


def _check_terms(terms: Pack, tracks: Pack) -> None:
    happenings = {
        row.text("code") for row in (*terms.rows("trigger"), *tracks.rows("state"), *tracks.rows("event"))
    }
    fields = {row.text("code") for row in tracks.rows("field")} | {"", "at"}
    for row in terms.rows("term"):
        for name in _TERM_CODES:
            _check(terms, row, name, row.texts(name), happenings)
        for start in row.rows("starts"):
            _check(terms, row, "starts", (start.text("event"),), happenings)
            _check(terms, row, "starts", (start.text("field"),), fields)
            _check(terms, row, "starts", filter(None, [start.text("after")]), happenings)
        if row.number("length") is None:
            _check(terms, row, "length_key", (row.text("length_key"),), _LENGTH_KEYS)
        elif not row.text("unit"):
            raise problem.FieldMissing(file=_file(terms), item=row.text("code"), field="unit")


def _check_gates(tracks: Pack, lists: Pack) -> None:
    known = set(lists.items) | set(tracks.items)
    for row in tracks.rows("gate"):
        _check(tracks, row, "opens_with", row.texts("opens_with"), known)


def _check_agreements(agreements: Pack) -> None:
    own = {code.removeprefix("overeenkomst.") for code in agreements.items}
    for row in agreements.rows("agreement"):
        _check(agreements, row, "superseded_by", filter(None, [row.text("superseded_by")]), own)


def _check_lists(tracks: Pack) -> None:
    lists = {row.text("list") for row in tracks.rows("choice")} | {""}
    for row in tracks.rows("field"):
        _check(tracks, row, "choices", (row.text("choices"),), lists)


def _check(pack: Pack, row: Row, field: str, codes: Iterable[str], known: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            raise problem.CodeUnknown(file=_file(pack), item=row.text("code"), field=field, code=code)


def _file(pack: Pack) -> str:
    return f"{pack.name}.toml"
