"""kill -9 in the middle of changing keys and of making a backup: the store opens, and what has a name is whole."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.storage import backup, opening
from app.storage.problem import InterruptedKeyChange, WrongPassphrase
from app.storage.secret import from_passphrase, from_recovery
from tests.storage.key_case import PASSPHRASE, RECOVERY, make_store, opens

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")

_CHANGES = """
import sys
from pathlib import Path
from app.storage import key_change, recovery_key, rekey
from app.storage.kdf_cost import KdfCost
from app.storage.secret import from_passphrase
path, now = Path(sys.argv[1]), sys.argv[2]
for number in range(1000):
    wanted = f"zin nummer {number}"
    print(wanted, flush=True)
    if number % 2:
        key_change.change_passphrase(path, from_passphrase(now), wanted, cost=KdfCost.lowest())
    else:
        recovery = recovery_key.RecoveryKey(bytes(range(20)))
        rekey.replace_data_key(path, now, recovery, new_passphrase=wanted, cost=KdfCost.lowest())
    now = wanted
"""

_BACKUPS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.storage import backup, opening
from app.storage.secret import from_passphrase
opened = opening.open_store(Path(sys.argv[1]), from_passphrase(sys.argv[2]))
print("open", flush=True)
for number in range(1000):
    target = Path(sys.argv[1]).with_name(f"{number}.regiemap-backup")
    backup.make_backup(opened.folder, opened.key, target, made=datetime.now(UTC))
"""


def said_until_killed(code: str, store: Path, passphrase: str, after_s: float) -> list[str]:
    """Run `code`, kill it so many seconds after its first word, and give its words."""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(store), passphrase], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline().strip()
        time.sleep(after_s)
        child.kill()
        return [first, *child.stdout.read().splitlines()]


@pytest.mark.parametrize("after_s", [0.12, 0.31, 0.47])
def test_killed_while_keys_change(tmp_path: Path, after_s: float) -> None:
    store = make_store(tmp_path / "store")
    said = [PASSPHRASE, *said_until_killed(_CHANGES, store, PASSPHRASE, after_s)]
    working = []
    for passphrase in said[-2:]:
        try:
            assert opens(store, from_passphrase(passphrase)) == 3
            working.append(passphrase)
        except (WrongPassphrase, InterruptedKeyChange):
            continue
    assert len(working) == 1
    opened = opening.open_store(store, from_recovery(RECOVERY))
    opened.lock()


def test_killed_while_backups_are_made(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", rows=400)
    for after_s in (0.02, 0.07, 0.11):
        said_until_killed(_BACKUPS, store, PASSPHRASE, after_s)
        opened = opening.open_store(store, from_passphrase(PASSPHRASE))
        for file in tmp_path.glob("*.regiemap-backup"):
            backup.check_backup(file, opened.key)
            file.unlink()
        opened.lock()
    assert opens(store, from_passphrase(PASSPHRASE)) == 400
