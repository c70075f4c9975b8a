"""Alembic runs here on the one connection that the caller gives; there is no second way to change the schema."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False, transactional_ddl=True)
context.run_migrations()
