"""A departure while it is being changed in a form: one field at a time, and back from a draft word for word."""

from collections.abc import Callable, Mapping
from dataclasses import fields

from app.domain.record import KINDS, Record, Value, kind_of
from app.services.departures import DepartureFile, changed

_PLACES = {
    "departure": "departure", "departure_person": "persons", "departure_kind": "kinds", "flight": "flights",
    "escort": "escorts", "receiver": "receivers", "travel_condition": "conditions", "belonging": "belongings",
    "arrangement": "arrangements", "field_answer": "answers", "medical_handover": "envelopes", "person": "people",
    "appearance": "appearances",
}  # fmt: skip
_GONE, _SCOPE = "_gone", "_scope"


def find(file: DepartureFile, record: str) -> Record | None:
    """A record of the file by its id."""
    return next((each for each in file.records() if each.id == record), None)


def edit(file: DepartureFile, record: str, field: str, value: Value) -> DepartureFile:
    """The file with one field of one record changed; a record that is not there changes nothing."""
    return _mapped(file, lambda each: each.with_values(**{field: value}) if each.id == record else each)


def add(file: DepartureFile, record: Record) -> DepartureFile:
    """The file with one more record."""
    place = _PLACES[kind_of(record).name]
    return changed(file, **{place: (*getattr(file, place), record)})


def remove(file: DepartureFile, record: str) -> DepartureFile:
    """The file without a record."""
    parts = {
        field.name: tuple(each for each in getattr(file, field.name) if each.id != record)
        for field in fields(file)
        if field.name != "departure"
    }
    return changed(file, **parts)


def typed_of(before: DepartureFile, after: DepartureFile) -> dict[str, Value]:
    """What differs, by "kind/id/field": new records whole, changed ones by field, removed ones marked."""
    was = {each.id: each for each in before.records()}
    typed: dict[str, Value] = {}
    for each in after.records():
        start, old = f"{kind_of(each).name}/{each.id}/", was.pop(each.id, None)
        if old is None:
            typed[start + _SCOPE] = each.scope
        known = old.values() if old is not None else {}
        typed.update(
            {start + name: value for name, value in each.values().items() if value != known.get(name)}
        )
    typed.update({f"{kind_of(gone).name}/{gone.id}/{_GONE}": 1 for gone in was.values()})
    return typed


def with_typed(file: DepartureFile, typed: Mapping[str, Value]) -> DepartureFile:
    """The file as it stood in the form when the draft was kept."""
    records: dict[tuple[str, str], dict[str, Value]] = {}
    for key, value in typed.items():
        kind, record, name = key.split("/")
        if kind in _PLACES:
            records.setdefault((kind, record), {})[name] = value
    for (kind, record), values in records.items():
        if _GONE in values:
            file = remove(file, record)
        elif find(file, record) is None:
            if _SCOPE in values:
                file = add(file, KINDS[kind].make(record, str(values[_SCOPE]), values))
        else:
            for name, value in values.items():
                if name in KINDS[kind].names:
                    file = edit(file, record, name, value)
    return file


def _mapped(file: DepartureFile, change: Callable[[Record], Record]) -> DepartureFile:
    parts: dict[str, object] = {"departure": change(file.departure)}
    for field in fields(file)[1:]:
        parts[field.name] = tuple(map(change, getattr(file, field.name)))
    return changed(file, **parts)
