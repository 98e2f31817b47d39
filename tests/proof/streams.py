"""What subscribers are told, before and after their rights have changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from db.listening import Listener
from tests.proof.sent import Sent
from tests.proof.web import Reader, Web
from tests.test_live import subscribed

MODULE = """subscription ($module: String!) {
    moduleChanged(module: $module) { record { id } change { operation } } }"""
RECORD = "subscription ($id: ID!) { recordChanged(id: $id) { record { id } } }"
COMMENTS = """subscription ($record: ID!) {
    commentAdded(record: $record, rollUp: true) { comment { body record { id } } } }"""


async def told(
    web: Web,
    reader: Reader,
    module: str,
    url: str,
    listener: Listener,
    sent: Sent,
    redraw: Callable[[], Awaitable[None]],
) -> None:
    """A comment on every record of the module, rights drawn anew, and the same again: each is
    told of what they saw when it happened. What comes last is a record that they always see.
    """
    own = [each for each in web.knots.values() if each.module == module]
    seen = [each for each in own if web.sees(reader, each)]
    if not seen:
        return
    last = seen[-1]
    for document in (MODULE, RECORD, COMMENTS):
        sent.add(document)
    options: dict[str, Any] = {"url": url, "client": reader.client, "begun": listener}
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        streams = [
            await enter(subscribed(document=MODULE, module=module, **options)),
            await enter(subscribed(document=RECORD, id=str(last.id), **options)),
            await enter(subscribed(document=COMMENTS, record=str(last.id), **options)),
        ]
        for _ in range(2):
            for each in own:
                if not each.deleted and each is not last:
                    await web.administrator.comment(str(each.id), "Vu ?")
            await _always(web, reader, last.id)
            await web.administrator.comment(str(last.id), "Fin")
            expected = [x.id for x in own if web.sees(reader, x) and x is not last] + [last.id]
            heard: list[int] = []
            while not heard or heard[-1] != last.id:
                heard.append(int((await streams[0].next())["record"]["id"]))
            assert heard == expected, (module, heard, expected)
            assert int((await streams[1].next())["record"]["id"]) == last.id
            while (comment := (await streams[2].next())["comment"])["body"] != "Fin":
                assert web.sees(reader, web.knots[int(comment["record"]["id"])])
            await redraw()
            await _always(web, reader, last.id)
    await web.administrator.world.database.pool.execute(
        "UPDATE comment SET deleted_at = now(), body = '' WHERE body IN ('Vu ?', 'Fin')"
    )


async def _always(web: Web, reader: Reader, id: int) -> None:
    """Let the reader see one record, whatever was drawn."""
    knot, pool = web.knots[id], web.administrator.world.database.pool
    await pool.execute(
        f"UPDATE {web.suite[knot.module].table.name} SET owner_id = $2, deleted_at = NULL "
        "WHERE id = $1",
        id,
        reader.client.user_id,
    )
    knot.owner, knot.deleted = reader.client.user_id, False
    if knot.module in reader.hidden:
        reader.hidden.discard(knot.module)
        web.rights.hidden[web.readers.index(reader)].discard(knot.module)
        await pool.execute(
            "UPDATE profile SET grants = grants - $2 WHERE id = $1",
            web.profiles[web.readers.index(reader) - 1],
            knot.module,
        )
