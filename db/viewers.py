"""Who asks, made of what the database says of them at each operation."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final, NamedTuple

from db.access import Viewer
from db.credentials import Credential, Scope
from db.customs import Customs
from db.preferences import Preferences
from db.rights import rights_of
from db.suite import Suite

KEPT: Final = 1_000

Asking = tuple[int | None, int | None, int | None, bytes | None]
"""How somebody asks: the user, the company and the session that a token names, the hash of a key;
the parameters of the statement that reads who it is.
"""


class Kept(NamedTuple):
    """What was last read of somebody, and the viewer made of it."""

    said: tuple[Any, ...]
    viewer: Viewer


class KeptViewers:
    """Viewers as they were last read: one whose row says the same again is the same.

    Rights are read for every operation; what is saved is working them out.
    """

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._kept: OrderedDict[Asking, Kept] = OrderedDict()

    def get(self, asking: Asking) -> Kept | None:
        """Who it was last time; whether they still are must be read."""
        return self._kept.get(asking)

    def of(self, asking: Asking, row: Any, customs: Customs) -> Viewer:
        said = tuple(row)
        kept = self._kept.get(asking)
        if kept is not None and kept.said == said and same(kept.viewer.customs, customs):
            self._kept.move_to_end(asking)
            return kept.viewer
        viewer = self._made(row, customs, asking)
        self._kept[asking] = Kept(said, viewer)
        self._kept.move_to_end(asking)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return viewer

    def _made(self, row: Any, customs: Customs, asking: Asking) -> Viewer:
        return Viewer(
            id=row["id"],
            name=row["name"],
            email=row["email"],
            company_id=row["company_id"],
            administrator=row["administrator"],
            configures=row["administrator"] or row["configures"],
            principals=tuple(row["parties"]),
            shared=frozenset(row["sharing"] or ()),
            language=row["language"],
            time_zone=row["time_zone"],
            preferences=Preferences.of(row),
            customs=customs,
            rights=rights_of(row, (module.name for module in self.suite.modules)),
            credential=Credential(asking[2], row["key_id"], _scopes(row)),
        )


def same(kept: Customs, read: Customs) -> bool:
    """Whether a company's customs are those kept: they are the same object, or there are none."""
    return kept is read or not (kept or read)


def _scopes(row: Any) -> frozenset[Scope]:
    return frozenset(Scope if row["scopes"] is None else map(Scope, row["scopes"]))
