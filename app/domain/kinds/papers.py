"""What left the program: every print, save and export is written down (settled rule 19)."""

from app.domain.record import ANY_SCOPE, Compartment, Record, code, moment, number, record, ref, text
from app.domain.words import N_


@record("disclosure", N_("Handed out"), scope=ANY_SCOPE, compartment=Compartment.KERN, appended=True)
class DisclosureRecord(Record):
    """Who gave which version of which paper to whom, for which purpose, and how (printed, saved, exported)."""

    paper: str | None = code(N_("Paper"), "papieren")
    about: str | None = ref(N_("About"), "")
    person: str | None = ref(N_("Person"), "person")
    way: str | None = code(N_("How"), "papieren")
    receiver: str | None = text(N_("Receiver"))
    purpose: str | None = code(N_("Purpose"), "papieren")
    officer: str | None = text(N_("Case officer"))
    at: str | None = moment(N_("At"))
    set_number: str | None = text(N_("Set number"))
    version: int | None = number(N_("Version"))
    status: str | None = text(N_("Status"))
    control_value: str | None = text(N_("Control value"))
