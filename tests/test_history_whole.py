"""History has no holes: from it alone follows all that the tables hold."""

from __future__ import annotations

import os
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.client import World
from tests.monkey import Monkey
from tests.properties import examples
from tests.replay import untold
from tests.test_every_module import Story


# Shrinking would call hundreds of mutations hundreds of times; the seed is all that there is.
@settings(examples(1), phases=[Phase.generate])
@given(seed=st.integers(0, 2**32 - 1))
async def test_whatever_is_written_history_tells_it(world: World, seed: int) -> None:
    random = Random(seed)
    client = await world.company()
    story, monkey = Story(client), Monkey(client, random)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    for module, id in story.ids.items():
        monkey.ids[module].append(id)
    await monkey.learn()

    every = list(monkey.mutations)
    random.shuffle(every)
    # First what makes and changes, so that there is something to be done anything else to.
    for name in (*(each for each in every if not each.startswith(("delete", "cancel"))), *every):
        await monkey.call(name)

    if os.environ.get("FUZZ_SHOW"):
        never = sorted(set(every) - monkey.done.keys())
        print(monkey.reasons.most_common(40))
        print(f"done {sum(monkey.done.values())}, refused {sum(monkey.refused.values())}: {never}")
    assert len(monkey.done) > len(every) / 2, monkey.reasons
    assert await untold(client) == []
