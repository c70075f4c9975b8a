"""What the packs may hold: parts, fields, kinds of value. The only list of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

UNITS = ("uur", "kalenderdag", "werkdag", "week", "maand", "jaar")
UNITS_OR_UNKNOWN = (*UNITS, "onbekend")
MARKS = ("bron", "bron-2015", "bron-2017", "aanname", "open")
FORMAT = 1
"""The format of the packs; a pack with another number is refused."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """The form of one field. `section`: the part of the same pack that a code must stand in ("" any part).

    Kinds: text (may be empty), words (not empty), number, flag, date, code, codes, texts, table, tables,
    choice, pattern. `fields` describes the groups of table and tables.
    """

    kind: str
    is_required: bool = False
    section: str = ""
    choices: tuple[str, ...] = ()
    fields: Mapping[str, "FieldRule"] = field(default_factory=dict)


def _need(kind: str, **more: object) -> FieldRule:
    return FieldRule(kind, is_required=True, **more)  # type: ignore[arg-type]


TEXT, WORDS, FLAG, NUMBER = FieldRule("text"), _need("words"), FieldRule("flag"), FieldRule("number")
UNIT = FieldRule("choice", choices=UNITS)
UNIT_OR_UNKNOWN = FieldRule("choice", choices=UNITS_OR_UNKNOWN)


def _both(*stems: str, rule: FieldRule = WORDS) -> dict[str, FieldRule]:
    return {f"{stem}_{language}": rule for stem in stems for language in ("nl", "en")}


COMMON: Mapping[str, FieldRule] = {
    "code": _need("code"),
    "nl": WORDS,
    "en": WORDS,
    "mark": _need("choice", choices=MARKS),
    "sources": _need("texts"),
    "as_of": FieldRule("date"),
    "valid_from": FieldRule("date"),
    "valid_to": FieldRule("date"),
    "note": TEXT,
    "assumed_part": FLAG,
}
"""Fields that every item has."""

PACK: Mapping[str, FieldRule] = {
    "name": WORDS, "format": _need("number"), "nl": WORDS, "en": WORDS, "as_of": _need("date"), "note": TEXT,
}  # fmt: skip
SOURCE: Mapping[str, FieldRule] = {
    "title": WORDS, "address": TEXT, "more": FieldRule("texts"), "as_of": _need("date"),
    "dated": _need("choice", choices=("bron", "overgenomen")),
}  # fmt: skip

CHOICE: Mapping[str, FieldRule] = {
    "list": WORDS, "key": TEXT, "letter": TEXT, "moment": TEXT, "needs_reason": FLAG, "travel": FLAG,
    "number": NUMBER, "parallel": FLAG, "demonstrable": FLAG, "not_heard": FLAG,
    "departure": FLAG, "reported": FLAG, "of": FieldRule("codes", section="choice"),
}  # fmt: skip
NEEDS_IF = FieldRule(
    "tables",
    fields={
        "field": _need("code", section="field"),
        "is": _need("code"),
        "needs": _need("codes", section="field"),
    },
)
START = _need("tables", fields={"event": _need("text"), "field": TEXT, "after": TEXT})
WARN = FieldRule(
    "tables", fields={"after_start": NUMBER, "before_due": NUMBER, "unit": _need("choice", choices=UNITS)}
)

STATE_FACTS = ("regievoerder", "aanvraag-loopt", "maatregel", "aangehouden", "vertrek-gepland")
"""Facts of a dossier that propose a state; `app/services/state_proposals.py` looks for each."""
LENGTHS = ("answer", "issue", "validity", "interview", "notice", "transfer")
Sections = Mapping[str, Mapping[str, FieldRule]]
PACKS: Mapping[str, Sections] = {
    "basis": {
        "choice": CHOICE,
        "transition": {
            "state": _need("code", section="choice"), "next": _need("codes", section="choice"),
            "ends": FieldRule("codes", section="choice"), "always": FLAG, "final": FLAG,
            "proposed_by": FieldRule("choice", choices=STATE_FACTS), **_both("enters", "leaves"),
        },
        "number": {"pattern": FieldRule("pattern")},
        "language": {"own_name": TEXT},
    },
    "fasen": {
        "technique": {},
        "phase": {
            "number": _need("number"), "techniques": _need("codes", section="technique"),
            **_both("looks_like", "goal", "forward", "fallback"),
        },
        "item": {"phase": _need("code", section="phase")},
    },
    "gesprek": {
        "step": {"number": _need("number"), "minutes": _need("number"), **_both("hint")},
        "moment": {},
        "item": {"moment": _need("code", section="moment"), "step": FieldRule("code", section="step")},
        "kind": {"phase_checklist": FLAG, "special_circumstances": FLAG},
        "extra": {"kind": _need("code", section="kind")},
        "topic": _both("question"),
        "interpreter": {},
        "alliance": {"direction": _need("choice", choices=("helpt", "hindert")), **_both("hint")},
        "choice": CHOICE,
    },
    "reisdocument": {
        "track": {"start": _need("code", section="state")},
        "stage": {"track": _need("code", section="track"), "number": _need("number")},
        "field": {
            "name": WORDS, "record": _need("choice", choices=("request", "request_event")),
            "value": _need(
                "choice", choices=("tekst", "datum", "moment", "keuze", "land", "ja-nee", "ja-nee-onbekend")
            ),
            "may_be_unknown": FLAG, "choices": TEXT,
        },
        "state": {
            "track": _need("code", section="track"), "stage": FieldRule("code", section="stage"),
            "needs": _need("codes", section="field"), "needs_if": NEEDS_IF,
            "next": _need("codes", section="state"),
            "ends": FLAG, "outcome": FLAG, "document": FLAG, "pauses": FLAG,
        },
        "event": {"track": _need("code", section="track"), "needs": _need("codes", section="field")},
        "gate": {
            "track": _need("code", section="track"), "before": _need("codes", section="state"),
            "effect": _need("choice", choices=("stopt", "waarschuwt")),
            "fact": FieldRule("code", section="choice"),
            "event": FieldRule("code", section="event"), "after": FieldRule("code", section="state"),
            "field": FieldRule("code", section="field"), "opens_with": FieldRule("texts"),
            "suggests": FieldRule("code", section="state"), **_both("closed", "unknown"),
        },
        "choice": CHOICE,
    },
    "termijnen": {
        "trigger": {},
        "term": {
            "scope": WORDS, "starts": START, "pick": FieldRule("choice", choices=("first", "latest")),
            "restarts_with": FieldRule("texts"),
            "direction": FieldRule("choice", choices=("after", "before")),
            "length": NUMBER, "unit": UNIT, "length_key": TEXT, "warn": WARN,
            "warn_ends_with": FieldRule("texts"),
            "satisfied_by": _need("texts"), "satisfied_any_time": FLAG, "lapses_with": _need("texts"),
            "hard": FieldRule("flag", is_required=True), "only_warns": FLAG, "runs_while_paused": FLAG,
            **_both("basis"),
        },
        "legal": {"legal_basis": WORDS, **_both("length", "starts")},
    },
    "landen": {
        "need": {},
        "presentation": {},
        "country": {
            **_both("adjective"), **_both("representation", "practice", "warning", rule=TEXT),
            "places": FieldRule("texts"), "needed": _need("code", section="need"),
            "presentation": _need("code", section="presentation"),
            "document_length": NUMBER, "document_unit": UNIT,
            "document_extendable": FieldRule("choice", choices=("ja", "nee")),
            "request_per": FieldRule("choice", choices=("persoon", "gezin")), "stale": FLAG,
            "flight_notice": FieldRule(
                "tables",
                fields={"place": TEXT, "length": _need("number"), "unit": _need("choice", choices=UNITS)},
            ),
        },
    },
    "overeenkomsten": {
        "kind": {"rank": _need("number")},
        "agreement": {
            "country": TEXT, "country_nl": WORDS, "kind": _need("code", section="kind"),
            "in_force": FieldRule("date"),
            "answer_accelerated": NUMBER, **dict.fromkeys(LENGTHS, NUMBER),
            **{f"{name}_unit": UNIT_OR_UNKNOWN for name in LENGTHS},
            "silence_is_consent": FLAG, "superseded_by": TEXT, "not_in_force": FLAG,
        },
    },
    "vertrek": {
        "kind": {},
        "check": {
            "need": _need("table", fields={
                kind: FieldRule("choice", choices=("verplicht", "indien", "niet"), is_required=True)
                for kind in ("MED", "AMV", "GEZ", "OUD", "MH", "BEG")
            }),
        },
        "setting": {"amount": NUMBER, "unit": UNIT},
        "condition": {"paper": WORDS, "physical": FieldRule("flag", is_required=True)},
        "choice": CHOICE,
    },
    "ondersteuning": {
        "programme": {},
        "amount": {
            "programme": _need("code", section="programme"), "cents": _need("number"), "currency": WORDS,
            "per": _need("choice", choices=("iedereen", "volwassene", "kind", "eu-burger")), "at_most": FLAG,
        },
    },
    "papieren": {
        "paper": {
            "fr": TEXT, "languages": _need("texts"), "sheet": NUMBER, "never": FieldRule("texts"),
            "abroad": FLAG,
        },
        "receiver": {},
        "purpose": {},
        "way": {},
        "sender": {"fr": TEXT},
        "text": {"en": TEXT, "fr": TEXT},
        "forbidden": {
            "language": _need("choice", choices=("nl", "en", "fr", "alle")), "word": _need("pattern"),
            "match": _need("choice", choices=("heel", "begin", "deel", "patroon")), "same_case": FLAG,
        },
    },
    "feestdagen": {"holiday": {"on": _need("date")}},
}  # fmt: skip
"""Per pack, per part: the fields beside the common ones."""
