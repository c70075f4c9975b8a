"""Faults as somebody might make them, each a few words of the program's source changed, planted in one test run.

A pytest plugin: `REGIEMAP_PLANTED_FAULT=name pytest -p tests.support.planted_faults`. The program itself knows nothing
of this; the files on disk stay as they are. `tools/planted_faults.py` runs them all.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

from typing_extensions import override

from tests.support.fault_list import FAULTS, Fault

__all__ = ["BY_NAME", "FAULTS", "DoesNotFit", "Fault", "plant", "planted", "source_of"]

ROOT: Final = Path(__file__).resolve().parents[2]
VARIABLE: Final = "REGIEMAP_PLANTED_FAULT"


class DoesNotFit(ValueError):
    """The words to change are not there, or more than once."""


def source_of(module: str) -> Path:
    """The file of a module of the program."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def planted(fault: Fault) -> str:
    """The source with the fault in it. Raises `DoesNotFit`."""
    text = source_of(fault.module).read_text("utf-8")
    if text.count(fault.good) != 1:
        raise DoesNotFit(fault.name)
    return text.replace(fault.good, fault.bad)


@dataclass(frozen=True)
class _Loader(importlib.abc.InspectLoader):
    """Loads a module with a fault in it."""

    fault: Fault

    @override
    def get_source(self, fullname: str) -> str:
        return planted(self.fault)

    @override
    def get_code(self, fullname: str) -> CodeType:
        return compile(planted(self.fault), str(source_of(self.fault.module)), "exec", dont_inherit=True)

    @override
    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(source_of(self.fault.module))
        exec(self.get_code(self.fault.module), module.__dict__)  # noqa: S102


class _Finder(importlib.abc.MetaPathFinder):
    """Comes before all others for the one module."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._fault.module:
            return None
        return importlib.util.spec_from_loader(fullname, _Loader(self._fault))


BY_NAME: Final[Mapping[str, Fault]] = {fault.name: fault for fault in FAULTS}


def plant(name: str) -> None:
    """Let the fault be there from the first import on."""
    fault = BY_NAME[name]
    if fault.module in sys.modules:
        raise RuntimeError(f"{fault.module} is loaded already")
    planted(fault)
    sys.meta_path.insert(0, _Finder(fault))


if os.environ.get(VARIABLE):
    plant(os.environ[VARIABLE])
