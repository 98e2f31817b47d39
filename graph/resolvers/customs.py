"""What a company makes of the modules, read and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from strawberry import UNSET, Info

from db import customising
from db.customs import CustomField, customised
from db.declare import UNSET as UNDECLARED
from db.declare import Choice, snake_case
from db.errors import NotFound
from db.suite import Module
from db.writing import Work
from graph import names
from graph.context import Operation, operation
from graph.resolvers.given import given
from graph.resolvers.mutations import INPUT, Payload, reconfigure, refusing
from graph.resolvers.naming import module_named
from graph.resolvers.records import numbered

NAMES = ("header", "key_fields", "quick", "tabs", "required", "readonly")
"""The parts of a layout that are lists of names."""


@dataclass(frozen=True)
class CustomPayload(Payload):
    """What became of a custom field, or of a module's layout."""

    custom_field: CustomField | None = None
    module: Module | None = None


def name(root: CustomField) -> str:
    return names.camel(root.name)


def field(root: CustomField) -> str:
    return names.camel(root.column.name)


def label(root: CustomField, info: Info) -> str:
    return root.label.into(operation(info).language)


def default(root: CustomField) -> Any:
    held = root.column.default
    if held is UNDECLARED:
        return None
    return held.value if isinstance(held, Choice) else held


def fields_of(own: Operation, module: str) -> list[CustomField]:
    viewer = own.viewer
    return list(customised(viewer, module_named(own.suite, module)).custom.values())


async def _create_field(info: Info, module: str, input: Any) -> Any:
    of, sent = module_named(operation(info).suite, module), given(input)
    sent["name"] = snake_case(sent["name"])

    async def create(work: Work) -> CustomField:
        return await customising.create_field(work, of, sent)

    return CustomPayload(custom_field=await reconfigure(info, create, INPUT))


async def _update_field(info: Info, id: Any, input: Any) -> Any:
    number, sent = _number(id), given(input)
    sent = {name: value for name, value in sent.items() if value is not None or name == "default"}

    async def update(work: Work) -> CustomField:
        return await customising.update_field(work, number, sent)

    return CustomPayload(custom_field=await reconfigure(info, update, INPUT))


async def _delete_field(info: Info, id: Any) -> Any:
    number = _number(id)

    async def delete(work: Work) -> CustomField:
        return await customising.delete_field(work, number)

    return CustomPayload(custom_field=await reconfigure(info, delete))


def _number(id: Any) -> int:
    number = numbered(id, "field")
    if number is None:
        raise NotFound(customising.FIELD, str(id), ("id",))
    return number


async def _set_layout(
    info: Info, module: str, input: Any, expected_version: int | None = UNSET
) -> Any:
    of, parts = module_named(operation(info).suite, module), _stored(given(input))
    expected = None if expected_version is UNSET else expected_version

    async def lay_out(work: Work) -> None:
        await customising.set_layout(work, of, parts, expected)

    await reconfigure(info, lay_out, INPUT)
    return CustomPayload(module=of)


async def _reset_layout(info: Info, module: str) -> Any:
    of = module_named(operation(info).suite, module)

    async def reset(work: Work) -> None:
        await customising.reset_layout(work, of)

    await reconfigure(info, reset)
    return CustomPayload(module=of)


def _stored(sent: dict[str, Any]) -> dict[str, Any]:
    """The parts of a layout with fields called as they are stored."""
    parts: dict[str, Any] = {}
    for part, value in sent.items():
        kept = "key" if part == "key_fields" else part
        if value is None:
            parts[kept] = None
        elif part in NAMES:
            parts[kept] = [snake_case(name) for name in value]
        elif part == "blocks":
            parts[kept] = [
                {
                    **each,
                    "name": snake_case(each["name"]),
                    "fields": [snake_case(name) for name in each["fields"]],
                }
                for each in value
            ]
        else:
            key = "relation" if part == "roll_up" else "name"
            parts[kept] = [{**each, key: snake_case(each[key])} for each in value]
    return parts


create_field = refusing(_create_field, CustomPayload)
update_field = refusing(_update_field, CustomPayload)
delete_field = refusing(_delete_field, CustomPayload)
set_layout = refusing(_set_layout, CustomPayload)
reset_layout = refusing(_reset_layout, CustomPayload)
