"""What an action is called: a code that names nothing (it travels with the stream) and its words on screen."""

from dataclasses import dataclass

from app.domain.record import Compartment, ScopeKind
from app.domain.words import N_

NEUTRAL = "changed"


@dataclass(frozen=True, slots=True)
class Verb:
    """`title` is an English msgid in the past tense, for timeline and undo; not every deed can be undone.

    The code is written only into streams of its own `scope` and `compartment`; others say `NEUTRAL`, so that a
    receiver of one compartment does not learn what happened in another (settled rule 3).
    """

    code: str
    title: str
    undoable: bool = True
    scope: ScopeKind = ScopeKind.DOSSIER
    compartment: Compartment = Compartment.KERN

    def code_in(self, scope: ScopeKind, compartment: Compartment) -> str:
        """What a stream of `scope` and `compartment` may say of this action."""
        return self.code if (scope, compartment) == (self.scope, self.compartment) else NEUTRAL


VERBS: dict[str, Verb] = {}


def _verb(
    code: str,
    title: str,
    undoable: bool = True,
    scope: ScopeKind = ScopeKind.DOSSIER,
    compartment: Compartment = Compartment.KERN,
) -> Verb:
    VERBS[code] = made = Verb(code, title, undoable, scope, compartment)
    return made


_WORK = Compartment.WERKWIJZE


STORE_MADE = _verb("store.made", N_("Store set up"), undoable=False, scope=ScopeKind.PLACE)
DEVICE_CHANGED = _verb(
    "device.changed", N_("New device after restoring"), undoable=False, scope=ScopeKind.PLACE
)
SEAL_KEY_MADE = _verb(
    "device.seal-key", N_("Key for files of colleagues made"), undoable=False, scope=ScopeKind.PLACE
)
KEYS_RENEWED = _verb("device.renewed", N_("New keys made"), undoable=False, scope=ScopeKind.PLACE)
VOUCHED = _verb("colleague.vouched", N_("Colleague put on the roster"), undoable=False, scope=ScopeKind.PLACE)
VOUCH_ENDED = _verb(
    "colleague.vouch-ended", N_("Colleague taken off the roster"), undoable=False, scope=ScopeKind.PLACE
)
REVOKED = _verb("colleague.revoked", N_("Device revoked"), undoable=False, scope=ScopeKind.PLACE)
PACK_KEPT = _verb("pack.kept", N_("Content pack kept"), undoable=False, scope=ScopeKind.PLACE)
OFFICER_CHANGED = _verb(
    "officer.changed", N_("Details of the case officer changed"), undoable=False, scope=ScopeKind.PLACE
)
DEMO_FILLED = _verb("demo.filled", N_("Made-up families added"), undoable=False)
IMPORTED = _verb("dossiers.imported", N_("Dossiers imported"))
FAMILY_REGISTERED = _verb("family.registered", N_("Family registered"))
FAMILY_CHANGED = _verb("family.changed", N_("Family changed"))
MEMBER_ADDED = _verb("member.added", N_("Member added"))
MEMBER_CHANGED = _verb("member.changed", N_("Member changed"))
MEMBER_LEFT = _verb("member.left", N_("Membership ended"))
MEMBER_BORN = _verb("member.born", N_("Member born"))
MEMBER_DIED = _verb("member.died", N_("Member died"))
MEMBER_MOVED = _verb("member.moved", N_("Moved to another family"))
FAMILY_SPLIT = _verb("family.split", N_("Family split"))
FAMILY_REUNITED = _verb("family.reunited", N_("Family reunited"))
MEMBERSHIP_CORRECTED = _verb("membership.corrected", N_("Membership corrected"))
# in `kern` shielding is called no more than a change: its word stands beside the secret address only
SHIELDED = _verb(
    "member.shielded", N_("Shielded"), scope=ScopeKind.PERSON, compartment=Compartment.VEILIG_ADRES
)
SHIELD_LIFTED = _verb(
    "member.shield-lifted",
    N_("Shielding lifted"),
    scope=ScopeKind.PERSON,
    compartment=Compartment.VEILIG_ADRES,
)
TALK_PLANNED = _verb("talk.planned", N_("Talk planned"), compartment=_WORK)
TALK_STARTED = _verb("talk.started", N_("Talk started"), compartment=_WORK)
TALK_CHANGED = _verb("talk.changed", N_("Talk changed"), compartment=_WORK)
TALK_ANSWERED = _verb("talk.answered", N_("Checklist answered"), compartment=_WORK)
TALK_NOTED = _verb("talk.noted", N_("Note written"), compartment=_WORK)
AGREEMENT_MADE = _verb("agreement.made", N_("Agreement made"), compartment=_WORK)
AGREEMENT_CHANGED = _verb("agreement.changed", N_("Agreement changed"), compartment=_WORK)
CIRCUMSTANCE_ASKED = _verb("circumstance.asked", N_("Special circumstances recorded"), compartment=_WORK)
TALK_FINISHED = _verb("talk.finished", N_("Talk finished"), compartment=_WORK)
PHASE_SET = _verb("phase.set", N_("Phase recorded"), compartment=_WORK)
REQUEST_STARTED = _verb("request.started", N_("Request for a travel document started"))
REQUEST_CHANGED = _verb("request.changed", N_("Request changed"))
REQUEST_EVENT = _verb("request.event", N_("Step of the request recorded"))
TERM_SET = _verb("term.set", N_("Term set by hand"))
DEPARTURE_PLANNED = _verb("departure.planned", N_("Departure planned"))
DEPARTURE_CHANGED = _verb("departure.changed", N_("Departure changed"))
DEPARTURE_CARRIED_OUT = _verb("departure.carried-out", N_("Departure took place"))
DEPARTURE_CALLED_OFF = _verb("departure.called-off", N_("Departure called off"))
STATE_BEGUN = _verb("state.begun", N_("State recorded"))
STATE_ENDED = _verb("state.ended", N_("State ended"))
STATE_CHANGED = _verb("state.changed", N_("State mended"))
STATE_REMOVED = _verb("state.removed", N_("State removed"))
INFLOW_CHANGED = _verb("inflow.changed", N_("Inflow changed"))
OUTFLOW_RECORDED = _verb("outflow.recorded", N_("Outflow recorded"))
OUTFLOW_CHANGED = _verb("outflow.changed", N_("Outflow changed"))
OUTFLOW_REMOVED = _verb("outflow.removed", N_("Outflow removed"))
DOSSIER_CLOSED = _verb("dossier.closed", N_("Dossier closed"))
DOSSIER_REOPENED = _verb("dossier.reopened", N_("Dossier opened again"))
CHECK_RECORDED = _verb("check.recorded", N_("Removability check recorded"), scope=ScopeKind.PERSON)
DOCUMENT_RECORDED = _verb("document.recorded", N_("Travel document recorded"), scope=ScopeKind.PERSON)
CHECKLIST_KEPT = _verb("departure.checked", N_("Checklist of the departure answered"), compartment=_WORK)
PAPER_WRITTEN = _verb("paper.written", N_("Text for a paper changed"))
PAPER_READ = _verb("paper.read", N_("Text for a paper read"))
SHEET_SEALED = _verb("sheet.sealed", N_("Sheet made final"), undoable=False)
DISCLOSED = _verb("disclosed", N_("Printed or handed out"), undoable=False)
RESOLVED = _verb("resolved", N_("Difference cleared up"), undoable=False)
TAKEN_IN = _verb("file.taken", N_("File of a colleague taken in"), undoable=False)
TAKEN_BACK = _verb("file.taken-back", N_("File of a colleague taken back"), undoable=False)
HANDOVER_OFFERED = _verb("handover.offered", N_("Family offered to a colleague"), undoable=False)
HANDOVER_WITHDRAWN = _verb("handover.withdrawn", N_("Offer of the family withdrawn"), undoable=False)
HANDOVER_ACCEPTED = _verb("handover.accepted", N_("Family taken over"), undoable=False)
HANDOVER_REFUSED = _verb("handover.refused", N_("Family not taken over"), undoable=False)
PERSONS_TAKEN_APART = _verb("persons.apart", N_("Not one person but two"), scope=ScopeKind.PERSON)
PERSONS_ARE_TWO = _verb("persons.two", N_("Not one person but two"), undoable=False, scope=ScopeKind.PERSON)
FAMILY_REMOVED = _verb("dossier.removed", N_("Family removed"))
FAMILY_BROUGHT_BACK = _verb("dossier.brought-back", N_("Family brought back"))
FAMILY_OPENED_AGAIN = _verb("dossier.opened-again", N_("Opened again as a new case"), undoable=False)
DROPPED = _verb("dossier.dropped", N_("Family taken off this laptop"), undoable=False)
DESTROYED = _verb("dossier.destroyed", N_("Family destroyed"), undoable=False)
PERSON_DESTROYED = _verb("person.destroyed", N_("Person destroyed"), undoable=False)
REDACTED = _verb("redacted", N_("Value taken out"), undoable=False)
PERSONS_LINKED = _verb("person.linked", N_("Two records said to be one person"), scope=ScopeKind.PERSON)
NOTE_WRITTEN = _verb("note.written", N_("Note written down"), compartment=_WORK)
NOTES_TRANSFERRED = _verb("notes.transferred", N_("Notes copied into the official system"), compartment=_WORK)
_FACT_PLACES = (
    (ScopeKind.PERSON, Compartment.KERN),
    (ScopeKind.PERSON, Compartment.WERKWIJZE),
    (ScopeKind.PERSON, Compartment.ASIEL_STRAF),
    (ScopeKind.PERSON, Compartment.VEILIG_ADRES),
    (ScopeKind.DOSSIER, Compartment.KERN),
    (ScopeKind.DOSSIER, Compartment.WERKWIJZE),
    (ScopeKind.DOSSIER, Compartment.ASIEL_STRAF),
)
FactVerbs = dict[tuple[ScopeKind, Compartment], Verb]


def _fact_verbs(deed: str, title: str) -> FactVerbs:
    """One deed, with a code of its own for each place a fact may lie in."""
    return {
        place: _verb(f"fact.{deed}.{place[0]}.{place[1]}", title, scope=place[0], compartment=place[1])
        for place in _FACT_PLACES
    }


FACT_RECORDED = _fact_verbs("recorded", N_("Written down"))
FACT_CHANGED = _fact_verbs("changed", N_("Changed afterwards"))
FACT_REMOVED = _fact_verbs("removed", N_("Taken out of the file"))
UNDONE = _verb("undone", N_("Undone"))
REDONE = _verb("redone", N_("Redone"))
DELETED_VERB = _verb("record.deleted", N_("Removed"))
