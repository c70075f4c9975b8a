"""The fixtures of every test here."""

from tests.support.store_fixture import make_store_file, store, store_file, store_template

__all__ = ["make_store_file", "store", "store_file", "store_template"]
