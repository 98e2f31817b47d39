"""What a read gives: rows that know their module, so that nothing else has to say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import asyncpg

if TYPE_CHECKING:
    from db.suite import Module, Suite


class Row(asyncpg.Record):  # type: ignore[misc]  # asyncpg ships no types for its C classes
    """One row of a module's table, by column name. Each module has its own subclass."""

    __slots__ = ()
    module: ClassVar[Module]


class RegisterRow(asyncpg.Record):  # type: ignore[misc]
    """One row of the register of records: what every record has, whatever its module."""

    __slots__ = ()
    suite: ClassVar[Suite]

    @property
    def module(self) -> Module:
        return self.suite[self["module"]]


class PrincipalRow(asyncpg.Record):  # type: ignore[misc]
    """A user or a team: what owns records and writes history."""

    __slots__ = ()


class CompanyRow(asyncpg.Record):  # type: ignore[misc]
    __slots__ = ()


class CommentRow(asyncpg.Record):  # type: ignore[misc]
    """A comment; read by the roll-up it has `via_kind` and `via_relation` too."""

    __slots__ = ()


class TagRow(asyncpg.Record):  # type: ignore[misc]
    """A tag; read for records it has `~record`, the id of the one it is on."""

    __slots__ = ()


class ChangeRow(asyncpg.Record):  # type: ignore[misc]
    """An entry of the history."""

    __slots__ = ()


class EventRow(asyncpg.Record):  # type: ignore[misc]
    """An entry of the event journal."""

    __slots__ = ()


class ListRow(asyncpg.Record):  # type: ignore[misc]
    """A saved list."""

    __slots__ = ()
