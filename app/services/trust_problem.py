"""What can go wrong between colleagues and is the user's to mend."""

# ruff: noqa: D101 - the sentence of each class is what it means

from app.domain.errors import KnownProblem
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
