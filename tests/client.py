"""A client on a company of its own: documents in, answers out, and the statements they took."""

from __future__ import annotations

from typing import Any

import httpx2
from starlette.applications import Starlette

from db.access import Viewer
from db.accounts import add_company, add_user, viewer_of
from db.database import Database
from db.declare import snake_case
from db.suite import Suite
from db.tokens import Tokens


class Client:
    """One signed-in user. `ask` expects data, `refused` expects errors; both remember the cost."""

    def __init__(self, http: httpx2.AsyncClient, world: World, user_id: int, company_id: int):
        self.http = http
        self.world = world
        self.user_id = user_id
        self.company_id = company_id
        self.statements = 0
        self.cost: dict[str, int] = {}
        self.headers = {"Authorization": f"Bearer {world.tokens.issue(user_id)}"}

    @property
    def suite(self) -> Suite:
        return self.world.database.suite

    async def viewer(self) -> Viewer:
        """Who the client is, for what is tested below GraphQL."""
        return await viewer_of(self.world.database, self.user_id)

    async def answer(self, document: str, variables: dict[str, Any], **headers: str) -> Any:
        """The whole answer, whatever it holds."""
        response = await self.http.post(
            "/graphql",
            json={"query": document, "variables": variables},
            headers={**self.headers, **headers},
        )
        answer = response.json()
        self.cost = answer.get("extensions", {}).get("cost", {})
        self.statements = self.cost.get("statements", 0)
        return answer

    async def ask(self, document: str, /, **variables: Any) -> Any:
        """The data of a document that must succeed."""
        answer = await self.answer(document, variables)
        assert "errors" not in answer or not answer["errors"], answer["errors"]
        return answer["data"]

    async def refused(self, document: str, /, **variables: Any) -> list[dict[str, Any]]:
        """The errors of a document that must be refused: their code and message."""
        answer = await self.answer(document, variables)
        assert answer.get("errors"), f"accepted: {answer['data']}"
        return [
            {"code": each["extensions"]["code"], "message": each["message"]}
            for each in answer["errors"]
        ]

    async def create(self, module: str, **values: Any) -> str:
        """The id of a new record; values by GraphQL name."""
        one = module[0].lower() + module[1:]
        data = await self.ask(
            f"mutation ($input: Create{module}Input!) {{ create{module}(input: $input) "
            f"{{ {one} {{ id }} errors {{ path message }} }} }}",
            input=values,
        )
        payload = data[f"create{module}"]
        assert not payload["errors"], payload["errors"]
        return str(payload[one]["id"])

    async def act(self, action: str, module: str, id: str) -> Any:
        """The payload of `delete`, `restore`, `validate`: the errors must be looked at."""
        data = await self.ask(
            f"mutation ($id: ID!) {{ {action}{module}(id: $id) {{ errors {{ path code message }} "
            f"change {{ operation }} }} }}",
            id=id,
        )
        return data[f"{action}{module}"]

    async def comment(self, record: str, body: str, parent: str | None = None) -> str:
        """The id of a new comment."""
        data = await self.ask(
            "mutation ($record: ID, $body: String!, $parent: ID) { addComment(record: $record, "
            "body: $body, parent: $parent) { comment { id } errors { message } } }",
            record=record,
            body=body,
            parent=parent,
        )
        assert not data["addComment"]["errors"], data["addComment"]["errors"]
        return str(data["addComment"]["comment"]["id"])

    async def comments(self, record: str, roll_up: bool = False) -> list[str]:
        """The bodies of a record's comments, newest first."""
        data = await self.ask(
            "query ($id: ID!, $rollUp: Boolean!) { record(id: $id) { comments(rollUp: $rollUp, "
            "first: 100) { nodes { body } } } }",
            id=record,
            rollUp=roll_up,
        )
        return [node["body"] for node in data["record"]["comments"]["nodes"]]

    async def colleague(self, name: str = "Camille", *, administrator: bool = False) -> Client:
        """Another user of the same company."""
        return await self.world.user(name, self.company_id, administrator=administrator)

    async def share(self, *modules: str) -> None:
        """Let everyone in the company read the modules' records."""
        await self.world.database.pool.executemany(
            "INSERT INTO sharing (company_id, module) VALUES ($1, $2)",
            [(self.company_id, module) for module in modules],
        )


class World:
    """An application on a database, in which each test makes a company of its own."""

    def __init__(self, app: Starlette, database: Database, tokens: Tokens) -> None:
        self.app = app
        self.database = database
        self.tokens = tokens
        self.users = 0
        self.http = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="http://fiches.example", timeout=60
        )

    async def company(self) -> Client:
        """The administrator of a new company."""
        company_id = await add_company(self.database.pool, "Société d’essai")
        return await self.user("Alice", company_id, administrator=True)

    async def user(self, name: str, company_id: int, *, administrator: bool = False) -> Client:
        async with self.database.pool.acquire() as connection:
            self.users += 1
            user_id = await add_user(
                connection,
                email=f"{snake_case(name)}.{company_id}.{self.users}@fiches.example",
                name=name,
                company_id=company_id,
                administrator=administrator,
            )
        return Client(self.http, self, user_id, company_id)
