"""The fixtures of every test here."""

from tests.support.colleague_case import desk
from tests.support.package_case import anna, bram, office
from tests.support.session_fixture import content
from tests.support.store_fixture import make_store_file, store, store_file, store_template

__all__ = [
    "anna",
    "bram",
    "content",
    "desk",
    "make_store_file",
    "office",
    "store",
    "store_file",
    "store_template",
]
