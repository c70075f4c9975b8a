"""The fifth schema: lists and search index by number. Its statements are frozen in the file beside it."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Drop the tables of lists and search and make them otherwise; they are filled anew, and no record changes."""
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in text.split(";\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """There is no way back: an older program refuses a newer store untouched."""
    raise RuntimeError("schemas only go forward")
