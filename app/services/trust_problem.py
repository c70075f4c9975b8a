"""What can go wrong between colleagues and is the user's to mend.

Why nothing is given to a laptop or taken from it is said here once, for commands and screens alike.
"""

# ruff: noqa: D101 - the sentence of each class is what it means

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Colleague, Trust
from app.domain.words import N_


class TrustProblem(KnownProblem):
    """Anything below."""


class OwnCardGiven(TrustProblem):
    message = N_("This is your own card. Choose the card that your colleague gave you.")


class OwnDevice(TrustProblem):
    message = N_("This is a device of your own. There is nothing to compare or to reject.")


class OwnDeviceInUse(TrustProblem):
    message = N_("You work on this device yourself. Make new keys first; then this can be done.")


class ColleagueUnknown(TrustProblem):
    message = N_("There is no card of this device here. Add the card of your colleague first.")


class ColleagueAmbiguous(TrustProblem):
    message = N_("Several devices fit “%(name)s”. Use the beginning of the device instead of the name.")


class GroupsNotRead(TrustProblem):
    message = N_("Type six groups of five digits, or scan the QR code of your colleague.")


class GroupsDiffer(TrustProblem):
    message = N_(
        "These digits do not belong to this card. Nothing was changed. "
        "Compare them once more; if they still differ, ask for the card again."
    )


class ColleagueRevoked(TrustProblem):
    message = N_("This device was revoked. Ask your colleague for the card of the new device.")


class CompareFirst(TrustProblem):
    message = N_("Compare the six groups of digits with this colleague first.")


class NotRegistrar(TrustProblem):
    message = N_("Only the registrar of the location can do this. You can reject the device for yourself.")


class ReasonUnknown(TrustProblem):
    message = N_("This reason is not in the list. Choose one of the list.")


class ReceiverNotTrusted(TrustProblem):
    message = N_("%(name)s cannot get a file yet. First compare the six groups of figures with each other.")


class ReceiverRevoked(TrustProblem):
    message = N_(
        "The laptop of %(name)s was revoked. Nothing goes to it any more. "
        "Ask your colleague for the card of the new device."
    )


class ReceiverRejected(TrustProblem):
    message = N_("You rejected %(name)s. Nothing goes to this laptop until you take the rejection back.")


class SenderNotTrusted(TrustProblem):
    message = N_(
        "You have not compared with %(name)s yet. You can look at the file, not take it in. "
        "First compare the six groups of figures with each other."
    )


class SenderRevoked(TrustProblem):
    message = N_("The laptop of %(name)s was revoked. You can look at the file, not take it in.")


class SenderRejected(TrustProblem):
    message = N_("You rejected %(name)s. You can look at the file, not take it in.")


_NOT_GIVEN: dict[Trust, type[TrustProblem]] = {
    Trust.UNVERIFIED: ReceiverNotTrusted,
    Trust.REVOKED: ReceiverRevoked,
    Trust.REJECTED: ReceiverRejected,
}
_NOT_TAKEN: dict[Trust, type[TrustProblem]] = {
    Trust.UNVERIFIED: SenderNotTrusted,
    Trust.REVOKED: SenderRevoked,
    Trust.REJECTED: SenderRejected,
}


def why_not_given(one: Colleague, name: str = "") -> TrustProblem | None:
    """Why nothing may be given to a device, None when it may; `name` is how the screen calls it."""
    return _why(_NOT_GIVEN, one, name)


def why_not_taken(one: Colleague, name: str = "") -> TrustProblem | None:
    """Why nothing may be taken in from a device, None when it may; `name` is how the screen calls it."""
    return _why(_NOT_TAKEN, one, name)


def _why(problems: dict[Trust, type[TrustProblem]], one: Colleague, name: str) -> TrustProblem | None:
    if one.trust.trusted:
        return None
    return problems[one.trust](name=name or one.name or one.device[:16])
