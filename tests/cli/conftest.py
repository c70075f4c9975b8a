"""Commands and stores for these tests."""

from tests.support.command_case import app, command, contents, filled, filled_template
from tests.support.desk_case import desk, pair

__all__ = ["app", "command", "contents", "desk", "filled", "filled_template", "pair"]
