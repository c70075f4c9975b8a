"""Opens the store of a command and locks it again, whatever happens in between."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap import App
from app.cli.asking import secret
from app.i18n import _
from app.services.gate import Unlocked
from app.storage.opening import Notice, get_ready
from app.storage.problem import MissingStore, ReadOnlyFolder, StoreInUse
from app.storage.store_folder import StoreFolder

_TOLD = (Notice.PREVIOUS_KEY_FILE_USED, Notice.REPLACED_KEY_FINISHED, Notice.NEW_DEVICE)


@contextmanager
def opened(
    arguments: argparse.Namespace,
    app: App,
    *,
    read_only: bool = False,
    must_write: bool = True,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Unlocked]:
    """The unlocked store. `read_only`: nothing is written, so another program may have it open meanwhile.

    `meanwhile` is work that needs no store: it is done while the key is on its way.

    With `must_write` a store that opens for reading only is refused (`StoreInUse`, `ReadOnlyFolder`) instead of
    failing somewhere in the middle. Raises also what `Gate.unlock` raises.
    """
    folder = Path(arguments.store)
    if not StoreFolder(folder).exists():  # before anybody is asked for a passphrase
        raise MissingStore
    given = secret(arguments)
    get_ready()
    if meanwhile is not None:
        meanwhile()
    unlocked = app.gate.unlock(folder, given, read_only=read_only)
    try:
        if unlocked.read_only and must_write and not read_only:
            raise StoreInUse if Notice.OTHER_PROGRAM in unlocked.notices else ReadOnlyFolder
        for notice in unlocked.notices:
            if notice in _TOLD:
                print(_(notice.message), file=sys.stderr)
        yield unlocked
    finally:
        unlocked.lock()
