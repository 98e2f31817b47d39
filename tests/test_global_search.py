"""The global search over titles, numbers, e-mails, phones and references of all modules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import searching
from db.modules import MODULES as DECLARED
from db.writing import Patch, Work
from tests import plans
from tests.client import Client, World
from tests.finding import Known, expected, told
from tests.properties import examples, made, team

MENU: Final = [each.__name__ for each in DECLARED]

SEARCH = """
query ($text: String!, $modules: [String!], $first: Int) {
  search(text: $text, modules: $modules, first: $first) {
    complete
    groups { module moduleLabel hasMore
      hits { matchedField matchedLabel matchedText record { id title number } } }
  }
}
"""


async def searched(client: Client, text: str, **arguments: Any) -> Any:
    return (await client.ask(SEARCH, text=text, **arguments))["search"]


async def hits(client: Client, text: str, **arguments: Any) -> list[tuple[str, str]]:
    """Of every hit the field it was found by and its title, in order."""
    found = await searched(client, text, **arguments)
    assert found["complete"]
    return [
        (hit["matchedField"], hit["record"]["title"])
        for group in found["groups"]
        for hit in group["hits"]
    ]


async def titles(client: Client, text: str, **arguments: Any) -> list[str]:
    return [title for _, title in await hits(client, text, **arguments)]


@pytest.fixture
async def dupont(client: Client) -> int:
    (id,) = await made(
        client,
        "CustomerAccount",
        [
            {
                "name": "L’Épi d’Or, Boulangerie-Pâtisserie Dupont & Cœur",
                "email": "Jean-Marc.Dupont@mail.ble-noir.fr",
                "siret": "732 829 320 00074",
                "auxiliary_account_number": "411/DUP-007",
            }
        ],
    )
    return id


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("boul", "title"),
        ("BOULANGERIE", "title"),
        ("dupônt", "title"),
        ("  dupont   boul ", "title"),
        ("boulangerie pat", "title"),
        ("Épi d'or", "title"),
        ("epi d’OR", "title"),
        ("coe", "title"),
        ("cœ", "title"),
        ("e\u0301pi", "title"),
        ("&", None),
        ("langerie", None),
        ("dupont martin", None),
        ("CLI-00001", "number"),
        ("cli-0", "number"),
        ("cli 1", "number"),
        ("CLI1", None),
        ("00001", "number"),
        ("1", "number"),
        ("jean-marc.dupont@mail.ble-noir.fr", "email"),
        ("JEAN-MARC.D", "email"),
        ("jean", "email"),
        ("jeanmarc", "email"),
        ("@mail.ble", "email"),
        ("ble-noir.fr", "email"),
        ("fr", None),
        ("73282932000074", "siret"),
        ("732 829 320", "siret"),
        ("411/dup", "auxiliaryAccountNumber"),
        ("dup-007", "auxiliaryAccountNumber"),
        ("dupont 732", "siret"),
        ("73282 boul", "siret"),
    ],
)
async def test_a_record_is_found_by_what_it_is_called_and_known_by(
    client: Client, dupont: int, text: str, field: str | None
) -> None:
    found = await hits(client, text)

    assert [each for each, _ in found] == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("phone", "texts"),
    [
        ("01 42 96 10 10", ["0142961010", "01 42 96", "+33 1 42", "33142961010", "0033 1 42 96"]),
        ("+33 (0)1.42.96.10.10", ["0142961010", "01-42", "+33142961010", "+33 (0)1 42 96"]),
        ("0033 1 42 96 10 10", ["01 42 96", "+33 (0)1 42", "0033142961010"]),
        ("+44 20 7946 0000", ["+44 20", "020 7946", "0044 20 7946 0000"]),
        ("+352 27 12 34", ["27 12 34", "+352 2712"]),
        ("+1 212-555-0100", ["212 555", "(212) 555-0100", "+1 (212) 555"]),
        ("3949", ["3949", "39"]),
        ("01 42 96 10 10 poste 12", ["0142961010", "+33 1 42 96 10 10"]),
    ],
)
async def test_a_phone_is_found_however_it_is_written(
    client: Client, phone: str, texts: list[str]
) -> None:
    await made(client, "Contact", [{"last_name": "Zoé", "phone": phone}])

    found = {text: await searched(client, text) for text in texts}

    for text in texts:
        (group,) = found[text]["groups"]
        (hit,) = group["hits"]
        assert (hit["matchedField"], hit["matchedText"]) == ("phone", phone), text


async def test_a_hit_says_what_it_matched_as_people_read_it(client: Client, dupont: int) -> None:
    found = await client.answer(SEARCH, {"text": "732829320"}, **{"Accept-Language": "en"})

    assert found["data"]["search"] == {
        "complete": True,
        "groups": [
            {
                "module": "CustomerAccount",
                "moduleLabel": "Customer accounts",
                "hasMore": False,
                "hits": [
                    {
                        "matchedField": "siret",
                        "matchedLabel": "SIRET number",
                        "matchedText": "732 829 320 00074",
                        "record": {
                            "id": str(dupont),
                            "title": "L’Épi d’Or, Boulangerie-Pâtisserie Dupont & Cœur",
                            "number": "CLI-00001",
                        },
                    }
                ],
            }
        ],
    }


async def test_the_documented_query_finds_what_the_documentation_says(client: Client) -> None:
    page = (Path(__file__).parent.parent / "docs" / "searching.md").read_text()
    (document,) = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)
    account = {
        "name": "Boulangerie Dupont",
        "email": "jean.dupont@epi.fr",
        "siret": "73282932000074",
    }
    (id,) = await made(client, "CustomerAccount", [{**account, "phone": "+33 1 42 96 10 10"}])

    rows = re.findall(r"^\| (`.*?) \| (?:titles|e-mails|phones)", page, re.MULTILINE)
    texts = [text for row in rows for text in re.findall(r"`(.*?)`", row)]
    found = [(await client.ask(document, text=text))["search"]["groups"] for text in texts]

    assert len(texts) == 11
    for text, groups in zip(texts, found, strict=True):
        assert [[hit["record"]["id"] for hit in each["hits"]] for each in groups] == [[str(id)]], (
            text
        )


async def test_whole_words_come_before_longer_ones_then_newest_first(client: Client) -> None:
    names = ["Martineau", "Martin", "Z Martin", "Martine"]
    await made(client, "CustomerAccount", [{"name": name} for name in names])

    assert await titles(client, "martin") == ["Z Martin", "Martin", "Martine", "Martineau"]


async def test_words_run_together_come_before_words_apart(client: Client) -> None:
    names = ["Clerc Le", "Leclerc", "Le Clerc"]
    await made(client, "CustomerAccount", [{"name": name} for name in names])

    assert await titles(client, "le clerc") == ["Leclerc", "Le Clerc", "Clerc Le"]


async def test_a_number_comes_first_then_modules_with_a_whole_word(client: Client) -> None:
    await made(client, "CustomerAccount", [{"name": "FOU00001bis"}])
    await made(client, "Contact", [{"last_name": "Fou00001"}])
    await made(client, "Supplier", [{"name": "Durand"}, {"name": "Fou00001"}])
    await made(client, "Product", [{"name": "Fou", "sku": "fou-00001"}])

    found = await searched(client, "FOU-00001")

    assert [
        (group["module"], [hit["record"]["title"] for hit in group["hits"]])
        for group in found["groups"]
    ] == [
        ("Supplier", ["Durand", "Fou00001"]),
        ("Contact", ["Fou00001"]),
        ("Product", ["Fou"]),
        ("CustomerAccount", ["FOU00001bis"]),
    ]


async def test_a_page_of_each_module_says_whether_there_is_more(client: Client) -> None:
    await made(client, "CustomerAccount", [{"name": f"Martin {i} Martine"} for i in range(7)])
    await made(client, "Contact", [{"last_name": "Martin"} for _ in range(3)])
    await made(client, "Service", [{"name": "Martin"} for _ in range(2)])

    found = await searched(client, "mart", first=3, modules=["Contact", "CustomerAccount"])
    by_default = await searched(client, "mart")

    pages = [(group["module"], len(group["hits"]), group["hasMore"]) for group in found["groups"]]
    assert pages == [("CustomerAccount", 3, True), ("Contact", 3, False)]
    assert [len(group["hits"]) for group in by_default["groups"]] == [5, 3, 2]


async def test_a_record_is_one_hit_however_many_of_its_words_match(client: Client) -> None:
    await made(
        client,
        "Contact",
        [{"last_name": "Dupont Dupond Duponz", "email": "dupont@dupont.fr", "phone": "0142961010"}],
    )

    assert await hits(client, "dup") == [("title", "Dupont Dupond Duponz")]


@pytest.mark.parametrize("text", ["", "   ", "-", "& …", "\u0301", "🎈zz", "\U0010ffff"])
async def test_what_has_no_word_of_anything_finds_nothing(client: Client, text: str) -> None:
    await made(client, "CustomerAccount", [{"name": "Dupont"}])

    assert await searched(client, text) == {"complete": True, "groups": []}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"text": "x" * 501}, "BAD_USER_INPUT"),
        ({"text": "a\0"}, "BAD_USER_INPUT"),
        ({"text": "a b c d e f g h i j k"}, "BAD_USER_INPUT"),
        ({"text": "a", "first": 0}, "BAD_PAGE"),
        ({"text": "a", "first": 21}, "BAD_PAGE"),
        ({"text": "a", "modules": ["Facture"]}, "BAD_USER_INPUT"),
        ({"text": "a", "modules": ["LineItem"]}, "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_searched_for_is_refused(
    client: Client, arguments: dict[str, Any], code: str
) -> None:
    refused = await client.refused(SEARCH, **arguments)

    assert [each["code"] for each in refused] == [code]


async def test_nobody_finds_anything_without_a_token(client: Client) -> None:
    client.headers = {}

    refused = await client.refused(SEARCH, text="a", modules=["Facture"])

    assert [each["code"] for each in refused] == ["UNAUTHENTICATED"]


async def test_a_search_is_one_statement_and_one_for_each_type_named(client: Client) -> None:
    for module, name in (
        ("CustomerAccount", "name"),
        ("Contact", "last_name"),
        ("Service", "name"),
    ):
        await made(client, module, [{name: f"Dupont {i}"} for i in range(6)])

    await searched(client, "dupont 1")
    plain = client.statements
    data = await client.ask(
        '{ search(text: "dupont", first: 20) { groups { hits { record { title '
        "... on Contact { lastName } ... on Service { name } } } } } }"
    )

    seen = [hit["record"] for group in data["search"]["groups"] for hit in group["hits"]]
    assert (plain, client.statements) == (1, 3)
    assert {"title": "Dupont 5", "lastName": "Dupont 5"} in seen
    assert {"title": "Dupont 5"} in seen


@pytest.mark.parametrize(
    ("arguments", "requested"),
    [("", 84 * 5 * 2), ("first: 20", 84 * 20 * 2), ('modules: ["Product"], first: 3', 3 * 2)],
)
async def test_a_search_asks_for_a_page_of_each_module(
    client: Client, arguments: str, requested: int
) -> None:
    await client.ask(
        f'{{ search(text: "a", {arguments}) {{ groups {{ hits {{ record {{ id }} }} }} }} }}'
    )

    assert client.cost["requested"] == requested


async def keys(client: Client, id: int) -> dict[str, int]:
    """The keys of a record, each with the transaction that wrote it."""
    rows = await client.world.database.pool.fetch(
        "SELECT key, xmin::text::bigint AS xid FROM search_key WHERE record_id = $1", id
    )
    return {row["key"]: row["xid"] for row in rows}


async def test_what_is_saved_is_found_at_once_and_no_longer_by_what_it_was(client: Client) -> None:
    (id,) = await made(client, "Contact", [{"last_name": "Dupont", "mobile": "0612345678"}])

    async with Work(client.world.database, await client.viewer()) as work:
        await work.update_many(
            client.suite["Contact"], [Patch(id, {"last_name": "Durand", "mobile": None})]
        )

    assert await titles(client, "durand") == ["Durand"]
    assert await titles(client, "dupont") == await titles(client, "0612") == []


async def test_keys_are_left_alone_where_nothing_searched_changes(client: Client) -> None:
    (id,) = await made(client, "Contact", [{"last_name": "Dupont"}])
    before = await keys(client, id)

    async with Work(client.world.database, await client.viewer()) as work:
        await work.update(client.suite["Contact"], id, {"job_title": "Meunier"})
    await client.comment(str(id), "Rappeler")

    assert before == await keys(client, id) != {}


async def test_the_recycle_bin_is_not_searched(client: Client) -> None:
    id = await client.create("Contact", lastName="Dupont")

    seen = [await titles(client, "dupont")]
    for action in ("delete", "restore"):
        assert not (await client.act(action, "Contact", id))["errors"]
        seen.append(await titles(client, "dupont"))

    assert seen == [["Dupont"], [], ["Dupont"]]


async def test_what_is_purged_leaves_nothing_to_be_found_by(client: Client) -> None:
    (id,) = await made(client, "Contact", [{"last_name": "Dupont"}])

    await client.world.database.pool.execute("DELETE FROM contact WHERE id = $1", id)

    assert await keys(client, id) == {}
    assert await titles(client, "dupont") == []


async def test_what_others_write_is_found_too(client: Client) -> None:
    await client.world.database.pool.execute(
        "INSERT INTO supplier (company_id, number, title, owner_id, created_by_id, updated_by_id, "
        "status, name, phone) "
        "VALUES ($1, '4', 'Écrou 4242', $2, $2, $2, 'active', 'Écrou', '01 02 03 04 05')",
        client.company_id,
        client.user_id,
    )

    found = [await hits(client, text) for text in ("+33 1 02", "4242", "4")]

    assert found == [[(field, "Écrou 4242")] for field in ("phone", "title", "number")]


async def test_a_number_in_front_of_a_title_is_not_found_twice(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Zoé")
    day = {"issuedOn": "2026-03-01", "dueOn": "2026-03-31"}
    id = await client.create("CustomerInvoice", account=account, subject="Mars", **day)

    words = await client.world.database.pool.fetch(
        "SELECT key FROM search_key WHERE record_id = $1 AND field = 'title'", int(id)
    )

    assert [row["key"] for row in words] == ["mars"]


async def test_one_finds_what_one_sees(client: Client) -> None:
    camille = await client.colleague()
    of_team = await team(client, camille)
    owners = {"Alice": client.user_id, "Camille": camille.user_id, "équipe": of_team}
    ids = {}
    for name, owner in owners.items():
        (ids[name],) = await made(client, "Contact", [{"last_name": f"Dupont {name}"}])
        await client.ask(
            "mutation ($id: ID!, $owner: ID!) { updateContact(id: $id, input: {owner: $owner}) "
            "{ errors { message } } }",
            id=ids[name],
            owner=f"team-{owner}" if owner == of_team else f"user-{owner}",
        )

    own = await titles(camille, "dupont")
    nothing = await searched(camille, "alice")
    await client.share("Contact")

    assert sorted(own) == ["Dupont Camille", "Dupont équipe"]
    assert nothing == {"complete": True, "groups": []}
    assert await titles(camille, "alice") == ["Dupont Alice"]


async def test_other_companies_are_another_world(client: Client, world: World) -> None:
    await made(client, "Contact", [{"last_name": "Dupont"}])
    stranger = await world.company()

    assert await titles(stranger, "dupont") == []


@examples(60)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
async def test_a_text_is_taken_apart_as_keys_are(world: World, text: str) -> None:
    words = await world.database.pool.fetchval(
        "SELECT ARRAY(SELECT fold(word) FROM unnest($1::text[]) word)", searching.words_of(text)
    )

    keys = await world.database.pool.fetchval("SELECT search_words($1)", text)

    assert words == keys


async def test_long_words_are_found_by_their_start(client: Client) -> None:
    await made(client, "CustomerAccount", [{"name": "œ" * 80 + " " + "x" * 200}])

    texts = ["œ" * 80, "oe" * 20, "x" * 200, "x" * 63, "œ" * 81 + " x"]
    found = [await hits(client, text) for text in texts]

    assert [len(each) for each in found] == [1] * 5


NAMES = (
    "Dupont",
    "Dupond Éric",
    "du Pont",
    "l’Épi d’Or",
    "Cœur-42",
    "2026 Dupont",
    "Martin dupont",
)
PHONES = ("01 42 96 10 10", "+33 (0)1 42 96 10 11", "0033142001010", None)
EMAILS = ("jean.dupont@epi.fr", "epi@dupont.fr", None)
REFERENCES = ("42/DUP-7", "2026 01", None)
TEXTS = (
    *("dup", "dupont", "DUPONT", "pont", "du pont", "dupont 2026", "eric dup", "epi", "l'épi d'or"),
    *("coeur", "cœur-42", "42", "2026", "1", "00001", "0142", "01 42", "+33 1 42", "+33 (0)1 4296"),
    *("jean.dupont@", "dupont.fr", "42/dup", "cli", "CLI-00001", "con-0000", "fou 2", "d", "x", ""),
)
MODULES = ("CustomerAccount", "Supplier", "Contact")


@st.composite
def drawn(draw: st.DrawFn) -> dict[str, Any]:
    """A record to be made: its module, what it holds, and what becomes of it."""
    return {
        "module": draw(st.sampled_from(MODULES)),
        "name": draw(st.sampled_from(NAMES)),
        "phone": draw(st.sampled_from(PHONES)),
        "email": draw(st.sampled_from(EMAILS)),
        "reference": draw(st.sampled_from(REFERENCES)),
        "owner": draw(st.integers(0, 2)),
        "then": draw(st.sampled_from(("keep", "keep", "delete", "restore", "give", "rename"))),
    }


async def become(client: Client, drew: Sequence[dict[str, Any]], owners: list[str]) -> list[Known]:
    """The records made, by many at once, then changed; as the model knows them."""
    for i, each in enumerate(drew):
        if each["email"] and each["module"] == "Contact":
            each["email"] = each["email"].replace("@", f".{i}@")  # no two may have the same
    ids: dict[int, int] = {}
    for module in MODULES:
        some = [i for i, each in enumerate(drew) if each["module"] == module]
        made_ids = await made(client, module, [values(drew[i], owners) for i in some])
        ids.update(zip(some, made_ids, strict=True))
    for i, each in enumerate(drew):
        async with Work(client.world.database, await client.viewer()) as work:
            own = client.suite[each["module"]]
            if each["then"] in ("delete", "restore"):
                await work.delete(own, ids[i])
            if each["then"] == "restore":
                await work.restore(own, ids[i])
            if each["then"] == "give":
                each["owner"] = (each["owner"] + 1) % 3
            if each["then"] == "rename":
                each["name"], each["phone"] = "Martin", "04 01 02 03 04"
            if each["then"] in ("give", "rename"):
                await work.update(own, ids[i], values(each, owners))
    rows = await client.world.database.pool.fetch(
        "SELECT id, number FROM record WHERE company_id = $1", client.company_id
    )
    numbers = {row["id"]: row["number"] for row in rows}
    return [
        Known(
            ids[i],
            each["module"],
            int(owners[each["owner"]].partition("-")[2]),
            numbers[ids[i]],
            each["name"],
            others(each),
            each["then"] == "delete",
        )
        for i, each in enumerate(drew)
    ]


def values(each: dict[str, Any], owners: list[str]) -> dict[str, Any]:
    name = "last_name" if each["module"] == "Contact" else "name"
    found = {name: each["name"], "phone": each["phone"], "email": each["email"]}
    if each["module"] == "Supplier":
        found["our_customer_number"] = each["reference"]
    return {**found, "owner": owners[each["owner"]]}


def others(each: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    phone, email = ("phone", "phone", each["phone"]), ("email", "email", each["email"])
    if each["module"] == "Contact":
        return [email, phone]
    if each["module"] == "Supplier":
        return [phone, email, ("ourCustomerNumber", "reference", each["reference"])]
    return [phone, email]


@examples(15)
@given(
    drew=st.lists(drawn(), max_size=14),
    texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6),
    shared=st.sets(st.sampled_from(MODULES), max_size=2),
    first=st.integers(1, 5),
)
async def test_everyone_finds_what_they_see_and_nothing_else(
    world: World,
    drew: list[dict[str, Any]],
    texts: list[str],
    shared: set[str],
    first: int,
) -> None:
    client = await world.company()
    camille = await client.colleague()
    of_team = await team(client, camille)
    owners = [f"user-{client.user_id}", f"user-{camille.user_id}", f"team-{of_team}"]
    records = await become(client, drew, owners)
    await client.share(*shared)
    seen = [
        each
        for each in records
        if each.owner in (camille.user_id, of_team) or each.module in shared
    ]

    for asking, visible in ((client, records), (camille, seen)):
        for text in texts:
            wanted = expected(text, visible)
            every, page = (
                await searched(asking, text, first=20),
                await searched(asking, text, first=first),
            )

            found = told(every)
            assert every["complete"]
            assert set(found) == set(wanted), text
            for module, hits in wanted.items():
                ordered, rest = (
                    found[module][: len(hits.ordered)],
                    found[module][len(hits.ordered) :],
                )
                assert ordered == hits.ordered, text
                assert sorted(id for id, _ in rest) == sorted(hits.others), text
            if not any(hits.others for hits in wanted.values()):
                order = sorted(wanted, key=lambda name: (wanted[name].quality, MENU.index(name)))
                assert list(found) == order
            for group in page["groups"]:
                module, count = group["module"], len(found[group["module"]])
                assert told(page)[module] == found[module][:first]
                assert group["hasMore"] == (count > first)


ROWS = 10_000

BULK = """
INSERT INTO customer_account (company_id, number, title, owner_id, created_by_id, updated_by_id,
    name)
SELECT $1, $2 || i, title, $3, $3, $3, title
FROM generate_series(1, $4::int) i, concat_ws(' ', 'Alpha', 'Bêta', left(md5(i::text), 6)) title
"""


@dataclass(frozen=True)
class Crowd:
    """A company of many accounts, two of whose words they have in common; a colleague who sees a
    few of them, and another who sees all because they are shared.
    """

    client: Client
    colleague: Client


@pytest.fixture(scope="module")
async def crowd(world: World, database_url: str) -> Crowd:
    client = await world.company()
    colleague = await client.colleague()
    connection = await asyncpg.connect(database_url)  # which takes its time
    await connection.execute(BULK, client.company_id, "N", client.user_id, ROWS)
    await connection.execute(BULK, client.company_id, "M", colleague.user_id, 20)
    await connection.execute("ANALYZE customer_account, record, search_key")
    await connection.close()
    return Crowd(client, colleague)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("who", ["client", "colleague"])
@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("c4ca42", 20),
        ("al", 60),
        ("N42", 60),
        ("01 42", 20),
        # Of each word some keys are counted.
        ("beta alph", 2 * searching.COUNTED + 100),
        ("alpha c4ca", searching.COUNTED + 60),
        ("alpha n42", searching.COUNTED + 1200),
        # Each key looked at is looked up for the other word, and for being the first of its record.
        ("alpha beta zz", 3 * searching.COUNTED),
        ("xyzzy", 5),
    ],
)
async def test_a_search_reads_no_more_than_it_looks_at(
    crowd: Crowd, text: str, most: int, who: str, shared: bool
) -> None:
    asking: Client = getattr(crowd, who)
    viewer = await asking.viewer()
    viewer = replace(viewer, shared=frozenset({"CustomerAccount"} if shared else ()))
    meant = searching.readings(text)
    statement = searching.statement_of(tuple(len(words) for words in meant), viewer.scope)
    wanted = searching.values_of(meant, asking.suite.modules, 5)

    ran = [
        await plan(asking.world.database, statement, viewer, wanted)
        for plan in (plans.first, plans.kept)
    ]

    for nodes in ran:
        assert not plans.scanned(nodes)
        assert plans.rows_read(nodes, "search_key", "record") <= most


async def test_looking_for_frequent_words_ends_and_says_so(client: Client) -> None:
    rows = [{"name": f"Alpha {i}"} for i in range(searching.LOOKED_AT + 1)]
    await made(client, "CustomerAccount", [*rows, *({"name": f"Beta {i}"} for i in range(1100))])

    apart = await searched(client, "alpha beta")
    await made(client, "CustomerAccount", [{"name": "Alpha Zeta"}])
    rare = await searched(client, "alpha zeta")
    await made(client, "CustomerAccount", [{"name": "Aaa Alpha Beta"}])
    early = await searched(client, "alpha beta", first=1)

    assert apart == {"complete": False, "groups": []}
    assert (rare["complete"], len(rare["groups"][0]["hits"])) == (True, 1)
    assert not early["complete"]
    assert early["groups"][0]["hasMore"]
