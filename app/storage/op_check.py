"""Whether a line that came in is an op that a program of ours could have written; everything else is `NotAnOp`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from app.domain import canon
from app.domain.entry import has_form
from app.domain.op import DELETED
from app.domain.record import KINDS, FieldType, Kind, Value

LONGEST_TEXT: Final = 2_000_000
MOST_CELLS: Final = 400
NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,63}")


class NotAnOp(ValueError):
    """A line that no program of ours writes."""


def check_place(kind: object, declared: Kind | None, compartment: str, scope_kind: str) -> None:
    """A kind lies in one compartment and one sort of scope: nobody slips a health fact into another part."""
    if not isinstance(kind, str) or NAME.fullmatch(kind) is None:
        raise NotAnOp
    if declared is not None and (declared.compartment != compartment or scope_kind not in declared.scopes):
        raise NotAnOp


def whole_cells(
    kind: str,
    declared: Kind | None,
    fields: object,
    given: Mapping[str, Value],
    names: Mapping[str, Sequence[str]],
    secret: object,
) -> tuple[dict[str, Value], int | None, Mapping[str, Value]]:
    """All cells of the op, the count under which the journal may keep an insert short, and what it keeps.

    An insert of a kind, or with fields, that this program does not know is kept with every cell named.
    """
    gone = secret["gone"] if isinstance(secret, dict) and isinstance(secret.get("gone"), dict) else {}
    if fields is None:
        return ({**given, **dict.fromkeys(gone)} if gone else dict(given)), None, given
    order = names.get(kind)
    if type(fields) is not int or order is None or not 0 < fields <= len(order):
        raise NotAnOp
    covered = order if fields == len(order) else tuple(order[:fields])
    cells: dict[str, Value] = dict.fromkeys(covered)
    cells.update(given)
    if len(cells) != fields or None in given.values():
        raise NotAnOp
    if declared is None or fields > len(declared.names):
        return cells, None, {name: value for name, value in cells.items() if name not in gone}
    if tuple(covered) != declared.names[:fields]:
        raise NotAnOp
    return cells, fields, given


def check_cells(declared: Kind | None, cells: Mapping[str, Value]) -> bool:
    """Raises NotAnOp for a value that does not fit; True where a name is not known here."""
    if not 0 < len(cells) <= MOST_CELLS:
        raise NotAnOp
    newer = declared is None
    forms = _forms(declared.name) if declared is not None else {}
    for name, value in cells.items():
        form = forms.get(name)
        if form is None:
            if NAME.fullmatch(name) is None or not (value is None or type(value) in (int, str)):
                raise NotAnOp
            newer = True
        elif value is not None and (type(value) is not form[0] or not _fits(form[1], value)):
            raise NotAnOp
        if type(value) is str and len(value) > LONGEST_TEXT:
            raise NotAnOp
    if cells.get(DELETED, 0) not in (0, 1):
        raise NotAnOp
    return newer


def _fits(type_: FieldType, value: Value) -> bool:
    """A date that is none would stop every list that computes with it."""
    if type_ is FieldType.FLAG:
        return value in (0, 1)
    return type_ in _FREE or has_form(type_, str(value))


_FREE: Final = frozenset({FieldType.TEXT, FieldType.NOTE, FieldType.INT})


@cache
def _forms(kind: str) -> dict[str, tuple[type, FieldType]]:
    """What each field of a kind, and the cell of removal, may hold."""
    found: dict[str, tuple[type, FieldType]] = {
        spec.name: (int if spec.whole_number else str, spec.type) for spec in KINDS[kind].fields
    }
    return found | {DELETED: (int, FieldType.FLAG)}


_SEED_HEX: Final = re.compile(r"[0-9a-f]{32}")
_COMMITMENT_HEX: Final = re.compile(r"[0-9a-f]{64}")


def secret_of(secret: object) -> tuple[bytes | None, dict[str, dict[str, str]] | None]:
    """The seed of an op, or what was kept of it when values were taken out. Raises NotAnOp."""
    if isinstance(secret, str):
        if _SEED_HEX.fullmatch(secret) is None:
            raise NotAnOp
        return bytes.fromhex(secret), None
    if not isinstance(secret, dict) or set(secret) != {"salts", "gone"}:
        raise NotAnOp
    for part, form in (("salts", _SEED_HEX), ("gone", _COMMITMENT_HEX)):
        held = secret[part]
        if not isinstance(held, dict) or not all(
            isinstance(value, str) and form.fullmatch(value) and NAME.fullmatch(name)
            for name, value in held.items()
        ):
            raise NotAnOp
    return None, secret


def commitments_of(
    cells: Mapping[str, Value], seed: bytes | None, kept: Mapping[str, Mapping[str, str]] | None
) -> dict[str, bytes]:
    """The commitment of every cell. Raises NotAnOp for a value that has none."""
    try:
        if kept is None:
            return canon.commitments(seed or b"", cells)
        if {*kept["salts"], *kept["gone"]} != set(cells) or set(kept["salts"]) & set(kept["gone"]):
            raise NotAnOp
        found = {name: bytes.fromhex(text) for name, text in kept["gone"].items()}
        for name, salt in kept["salts"].items():
            found[name] = canon.commitment(bytes.fromhex(salt), cells[name])
    except (ValueError, OverflowError, TypeError) as error:
        raise NotAnOp from error
    return found
