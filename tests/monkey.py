"""Every mutation of the schema, called at random on a company of its own.

Arguments are made up from the schema and the declarations: ids are those of records that are
there and of the right module, so that much of what is tried is done, and much of it refused.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random
from typing import Any

from db.kinds import kind_of
from db.suite import Module
from graph import names
from tests.client import Client
from tests.test_every_module import SAMPLES

SCALARS: dict[str, list[Any]] = defaultdict(list)
for type_, samples in SAMPLES.items():
    SCALARS[kind_of(type_).name] += samples
SCALARS["Date"] = ["2026-02-03", "2026-03-31", "2026-04-01"]
SCALARS["Money"] = ["12.34", "0.10", "24.00", "100"]
SCALARS["Decimal"] = ["1", "1.5", "2"]

TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name } } }"
MUTATIONS = (
    "{ __schema { mutationType { fields { name args { name type { " + TYPE + " } } "
    "type { ofType { name fields { name type { " + TYPE + " } } } } } } } }"
)
INPUT = (
    "query ($name: String!) { __type(name: $name) { kind enumValues { name } "
    "inputFields { name type { " + TYPE + " } } } }"
)
TAG = "Tag"
LEFT_OUT = (
    "signIn",
    "refresh",
    "signOut",
    "signOutEverywhere",
    "revokeSession",
    "changePassword",
    "createApiKey",
    "revokeApiKey",
    "createList",
    "updateList",
    "deleteList",
    "duplicateList",
    "setDefaultList",
)
"""What writes no record."""


class Monkey:
    """Calls mutations, and remembers the ids of what they made."""

    def __init__(self, client: Client, random: Random) -> None:
        self.client, self.random = client, random
        self.ids: dict[str, list[str]] = defaultdict(list)
        self.deleted: dict[str, list[str]] = defaultdict(list)
        self.comments: list[str] = []
        self.changes: list[tuple[str, str, list[str]]] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self._types: dict[str, Any] = {}
        self.mutations: dict[str, Any] = {}

    async def learn(self) -> None:
        """Read the schema's mutations."""
        data = await self.client.ask(MUTATIONS)
        self.mutations = {
            each["name"]: each
            for each in data["__schema"]["mutationType"]["fields"]
            if each["name"] not in LEFT_OUT
        }

    async def call(self, name: str) -> None:
        """Call one mutation with arguments made up."""
        mutation = self.mutations[name]
        variables, declared = {}, []
        for argument in mutation["args"]:
            given = await self._argument(mutation, argument)
            if given is not None:
                variables[argument["name"]] = given
                declared.append(f"${argument['name']}: {_written(argument['type'])}")
        passed = ", ".join(f"{each}: ${each}" for each in variables)
        opened = f"({', '.join(declared)})" if declared else ""
        called = f"{name}({passed})" if passed else name
        document = f"mutation {opened} {{ {called} {{ {self._selection(mutation)} }} }}"
        answer = await self.client.answer(document, variables)
        if answer.get("errors"):
            codes = {each["extensions"]["code"] for each in answer["errors"]}
            assert "INTERNAL" not in codes, (document, variables, answer["errors"])
            self.refused[name] += 1
            self.reasons[f"{name} {codes} {[e['message'] for e in answer['errors']]}"] += 1
            return
        self._remember(name, answer["data"][name])
        if not answer["data"][name]["errors"]:
            self._moved(name, variables)

    def _selection(self, mutation: Any) -> str:
        fields = {each["name"]: each["type"] for each in mutation["type"]["ofType"]["fields"]}
        selected = ["errors { code path }"]
        if "done" in fields:
            return "done changed errors { code path }"
        if "change" in fields:
            selected.append("change { id record { id } fields { name } }")
        selected += [
            f"{name} {{ __typename id }}"
            for name, type_ in fields.items()
            if name not in ("change", "errors") and _named(type_)["kind"] in ("OBJECT", "INTERFACE")
        ]
        return " ".join(selected)

    def _remember(self, name: str, payload: Any) -> None:
        written = not payload["errors"] and payload.get("changed") != 0
        (self.done if written else self.refused)[name] += 1
        for error in payload["errors"]:
            verb = names.snake(name).partition("_")[0]
            self.reasons[f"{verb} {error['code']} {error['path'][-1:]}"] += 1
        change = payload.get("change")
        if change and change["record"] and change["fields"]:
            told = [each["name"] for each in change["fields"]]
            self.changes.append((change["record"]["id"], change["id"], told))
        for each in payload.values():
            if isinstance(each, dict) and "__typename" in each:
                kept = self.comments if each["__typename"] == "Comment" else None
                kept = self.ids[each["__typename"]] if kept is None else kept
                if each["id"] not in kept:
                    kept.append(each["id"])

    def _moved(self, name: str, given: dict[str, Any]) -> None:
        """Keep apart what is in the recycle bin now, and what is out of it again."""
        module, verb = self._module(name), names.snake(name).partition("_")[0]
        if module is None or verb not in ("delete", "restore"):
            return
        there, bin = self.ids[module.name], self.deleted[module.name]
        left, entered = (there, bin) if verb == "delete" else (bin, there)
        for id in given.get("ids") or [given["id"]]:
            if id in left:
                left.remove(id)
                entered.append(id)

    async def _argument(self, mutation: Any, argument: Any) -> Any:
        """What to give for an argument of a mutation; None to leave it out."""
        name, module = argument["name"], self._module(mutation["name"])
        if name == "idempotencyKey" or (name == "expectedVersion" and self.random.random() < 0.8):
            return None
        if mutation["name"] == "restoreFields" and name in ("id", "change", "fields"):
            return self._restored(mutation, name)
        if name == "id" and mutation["name"].endswith("Tag"):
            return self._one(self.ids[TAG], "tag-1")
        if name == "id" and mutation["name"].startswith("restore"):
            return self._one(self.deleted[module.name] if module else [], "1")
        if name == "id":
            return self._id(module) or "1" if module else self._one(self.comments, "comment-1")
        if name == "input" and mutation["name"] == "createTag":
            called = f"Étiquette {self.random.randint(1, 20)}"
            return {"name": called, "shared": self.random.random() < 0.7}
        if name == "tags":
            return self._sample(self.ids[TAG]) or ["tag-1"]
        if name == "records":
            return self._sample(self._records()) or ["1"]
        if name == "module":
            return None
        if name == "ids":
            return self._some(module)
        if name == "filter" or (name == "lines" and argument["type"]["kind"] != "NON_NULL"):
            return None
        if name == "record":
            return self._one(self._records(), "1")
        if name == "parent":
            return self._one(self.comments, None) if self.random.random() < 0.3 else None
        value = await self._value(argument["type"], module, name, 0)
        return "1" if value is None and argument["type"]["kind"] == "NON_NULL" else value

    def _restored(self, mutation: Any, name: str) -> Any:
        if name == "id":
            mutation["chosen"] = self._one(self.changes, ("1", "change-1", ["name"]))
        id, change, told = mutation["chosen"]
        fields = self.random.sample(told, self.random.randint(1, len(told)))
        return {"id": id, "change": change, "fields": fields}[name]

    def _module(self, mutation: str) -> Module | None:
        """The module whose record a mutation is about."""
        rest = names.snake(mutation).partition("_")[2].partition("_to_")[0]
        for module in self.client.suite.modules:
            if rest in (names.one(module), names.many(module)):
                return module
        return None

    async def _value(self, type_: Any, module: Module | None, name: str, depth: int) -> Any:
        if type_["kind"] == "NON_NULL":
            return await self._value(type_["ofType"], module, name, depth)
        if type_["kind"] == "LIST":
            count = self.random.randint(0 if depth else 1, 3)
            each = [await self._value(type_["ofType"], module, name, depth) for _ in range(count)]
            unique = {str(value): value for value in each if value is not None}
            return list(unique.values()) or None
        known = type_["name"]
        if known == "ID":
            return self._id(self._target(module, name)) if name != "owner" else self._owner()
        if known in ("Boolean", "Int"):
            return self.random.choice([True, False] if known == "Boolean" else [1, 2, 3])
        if known in SCALARS:
            return self.random.choice(SCALARS[known])
        if known not in self._types:
            self._types[known] = (await self.client.ask(INPUT, name=known))["__type"]
        declared = self._types[known]
        if declared["kind"] == "ENUM":
            return self.random.choice(declared["enumValues"])["name"]
        if declared["kind"] == "SCALAR":
            return {"x": 1}
        return await self._input(known, declared, depth)

    async def _input(self, known: str, declared: Any, depth: int) -> Any:
        stripped = known.removeprefix("Create").removeprefix("Update").removesuffix("Input")
        module = self.client.suite.get(stripped)
        found = {}
        for each in declared["inputFields"]:
            required = each["type"]["kind"] == "NON_NULL"
            relation = module.relations.get(names.snake(each["name"])) if module else None
            likely = 0.9 if relation is not None and relation.required else 0.25
            if each["name"] == "lineItems":
                likely = 0.6
            if each["name"].startswith("new"):
                likely = 0.0 if depth else 0.1
            if each["name"] in ("id", "sourceLine"):
                likely = 0.0
            if each["name"] == "label":
                likely = 1.0
            if required or self.random.random() < likely:
                value = await self._value(each["type"], module, each["name"], depth + 1)
                if value is not None or required:
                    found[each["name"]] = "1" if value is None else value
        return found

    def _target(self, module: Module | None, name: str) -> Module | None:
        """The module that an argument or input names records of."""
        stored = names.snake(name)
        if module is not None:
            fact = module.relations.get(stored) or module.links.get(stored)
            if fact is not None:
                return module.target(fact)
        ending = [each for each in self.client.suite.modules if names.one(each).endswith(stored)]
        if module is not None:  # a customer's payment settles a customer's invoice
            party = module.name[:8]
            ending = [each for each in ending if each.name.startswith(party)] or ending
        return ending[0] if ending else None

    def _id(self, module: Module | None) -> str | None:
        return self._one(self.ids[module.name], None) if module else None

    def _some(self, module: Module | None) -> list[str]:
        return self._sample(self.ids[module.name] if module else []) or ["1"]

    def _sample(self, pool: list[str]) -> list[str]:
        return self.random.sample(pool, min(len(pool), self.random.randint(1, 3)))

    def _records(self) -> list[str]:
        return [id for kind, ids in self.ids.items() if kind != TAG for id in ids]

    def _owner(self) -> str:
        return f"user-{self.client.user_id}"

    def _one(self, pool: list[Any], otherwise: Any) -> Any:
        # Few of many, so that documents of one account meet.
        return self.random.choice(pool[:3] + pool[-2:]) if pool else otherwise


def _named(type_: Any) -> Any:
    while type_["ofType"]:
        type_ = type_["ofType"]
    return type_


def _written(type_: Any) -> str:
    if type_["kind"] == "NON_NULL":
        return f"{_written(type_['ofType'])}!"
    if type_["kind"] == "LIST":
        return f"[{_written(type_['ofType'])}]"
    return str(type_["name"])
