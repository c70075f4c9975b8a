"""The fixtures of every test here."""

from tests.support.colleague_case import desk
from tests.support.store_fixture import make_store_file, store, store_file, store_template

__all__ = ["desk", "make_store_file", "store", "store_file", "store_template"]
