"""Writes the JSON form: one record to a line, the same bytes for the same records, without a clock."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.record import Compartment
from app.files.dossier_json import CARRIED, FORMAT, VERSION, JsonPack, JsonRecord, JsonScope, in_json


def written(
    *,
    compartments: Iterable[Compartment],
    scopes: Iterable[JsonScope],
    records: Iterable[JsonRecord],
    packs: Iterable[JsonPack],
) -> Iterator[str]:
    """The text of a file, piece by piece; each of the three lists is taken in the order in which it comes.

    `packs` is asked for last, so that it may depend on the records that went by.
    """
    parts = [str(part) for part in Compartment if part in set(compartments)]
    yield f'{{\n"format": {_text(FORMAT)},\n"version": {VERSION},\n'
    yield f'"compartments": {_text(parts)},\n"scopes": ['
    yield from _lines({"id": scope.id, "kind": str(scope.kind)} for scope in scopes)
    yield '],\n"records": ['
    yield from _lines(_record(record) for record in records)
    yield '],\n"packs": ['
    yield from _lines({"name": pack.name, "hash": pack.hash, "content": pack.content} for pack in packs)
    yield "]\n}\n"


def _record(record: JsonRecord) -> dict[str, Any]:
    """Fields in the order of the lock; empty ones are left out."""
    item: dict[str, Any] = {"kind": record.kind, "id": record.id, "scope": record.scope}
    for part, values in (("fields", record.fields), ("was", record.was)):
        if values is not None:
            item[part] = {
                field.name: in_json(field.type, values[field.name])
                for field in CARRIED[record.kind].fields
                if values.get(field.name) is not None
            }
    return item


def _lines(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "\n"
    for item in items:
        yield before + _text(item)
        before = ",\n"
    if before == ",\n":
        yield "\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
