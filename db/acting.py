"""Who a command acts as: commands see and do what a user may."""

from __future__ import annotations

from typing import Final

from db.access import Viewer
from db.accounts import user_id_of, viewer_of
from db.database import Database
from db.start_errors import StartError

FIRST_ADMINISTRATOR: Final = (
    "SELECT id FROM app_user WHERE administrator AND active ORDER BY id LIMIT 1"
)


async def acting(database: Database, email: str) -> Viewer:
    """The user with this address, unless one is named the first administrator. StartError where
    there is none.
    """
    async with database.pool.acquire() as connection:
        if email:
            user = await user_id_of(connection, email)
        else:
            user = await connection.fetchval(FIRST_ADMINISTRATOR)
    if user is None and email:
        raise StartError(f"nobody signs in as {email}", "add them with `fiches user add`")
    if user is None:
        raise StartError("there is no administrator", "add one with `fiches user add --admin`")
    return await viewer_of(database, user)
