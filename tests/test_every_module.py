"""What holds for every module: created, read, changed, deleted, restored, each told in history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db import kinds
from db.declare import Column, Links, Relation
from db.suite import Module
from graph import names
from tests.client import Client

SAMPLES: dict[Any, tuple[Any, Any]] = {
    str: ("Un texte", "Un autre"),
    kinds.LongText: ("Deux\nlignes", "Trois\nlignes\nici"),
    kinds.Email: ("agathe@exemple.fr", "benoit@exemple.fr"),
    kinds.Phone: ("01 42 96 10 10", "+33 6 12 34 56 78"),
    kinds.Url: ("https://www.exemple.fr", "https://exemple.fr/b"),
    kinds.Iban: ("FR7630006000011234567890189", "DE89370400440532013000"),
    kinds.Bic: ("AGRIFRPP", "DEUTDEFF"),
    kinds.Siren: ("732829320", "552100554"),
    kinds.Siret: ("73282932000074", "55210055400013"),
    kinds.VatNumber: ("FR40303265045", "DE136695976"),
    kinds.CurrencyCode: ("EUR", "CHF"),
    int: (7, 8),
    Decimal: ("1.5", "2.25"),
    kinds.Money: ("12.34", "0.10"),
    kinds.UnitPrice: ("1.234567", "2.50"),
    kinds.Percent: ("20", "5.5"),
    bool: (True, False),
    date: ("2026-03-31", "2026-04-01"),
    datetime: ("2026-03-31T08:30:00Z", "2026-04-01T09:00:00Z"),
    kinds.Address: (
        {"street": "1 rue X", "postalCode": "75002", "city": "Paris"},
        {"city": "Lyon", "country": "FR"},
    ),
    kinds.Json: ({"a": [1, True, None]}, ["b"]),
}
"""By type, two values in the form in which they are read back."""

ADDRESS = "street line2 postalCode city state country"
PARTS = dict.fromkeys(ADDRESS.split())


def sample(column: Column, which: int) -> Any:
    if column.choice:
        return list(column.choice)[which % len(column.choice)].name
    return SAMPLES[column.type][which]


def writable(module: Module) -> Iterator[Column]:
    for column in module.columns.values():
        if not column.readonly and not (module.declared.edited_in and column.name == "status"):
            yield column


def counted(module: Module, change: Any) -> bool:
    """Whether a change is only what the service counted: a report's lines, say."""
    facts = [module.facts.get(names.snake(each["name"])) for each in change["fields"]]
    return bool(facts) and all(isinstance(each, Column) and each.readonly for each in facts)


@dataclass
class Story:
    """One record of each module that people write, made in an order that relations allow."""

    client: Client
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def modules(self) -> list[Module]:
        return [each for each in self.client.suite.modules if not each.declared.by_actions]

    def levels(self) -> Iterator[list[Module]]:
        """Modules whose required relations lead to modules of the levels before."""
        done: set[str] = set()
        while left := [module for module in self.modules if module.name not in done]:
            level = [
                module
                for module in left
                if all(
                    each.target_name in done for each in module.relations.values() if each.required
                )
            ]
            assert level, [module.name for module in left]
            done |= {module.name for module in level}
            yield level

    def minimum(self, module: Module) -> dict[str, Any]:
        """The required values of a new record, and no others."""
        values: dict[str, Any] = {}
        for fact in module.facts.values():
            if isinstance(fact, Column) and fact.required:
                values[names.camel(fact.name)] = sample(fact, 0)
            elif isinstance(fact, Relation) and fact.required:
                values[names.camel(fact.name)] = self.ids[fact.target_name]
        return values

    def everything(self, module: Module) -> dict[str, Any]:
        """A value for each fact that people write."""
        values = {names.camel(each.name): sample(each, 1) for each in writable(module)}
        for fact in module.facts.values():
            if isinstance(fact, Relation) and not fact.readonly and fact.target_name in self.ids:
                values[names.camel(fact.name)] = self.ids[fact.target_name]
            elif isinstance(fact, Links):
                values[names.camel(fact.name)] = [self.ids[fact.target_name]]
        return values

    async def write(
        self, action: str, modules: Iterable[Module], input: Callable[[Module], Any] | None = None
    ) -> None:
        """Do one thing to a record of each module, all in one document; none may be refused."""
        declared, fields, variables = [], [], {}
        for module in modules:
            arguments = []
            if module.name in self.ids:
                declared.append(f"$id{module.name}: ID!")
                arguments.append(f"id: $id{module.name}")
                variables[f"id{module.name}"] = self.ids[module.name]
            if input is not None:
                verb = action.capitalize()
                declared.append(f"$in{module.name}: {verb}{module.name}Input!")
                arguments.append(f"input: $in{module.name}")
                variables[f"in{module.name}"] = input(module)
            one = names.camel(names.one(module))
            fields.append(
                f"{module.name}: {action}{module.name}({', '.join(arguments)}) {{ {one} {{ id }} "
                "change { operation } errors { path message } }"
            )
        document = f"mutation ({', '.join(declared)}) {{ {' '.join(fields)} }}"
        for name, payload in (await self.client.ask(document, **variables)).items():
            assert payload["errors"] == [], (name, payload["errors"])
            assert payload["change"] is not None, name
            record = payload[name[0].lower() + name[1:]]
            if action == "create":
                self.ids[name] = record["id"]

    async def read(self, wanted: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """For each module the fields of its record that are in `wanted`."""
        found: dict[str, Any] = {}
        # In parts: a document that asks for every field of every module costs seconds to check.
        every = list(wanted.items())
        for start in range(0, len(every), 20):
            fields = [
                f'{name}: {name[0].lower()}{name[1:]}(id: "{self.ids[name]}") '
                f"{{ id {self._selection(self.client.suite[name], values)} }}"
                for name, values in every[start : start + 20]
            ]
            found |= await self.client.ask(f"{{ {' '.join(fields)} }}")
        return {name: self._plain(self.client.suite[name], found[name]) for name in wanted}

    def _selection(self, module: Module, values: dict[str, Any]) -> str:
        below = {Relation: " { id }", Links: " { nodes { id } }"}
        selected = []
        for name in values:
            fact = module.facts[names.snake(name)]
            address = isinstance(fact, Column) and fact.type is kinds.Address
            selected.append(name + (f" {{ {ADDRESS} }}" if address else below.get(type(fact), "")))
        return " ".join(selected)

    def _plain(self, module: Module, record: Any) -> Any:
        """A record as its input would say it."""
        if record is None:
            return None
        found = {}
        for name, value in record.items():
            fact = module.facts.get(names.snake(name))
            if isinstance(fact, Relation) and value is not None:
                value = value["id"]
            elif isinstance(fact, Links):
                value = [node["id"] for node in value["nodes"]]
            elif isinstance(value, dict) and value.keys() == PARTS.keys():
                value = {key: part for key, part in value.items() if part is not None}
            found[name] = value
        del found["id"]
        return found

    async def histories(self) -> dict[str, list[Any]]:
        """For each module the changes of its record, oldest first."""
        every = ", ".join(f'"{id}"' for id in self.ids.values())
        data = await self.client.ask(
            f"{{ nodes(ids: [{every}]) {{ ... on Record {{ module history(first: 100) {{ nodes {{ "
            "operation origin version actor { name } fields { name before after } } } } } }"
        )
        return {node["module"]: node["history"]["nodes"][::-1] for node in data["nodes"]}


async def test_every_module_is_written_read_and_told_alike(client: Client) -> None:
    story = Story(client)

    for level in story.levels():
        await story.write("create", level, story.minimum)
    assert await story.read({each.name: story.minimum(each) for each in story.modules}) == {
        each.name: story.minimum(each) for each in story.modules
    }

    everything = {each.name: story.everything(each) for each in story.modules}
    await story.write("update", story.modules, lambda module: everything[module.name])
    assert await story.read(everything) == everything

    await story.write("delete", story.modules)
    assert set((await story.read(everything)).values()) == {None}

    await story.write("restore", story.modules)
    assert await story.read(everything) == everything

    for name, entries in (await story.histories()).items():
        # That others were linked to it is told too, and leaves the version.
        told = [each for each in entries if each["operation"] != "LINKED"]
        assert [each["version"] for each in told] == list(range(1, len(told) + 1)), name
        assert {(each["origin"], each["actor"]["name"]) for each in told} == {("MANUAL", "Alice")}
        own = [each for each in told if not counted(client.suite[name], each)]
        assert [each["operation"] for each in own] == [
            "CREATED",
            "UPDATED",
            "DELETED",
            "RESTORED",
        ], name
        changed = {each["name"] for each in own[1]["fields"]}
        minimum = story.minimum(client.suite[name])
        same = {key for key, value in minimum.items() if everything[name].get(key) == value}
        assert changed | same >= everything[name].keys(), name


async def test_every_module_says_all_that_it_requires_at_once(client: Client) -> None:
    from db.validation import check

    missing = {
        module.name: {problem.path for problem in check(module, {}, creating=True).problems}
        for module in client.suite.modules
    }

    assert missing == {
        module.name: {
            (fact.name,)
            for fact in module.facts.values()
            if not isinstance(fact, Links) and fact.required
        }
        for module in client.suite.modules
    }
