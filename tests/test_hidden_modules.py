"""What a profile hides by module is in no saved list; the hidden costs what is not there costs."""

from __future__ import annotations

from tests.client import Client

LIST = (
    'mutation { createList(input: {module: "Contact", name: "À licencier", shared: true}) '
    "{ list { id } } }"
)


async def test_shared_lists_of_a_module_not_to_be_read_are_not_there(client: Client) -> None:
    colleague = await client.colleague()
    kept = (await client.ask(LIST))["createList"]["list"]["id"]
    profile = await client.ask(
        'mutation { createProfile(input: {name: "P", grants: [{actions: [READ]}, '
        '{module: "Contact", actions: []}]}) { profile { id } } }'
    )
    await client.ask(
        "mutation ($user: ID!, $profile: ID!) { updateUser(id: $user, input: {profile: $profile}) "
        "{ errors { message } } }",
        user=f"user-{colleague.user_id}",
        profile=profile["createProfile"]["profile"]["id"],
    )

    read = "query ($id: ID!) { lists { nodes { id } } list(id: $id) { name } node(id: $id) { id } }"
    seen = await colleague.ask(read, id=kept)
    copied = await colleague.ask(
        "mutation ($id: ID!) { duplicateList(id: $id) { list { id } errors { code } } }", id=kept
    )

    assert seen == {"lists": {"nodes": []}, "list": None, "node": None}
    assert copied["duplicateList"] == {"list": None, "errors": [{"code": "NOT_FOUND"}]}
    assert (await client.ask(read, id=kept))["list"] == {"name": "À licencier"}


async def test_a_hidden_comment_costs_as_many_statements_as_none(client: Client) -> None:
    colleague = await client.colleague()
    account = await client.create("CustomerAccount", name="Dupont")
    comment = await client.comment(account, "Caché")
    costs = []

    for id in (comment, "comment-9000000000000"):
        await colleague.ask("query ($id: ID!) { node(id: $id) { id } }", id=id)
        read = colleague.statements
        await colleague.ask(
            'mutation ($id: ID!) { editComment(id: $id, body: "x") { errors { code } } }', id=id
        )
        costs.append((read, colleague.statements))

    assert costs[0] == costs[1]


async def test_the_default_list_is_that_of_all_records_again_without_an_id(client: Client) -> None:
    data = await client.ask(
        'mutation { setDefaultList(module: "Contact") { list { id } errors { code } } }'
    )

    assert data["setDefaultList"] == {"list": {"id": "list-all-Contact"}, "errors": []}
