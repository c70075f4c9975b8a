"""What can go wrong with a store and is the user's to mend: one plain sentence each, with the way on.

"Wrong passphrase" and "damaged" are always different problems: who believes that a damaged file is a
forgotten passphrase throws a good backup away.
"""

# ruff: noqa: D101 - the sentence of each class is what it means

from app.domain.errors import KnownProblem
from app.domain.words import N_


class StorageProblem(KnownProblem):
    """Anything below."""


# -- opening
# -----------------------------------------------------------------------------------------------------------


class PassphraseNeeded(StorageProblem):
    message = N_("Type the passphrase of this store.")


class WrongPassphrase(StorageProblem):
    message = N_("This passphrase is not right. Look at Caps Lock and the keyboard language and try again.")


class WrongRecoveryKey(StorageProblem):
    message = N_(
        "This recovery key is written without mistakes, but it does not belong to this store. "
        "Look for the newest recovery sheet."
    )


class WaitBeforeTrying(StorageProblem):
    """`minutes`: whole minutes that are left, at least 1."""

    message = N_("After several wrong tries the program waits. Try again in %(minutes)d min.")


class InterruptedKeyChange(StorageProblem):
    message = N_("Replacing the data key was interrupted. Use the new passphrase or the new recovery key.")


class MissingStore(StorageProblem):
    message = N_("There is no store in this folder. Choose another folder or restore a backup.")


class StoreExists(StorageProblem):
    message = N_("There is already a store in this folder. Open it or choose an empty folder.")


class FolderNotEmpty(StorageProblem):
    message = N_("There are files in this folder already. Choose a new or empty folder.")


class MissingKeyFile(StorageProblem):
    message = N_(
        "The key file store.keyring is missing. Put it back from a backup; without it the store cannot open."
    )


class DamagedKeyFile(StorageProblem):
    message = N_(
        "The key file store.keyring is damaged. Your passphrase may be right. Restore the newest backup."
    )


class NewerKeyFile(StorageProblem):
    message = N_("This store was made by a newer version of the program. Install that version to open it.")


class DamagedStore(StorageProblem):
    message = N_(
        "The database of this store is damaged. Your passphrase is right. Restore the newest good backup."
    )


class StoreInUse(StorageProblem):
    message = N_("Another program has this store open. Close it there and try again.")


class StoreLocked(StorageProblem):
    message = N_("The store is locked. Unlock it to go on.")


class ReadOnlyStore(StorageProblem):
    message = N_("This store is open for reading only. Nothing was changed.")


class IncompleteInstallation(StorageProblem):
    message = N_("The program is not installed completely. Run the set-up command again.")


# -- disk and memory
# ---------------------------------------------------------------------------------------------------


class ReadOnlyFolder(StorageProblem):
    message = N_("The program may not write in this folder. Choose another folder or ask for access.")


class NoPlaceForFile(StorageProblem):
    """A folder that is not there, or a name that belongs to a folder."""

    message = N_("The file cannot be written there. Choose an existing folder and a name for the file.")


class DiskFull(StorageProblem):
    message = N_(
        "The disk is full or does not take a file this large. Make room and try again. Nothing was changed."
    )


class DiskFault(StorageProblem):
    message = N_(
        "The disk reports a fault. Check that it is connected, make a backup on another disk and try again."
    )


class StoreBusy(StorageProblem):
    message = N_("The store is busy with another task. Try again in a moment.")


class NotEnoughMemory(StorageProblem):
    message = N_("This computer has too little free memory for this. Close other programs and try again.")


# -- recovery key
# ------------------------------------------------------------------------------------------------------


class RecoveryKeyLength(StorageProblem):
    message = N_("The recovery key has %(expected)d characters; you typed %(found)d.")


class RecoveryKeyCharacter(StorageProblem):
    message = N_("The character %(character)s does not occur in a recovery key.")


class RecoveryKeyGroup(StorageProblem):
    message = N_("There is a mistake in group %(group)d of the recovery key. Look at that group again.")


# -- scans ---------------------------------------------------------------------------------------------------
# ----------


class ScanEmpty(StorageProblem):
    message = N_("This file is empty. Choose another file.")


class ScanTooLarge(StorageProblem):
    message = N_(
        "This file is too large. A scan may be at most %(megabytes)d MB. Scan it again in black and white."
    )


class ScanTypeRefused(StorageProblem):
    message = N_("Only PDF, JPEG and PNG files can be kept as a scan. Save the file as PDF and try again.")


class ScanMissing(StorageProblem):
    message = N_("The file of this scan is missing. Restore a backup or add the scan again.")


class ScanDamaged(StorageProblem):
    message = N_("The file of this scan is damaged. Restore a backup or add the scan again.")


# -- backups
# -----------------------------------------------------------------------------------------------------------


class MissingBackup(StorageProblem):
    message = N_("This backup file is not there. Check that the disk is connected.")


class BackupExists(StorageProblem):
    message = N_("There is already a file with this name. Choose another name for the backup.")


class DamagedBackup(StorageProblem):
    message = N_("This is not a whole backup of a store. Choose another backup. Nothing was restored.")


class NewerBackup(StorageProblem):
    message = N_(
        "This backup was made by a newer version of the program. Install that version to restore it."
    )
