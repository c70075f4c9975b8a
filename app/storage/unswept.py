"""Much work at once without Python looking for rubbish meanwhile.

It would look again and again through all that is made for the work, which is in use until the end and goes by itself.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Only for work of seconds that ends: what hangs together in a circle stays until after it."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()
