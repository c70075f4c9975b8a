"""The fourth schema: the list of persons. Its statements are frozen in the file beside it."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add tables and columns; nothing that was there changes."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """There is no way back: an older program refuses a newer store untouched."""
    raise RuntimeError("schemas only go forward")
