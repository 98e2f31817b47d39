"""Nothing leaks: every way to read, held against a plain model of who sees what; and whatever names
what is hidden, answered as for what never was.

Roles, teams and rules are held in test_access_rights.py, hidden fields by example in
test_field_rights.py; here are all modules, all relations and all fields of the schema.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.listening import Listener
from graph.app import schema
from tests.client import World
from tests.proof import reads, streams, writes
from tests.proof.sent import Sent, asked_for
from tests.proof.web import Web, chosen, spun, tied
from tests.properties import examples
from tests.test_live import listening_on


@pytest.fixture(scope="module")
async def web(world: World) -> Web:
    """One company for this file; each example ties its records and draws its rights anew."""
    return await spun(await world.company())


@pytest.fixture(scope="module")
async def url(world: World) -> AsyncIterator[str]:
    async with listening_on(world.app) as (url, _):
        yield url


@pytest.fixture(scope="module")
def sent(world: World) -> Sent:
    return Sent(schema(world.database.suite)._schema)


@examples(3)
@given(seed=st.integers(0, 2**32))
async def test_every_module_is_read_as_the_model_has_it(
    web: Web, world: World, sent: Sent, url: str, seed: int
) -> None:
    await tied(web, seed)

    for reader in web.readers:
        modules = chosen(web, seed, 3)
        await reads.lists(web, reader, modules, sent)
        await reads.stories(web, reader, modules, sent)
        await reads.kept(web, reader, modules, sent)
        await reads.records(web, reader, modules, sent)
        await reads.filters(web, reader, modules)
        await reads.exports(web, reader, modules)
        await reads.registers(web, reader, sent)
        await reads.found(web, reader, sent)
    listener: Listener = world.app.state.application.listener
    module = chosen(web, seed, 1)[0].name
    await streams.told(web, web.readers[1], module, url, listener, sent, seed)


async def test_all_fields_of_the_schema_are_held(web: Web, world: World, url: str) -> None:
    sent = Sent(schema(world.database.suite)._schema)
    await tied(web, 1)
    reader, every = web.readers[1], list(web.suite.modules)
    await reads.lists(web, reader, every, sent)
    await reads.stories(web, reader, every, sent)
    await reads.kept(web, reader, every[:3], sent)
    await reads.registers(web, reader, sent)
    await reads.found(web, reader, sent)
    await reads.kept(web, web.readers[0], [], sent)
    listener: Listener = world.app.state.application.listener
    await streams.told(web, reader, "Contact", url, listener, sent, 1)
    told = await writes.refused(reader.client, sent)
    hidden = await writes.hiding(web)
    caller = writes.Caller(web.suite, hidden)
    mutations = sent.schema.mutation_type
    assert mutations is not None

    told += await writes.same_reads(reader.client, caller, sent)
    told += await writes.same(
        reader.client,
        sent.schema,
        caller,
        [x for x in mutations.fields if x not in writes.ENDS],
        sent,
    )
    passer = await web.administrator.colleague("Passant")
    told += await writes.same(passer, sent.schema, caller, writes.ENDS, sent)

    assert told == []
    missing = sorted(set(asked_for(sent.schema)) - sent.fields)
    assert missing == [], (
        "These fields of the schema are in no proof that they leak nothing: ask for them in "
        "tests/proof/reads.py, streams.py or writes.py, and hold the answer against the web."
    )
