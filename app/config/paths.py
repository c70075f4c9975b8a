"""Where the program keeps what is not in a store, on each system where that system keeps such things.

`REGIEMAP_HOME` puts everything in one folder instead: for tests, for use from a stick, and for a managed laptop.
No folder is made here; whoever writes makes it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from platformdirs import PlatformDirs

HOME_VARIABLE: Final = "REGIEMAP_HOME"
PROGRAM_ROOT: Final = Path(__file__).resolve().parents[2]
RESOURCES: Final = PROGRAM_ROOT / "resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The folders and files outside a store; none of them holds case data."""

    default_store: Path
    """The store offered at first start."""
    settings_file: Path
    """The settings that are read before a store is unlocked."""
    unlock_counter: Path
    """A folder with one small file per store, apart from it: how often it was opened here, so that a copy shows."""
    crash_reports: Path
    """Local reports of our own mistakes."""


def find_paths(environment: Mapping[str, str] | None = None) -> Paths:
    """Return the places for this user on this system; `environment` stands in for the real one in tests."""
    home = (os.environ if environment is None else environment).get(HOME_VARIABLE, "").strip()
    if home:
        base = Path(home).expanduser().absolute()
        return Paths(
            default_store=base / "store",
            settings_file=base / "settings.json",
            unlock_counter=base / "unlock",
            crash_reports=base / "crash",
        )
    # Not roaming: a store or a counter on a server's copy of the profile would be two of them.
    system = PlatformDirs("Regiemap", appauthor=False, roaming=False)
    return Paths(
        default_store=system.user_data_path / "store",
        settings_file=system.user_config_path / "settings.json",
        unlock_counter=system.user_state_path / "unlock",
        crash_reports=system.user_log_path / "crash",
    )
