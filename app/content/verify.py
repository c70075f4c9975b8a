"""Checks a pack against the schema: the first thing that is wrong is raised with file, item and field."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from app.content import problem, schema
from app.content.schema import FieldRule

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

Data = Mapping[str, object]


def verify(file: str, name: str, data: Data) -> None:
    """Check the parsed `data` of the pack `name`; raise a `ContentProblem` for the first thing wrong."""
    _check_head(file, name, data)
    sections = schema.PACKS[name]
    for key in data:
        if key not in sections and key not in ("pack", "sources"):
            raise problem.SectionUnknown(file=file, section=key, known=", ".join(sections))
    sources = _table(file, "sources", "sources", data.get("sources", {}))
    for code, source in sources.items():
        _check_fields(file, code, _table(file, code, "sources", source), schema.SOURCE)
    parts: dict[str, set[str]] = {}
    for section, item in items_of(file, data, sections):
        _check_fields(file, _name(item), item, {**schema.COMMON, **sections[section]})
        code = _name(item)
        if any(code in codes for codes in parts.values()):
            raise problem.CodeTwice(file=file, item=code)
        parts.setdefault(section, set()).add(code)
        _check_sources(file, item, sources)
    for section, item in items_of(file, data, sections):
        _check_codes(file, _name(item), item, sections[section], parts)


def items_of(file: str, data: Data, sections: schema.Sections) -> Iterator[tuple[str, Data]]:
    """Yield every item with its part, in the order of the schema and the file."""
    for section in sections:
        rows = data.get(section, [])
        if not isinstance(rows, list):
            raise problem.NotTables(file=file, item=section, field=section)
        for row in rows:
            yield section, _table(file, section, section, row)


def _check_head(file: str, name: str, data: Data) -> None:
    head = _table(file, "pack", "pack", data.get("pack", {}))
    _check_fields(file, "pack", head, schema.PACK)
    if head["format"] != schema.FORMAT:
        raise problem.PackFormatUnknown(file=file, format=str(head["format"]))
    if head["name"] != name:
        raise problem.NotChoice(file=file, item="pack", field="name", allowed=name)


def _check_fields(file: str, item: str, row: Data, rules: Mapping[str, FieldRule]) -> None:
    for name in row:
        if name not in rules:
            raise problem.FieldUnknown(file=file, item=item, field=name)
    for name, rule in rules.items():
        if name not in row:
            if rule.is_required:
                raise problem.FieldMissing(file=file, item=item, field=name)
            continue
        if not _fits(row[name], rule):
            raise _wrong(file, item, name, rule)
        if rule.kind == "tables":
            for each in _rows(row[name]):
                _check_fields(file, item, each, rule.fields)
        elif rule.kind == "table":
            _check_fields(file, item, _table(file, item, name, row[name]), rule.fields)


def _wrong(file: str, item: str, field: str, rule: FieldRule) -> problem.FieldWrong:
    if rule.kind == "choice":
        return problem.NotChoice(file=file, item=item, field=field, allowed=", ".join(rule.choices))
    return problem.WRONG[rule.kind](file=file, item=item, field=field)


def _fits(value: object, rule: FieldRule) -> bool:
    if rule.kind == "choice":
        return value in rule.choices
    if rule.kind == "code" and value == "":
        return not rule.is_required
    return _FITS[rule.kind](value)


def is_date(text: str) -> bool:
    """Tell whether `text` is a year, a year and month, or a day that exists."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return bool(text)


def _is_list(value: object, each: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, each) and one for one in value)


_FITS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "words": lambda value: isinstance(value, str) and bool(value.strip()),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and is_date(value),
    "code": lambda value: isinstance(value, str) and _CODE.fullmatch(value) is not None,
    "codes": lambda value: _is_list(value, str),
    "texts": lambda value: _is_list(value, str),
    "table": lambda value: isinstance(value, dict),
    "tables": lambda value: _is_list(value, dict),
    "pattern": lambda value: isinstance(value, str) and _is_pattern(value),
}


def _check_sources(file: str, item: Data, sources: Data) -> None:
    named = item["sources"]
    if not named:
        raise problem.FieldMissing(file=file, item=_name(item), field="sources")
    _check_each(file, _name(item), "sources", _texts(named), sources)


def _check_codes(
    file: str, item: str, row: Data, rules: Mapping[str, FieldRule], parts: Mapping[str, set[str]]
) -> None:
    """Check that every code in the row stands in the part that its rule names."""
    for name, rule in rules.items():
        if name not in row:
            continue
        known = parts.get(rule.section, set()) if rule.section else set().union(*parts.values())
        if rule.kind == "code" and row[name]:
            _check_each(file, item, name, [str(row[name])], known)
        elif rule.kind == "codes":
            _check_each(file, item, name, _texts(row[name]), known)
        elif rule.kind == "tables":
            for each in _rows(row[name]):
                _check_codes(file, item, each, rule.fields, parts)


def _check_each(
    file: str, item: str, field: str, codes: Sequence[str], known: Mapping[str, object] | set[str]
) -> None:
    for code in codes:
        if code not in known:
            raise problem.CodeUnknown(file=file, item=item, field=field, code=code)


def _name(row: Data) -> str:
    code = row.get("code")
    return code if isinstance(code, str) and code else "?"


def _table(file: str, item: str, field: str, value: object) -> Data:
    if not isinstance(value, dict):
        raise problem.NotTable(file=file, item=item, field=field)
    return value


def _rows(value: object) -> list[Data]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
