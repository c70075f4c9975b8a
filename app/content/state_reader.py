"""Makes the states of a dossier from the pack `basis`: the list `stand` with what its transitions say."""

from collections.abc import Mapping
from dataclasses import fields

from app.content import talk_reader
from app.content.pack import Pack
from app.domain.case_state import CaseState
from app.domain.guidance import Choice

STATES = "stand"


def states(pack: Pack) -> Mapping[str, CaseState]:
    """Return the states by code, in the order of the list."""
    rules = {row.text("state"): row for row in pack.rows("transition")}
    made = {}
    for choice in talk_reader.choices(pack)[STATES]:
        row = rules.get(choice.code)
        if row is None:
            continue
        made[choice.code] = CaseState(
            **{field.name: getattr(choice, field.name) for field in fields(Choice)},
            rule=pack.common(row)["provenance"],
            next_codes=row.texts("next"),
            ends_codes=row.texts("ends"),
            is_always_possible=row.flag("always"),
            is_final=row.flag("final"),
            proposed_by=row.text("proposed_by"),
            enters=row.words("enters"),
            leaves=row.words("leaves"),
        )
    return made
