"""The fixtures of every test here."""

from tests.support.package_case import anna, bram, office
from tests.support.session_fixture import content

__all__ = ["anna", "bram", "content", "office"]
