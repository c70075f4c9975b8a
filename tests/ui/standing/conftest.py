"""A desk on a real store, with the threads of the program."""

from tests.support.session_fixture import clock, content, session
from tests.support.store_fixture import make_store_file, store, store_file, store_template
from tests.ui.family.conftest import desk, settle

__all__ = [
    "clock",
    "content",
    "desk",
    "make_store_file",
    "session",
    "settle",
    "store",
    "store_file",
    "store_template",
]
