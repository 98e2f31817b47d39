"""The table of a module: the whole record in one place, and the indexes its reads rely on.

What each index is for: `(company, id)` lists in the default order; `(owner, id)` the lists of who
sees only their own; `(foreign key, id)` tabs; `(foreign key, last comment)`, holding commented
records only, the roll-up (docs/decisions/roll-up.md), which companies may switch on for any
relation; a folded text, `startsWith` and pickers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, MetaData, Table, Text, text
from sqlalchemy import Column as TableColumn
from sqlalchemy.dialects.postgresql import JSONB

from db.declare import Column
from db.kinds import kind_of
from db.statements import quoted
from db.tables import MOMENT, NOW, company, principal, record, record_ids

if TYPE_CHECKING:
    from db.suite import Module

KEPT = text("deleted_at IS NULL")
COMMENTED = text("last_comment_at IS NOT NULL")


def table_of(module: Module, metadata: MetaData) -> Table:
    name = module.declared.table_name
    own = [_value(column) for column in module.columns.values()]
    keys: list[TableColumn[Any]] = [
        TableColumn(
            relation.foreign_key,
            ForeignKey(f"{module.target(relation).declared.table_name}.id"),
            nullable=relation.optional,
        )
        for relation in module.relations.values()
    ]
    table = Table(name, metadata, *(_part() if module.part else _common()), *own, *keys)
    for index in _part_indexes(table) if module.part else _indexes(module, table):
        table.append_constraint(index)
    for relation in module.relations.values():
        key = relation.foreign_key
        Index(f"ix_{_short(name, key)}_id", table.c[key], table.c.id)
        if not module.part:
            Index(
                f"ix_{_short(name, key)}_last",
                table.c[key],
                table.c.last_comment_at,
                table.c.last_comment_id,
                postgresql_where=COMMENTED,
            )
    return table


def _common() -> list[TableColumn[Any]]:
    return [
        _id(),
        TableColumn("company_id", ForeignKey(company.c.id), nullable=False),
        TableColumn("number", Text, nullable=False),
        TableColumn("title", Text, nullable=False),
        TableColumn("owner_id", ForeignKey(principal.c.id), nullable=False),
        TableColumn("created_at", MOMENT, nullable=False, server_default=NOW),
        TableColumn("created_by_id", ForeignKey(principal.c.id), nullable=False),
        TableColumn("updated_at", MOMENT, nullable=False, server_default=NOW),
        TableColumn("updated_by_id", ForeignKey(principal.c.id), nullable=False),
        TableColumn("version", Integer, nullable=False, server_default="1"),
        TableColumn("deleted_at", MOMENT),
        TableColumn("custom", JSONB, nullable=False, server_default=text("'{}'")),
        TableColumn("last_comment_at", MOMENT),
        TableColumn("last_comment_id", BigInteger),
    ]


def _id() -> TableColumn[Any]:
    # Named, not given as a Sequence: that would be made once more with each suite's tables.
    following = text(f"nextval('{record_ids.name}')")
    return TableColumn(
        "id", BigInteger, server_default=following, primary_key=True, autoincrement=False
    )


def _part() -> list[TableColumn[Any]]:
    return [
        _id(),
        TableColumn("document_id", ForeignKey(record.c.id), nullable=False),
    ]


def _value(column: Column) -> TableColumn[Any]:
    sql = Text() if column.choice else kind_of(column.type).sql
    nullable = column.optional or column.readonly
    return TableColumn(column.name, sql, nullable=nullable, comment=column.label.fr)


def _indexes(module: Module, table: Table) -> list[Any]:
    name = table.name
    found = [
        Index(f"ix_{name}_company_id_id", table.c.company_id, table.c.id, postgresql_where=KEPT),
        Index(
            f"ix_{name}_owner_id_id",
            table.c.owner_id,
            table.c.id,
            # Every read asks for the company: counting what some own then looks into no rows.
            postgresql_include=["company_id"],
            postgresql_where=KEPT,
        ),
        Index(f"uq_{name}_number", table.c.company_id, table.c.number, unique=True),
    ]
    required = next((r for r in module.relations.values() if r.required), None)
    within = [table.c.company_id, *([table.c[required.foreign_key]] if required else [])]
    for column in module.all_columns.values():
        own = table.c[column.name]
        if column.unique:
            unique = unique_index(module, column.name)
            found.append(Index(unique, *within, own, unique=True, postgresql_where=KEPT))
        if column.choice is None and kind_of(column.type).text and not _long(column):
            folded = text(f'fold({quoted(column.name)}) COLLATE "C"')
            found.append(Index(f"ix_{_short(name, column.name)}_fold", table.c.company_id, folded))
    return found


def unique_index(module: Module, column: str) -> str:
    """The name of the index that keeps a unique column unique."""
    return f"uq_{_short(module.declared.table_name, column)}"


def _part_indexes(table: Table) -> list[Any]:
    return [Index(f"ix_{table.name}_document_id_position", table.c.document_id, table.c.position)]


def _long(column: Column) -> bool:
    """Whether a text may outgrow what an index entry holds (a third of a page)."""
    return kind_of(column.type).name in ("LongText", "URL")


def _short(table: str, column: str) -> str:
    """PostgreSQL cuts names at 63 bytes, and two cut names may be one."""
    name = f"{table}_{column}"
    if len(name) <= 50:
        return name
    return "_".join(word[:4] for word in table.split("_")) + f"_{column}"
