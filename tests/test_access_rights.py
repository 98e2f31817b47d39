"""Access rights: wherever a record could show, it shows to those only who may see it.

The one property holds what everyone is answered, field by field, against a plain model of rights
(tests/rights.py); the rest says by example what the rights are.
"""

from __future__ import annotations

from typing import Any, Final

from hypothesis import given

from tests.client import Client, World
from tests.properties import examples
from tests.rights import MODULES, Company, Held, companies, founded

COVERED: Final = (
    "customerAccounts", "contacts", "campaigns",
    "customerAccount", "contact", "campaign",
    "node", "record", "records", "recycleBin", "search", "modules", "module", "tags",
)  # fmt: skip
"""The root fields that are held against the model."""

LISTS: Final = {
    "CustomerAccount": "customerAccounts", "Contact": "contacts", "Campaign": "campaigns"
}  # fmt: skip

EVERYTHING = """
{
  customerAccounts(first: 10) {
    totalCount aggregate { count groups(by: [{field: "owner"}]) { count } }
    nodes { id viewerCan { edit delete comment }
      contacts(first: 10) { totalCount nodes { id } aggregate { count } }
      tabs { module count { value } rows(first: 10) { totalCount nodes { id } } } } }
  contacts(first: 10) { totalCount nodes { id account { id }
    campaigns(first: 10) { totalCount nodes { id } } } }
  campaigns(first: 10) { totalCount nodes { id contacts(first: 10) { totalCount nodes { id } } } }
  upwards: customerAccounts(orderBy: [{name: ASC}]) { nodes { id } }
  hosts: customerAccounts(filter: {contacts: {some: {}}}) { totalCount nodes { id } }
  lonely: customerAccounts(filter: {contacts: {none: {}}}) { totalCount nodes { id } }
  placed: contacts(filter: {account: {name: {startsWith: "Alpha"}}}) { totalCount nodes { id } }
  found: contacts(search: "Alpha") { totalCount nodes { id } }
  records { totalCount nodes { id module } }
  search(text: "alpha", first: 20) { complete groups { module hits { record { id } } } }
  recycleBin { totalCount nodes { id viewerCan { restore } } }
  modules { name creatable exportable tabs { module } }
  tags { nodes { usageCount { value } records { totalCount nodes { id } } } }
}
"""


def ids(records: list[Held]) -> list[str]:
    """In the order of lists: newest first."""
    return [str(id) for id in sorted((each.id for each in records), reverse=True)]


def told(connection: Any) -> list[str]:
    if "totalCount" in connection:
        assert connection["totalCount"] == len(connection["nodes"])
    return [node["id"] for node in connection["nodes"]]


async def compare(company: Company, user: int, client: Client) -> None:
    """Hold all that one user is answered against the model."""
    answer = await client.ask(EVERYTHING)
    seen = [each for each in company.records if company.sees(user, each) and not each.deleted]
    bin = [each for each in company.records if company.sees(user, each) and each.deleted]
    of = {module: [each for each in seen if each.module == module] for module in MODULES}

    def contacts_of(place: int) -> list[Held]:
        return [each for each in of["Contact"] if place in (each.account, *each.campaigns)]

    for module, name in LISTS.items():
        assert told(answer[name]) == ids(of[module])
    aggregate = answer["customerAccounts"]["aggregate"]
    assert aggregate["count"] == len(of["CustomerAccount"])
    owners: dict[Any, int] = {}
    for each in of["CustomerAccount"]:
        owners[each.owner] = owners.get(each.owner, 0) + 1
    assert sorted(each["count"] for each in aggregate["groups"]) == sorted(owners.values())
    by_id = {str(each.id): each for each in company.records}
    for node in answer["customerAccounts"]["nodes"]:
        record = by_id[node["id"]]
        expected = ids(contacts_of(company.records.index(record)))
        assert told(node["contacts"]) == expected
        assert node["contacts"]["aggregate"]["count"] == len(expected)
        tabs = {tab["module"]: tab for tab in node["tabs"]}
        assert ("Contact" in tabs) == company.granted(user, "read", "Contact")
        if "Contact" in tabs:
            assert tabs["Contact"]["count"]["value"] == len(expected)
            assert told(tabs["Contact"]["rows"]) == expected
        assert node["viewerCan"] == {
            "edit": company.writes(user, "edit", record),
            "delete": company.writes(user, "delete", record),
            "comment": company.granted(user, "comment", record.module),
        }
    for node in answer["contacts"]["nodes"]:
        record = by_id[node["id"]]
        account = None if record.account is None else company.records[record.account]
        assert node["account"] == ({"id": str(account.id)} if account in seen else None)
        campaigns = [company.records[place] for place in record.campaigns]
        assert told(node["campaigns"]) == ids([each for each in campaigns if each in seen])
    for node in answer["campaigns"]["nodes"]:
        place = company.records.index(by_id[node["id"]])
        assert told(node["contacts"]) == ids(contacts_of(place))
    assert sorted(told(answer["upwards"])) == sorted(ids(of["CustomerAccount"]))
    hosts = [each for each in of["CustomerAccount"] if contacts_of(company.records.index(each))]
    assert told(answer["hosts"]) == ids(hosts)
    assert told(answer["lonely"]) == ids([x for x in of["CustomerAccount"] if x not in hosts])
    placed = [
        each
        for each in of["Contact"]
        if each.account is not None and company.records[each.account] in seen
    ]
    assert told(answer["placed"]) == ids(placed)
    assert told(answer["found"]) == ids(of["Contact"])
    assert told(answer["records"]) == ids(seen)
    assert answer["search"]["complete"]
    hits = {
        group["module"]: sorted(hit["record"]["id"] for hit in group["hits"])
        for group in answer["search"]["groups"]
    }
    assert hits == {module: sorted(ids(some)) for module, some in of.items() if some}
    deleted = {node["id"]: node["viewerCan"]["restore"] for node in answer["recycleBin"]["nodes"]}
    assert deleted == {str(each.id): company.writes(user, "edit", each) for each in bin}
    assert answer["recycleBin"]["totalCount"] == len(bin)
    modules = {each["name"]: each for each in answer["modules"]}
    for module in MODULES:
        assert (module in modules) == company.granted(user, "read", module)
        if module in modules:
            assert modules[module]["creatable"] == company.granted(user, "create", module)
            assert modules[module]["exportable"] == company.granted(user, "export", module)
    assert {tab["module"] for each in modules.values() for tab in each["tabs"]} <= set(modules)
    for tag in answer["tags"]["nodes"]:
        tagged = [each for each in seen if each.tagged]
        assert tag["usageCount"]["value"] == len(tagged)
        assert told(tag["records"]) == ids(tagged)
    await compare_each(company, user, client, seen)
    await compare_pages(client, ids(seen))


async def compare_each(company: Company, user: int, client: Client, seen: list[Held]) -> None:
    """Each record by its id and number, with its comments."""
    fields = []
    for i, each in enumerate(company.records):
        name = each.module[0].lower() + each.module[1:]
        fields.append(
            f"a{i}: node(id: {each.id}) {{ id }} b{i}: record(id: {each.id}) {{ id comments("
            f"rollUp: true, first: 100) {{ totalCount nodes {{ body }} }} }} "
            f'c{i}: {name}(id: {each.id}) {{ id }} d{i}: {name}(number: "{each.number}") {{ id }}'
        )
    answer = await client.ask(f"{{ {' '.join(fields)} }}")
    for i, each in enumerate(company.records):
        expected = {"id": str(each.id)} if each in seen else None
        assert answer[f"a{i}"] == answer[f"c{i}"] == answer[f"d{i}"] == expected
        assert (answer[f"b{i}"] is not None) == (each in seen)


async def compare_pages(client: Client, expected: list[str]) -> None:
    """All pages of the register."""
    found: list[str] = []
    after = None
    while True:
        page = (
            await client.ask(
                "query ($after: String) { records(first: 2, after: $after) "
                "{ nodes { id } pageInfo { endCursor hasNextPage } } }",
                after=after,
            )
        )["records"]
        found += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == expected


@examples(12)
@given(company=companies())
async def test_everyone_is_answered_as_a_plain_model_of_rights_has_it(
    world: World, company: Company
) -> None:
    clients = await founded(await world.company(), company)

    for user, client in enumerate(clients):
        await compare(company, user, client)
