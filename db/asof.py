"""What a record was: its fields at any time, made of its history alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, bindparam, text

from db.customs import PREFIX
from db.history import alike, field_change
from db.kinds import kind_of
from db.reading import Fetches
from db.statements import compiled
from db.suite import Module
from db.titles import title

# The last that was told of each field up to the last change that is not later than `at`. Times are
# those of transactions, which may commit in another order than they began; ids are not, as a
# record is held while it is written: so a state is a prefix of the changes, one that there was.
STATE: Final = """
WITH own AS (
    SELECT * FROM change WHERE record_id = :record
        AND operation NOT IN ('LINKED', 'UNLINKED', 'TAGGED', 'UNTAGGED', 'SHARED', 'UNSHARED')
), until AS (
    SELECT max(id) AS id FROM own WHERE at <= :at
), told AS (
    SELECT own.* FROM own, until WHERE own.id <= until.id
), fields AS (
    SELECT DISTINCT ON (field ->> 'name') field
    FROM told, jsonb_array_elements(fields) WITH ORDINALITY AS each(field, place)
    ORDER BY field ->> 'name', id DESC, place DESC
)
SELECT until.id AS change_id,
    (SELECT max(version) FROM told) AS version,
    (SELECT operation <> 'RESTORED' FROM told WHERE operation IN ('DELETED', 'RESTORED', 'PURGED')
        ORDER BY id DESC LIMIT 1) AS deleted,
    (SELECT jsonb_agg(field) FROM fields) AS fields
FROM until WHERE until.id IS NOT NULL
"""


PARAMETERS: Final = (
    bindparam("record", type_=BigInteger),
    bindparam("at", type_=DateTime(timezone=True)),
)
STATEMENT: Final = compiled(text(STATE).bindparams(*PARAMETERS))

BESIDE: Final = ("number", "owner", "line_items")
"""What is told of records beside their own facts."""


@dataclass(frozen=True)
class State:
    """A record as it was. `told` is what history told last of each field, in the record's order;
    `values` what they held, by name, in JSON form; `shown` what relations and people were called.
    """

    module: Module
    change_id: int
    version: int
    deleted: bool
    told: Sequence[Mapping[str, Any]]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        return {each["name"]: each["after"] for each in self.told}

    @cached_property
    def shown(self) -> Mapping[str, str]:
        shown = {each["name"]: each.get("after_display") for each in self.told}
        return {name: display for name, display in shown.items() if display is not None}

    @property
    def number(self) -> str:
        return str(self.values["number"])

    @property
    def title(self) -> str:
        held = {
            name: value if fact.choice else kind_of(fact.type).parse(value)
            for name, fact in self.module.columns.items()
            if (value := self.values.get(name)) is not None
        }
        return title(self.module, held, self.number, self.shown)


async def state(reader: Fetches, module: Module, id: int, at: datetime) -> State | None:
    """The record of this module and id as it was then; None before it was created. Whoever asks
    must see the record. One statement.
    """
    rows = await reader.fetch(STATEMENT, {"record": id, "at": at})
    if not rows:
        return None
    (row,) = rows
    told = {each["name"]: each for each in row["fields"] or ()}
    custom = sorted(name for name in told if name.startswith(PREFIX))
    held = [told[name] for name in (*named(module), *custom) if name in told]
    return State(module, row["change_id"], row["version"], bool(row["deleted"]), held)


def named(module: Module) -> tuple[str, ...]:
    """What a record of the module holds, by the names that history tells it by, in its order."""
    return (*BESIDE[:2], *module.facts, *BESIDE[2:])


def differences(module: Module, before: State | None, after: State | None) -> list[dict[str, Any]]:
    """The fields that differ from one time to another, as history tells fields."""
    found = []
    custom = {
        each["name"]
        for state in (before, after)
        for each in (state.told if state else ())
        if each["name"].startswith(PREFIX)
    }
    for name in (*named(module), *sorted(custom)):
        was, now = _held(before, name), _held(after, name)
        if not alike(was[0], now[0]):
            found.append(field_change(name, was[0], now[0], was[1], now[1]))
    return found


def _held(state: State | None, name: str) -> tuple[Any, str | None]:
    if state is None:
        return None, None
    value = state.values.get(name)
    # Nothing linked is told as an empty list, or not at all.
    return (None if value == [] else value), state.shown.get(name)
