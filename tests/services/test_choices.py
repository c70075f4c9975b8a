"""Lists of code fields: every declaration names one that is there."""

import pytest

from app.domain.record import FieldType, kinds
from app.services.choices import choices, stored
from app.services.session import Session

CODED = [
    (kind.name, spec)
    for kind in kinds()
    for spec in kind.fields
    if spec.type is FieldType.CODE and spec.choices
]


@pytest.mark.parametrize(("kind", "spec"), CODED, ids=lambda each: getattr(each, "name", each))
def test_the_list_a_declaration_names_is_there(session: Session, kind: str, spec: object) -> None:
    found = choices(session, spec)  # type: ignore[arg-type]
    assert found, kind
    assert len({code for code, _words in found}) == len(found)


def test_a_choice_that_did_not_change_keeps_its_old_pack(session: Session) -> None:
    spec = next(spec for kind, spec in CODED if kind == "outflow" and spec.name == "kind")
    old = "0123456789abcdef:uitstroom.zelfstandig"
    assert stored(session, spec, "uitstroom.zelfstandig", old) == old
    assert stored(session, spec, "", old) is None
    changed = stored(session, spec, "uitstroom.gedwongen", old)
    assert (
        isinstance(changed, str)
        and changed.endswith(":uitstroom.gedwongen")
        and not changed.startswith("0123")
    )
