"""What the viewer prefers, and changing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from strawberry import UNSET, Info

from db import preferences
from db.access import Viewer
from db.display import DateFormat, NumberFormat
from db.errors import InvalidInput
from graph.context import operation
from graph.resolvers.mutations import INPUT, Payload, refusing


@dataclass(frozen=True)
class Preferred:
    """A viewer's preferences, those of their company where they chose none."""

    viewer: Viewer

    @property
    def language(self) -> str:
        return self.viewer.language

    @property
    def time_zone(self) -> str:
        return self.viewer.preferences.time_zone or self.viewer.time_zone

    @property
    def date_format(self) -> DateFormat | None:
        return self.viewer.preferences.date_format

    @property
    def number_format(self) -> NumberFormat | None:
        return self.viewer.preferences.number_format


@dataclass(frozen=True)
class PreferencesPayload(Payload):
    preferences: Preferred | None = None


def preferred(root: Viewer) -> Preferred:
    return Preferred(root)


async def update(info: Info, input: Any) -> PreferencesPayload:
    own = operation(info)
    given = {name: value for name, value in vars(input).items() if value is not UNSET}
    try:
        await preferences.update(await own.apart(), own.viewer, given)
    except InvalidInput as refusal:
        raise refusal.below(INPUT) from None
    await own.recognise()
    return PreferencesPayload(preferences=Preferred(own.viewer))


updated = refusing(update, PreferencesPayload)
