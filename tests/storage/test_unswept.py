"""While much is made at once Python does not look for rubbish, and does again afterwards."""

import gc
from collections.abc import Iterator

import pytest

from app.storage.store import Store
from app.storage.unswept import unswept


@pytest.fixture(autouse=True)
def looking() -> Iterator[None]:
    before = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if before else gc.disable)()


def test_it_is_as_before_afterwards_whatever_happens() -> None:
    with unswept():
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="stop"), unswept():
        raise ValueError("stop")
    assert gc.isenabled()
    gc.disable()
    with unswept():
        pass
    assert not gc.isenabled()


def test_a_file_is_given_and_taken_without(store: Store) -> None:
    with store.whole(keep=False):
        assert not gc.isenabled()
    assert gc.isenabled()
