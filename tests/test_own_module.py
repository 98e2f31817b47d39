"""Modules that only this file declares get everything that the suite's own have.

They are called as SQL is spelt (`order`, `user`, `limit`), for a declaration need not know SQL.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest
from sqlalchemy.orm import Mapped

from db.ddl import module_script
from db.declare import App, Choice, column, links, relation
from db.embedded import Embedded
from db.kinds import Money
from db.record import Record
from db.suite import Suite
from tests.client import Client, World
from tests.conftest import fresh_database, served

RENTAL = App("rental", "Location", "Rental")


class Energy(Choice):
    """What a vehicle runs on."""

    ELECTRIC = "electric", "Électrique", "Electric"
    PETROL = "petrol", "Essence", "Petrol"


class Agency(
    Record,
    app=RENTAL,
    fr=("Agence", "Agences"),
    en=("Agency", "Agencies"),
    prefix="AGE",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", header=True, quick=True)


class Vehicle(
    Record,
    app=RENTAL,
    fr=("Véhicule", "Véhicules"),
    en=("Vehicle", "Vehicles"),
    prefix="VEH",
    title="{model} {user} ({agency})",
):
    model: Mapped[str] = column("Modèle", "Model", header=True, quick=True)
    plate: Mapped[str | None] = column("Immatriculation", "Plate", key=True, unique=True)
    user: Mapped[str | None] = column("Utilisateur", "User")
    energy: Mapped[Energy] = column("Énergie", "Energy", default=Energy.PETROL)
    limit: Mapped[int | None] = column("Limite (km)", "Limit (km)")
    daily_price: Mapped[Money | None] = column("Prix par jour", "Daily price", key=True)
    registered_on: Mapped[date | None] = column("Mise en circulation", "Registered on")
    agency: Mapped[Agency] = relation("Agence", "Agency", inverse="vehicles", rollup=True)


class Order(
    Record,
    app=RENTAL,
    fr=("Commande", "Commandes"),
    en=("Order", "Orders"),
    prefix="CDE",
    title="{number} {subject}",
):
    subject: Mapped[str | None] = column("Objet", "Subject")
    vehicles: Mapped[list[Vehicle]] = links(
        "Véhicules", "Vehicles", inverse="orders", tab=("Réservations", "Bookings")
    )


SUITE = Suite([Agency, Vehicle, Order])


@pytest.fixture(scope="module")
async def world(server: Embedded) -> AsyncIterator[World]:
    """The application on these modules, whose tables join those of a migrated database."""
    url = await fresh_database(server, f"own_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    connection = await asyncpg.connect(url)
    await connection.execute(module_script(SUITE))
    await connection.close()
    async with served(url, SUITE) as world:
        yield world


async def test_a_record_is_created_and_read(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")

    id = await client.create(
        "Vehicle",
        agency=agency,
        model="Zoé",
        user="Camille",
        energy="ELECTRIC",
        limit=300,
        dailyPrice="39.9",
        registeredOn="2026-03-31",
    )

    data = await client.ask(
        """query ($id: ID!) {
          vehicle(id: $id) {
            number title user energy limit dailyPrice registeredOn plate agency { name }
          }
          record(id: $id) { module title ... on Vehicle { model } }
          byNumber: vehicle(number: "VEH-00001") { id }
        }""",
        id=id,
    )
    assert data == {
        "vehicle": {
            "number": "VEH-00001",
            "title": "Zoé Camille (Lyon)",
            "user": "Camille",
            "energy": "ELECTRIC",
            "limit": 300,
            "dailyPrice": "39.90",
            "registeredOn": "2026-03-31",
            "plate": None,
            "agency": {"name": "Lyon"},
        },
        "record": {"module": "Vehicle", "title": "Zoé Camille (Lyon)", "model": "Zoé"},
        "byNumber": {"id": id},
    }


async def test_every_problem_of_an_input_is_told_at_once(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")
    await client.create("Vehicle", agency=agency, model="Zoé", plate="AB-123-CD")

    data = await client.ask(
        """mutation ($input: CreateVehicleInput!) {
          createVehicle(input: $input) { vehicle { id } errors { path code } }
        }""",
        input={"agency": agency, "model": "", "plate": "AB-123-CD", "dailyPrice": "free"},
    )

    assert data["createVehicle"] == {
        "vehicle": None,
        "errors": [
            {"path": ["input", "model"], "code": "REQUIRED"},
            {"path": ["input", "dailyPrice"], "code": "INVALID"},
            {"path": ["input", "plate"], "code": "NOT_UNIQUE"},
        ],
    }
    data = await client.ask("{ vehicles { totalCount } }")
    assert data["vehicles"]["totalCount"] == 1


async def test_a_life_of_changes_is_its_history(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")
    id = await client.create("Vehicle", agency=agency, model="Zoé")
    await client.ask(
        """mutation ($id: ID!) {
          updateVehicle(id: $id, input: {user: "Camille", energy: ELECTRIC}) { errors { code } }
        }""",
        id=id,
    )
    await client.act("delete", "Vehicle", id)
    gone = await client.ask("query ($id: ID!) { vehicle(id: $id) { id } }", id=id)
    await client.act("restore", "Vehicle", id)

    data = await client.ask(
        """query ($id: ID!) { vehicle(id: $id) {
          version title
          history { nodes { operation fields { name label beforeDisplay afterDisplay } } }
        } }""",
        id=id,
    )

    assert gone["vehicle"] is None
    assert (data["vehicle"]["version"], data["vehicle"]["title"]) == (4, "Zoé Camille (Lyon)")
    restored, deleted, updated, created = data["vehicle"]["history"]["nodes"]
    assert [each["operation"] for each in (restored, deleted, created)] == [
        "RESTORED",
        "DELETED",
        "CREATED",
    ]
    assert updated == {
        "operation": "UPDATED",
        "fields": [
            {
                "name": "user",
                "label": "Utilisateur",
                "beforeDisplay": None,
                "afterDisplay": "Camille",
            },
            {
                "name": "energy",
                "label": "Énergie",
                "beforeDisplay": "Essence",
                "afterDisplay": "Électrique",
            },
        ],
    }
    facts = [each["name"] for each in created["fields"] if each["name"] in SUITE["Vehicle"].facts]
    assert facts == ["model", "energy", "agency"]


async def test_lists_are_filtered_ordered_searched_and_summed_up(client: Client) -> None:
    lyon = await client.create("Agency", name="Lyon")
    nice = await client.create("Agency", name="Nice")
    for agency, model, price, user in (
        (lyon, "Zoé", "30.00", "Élodie"),
        (lyon, "Clio", "25.50", "Camille"),
        (nice, "Mégane", "42.00", "Zacharie"),
    ):
        await client.create("Vehicle", agency=agency, model=model, dailyPrice=price, user=user)

    data = await client.ask(
        """{
          inLyon: vehicles(
            filter: {agency: {name: {eq: "lyon"}}, dailyPrice: {gt: "20"}}
            orderBy: [{user: ASC}]
          ) { nodes { model } aggregate { sum { dailyPrice } } }
          found: vehicles(search: "megane") { nodes { model } }
          dear: agencies(filter: {vehicles: {some: {dailyPrice: {gte: "42"}}}}) { nodes { name } }
          cheap: agencies(filter: {vehicles: {none: {dailyPrice: {gte: "42"}}}}) { nodes { name } }
        }"""
    )

    assert data == {
        "inLyon": {
            "nodes": [{"model": "Clio"}, {"model": "Zoé"}],
            "aggregate": {"sum": {"dailyPrice": "55.50"}},
        },
        "found": {"nodes": [{"model": "Mégane"}]},
        "dear": {"nodes": [{"name": "Nice"}]},
        "cheap": {"nodes": [{"name": "Lyon"}]},
    }


async def test_a_relation_is_a_tab_on_its_target(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")
    for model in ("Zoé", "Clio", "Mégane"):
        await client.create("Vehicle", agency=agency, model=model)

    data = await client.ask(
        """query ($id: ID!) { agency(id: $id) {
          vehicles(first: 2) { totalCount pageInfo { hasNextPage } nodes { model } }
        } }""",
        id=agency,
    )

    assert data["agency"]["vehicles"] == {
        "totalCount": 3,
        "pageInfo": {"hasNextPage": True},
        "nodes": [{"model": "Mégane"}, {"model": "Clio"}],
    }


async def test_many_to_many_is_a_tab_on_both_sides(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")
    zoe, clio = [
        await client.create("Vehicle", agency=agency, model=model) for model in ("Zoé", "Clio")
    ]
    order = await client.create("Order", subject="Mars", vehicles=[zoe, clio])
    await client.create("Order", subject="Avril", vehicles=[clio])

    data = await client.ask(
        """query ($order: ID!, $vehicle: ID!) {
          order(id: $order) { title vehicles { nodes { model } } }
          vehicle(id: $vehicle) { orders { totalCount nodes { subject } } }
        }""",
        order=order,
        vehicle=clio,
    )

    assert data == {
        "order": {
            "title": "CDE-00001 Mars",
            "vehicles": {"nodes": [{"model": "Clio"}, {"model": "Zoé"}]},
        },
        "vehicle": {
            "orders": {"totalCount": 2, "nodes": [{"subject": "Avril"}, {"subject": "Mars"}]}
        },
    }


async def test_comments_roll_up_both_ways_and_one_step(client: Client) -> None:
    agency = await client.create("Agency", name="Lyon")
    zoe, clio = [
        await client.create("Vehicle", agency=agency, model=model) for model in ("Zoé", "Clio")
    ]
    order = await client.create("Order", vehicles=[zoe])
    await client.comment(agency, "Fermée lundi")
    await client.comment(zoe, "Pneus à changer")
    await client.comment(clio, "Révisée")
    await client.comment(order, "Payée")

    seen = {
        name: await client.comments(record, roll_up=True)
        for name, record in {"agency": agency, "zoe": zoe, "order": order}.items()
    }

    assert seen == {
        "agency": ["Révisée", "Pneus à changer", "Fermée lundi"],
        "zoe": ["Pneus à changer", "Fermée lundi"],
        "order": ["Payée"],
    }


async def test_the_modules_are_told_with_their_facts(client: Client) -> None:
    data = await client.ask(
        """{ modules {
          name plural appLabel listName creatable
          fields { name type required } relations { name target rollUp } tabs { name label }
        } }"""
    )

    told = {each["name"]: each for each in data["modules"]}
    assert list(told) == ["Agency", "Vehicle", "Order"]
    assert told["Agency"]["listName"] == "agencies"
    assert told["Vehicle"] == {
        "name": "Vehicle",
        "plural": "Véhicules",
        "appLabel": "Location",
        "listName": "vehicles",
        "creatable": True,
        "fields": [
            {"name": "model", "type": "String", "required": True},
            {"name": "plate", "type": "String", "required": False},
            {"name": "user", "type": "String", "required": False},
            {"name": "energy", "type": "Energy", "required": False},
            {"name": "limit", "type": "Int", "required": False},
            {"name": "dailyPrice", "type": "Money", "required": False},
            {"name": "registeredOn", "type": "Date", "required": False},
        ],
        "relations": [{"name": "agency", "target": "Agency", "rollUp": True}],
        "tabs": [{"name": "orders", "label": "Réservations"}],
    }
