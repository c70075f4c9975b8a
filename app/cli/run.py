"""Runs one command: 0 done, 1 refused or failed with one sentence on stderr.

Nothing heavy is imported before the command is known, so that the quick ones are quick.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, TextIO

from app.cli.exit_code import DONE, REFUSED
from app.cli.said import Said
from app.config import crash_report
from app.config.paths import find_paths
from app.domain.errors import KnownProblem
from app.domain.words import N_
from app.i18n import _, problem_text

if TYPE_CHECKING:
    from app.bootstrap import App


Command = Callable[[argparse.Namespace, "App"], tuple[int, Said]]

_MODULES = {
    "init": "stores",
    "demo": "stores",
    "verify": "stores",
    "backup": "stores",
    "restore": "stores",
    "export-dossiers": "dossiers",
    "import-dossiers": "dossiers",
    "state": "standing",
    "outflow": "standing",
    "close": "standing",
    "reopen": "standing",
    "member": "members",
    "export": "exchange",
    "inspect": "exchange",
    "import": "exchange",
    "receipt": "exchange",
    "taken-in": "exchanged",
    "who-has": "exchanged",
    "conflicts": "clear_up",
    "resolve": "clear_up",
    "same-person": "clear_up",
    "extracts": "extracts",
    "handover": "leaving",
    "drop": "leaving",
    "remove": "leaving",
    "destroy": "leaving",
    "take-out": "taking_out",
    "sheet": "papers",
    "agenda": "overviews",
    "figures": "figures",
    "check-data": "data_check",
    "identity": "colleagues",
    "trust": "colleagues",
}


class Stopped(KnownProblem):
    """Ctrl+C."""

    message = N_("Stopped. What had been saved is still there.")


class OurMistake(KnownProblem):
    """Something nobody foresaw; `file` is the report of it."""

    message = N_(
        "The program made a mistake. Your data are safe. A report without dossier data is in %(file)s"
    )


class OurMistakeUnwritten(KnownProblem):
    """The same, and no report could be written."""

    message = N_("The program made a mistake. Your data are safe.")


def run(
    arguments: argparse.Namespace,
    app: "App | None" = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run `arguments.command`; whatever happens becomes an exit code and at most one sentence on `err`."""
    voice = _Voice(arguments.json, out or sys.stdout, err or sys.stderr)
    try:
        return _run(arguments, app, voice)
    except KnownProblem as problem:
        return voice.refuse(problem)
    except KeyboardInterrupt:
        return voice.refuse(Stopped())
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the outermost edge: a report instead of a trace with case data
        return voice.refuse(_recorded(error, app))


def _run(arguments: argparse.Namespace, app: "App | None", voice: "_Voice") -> int:
    from app.cli import asking
    from app.storage.translate_errors import translate_errors

    asking.begin(arguments)
    from app import bootstrap

    module = import_module(f"app.cli.{_MODULES[arguments.command]}")
    command: Command = getattr(module, _name(arguments.command))
    with translate_errors():  # full disks and failing ones, wherever they show
        code, answer = command(arguments, app or bootstrap.build())
        voice.say(answer)
    return code


def _name(command: str) -> str:
    """The function behind a command; Python keeps some words for itself."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


def _recorded(error: Exception, app: "App | None") -> KnownProblem:
    folder = app.paths.crash_reports if app is not None else find_paths().crash_reports
    report = crash_report.write(folder, *crash_report.describe(error))
    return OurMistake(file=str(report.path)) if report.path is not None else OurMistakeUnwritten()


class _Voice:
    """Says what came out, in words or in JSON."""

    def __init__(self, machine: bool, out: TextIO, err: TextIO) -> None:
        self._machine, self._out, self._err = machine, out, err

    def say(self, answer: Said) -> None:
        """What a command found; then what failed, if anything did."""
        if not answer.silent:
            print(
                _json(answer.values) if self._machine else "\n".join(answer.text), file=self._out, flush=True
            )
        if answer.failure is not None:
            print(sentence(answer.failure), file=self._err)

    def refuse(self, problem: KnownProblem) -> int:
        """One sentence; for machines its name and values besides."""
        words = sentence(problem)
        if self._machine:
            print(
                _json({"problem": problem.code, "sentence": words, "params": problem.params}), file=self._out
            )
        print(words, file=self._err)
        return REFUSED


def sentence(problem: KnownProblem) -> str:
    """The sentence of a problem; of fields that cannot be kept, the first one by its name."""
    from app.domain.entry import EntryRefused
    from app.domain.record import KINDS

    if isinstance(problem, EntryRefused):
        first = problem.found[0]
        title = next(field.title for field in KINDS[first.kind].fields if field.name == first.field)
        return f"{_(title)}: {problem_text(first.problem)}"
    return problem_text(problem)


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)
