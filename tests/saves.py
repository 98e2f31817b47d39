"""Saves through GraphQL with all that their payloads say, and what the tables hold of a company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.client import Client

CHANGE = (
    "change { operation origin version actor { name } "
    "fields { name label before after beforeDisplay afterDisplay } }"
)
ERRORS = "errors { path code message conflict { name yours stored original } }"


@dataclass(frozen=True)
class Save:
    """What a mutation answered."""

    record: Any
    change: Any
    errors: list[Any]

    @property
    def id(self) -> str:
        assert not self.errors, self.errors
        return str(self.record["id"])

    @property
    def codes(self) -> list[str]:
        return [each["code"] for each in self.errors]

    @property
    def paths(self) -> list[list[str]]:
        return [each["path"] for each in self.errors]

    @property
    def told(self) -> dict[str, tuple[Any, Any]]:
        """Each field that changed, before and after."""
        return {each["name"]: (each["before"], each["after"]) for each in self.change["fields"]}


async def create(
    client: Client,
    module: str,
    select: str = "",
    *,
    key: str | None = None,
    language: str = "en",
    **values: Any,
) -> Save:
    arguments = {"input": (f"Create{module}Input!", values), "idempotencyKey": ("String", key)}
    return await _save(client, f"create{module}", module, select, arguments, language)


async def update(
    client: Client,
    module: str,
    id: str,
    select: str = "",
    *,
    expected: int | None = None,
    key: str | None = None,
    language: str = "en",
    **values: Any,
) -> Save:
    arguments = {
        "id": ("ID!", id),
        "input": (f"Update{module}Input!", values),
        "expectedVersion": ("Int", expected),
        "idempotencyKey": ("String", key),
    }
    return await _save(client, f"update{module}", module, select, arguments, language)


async def act(client: Client, action: str, module: str, id: str, *, key: str | None = None) -> Save:
    arguments = {"id": ("ID!", id), "idempotencyKey": ("String", key)}
    return await _save(client, f"{action}{module}", module, "", arguments, "en")


async def _save(
    client: Client,
    mutation: str,
    module: str,
    select: str,
    arguments: dict[str, tuple[str, Any]],
    language: str,
) -> Save:
    declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in arguments.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    one = module[0].lower() + module[1:]
    answer = await client.answer(
        f"mutation ({declared}) {{ {mutation}({passed}) {{ "
        f"{one} {{ id number version title {select} }} {CHANGE} {ERRORS} }} }}",
        {name: value for name, (_, value) in arguments.items() if value is not None},
        **{"Accept-Language": language},
    )
    assert not answer.get("errors"), answer["errors"]
    payload = answer["data"][mutation]
    return Save(payload[one], payload["change"], payload["errors"])


async def read(client: Client, module: str, id: str, select: str) -> Any:
    """Some fields of a record as it is now."""
    one = module[0].lower() + module[1:]
    data = await client.ask(f"query ($id: ID!) {{ {one}(id: $id) {{ {select} }} }}", id=id)
    return data[one]


async def history(client: Client, id: str) -> list[Any]:
    """The changes of a record, oldest first."""
    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { history(first: 100) { nodes { "
        "operation origin version actor { name } "
        "fields { name label before after beforeDisplay afterDisplay } } } } }",
        id=id,
    )
    nodes: list[Any] = data["record"]["history"]["nodes"]
    return nodes[::-1]


async def stored(client: Client) -> tuple[int, int, int]:
    """How many records, changes and line items the client's company has."""
    row = await client.world.database.pool.fetchrow(
        "SELECT (SELECT count(*) FROM record WHERE company_id = $1) AS records,"
        " (SELECT count(*) FROM change c JOIN record r ON r.id = c.record_id"
        "  WHERE r.company_id = $1) AS changes,"
        " (SELECT count(*) FROM line_item l JOIN record r ON r.id = l.document_id"
        "  WHERE r.company_id = $1) AS lines",
        client.company_id,
    )
    return row["records"], row["changes"], row["lines"]
