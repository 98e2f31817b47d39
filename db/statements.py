"""From SQLAlchemy Core to what asyncpg runs: SQL text, and the names of its parameters in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.expression import ClauseElement

DIALECT: Final = asyncpg.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, eq=False)
class Statement:
    """Compiled SQL. `defaults` are the values that were written into the clause."""

    sql: str
    names: tuple[str, ...]
    defaults: Mapping[str, Any]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The statement's parameters in order: from `values`, else as written in the clause."""
        return [values[name] if name in values else self.defaults[name] for name in self.names]


def quoted(name: str) -> str:
    """A name as SQL takes it: a module may be an Order, with a limit."""
    return DIALECT.identifier_preparer.quote(name)


def compiled(clause: ClauseElement) -> Statement:
    """Compile once, run often: what calls this caches its result by the shape of the read."""
    done: Any = clause.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return Statement(done.string, tuple(done.positiontup or ()), dict(done.params))
