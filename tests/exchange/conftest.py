"""The fixtures of every test here."""

from tests.support.session_fixture import content

__all__ = ["content"]
