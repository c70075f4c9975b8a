"""The first schema. Its statements are frozen in the file beside it: one a line, each ending in `;`."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first release."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """There is no way back: an older program refuses a newer store untouched."""
    raise RuntimeError("schemas only go forward")
