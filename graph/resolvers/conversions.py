"""What is left of a document to convert, and what a prospect would become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from strawberry import Info

from db.conversion import prospects
from db.conversion.left import is_open
from db.declare import Column
from db.kinds import kind_of
from db.suite import Module, module_of
from graph import names
from graph.context import Operation, operation
from graph.resolvers.records import record_id


async def to_convert(root: Any, info: Info) -> list[dict[str, Any]]:
    """For each module a document becomes, its lines of which something is left."""
    module = module_of(root)
    left = await operation(info).loaders.left(module).load(root["id"])
    return [
        {"into": into, "lines": [_line(each) for each in lines if is_open(module, root)]}
        for into, lines in left.items()
    ]


def _line(left: Any) -> dict[str, Any]:
    line = left.line
    return {"line": f"line-{line['id']}", "label": line["label"], "quantity": left.quantity}


@dataclass(frozen=True)
class Value:
    """A column and what it holds, as a preview shows it."""

    column: Column
    held: Any
    language: str

    @property
    def name(self) -> str:
        return names.camel(self.column.name)

    @property
    def label(self) -> str:
        return self.column.label.into(self.language)

    @property
    def value(self) -> Any:
        return self.held if self.column.choice else kind_of(self.column.type).dump(self.held)

    @property
    def display(self) -> str:
        if self.column.choice:
            label: str = self.column.choice(self.held).label.into(self.language)
            return label
        shown: str = kind_of(self.column.type).display(self.held, self.language)
        return shown


async def prospect_conversion(
    info: Info, id: Any, account: Any = None, contact: Any = None, deal: bool = False
) -> Any:
    """What a prospect would become; None where there is none that the viewer sees."""
    own = operation(info)
    module = own.suite[prospects.PROSPECT]
    key = record_id(id)
    row = None if key is None else await own.loaders.record(module).load(key)
    if row is None:
        return None
    if row["status"] == prospects.CONVERTED:
        return {"converted": True, "creates": [], "lost": [], "duplicates": []}
    made = prospects.drafts(module, row, {"account": account, "contact": contact}, deal=deal)
    lost = {name: row[name] for name in prospects.lost(module, row, made)}
    return {
        "converted": False,
        "creates": [
            {"module": each.module.name, "values": _values(own, each.module, each.values)}
            for each in made
        ],
        "lost": _values(own, module, lost),
        "duplicates": [
            {"argument": each.role, "field": names.camel(each.column), "record": each.row}
            for each in await prospects.duplicates(own.reader, made)
        ],
    }


def _values(own: Operation, module: Module, held: Any) -> list[Value]:
    pairs: Iterable[tuple[str, Any]] = held.items()
    return [Value(module.columns[name], value, own.language) for name, value in pairs]
