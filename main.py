"""Regiemap: python main.py [--demo] opens the window, python main.py COMMAND works without one."""

import gc
import sys
from typing import Final

LASTING_OBJECTS: Final = 50_000
"""Loading the program makes some 200,000 objects that stay. Looking through them for rubbish after each 700, as
Python does by itself, takes a tenth of the start."""

READ_PACKAGE: Final = "--read-package"
"""A frozen program that was started by itself to read a large package on a second core."""
RECKON_IMPORT: Final = "--reckon-import"
"""The same to hash and compare for the import of a large file."""


def main(arguments: list[str]) -> int:
    """Read the arguments, then run a command or open the window. Returns the exit code."""
    gc.set_threshold(LASTING_OBJECTS)
    if arguments[:1] == [READ_PACKAGE]:
        from app.exchange import read_worker

        return read_worker.main()
    if arguments[:1] == [RECKON_IMPORT]:
        from app.services import import_worker

        return import_worker.main()
    from app.cli.parser import WrongUse, read, refuse
    from app.cli.speech import speak_utf8
    from app.config.paths import find_paths
    from app.config.settings import read_settings
    from app.i18n import set_language

    speak_utf8()
    set_language(read_settings(find_paths().settings_file).settings.language)
    try:
        asked = read(arguments)
    except WrongUse as problem:
        return refuse(problem, arguments)
    if asked.command is not None:
        from app.cli.run import run

        code = run(asked)
        gc.freeze()  # all goes with the process: looking for rubbish on the way out takes a fifth of a second
        return code
    from app import bootstrap
    from ui.shell.start import start

    return start(bootstrap.build(), demo=asked.demo, store=asked.store)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
