"""Every derived name, in one place. Nothing else builds a name by hand."""

from __future__ import annotations

import re
from functools import cache

from strawberry.schema.name_converter import NameConverter

from db.declare import Column, Fact, snake_case
from db.display import type_of as type_name
from db.suite import Module


def node(module: Module) -> str:
    return module.name


def edge(module: Module) -> str:
    return f"{module.name}Edge"


def connection(module: Module) -> str:
    return f"{module.name}Connection"


def aggregate(module: Module) -> str:
    return f"{module.name}Aggregate"


def numbers(module: Module) -> str:
    return f"{module.name}Numbers"


def extremes(module: Module) -> str:
    return f"{module.name}Extremes"


def filter_input(module: Module) -> str:
    return f"{module.name}Filter"


def list_filter_input(module: Module) -> str:
    return f"{module.name}ListFilter"


def order_input(module: Module) -> str:
    return f"{module.name}Order"


def create_input(module: Module) -> str:
    return f"Create{module.name}Input"


def update_input(module: Module) -> str:
    return f"Update{module.name}Input"


def part_input(module: Module) -> str:
    return f"{module.name}Input"


def compare_input(value: str) -> str:
    """`Date` gives `DateFilter`."""
    return f"{value}Filter"


def payload(action: str, module: Module, into: Module | None = None) -> str:
    """`convert`, `Quote`, into `SalesOrder` gives `ConvertQuoteToSalesOrderPayload`."""
    made = f"To{into.name}" if into else ""
    return f"{action.capitalize()}{module.name}{made}Payload"


def one(module: Module) -> str:
    """`CustomerInvoice` gives `customer_invoice`."""
    return snake_case(module.name)


def many(module: Module) -> str:
    """`CustomerInvoice` gives `customer_invoices`."""
    return module.declared.many


def mutation(action: str, module: Module, into: Module | None = None) -> str:
    """`create`, `CustomerInvoice` gives `create_customer_invoice`; with a module that it makes
    another `into`, `convert_quote_to_sales_order`.
    """
    return f"{action}_{one(module)}" + (f"_to_{one(into)}" if into else "")


def mutation_of_many(action: str, module: Module) -> str:
    """`update`, `CustomerInvoice` gives `update_customer_invoices`."""
    return f"{action}_{many(module)}"


def type_of(fact: Fact | None) -> str:
    """What a field is read as: its scalar or enum, the module it leads to, `Actor` for people."""
    if fact is None:
        return "Actor"
    return type_name(fact) if isinstance(fact, Column) else fact.target_name


class Spelling(NameConverter):
    """Strawberry's own spelling, worked out once a name: each input that it reads is asked for the
    names of all its fields.
    """

    @cache  # noqa: B019  # there is one, for as long as the process lasts
    def apply_naming_config(self, name: str) -> str:
        return super().apply_naming_config(name)


def camel(name: str) -> str:
    """`due_on` gives `dueOn`, as GraphQL spells it; a trailing underscore is Python's own."""
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


def snake(name: str) -> str:
    """`dueOn` gives `due_on`: the name behind one that a client wrote."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
