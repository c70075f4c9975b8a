"""The JSON Schema of the open form (draft 2020-12), made from the declarations like everything else about it."""

from typing import Any, Final

from app.domain.entry import MOST_INT, rule_for
from app.domain.record import BYTES, CENTS, GRAMS, Compartment, FieldSpec, FieldType, Kind
from app.files.dossier_json import CARRIED, FORMAT, PLACE, PLACE_KINDS, VERSION

Schema = dict[str, Any]

_ID: Final = "^[0-9a-f]{32}$"
_UNITS: Final = {GRAMS: "grams", CENTS: "cents", BYTES: "bytes"}
_PATTERNS: Final = {
    FieldType.REF: _ID,
    FieldType.CODE: r"^([0-9a-f]{16}|[a-z]{2,20}):[^\s:]{1,150}$",
    FieldType.DATE: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    FieldType.INCOMPLETE: r"^(\?|~?[0-9]{4}|[0-9]{4}-[0-9]{2}(-[0-9]{2})?)$",
    FieldType.MOMENT: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    FieldType.LOCAL: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
}


def schema() -> Schema:
    """The schema as plain data, in a fixed order."""
    held = [str(part) for part in Compartment if any(kind.compartment is part for kind in CARRIED.values())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{FORMAT} {VERSION}",
        "description": "Dossiers of Regiemap for other programs; see docs/dossier-json.md.",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "compartments": {"type": "array", "items": {"enum": held}},
            "scopes": {"type": "array", "items": {"$ref": "#/$defs/scope"}},
            "records": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": {"enum": list(CARRIED)}},
                    "allOf": [
                        {
                            "if": {"properties": {"kind": {"const": name}}},
                            "then": {"$ref": f"#/$defs/{name}"},
                        }
                        for name in CARRIED
                    ],
                },
            },
            "packs": {"type": "array", "items": {"$ref": "#/$defs/pack"}},
        },
        "required": ["format", "version", "scopes", "records"],
        "additionalProperties": False,
        "$defs": _heads()
        | {name: _record(kind) for name, kind in CARRIED.items()}
        | {f"{name}.fields": _fields(kind) for name, kind in CARRIED.items()},
    }


def _heads() -> Schema:
    return {
        "scope": _object({"id": {"type": "string", "pattern": _ID}, "kind": {"enum": ["person", "dossier"]}}),
        "pack": _object(
            {
                "name": {"type": "string"},
                "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "content": {"type": "string"},
            }
        ),
    }


def _record(kind: Kind) -> Schema:
    fields = {"$ref": f"#/$defs/{kind.name}.fields"}
    scope = {"const": PLACE} if kind.name in PLACE_KINDS else {"type": "string", "pattern": _ID}
    return _object(
        {
            "kind": {"const": kind.name},
            "id": {"type": "string", "pattern": _ID},
            "scope": scope,
            "fields": fields,
            "was": {"anyOf": [fields, {"type": "null"}]},
        },
        optional=("was",),
        title=kind.title,
        description=f"Compartment {kind.compartment}.",
    )


def _fields(kind: Kind) -> Schema:
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in kind.fields},
        "additionalProperties": False,
    }


def _field(field: FieldSpec) -> Schema:
    about: Schema = {"title": field.title}
    if field.target:
        about["description"] = (
            f"A code of the content pack {field.target}."
            if field.type is FieldType.CODE
            else f"The id of a {field.target}."
        )
    if field.unit:
        about["description"] = f"In {_UNITS[field.unit]}."
    if field.type is FieldType.FLAG:
        return about | {"type": ["boolean", "null"]}
    if field.type is FieldType.INT:
        return about | {"type": ["integer", "null"], "minimum": -MOST_INT - 1, "maximum": MOST_INT}
    if field.type in _PATTERNS:
        return about | {"type": ["string", "null"], "pattern": _PATTERNS[field.type]}
    return about | {"type": ["string", "null"], "maxLength": rule_for(field).limit}


def _object(properties: Schema, *, optional: tuple[str, ...] = (), **about: str) -> Schema:
    return about | {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
