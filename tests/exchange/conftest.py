"""The fixtures of every test here."""

from tests.support.colleague_case import desk
from tests.support.package_case import anna, bram, office
from tests.support.session_fixture import content
from tests.support.store_fixture import store, store_file, store_template

__all__ = ["anna", "bram", "content", "desk", "office", "store", "store_file", "store_template"]
