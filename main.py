"""Regiemap: python main.py [--demo] opens the window, python main.py COMMAND works without one."""

import sys


def main(arguments: list[str]) -> int:
    """Read the arguments, then run a command or open the window. Returns the exit code."""
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

        return run(asked)
    from app import bootstrap
    from ui.shell.start import start

    return start(bootstrap.build(), demo=asked.demo, store=asked.store)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
