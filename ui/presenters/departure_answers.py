"""That a field of sheet 1 has no value, and why: which answers the sheet takes, and the one that stands."""

from app.domain.gap import Accept
from app.domain.handover_facts import DepartureKind as SheetKind
from app.domain.handover_facts import HandoverSheetFacts, Request
from app.domain.handover_gap import handover_fields
from app.domain.kinds.departure import FieldAnswer
from app.domain.sheet_head import SheetHead
from app.i18n import _
from app.services import departure_edit, departures
from app.services.departures import DepartureFile
from ui.presenters.departure_form import DepartureForm
from ui.presenters.departure_values import Pairs

UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"
_HEAD = SheetHead(set_number="", version=1, made_at="", made_at_local="", made_by="", made_by_role="")


def accepts(file: DepartureFile, code: str, person: str = "") -> Pairs:
    """Which answers other than a value the sheet takes for a field: (code, words); none for many."""
    wanted = {kind for each in file.persons for kind in file.kinds_of(person or each.person or "")}
    kinds = frozenset(kind for kind in SheetKind if kind.value in wanted)
    facts = HandoverSheetFacts(head=_HEAD, request=Request(kinds=kinds))
    rule = next((each for each in handover_fields(facts) if each.code == code), None)
    if rule is None or not rule.is_required:
        return ()
    words = (
        (UNKNOWN, Accept.UNKNOWN, _("Unknown, because …")),
        (NOT_APPLICABLE, Accept.NOT_APPLICABLE, _("Does not apply")),
    )
    return tuple((answer, said) for answer, flag, said in words if flag in rule.accept)


def answer_of(file: DepartureFile, code: str, person: str) -> tuple[str, str]:
    """The answer without a value that stands for a field, and its reason; ("", "") for none."""
    found = _answer(file, code, person)
    return (found.answer or "", found.reason or "") if found is not None else ("", "")


def put_answer(form: DepartureForm, code: str, person: str, answer: str, reason: str) -> None:
    """Say that a field is unknown or does not apply; "" takes it back."""
    file, old = form.file, _answer(form.file, code, person)
    if old is not None:
        file = departure_edit.remove(file, old.id)
    if answer:
        made = departures.without_value(file, code, answer, reason, person)
        file = departure_edit.add(
            file, old.with_values(answer=answer, reason=reason or None) if old else made
        )
    form.file = file


def _answer(file: DepartureFile, code: str, person: str) -> FieldAnswer | None:
    return next((each for each in file.answers if each.field == code and (each.person or "") == person), None)
