"""Who asks, made of what the database says of them at each operation."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic
from typing import Any, Final, NamedTuple

from db.access import Viewer
from db.credentials import Credential, Scope
from db.customs import Customs
from db.preferences import Preferences
from db.rights import rights_of
from db.suite import Suite

KEPT: Final = 1_000
LASTING: Final = 3600.0
"""Seconds for which somebody may be asked to be who they were; changes of rights are noted for a
day (db/forgetting.py).
"""

Asking = tuple[int | None, int | None, int | None, bytes | None]
"""How somebody asks: the user, the company and the session that a token names, the hash of a key;
the parameters of the statement that reads who it is.
"""


class Kept(NamedTuple):
    """What was read last of somebody, the viewer made of it, and when: the snapshot, as PostgreSQL
    writes it, and by this process's clock.
    """

    said: tuple[Any, ...]
    viewer: Viewer
    snapshot: str
    at: float

    @property
    def lasts(self) -> bool:
        """Whether they are still who they were unless rights have changed meanwhile: not for long,
        as changes are not noted for ever; and not where records are shared with them, as these may
        change without their rights.
        """
        return monotonic() - self.at < LASTING and not self.viewer.rights.records


class KeptViewers:
    """Viewers as they were last read. Each operation asks whether rights have changed since
    (db/accounts.py); where they have, one whose row says the same again is the same.
    """

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._kept: OrderedDict[Asking, Kept] = OrderedDict()

    def get(self, asking: Asking) -> Kept | None:
        """Who it was last time; whether they still are must be read."""
        kept = self._kept.get(asking)
        return kept if kept and kept.lasts else None

    def of(self, asking: Asking, row: Any, customs: Customs) -> Viewer:
        *told, snapshot = row
        said = tuple(told)
        kept = self._kept.get(asking)
        unchanged = kept and kept.said == said and same(kept.viewer.customs, customs)
        viewer = kept.viewer if kept and unchanged else self._made(row, customs, asking)
        self._kept[asking] = Kept(said, viewer, snapshot, monotonic())
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
