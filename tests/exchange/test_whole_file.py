"""A file on a stick: the whole file, read back, or nothing; whatever is pulled out, full or killed."""

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from typing_extensions import override

from app.domain.errors import KnownProblem
from app.exchange import whole_file as module
from app.exchange.package_file import read_package, write_package
from app.exchange.problem import FileExists, StickFault
from app.exchange.whole_file import write_file
from app.storage.problem import DiskFault, DiskFull, NoPlaceForFile, ReadOnlyFolder
from tests.support.package_bytes import HEAD, key, noise

NAME = "sync-20261123-7F3A.regiemap"
DATA = noise(3_000_000)


def fill(out: BinaryIO) -> None:
    for at in range(0, len(DATA), 100_000):
        out.write(DATA[at : at + 100_000])


def test_the_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    written = write_file(tmp_path / NAME, fill)
    assert list(tmp_path.iterdir()) == [written.path]
    assert written.path.read_bytes() == DATA
    assert (written.size, written.sha256) == (len(DATA), hashlib.sha256(DATA).digest())


def test_a_package_goes_out_and_comes_in(tmp_path: Path) -> None:
    members = [(name, len(data), [data]) for name, data in HEAD]
    written = write_file(tmp_path / NAME, lambda out: write_package(out, [key()[1]], members))
    with written.path.open("rb") as source:
        assert [(member.name, member.read(100)) for member in read_package(source, [key()[0]])] == [*HEAD]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "brief.regiemap"
    path.write_bytes(b"of somebody")
    with pytest.raises(FileExists):
        write_file(path, fill)
    assert path.read_bytes() == b"of somebody"


def test_nor_what_came_there_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "brief.regiemap"

    def slow(out: BinaryIO) -> None:
        fill(out)
        path.write_bytes(b"of somebody")

    with pytest.raises(FileExists):
        write_file(path, slow)
    assert path.read_bytes() == b"of somebody"
    assert list(tmp_path.iterdir()) == [path]


def test_what_an_earlier_kill_left_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "x.regiemap"
    (tmp_path / "x.regiemap.part").write_bytes(noise(5_000_000))
    write_file(path, fill)
    assert path.read_bytes() == DATA
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoPlaceForFile):
        write_file(tmp_path / "nothing" / NAME, fill)
    with pytest.raises(NoPlaceForFile):
        write_file(tmp_path, fill)


class Stop(KnownProblem):
    """Something else went wrong while the package was made."""


def test_a_package_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    def failing(out: BinaryIO) -> None:
        fill(out)
        raise Stop

    with pytest.raises(Stop):
        write_file(tmp_path / NAME, failing)
    assert list(tmp_path.iterdir()) == []


# --- sticks -----------------------------------------------------------------------------------------------------

FAULTS = [
    (errno.ENOSPC, DiskFull),
    (errno.EFBIG, DiskFull),
    (errno.EROFS, ReadOnlyFolder),
    (errno.EACCES, ReadOnlyFolder),
    (errno.EIO, DiskFault),
    (errno.ENODEV, DiskFault),
    (errno.ENXIO, DiskFault),
    (errno.ENOENT, StickFault),
    (errno.EINVAL, StickFault),
]


def faulty(number: int, after: int) -> type:
    class Faulty(module._Hashed):
        @override
        def write(self, data: Any, /) -> int:
            if self.size + len(data) > after:
                raise OSError(number, os.strerror(number))
            return super().write(data)

    return Faulty


@pytest.mark.parametrize("after", [0, 1_000_000, 2_900_000])
@pytest.mark.parametrize(("number", "problem"), FAULTS)
def test_a_fault_while_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: type[Exception], after: int
) -> None:
    monkeypatch.setattr(module, "_Hashed", faulty(number, after))
    with pytest.raises(problem):
        write_file(tmp_path / NAME, fill)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["fsync", "posix_fadvise", "rename"])
@pytest.mark.parametrize(("number", "problem"), FAULTS)
def test_a_fault_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, problem: type[Exception]
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    if step == "posix_fadvise" and sys.platform != "linux":
        pytest.skip("only Linux can be asked to forget what it holds of a file")
    monkeypatch.setattr("pathlib.Path.rename" if step == "rename" else f"os.{step}", fail)
    with pytest.raises(problem):
        write_file(tmp_path / NAME, fill)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def changed(data: bytes) -> bytes:
    return data[:-1] + bytes((data[-1] ^ 1,))


@pytest.mark.parametrize(
    "lose", [changed, lambda data: data[:-1], lambda data: data + b"\0", lambda _data: b""]
)
def test_a_stick_that_loses_something_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lose: Callable[[bytes], bytes]
) -> None:
    """The stick says that all is written; what it gives back is something else."""
    fsync = os.fsync

    def lying(handle: int) -> None:
        fsync(handle)
        for path in tmp_path.iterdir():
            path.write_bytes(lose(path.read_bytes()))

    monkeypatch.setattr("os.fsync", lying)
    with pytest.raises(StickFault):
        write_file(tmp_path / NAME, fill)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits are of POSIX")
def test_a_real_limit(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        with pytest.raises(DiskFull):
            write_file(tmp_path / NAME, fill)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


# --- kill -9 ----------------------------------------------------------------------------------------------------

_NURSERY = """
import os, signal, sys
from pathlib import Path
from app.exchange.whole_file import write_file
from tests.support.package_bytes import noise

DATA = noise(3_000_000)
left = None

def hook(event, arguments):
    global left
    if left is not None:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)

def fill(out):
    for at in range(0, len(DATA), 300_000):
        sys.audit("test.piece")
        out.write(DATA[at : at + 300_000])

for line in sys.stdin:
    folder, steps = line.rsplit(" ", 1)
    child = os.fork()
    if child == 0:
        left = int(steps)
        write_file(Path(folder) / "x.regiemap", fill)
        left = None
        os._exit(0)
    os.write(1, f"{os.waitpid(child, 0)[1]}\\n".encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_killed_at_any_step(tmp_path: Path) -> None:
    """Each thing that Python asks of the system, and each piece that is written, is a moment to be killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        assert nursery.stdin is not None and nursery.stdout is not None
        killed = seen_whole = 0
        for steps in range(200):
            folder = tmp_path / str(steps)
            folder.mkdir()
            print(folder, steps, file=nursery.stdin, flush=True)
            status = int(nursery.stdout.readline())
            left = {path.name: path for path in folder.iterdir()}
            whole = left.pop("x.regiemap", None)
            assert left.keys() <= {"x.regiemap.part"}
            if whole is not None:
                assert whole.read_bytes() == DATA
                seen_whole += 1
                whole.unlink()
            if status == 0:
                break
            killed += 1
            assert write_file(folder / "x.regiemap", fill).size == len(DATA)  # and again, without trouble
        nursery.stdin.close()
    assert killed > 12
    assert seen_whole > 1  # once it was killed after the file had its name
