"""Comments as they are written: on a record, in answer to one, edited and deleted by their author.

A comment leaves the record's version and its time of change; history says that one was written,
not what (erasing it must erase it). Who may read a record may comment on it, unless their profile
says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, exists, select

from db import reading
from db.access import Scope, visible_register
from db.declare import Label
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.history import Entry, Operation
from db.kinds import Invalid, LongText, kind_of
from db.rows import CommentRow
from db.statements import Statement, compiled
from db.tables import comment, record
from db.writing import Work

COMMENT: Final = Label("Commentaire", "Comment")
LONGEST: Final = 20_000
"""Characters of one comment."""

ADD = """
INSERT INTO comment (record_id, parent_id, author_id, body) VALUES ($1, $2, $3, $4) RETURNING *
"""
ADD_MANY = """
INSERT INTO comment (record_id, parent_id, author_id, body, created_at)
SELECT record_id, parent_id, author_id, body, created_at
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::timestamptz[])
    WITH ORDINALITY AS given(record_id, parent_id, author_id, body, created_at, position)
ORDER BY position
RETURNING id
"""
EDIT = "UPDATE comment SET body = $2, edited_at = now() WHERE id = $1 RETURNING *"
DELETE = "UPDATE comment SET body = '', deleted_at = now() WHERE id = $1 RETURNING *"


async def add(
    work: Work, record_id: int | None, body: str, parent_id: int | None = None
) -> tuple[Any, Any]:
    """Write a comment; the rows of the comment and of its change.

    A reply goes to the record and the thread of what it answers. Raises NotFound, Forbidden,
    InvalidInput.
    """
    text = _checked(body)
    if parent_id is not None:
        parent = await _seen(work, parent_id, "parent")
        # Threads are one level deep: an answer to a reply stands beside it.
        parent_id = parent["parent_id"] or parent["id"]
        record_id = parent["record_id"]
        on = await _readable(work, parent["record_id"])
    else:
        on = await _readable(work, record_id)
    if on is None:
        raise NotFound(Label("Fiche", "Record"), record_id or "", ("record",))
    if not work.viewer.granted("comment", on.module):
        raise Forbidden(on.module.singular, "comment", ("record",))
    author = work.viewer.id
    row = await work.connection.fetchrow(
        ADD, record_id, parent_id, author, text, record_class=CommentRow
    )
    return row, await _tell(work, row, Operation.COMMENTED)


@dataclass(frozen=True)
class Note:
    """A comment written elsewhere or before, with its author and its time."""

    record_id: int
    author_id: int
    body: str
    created_at: datetime
    parent_id: int | None = None


async def add_many(work: Work, notes: Sequence[Note]) -> list[int]:
    """Write comments as they stood where they come from; their ids, in order.

    What `add` checks of records and threads is the caller's affair. The history says that the
    viewer brought them. Raises InvalidInput.
    """
    bodies = [_checked(note.body) for note in notes]
    rows = await work.connection.fetch(
        ADD_MANY,
        [note.record_id for note in notes],
        [note.parent_id for note in notes],
        [note.author_id for note in notes],
        bodies,
        [note.created_at for note in notes],
    )
    ids = [row["id"] for row in rows]
    await work.tell(
        Entry(note.record_id, Operation.COMMENTED, comment_id=id)
        for note, id in zip(notes, ids, strict=True)
    )
    return ids


async def edit(work: Work, comment_id: int, body: str) -> tuple[Any, Any]:
    """Change one's own comment. Raises NotFound, Forbidden, InvalidInput."""
    text = _checked(body)
    await _own(work, comment_id)
    row = await work.connection.fetchrow(EDIT, comment_id, text, record_class=CommentRow)
    return row, await _tell(work, row, Operation.COMMENT_EDITED)


async def delete(work: Work, comment_id: int) -> tuple[Any, Any]:
    """Erase one's own comment (an administrator, anyone's); with replies, its place remains."""
    await _own(work, comment_id, or_administrator=True)
    row = await work.connection.fetchrow(DELETE, comment_id, record_class=CommentRow)
    return row, await _tell(work, row, Operation.COMMENT_DELETED)


def may_edit(viewer: Any, comment: Any) -> bool:
    return bool(comment["author_id"] == viewer.id and comment["deleted_at"] is None)


def may_delete(viewer: Any, comment: Any) -> bool:
    own = comment["author_id"] == viewer.id or viewer.administrator
    return bool(own and comment["deleted_at"] is None)


async def _own(work: Work, comment_id: int, *, or_administrator: bool = False) -> Any:
    row = await _seen(work, comment_id)
    allowed = may_delete if or_administrator else may_edit
    if not allowed(work.viewer, row):
        raise Forbidden(COMMENT, "edit", ("id",))
    return row


async def _seen(work: Work, comment_id: int, argument: str = "id") -> Any:
    """The comment, locked, if the viewer may read the record it lies on. Raises NotFound.

    One statement: what is hidden costs no other number of them than what is not there, and is not
    locked either.
    """
    found = await work.fetch(lock_statement(work.viewer.scope), {"id": comment_id}, CommentRow)
    if not found:
        raise NotFound(COMMENT, comment_id, (argument,))
    return found[0]


@lru_cache(maxsize=1024)
def lock_statement(scope: Scope) -> Statement:
    """The comment of an id, held, where the viewer sees the record it lies on."""
    rows, on = comment.alias("t"), record.alias()
    seen = exists().where(on.c.id == rows.c.record_id, visible_register(on, scope))
    mine = (rows.c.id == bindparam("id", type_=BigInteger), rows.c.deleted_at.is_(None), seen)
    return compiled(select(rows).where(*mine).with_for_update(of=rows))


async def _readable(work: Work, record_id: int | None) -> Any | None:
    """The record, as the register has it; None where the viewer sees none."""
    if record_id is None:
        return None
    return (await reading.registered_by_id(work, work.suite, [record_id])).get(record_id)


async def _tell(work: Work, comment: Any, operation: Operation) -> Any:
    (change,) = await work.tell([Entry(comment["record_id"], operation, comment_id=comment["id"])])
    return change


def _checked(body: str) -> str:
    try:
        text = kind_of(LongText).parse(body)
    except Invalid as wrong:
        raise InvalidInput([Problem.of(("body",), COMMENT, wrong)]) from None
    if text is None or not text.strip():
        raise InvalidInput([Problem(("body",), ErrorCode.REQUIRED, "required", {"label": COMMENT})])
    if len(text) > LONGEST:
        params = {"label": COMMENT, "maximum": LONGEST}
        raise InvalidInput([Problem(("body",), ErrorCode.TOO_LONG, "too_long", params)])
    return str(text)
