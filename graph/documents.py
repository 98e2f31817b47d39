"""The text of what a request asks for: as it was sent, or as it is kept under an id.

Trusted documents are loaded by who runs the service (`fiches documents load`). Automatic ones
(Apollo's APQ) are registered by clients as they go, to send less: trusted for nothing, kept in
memory, and forgotten when there are more.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from cachetools import TTLCache

from db.database import Database
from db.errors import BadUserInput, DocumentRefused
from db.trusted import text_of
from graph.named import Named

FRESH: Final = 60.0
"""Seconds that a trusted document is served from memory: one that is forgotten goes on so long."""
MOST: Final = 8_000_000
"""Characters of trusted documents that a process keeps in memory."""
MOST_AUTOMATIC: Final = 4_000_000
LONGEST_AUTOMATIC: Final = 40_000
"""Characters of all automatic documents that a process keeps, and of one."""
AUTOMATIC_SECONDS: Final = 86_400.0
"""After which one has to be registered anew."""


class Documents:
    """What is kept, in memory, of the documents of one process."""

    def __init__(self, *, trusted_only: bool, automatic: bool) -> None:
        self.trusted_only = trusted_only
        self.automatic = automatic
        self._trusted: TTLCache[str, str] = TTLCache(MOST, FRESH, getsizeof=len)
        self._automatic: TTLCache[str, str] = TTLCache(
            MOST_AUTOMATIC, AUTOMATIC_SECONDS, getsizeof=len
        )

    async def text(self, database: Database, query: str | None, named: Named | None) -> str:
        """The document to execute. Raises DocumentRefused, BadUserInput, Busy."""
        if named is None:
            assert query is not None
            if self.trusted_only:
                raise DocumentRefused("trusted_only")
            return query
        trusted = await self._known(database, named.id)
        if trusted is not None:
            if query is not None and query != trusted:
                raise BadUserInput(("query",), "document_and_query")
            return trusted
        if not named.automatic:
            if query is not None:
                raise BadUserInput(("query",), "document_and_query")
            raise DocumentRefused("unknown_document", id=named.id)
        return self._registered(query, named.id)

    def trusts(self, named: Named | None) -> bool:
        """Whether what `text` has just found is a trusted document."""
        return named is not None and named.id in self._trusted

    def _registered(self, query: str | None, hashed: str) -> str:
        """An automatic document, registered where its text is sent too."""
        if self.trusted_only:
            raise DocumentRefused("trusted_only" if query else "automatic_unsupported")
        if query is not None:
            if sha256(query.encode(errors="replace")).hexdigest() != hashed:
                raise BadUserInput(("extensions.persistedQuery",), "hash_of_another")
            if self.automatic and len(query) <= LONGEST_AUTOMATIC:
                self._automatic[hashed] = query
            return query
        if not self.automatic:
            raise DocumentRefused("automatic_unsupported")
        found: str | None = self._automatic.get(hashed)
        if found is None:
            raise DocumentRefused("automatic_unknown")
        return found

    async def _known(self, database: Database, id: str) -> str | None:
        found: str | None = self._trusted.get(id)
        if found is None:
            found = await text_of(database, id)
            if found is not None and len(found) <= MOST:
                self._trusted[id] = found
        return found
