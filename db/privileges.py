"""What the application's role may do on a database that another role migrated.

It reads and writes rows, and no more: it alters no table, disables no trigger, and of the history
and its seals it may only add (docs/security.md). What migrates grants this, after each migration.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, text

from db.statements import quoted

APPENDED: Final = ("change", "seal", "event")
"""Tables whose rows are added and never changed."""

GRANTS: Final = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE ON {appended} FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM {role}",
)

OWNS: Final = """
SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class
WHERE oid = to_regclass('public.change')
"""
"""Whether who asks may alter the history's table; nothing where there is none."""


def role_of(url: str | None) -> str | None:
    """The role that an address names."""
    user = urlsplit(url or "").username
    return unquote(user) if user else None


def application_role(database_url: str | None, migration_url: str | None) -> str | None:
    """The role to grant to: the application's, where another one migrates."""
    role = role_of(database_url)
    return role if migration_url and role != role_of(migration_url) else None


def grant(connection: Connection, role: str) -> None:
    """Let the role read and write rows, and no more. To be done by who owns the tables."""
    names = {"role": quoted(role), "appended": ", ".join(APPENDED)}
    for statement in GRANTS:
        connection.execute(text(statement.format(**names)))
