"""What Alembic runs for a migration: on the connection, and in the transaction, of `db.migrate`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

connection = context.config.attributes.get("connection")
if not isinstance(connection, Connection):
    raise SystemExit("Migrations need a lock and a connection: run `fiches migrate`.")

context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
