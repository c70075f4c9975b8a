"""How much work one guess at a passphrase costs (Argon2id, RFC 9106), with a floor and a ceiling.

The ceiling is there because costs are read from a file that anybody can plant: it must not hang the program.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

MEMORY_FLOOR_KIB: Final = 64 * 1024
MEMORY_CEILING_KIB: Final = 2 * 1024 * 1024
PASSES_CEILING: Final = 20
LANES_CEILING: Final = 16
WORK_CEILING_KIB: Final = 8 * 1024 * 1024
"""Memory times passes: about ten seconds on a slow laptop."""

_CALIBRATED_CEILING_KIB: Final = 512 * 1024
_FAST_S: Final = 0.5
_SLOW_S: Final = 1.5


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Memory in KiB, passes over it, lanes. Raises ValueError outside floor and ceiling."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if not (
            MEMORY_FLOOR_KIB <= self.memory_kib <= MEMORY_CEILING_KIB
            and 1 <= self.passes <= PASSES_CEILING
            and 1 <= self.lanes <= LANES_CEILING
            and self.memory_kib * self.passes <= WORK_CEILING_KIB
        ):
            raise ValueError("key derivation cost out of bounds")

    @classmethod
    def default(cls) -> Self:
        """For a passphrase, where nothing was measured: 256 MiB, 3 passes, 4 lanes."""
        return cls(256 * 1024, 3, 4)

    @classmethod
    def recovery(cls) -> Self:
        """For a recovery key: its 160 random bits need no slowing down."""
        return cls(MEMORY_FLOOR_KIB, 3, 4)

    @classmethod
    def lowest(cls) -> Self:
        """The least that is allowed; above OWASP's minimum for Argon2id. For tests and made-up stores."""
        return cls(MEMORY_FLOOR_KIB, 1, 4)


def argon2id(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes from a secret. Raises NotEnoughMemory."""
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    from app.storage.problem import NotEnoughMemory

    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID)
    except (HashingError, MemoryError) as error:
        raise NotEnoughMemory from error


def calibrate(measure: Callable[[KdfCost], float] | None = None) -> KdfCost:
    """The cost that takes between half a second and one second here; measured once, at first start.

    More memory comes before more passes, up to 512 MiB; a slow computer goes down to the floor and no
    further. `measure` gives seconds for a cost.
    """
    took = measure or _measure
    cost = KdfCost.default()
    seconds = took(cost)
    while seconds > _SLOW_S and cost.memory_kib > MEMORY_FLOOR_KIB:
        cost = KdfCost(cost.memory_kib // 2, cost.passes, cost.lanes)
        seconds = took(cost)
    while seconds < _FAST_S and cost.memory_kib < _CALIBRATED_CEILING_KIB:
        cost = KdfCost(cost.memory_kib * 2, cost.passes, cost.lanes)
        seconds = took(cost)
    while seconds < _FAST_S and cost.passes < PASSES_CEILING // 2:
        cost = KdfCost(cost.memory_kib, cost.passes + 1, cost.lanes)
        seconds = took(cost)
    return cost


def _measure(cost: KdfCost) -> float:
    start = time.perf_counter()
    argon2id(b"how fast is this computer", bytes(16), cost)
    return time.perf_counter() - start
