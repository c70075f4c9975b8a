"""Makes the program's own Python environment (`.venv`) from a lock file, and looks for what Qt needs of Linux.

Standard library only: this runs before anything is installed. The two commands that use it, `start.py` and
`check.py`, are the ones on the README's first screen; what goes wrong is said in Dutch, in one sentence.
"""

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NoReturn

ROOT: Final = Path(__file__).resolve().parents[1]
Lock = Literal["run", "dev"]

# What `ldd` names for QtGui and the offscreen platform of PySide6-Essentials 6.11, and Debian's package for it.
DRAWING_LIBRARIES: Final[Mapping[str, str]] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# A window needs these besides; Wayland desktops show X11 windows too.
WINDOW_LIBRARIES: Final[Mapping[str, str]] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class SetupProblem(Exception):
    """One Dutch sentence, with the way on, for whoever sets the program up."""


def prepare(lock: Lock, *, with_window: bool, root: Path = ROOT) -> Path:
    """Make or re-use `.venv` for `lock` and compile the catalogues; return its Python. Raises SetupProblem."""
    if sys.platform == "linux":
        look_for_libraries({**DRAWING_LIBRARIES, **(WINDOW_LIBRARIES if with_window else {})})
    python = venv_python(root / ".venv")
    stamp = root / ".venv" / "regiemap-lock.json"
    wanted = fingerprints(root)
    if not (python.exists() and is_up_to_date(stamp, lock, wanted)):
        make_venv(root / ".venv", python)
        stamp.unlink(missing_ok=True)
        install(python, root / "requirements" / f"{lock}.txt")
        # dev holds run: what the tests set up can start the program too.
        held = wanted if lock == "dev" else {name: wanted[name] for name in ("run", "python")}
        stamp.write_text(json.dumps(held), encoding="utf-8")
    compile_catalogues(python, root)
    compile_content(python, root)
    return python


# --- .venv ------------------------------------------------------------------------------------------------------


def venv_python(venv: Path) -> Path:
    """Return where the environment's Python lies on this system."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def fingerprints(root: Path) -> dict[str, str]:
    """Return what an environment was made from: the hash of each lock file, and the Python."""
    locks = {name: root / "requirements" / f"{name}.txt" for name in ("run", "dev")}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in locks.items()}
    return found | {"python": f"{sys.version_info.major}.{sys.version_info.minor}"}


def is_up_to_date(stamp: Path, lock: Lock, wanted: Mapping[str, str]) -> bool:
    """Say whether the environment was made whole from these lock files; a damaged stamp means no."""
    try:
        held = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and all(held.get(name) == wanted[name] for name in (lock, "python"))


def make_venv(venv: Path, python: Path) -> None:
    """Make the environment, or make it anew when its Python is another version or does not start."""
    if python.exists() and version_of(python) == sys.version_info[:2]:
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        apt_install([package], "Deze Python kan geen eigen omgeving maken.")
    say("De omgeving voor het programma (.venv) wordt gemaakt…")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=False)
    if made.returncode != 0:
        raise SetupProblem(
            f"De map {venv.name} kan niet worden gemaakt. Kijk of u in deze map mag schrijven en of er ruimte is."
        )


def version_of(python: Path) -> tuple[int, ...]:
    """Return the version of a Python, or () if it does not start."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        asked = subprocess.run([str(python), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return ()
    return tuple(int(part) for part in asked.stdout.split()) if asked.returncode == 0 else ()


def install(python: Path, lock_file: Path) -> None:
    """Install exactly what the lock file names. Raises SetupProblem."""
    say(f"De pakketten uit {lock_file.name} worden geïnstalleerd. Dat duurt de eerste keer een paar minuten…")
    options = [
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    command = [str(python), "-m", "pip", "install", *options, "-r", str(lock_file)]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode != 0:
        raise SetupProblem(
            "De pakketten konden niet worden geïnstalleerd. Hierboven staat wat pip meldt. Kijk of er verbinding is "
            "met de pakketindex, en geef de opdracht daarna opnieuw."
        )


def compile_catalogues(python: Path, root: Path) -> None:
    """Build the language files that the program reads, unless they are newer than their texts. Raises SetupProblem."""
    if all(is_newer(po.with_suffix(".mo"), po) for po in (root / "locale").glob("*/LC_MESSAGES/*.po")):
        return
    if subprocess.run([str(python), str(root / "tools" / "i18n.py"), "compile"], check=False).returncode != 0:
        raise SetupProblem("De taalbestanden konden niet worden gemaakt. Hierboven staat wat er mis is.")


def compile_content(python: Path, root: Path) -> None:
    """Build the content packs in the form that loads fast; without it the program reads the readable ones."""
    packs = root / "resources" / "content"
    code = list((root / "app" / "content").glob("*.py"))
    built = {toml: packs / "compiled" / f"{toml.stem}.json" for toml in packs.glob("*.toml")}
    if not all(is_newer(json, source) for toml, json in built.items() for source in (toml, *code)):
        subprocess.run([str(python), "-m", "app.content.compile"], check=False, cwd=root)


def is_newer(built: Path, source: Path) -> bool:
    """Say whether `built` is there and no older than what it is made from."""
    return built.exists() and built.stat().st_mtime >= source.stat().st_mtime


# --- Linux ------------------------------------------------------------------------------------------------------


def missing_libraries(libraries: Mapping[str, str]) -> list[str]:
    """Return the names of the shared libraries that this system cannot load."""
    return [name for name in libraries if not can_load(name)]


def can_load(name: str) -> bool:
    """Say whether the system's loader finds a library; the same search as Qt's own at its start."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def look_for_libraries(libraries: Mapping[str, str]) -> None:
    """See to it that the libraries are there; as root they are installed, else one line is named."""
    missing = missing_libraries(libraries)
    if not missing:
        return
    apt_install(
        sorted({libraries[name] for name in missing}),
        f"Het venster heeft onderdelen van Linux nodig die hier ontbreken: {', '.join(missing)}.",
    )
    if missing := missing_libraries(libraries):
        raise SetupProblem(f"Deze onderdelen van Linux ontbreken nog steeds: {', '.join(missing)}.")


def apt_install(packages: Sequence[str], why: str) -> None:
    """Install Debian packages as root; anyone else is told the one line that does it. Raises SetupProblem."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    apt_get = shutil.which("apt-get")
    if apt_get is None:
        raise SetupProblem(f"{why} Installeer ze met de pakketbeheerder van uw systeem (in Debian: {line}).")
    if os.geteuid() != 0:
        raise SetupProblem(f"{why} Geef eerst deze opdracht:\n\n    sudo {line}\n")
    say(f"{why} Ze worden geïnstalleerd…")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], line.split()[1:]):
        done = subprocess.run([apt_get, "-q", *arguments], env=quiet, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise SetupProblem(f"apt-get kon ze niet installeren. Geef deze opdracht zelf: {line}")


# --- going on ---------------------------------------------------------------------------------------------------


def say(sentence: str) -> None:
    """Tell what happens now, at once, beside the output of the commands that are run."""
    print(sentence, file=sys.stderr, flush=True)


def hand_over(python: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Go on as `python arguments`; the exit code and the signals are the new program's own."""
    command = [str(python), *arguments]
    if os.name == "nt":
        # exec on Windows gives the prompt back before the program ends.
        sys.exit(subprocess.run(command, env=dict(environment), check=False).returncode)
    sys.stdout.flush()
    os.execve(python, command, dict(environment))
