"""What can be wrong with a file of the exchange: one calm sentence each, with what to do.

"Not for this device", "damaged" and "not one of ours" are always different problems: each has another way on.
"""

# ruff: noqa: D101 - the sentence of each class is what it means

from collections.abc import Iterable

from app.domain.errors import KnownProblem
from app.domain.words import N_


class ExchangeProblem(KnownProblem):
    """Anything below."""


# --- the file ---------------------------------------------------------------------------------------------------


class NotAPackage(ExchangeProblem):
    message = N_(
        "This is not an exchange file of this program. If it came inside a zip file, unpack it first; "
        "otherwise ask the sender for the file again."
    )


class NotForYou(ExchangeProblem):
    message = N_(
        "This file was not made for this device. Ask the sender to choose you as a receiver and to send it again."
    )


class DamagedPackage(ExchangeProblem):
    message = N_(
        "This file is damaged. Copy it once more, or ask the sender for it again. Nothing was changed here."
    )


class WrongSignature(ExchangeProblem):
    message = N_(
        "What stands in this file was not written by whom it says, or was changed afterwards. Nothing was taken over. "
        "Ask the sender, in person or by phone, whether they made this file."
    )


class ForkedPackage(ExchangeProblem):
    message = N_(
        "A laptop in this file was copied or put back and wrote on under the same name. Nothing was taken in. Ask the "
        "sender to make new keys on it and to send a complete file."
    )


class NewerPackage(ExchangeProblem):
    """`version`: what the file asks for."""

    message = N_(
        "This file was made by a newer version of the program (%(version)s). Update the program and open "
        "the file again."
    )


class DangerousPackage(ExchangeProblem):
    message = N_(
        "This file holds something that does not belong in an exchange file. Nothing was taken over. "
        "Tell the sender and do not open it again."
    )


class PackageTooLarge(DangerousPackage):
    message = N_(
        "This file unpacks to more than the program accepts. Nothing was taken over. Ask the sender for "
        "several smaller files."
    )


class TooManyReceivers(ExchangeProblem):
    message = N_(
        "A file can have at most %(most)d receivers. Choose fewer and make a second file for the others."
    )


# --- parts for mail -----------------------------------------------------------------------------------------------


class _PartsProblem(ExchangeProblem):
    """`numbers`: of the parts, as text; `total`: how many there are."""

    def __init__(self, *, numbers: Iterable[int], total: int) -> None:
        self.numbers = tuple(numbers)
        super().__init__(numbers=", ".join(map(str, self.numbers)), total=total)


class PartMissing(_PartsProblem):
    message = N_(
        "This file was sent in %(total)d parts. Still missing: part %(numbers)s. Put all parts in one folder "
        "and open one of them."
    )


class PartDamaged(_PartsProblem):
    message = N_(
        "Of this file in %(total)d parts, part %(numbers)s is damaged. Save it once more from the mail."
    )


# --- writing a file -------------------------------------------------------------------------------------------------


class StickFault(ExchangeProblem):
    message = N_(
        "The file could not be read back as it was written. Use another stick or folder and make the file again."
    )


class FileExists(ExchangeProblem):
    message = N_("There is already a file with this name. Choose another name.")
