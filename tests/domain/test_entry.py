"""One check for every field, from its declaration alone."""

import pytest

from app.domain.entry import EntryRefused, check, value_problems
from app.domain.ident import new_id
from app.domain.kinds.person import Person
from app.domain.record import FieldSpec, FieldType, Value


def spec(type_: FieldType) -> FieldSpec:
    return FieldSpec(name="field", title="Field", type=type_)


@pytest.mark.parametrize(
    ("type_", "value", "taken"),
    [
        (FieldType.FLAG, 1, True),
        (FieldType.FLAG, 0, True),
        (FieldType.FLAG, -1, False),
        (FieldType.FLAG, 2, False),
        (FieldType.INT, 2**63 - 1, True),
        (FieldType.INT, 2**63, False),
        (FieldType.INT, -(2**63), True),
        (FieldType.INT, "1", False),
        (FieldType.INT, True, False),
        (FieldType.TEXT, 1, False),
        (FieldType.TEXT, "Ş", True),
        (FieldType.TEXT, "a\0", False),
        (FieldType.TEXT, "two\nlines", False),
        (FieldType.NOTE, "two\nlines", True),
        (FieldType.DATE, "2026-11-23", True),
        (FieldType.DATE, "2026-11-31", False),
        (FieldType.DATE, "20261123", False),
        (FieldType.INCOMPLETE, "~1989", True),
        (FieldType.INCOMPLETE, "1989-00-00", False),
        (FieldType.MOMENT, "2026-01-05T03:04:05Z", True),
        (FieldType.MOMENT, "2026-1-5T3:4:5Z", False),
        (FieldType.LOCAL, "2026-11-23T09:30", True),
        (FieldType.LOCAL, "2026-11-23", True),
        (FieldType.LOCAL, "2026-11-23T9:30", False),
        (FieldType.REF, "0" * 32, True),
        (FieldType.REF, "0" * 31, False),
        (FieldType.CODE, "0123456789abcdef:geslacht.v", True),
        (FieldType.CODE, "geslacht.v", False),
    ],
)
def test_a_field_takes_its_form_and_no_other(type_: FieldType, value: Value, taken: bool) -> None:
    assert (not list(value_problems(spec(type_), value))) is taken


def test_null_is_taken_everywhere() -> None:
    assert not [problem for type_ in FieldType for problem in value_problems(spec(type_), None)]


def test_all_problems_of_a_record_come_at_once() -> None:
    scope = new_id()
    person = Person(
        id=scope, scope=scope, family_name="x" * 10_000, given_names="a\u202eb", birth_date="later"
    )
    with pytest.raises(EntryRefused) as refused:
        check(person)
    assert {found.field for found in refused.value.found} == {"family_name", "given_names", "birth_date"}
