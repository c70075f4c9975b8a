"""The fixtures of every test here."""

from tests.support.colleague_case import desk
from tests.support.other_session import other_session
from tests.support.package_case import anna, bram, office
from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template

__all__ = [
    "anna",
    "bram",
    "clock",
    "content",
    "desk",
    "make_store_file",
    "office",
    "other_session",
    "session",
    "store",
    "store_file",
    "store_template",
]
