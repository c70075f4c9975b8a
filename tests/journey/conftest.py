"""Commands and stores for these tests."""

from tests.support.command_case import app, command, contents, filled, filled_template

__all__ = ["app", "command", "contents", "filled", "filled_template"]
