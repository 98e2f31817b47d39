"""What one operation works with: who asks, in which language, their reader and its loaders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from strawberry import Info

from db.access import Viewer
from db.accounts import viewer_of
from db.api_keys import PREFIX
from db.credentials import digest
from db.cursors import Cursors
from db.database import Database
from db.display import Style
from db.errors import Busy, FichesError, Unauthenticated
from db.history import Origin
from db.listening import Listener
from db.preferences import style_of
from db.reader import Reader
from db.sessions import Caller, Lifetimes
from db.suite import Suite
from db.tokens import Tokens
from db.viewers import Asking
from db.writing import Work
from graph.limits import Limits
from graph.loaders.registry import Loaders
from graph.rates import Rates


@dataclass
class Session:
    """What a request or a socket brings: it outlives its operations."""

    database: Database
    tokens: Tokens
    token: str | None = None
    company: str | None = None
    language: str | None = None
    shows_cost: bool = False
    bin_days: int = 30
    """Days after which deleted records are purged."""
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    caller: Caller = field(default_factory=Caller)
    limits: Limits = field(default_factory=Limits)
    shows_schema: bool = True
    """Whether anyone may ask about the schema, and is helped with misspelt names."""
    compiled: bool = True
    """Whether selections are compiled where they can be."""
    rates: Rates = field(default_factory=Rates)
    trusted: bool = False
    """Whether the document is one of those trusted, and may be called by its name."""
    trace: Mapping[str, str] = field(default_factory=dict)
    """Headers by which the caller names the trace that the operation is part of."""
    listener: Listener | None = None
    close: Callable[[tuple[int, str]], Awaitable[None]] | None = None
    """Ends the socket, for those that came by one: code and reason."""
    connection_params: Mapping[str, Any] = field(default_factory=dict)
    """What a socket's client said of itself in `connection_init`."""

    async def operation(self, *, holds: bool = False) -> Operation:
        """A new operation, its viewer's rights read now; one that `holds` goes on with the
        connection it was told them by.
        """
        if not holds or self.token is None:
            try:
                return Operation(self, await self.viewer())
            except Busy:
                # Nothing of the operation could be answered.
                raise
            except FichesError as refusal:
                return Operation(self, None, refusal)
        connection = None
        try:
            connection = await self.database.acquire()
            viewer = await self.viewer(connection)
            assert viewer is not None
        except BaseException as error:
            if connection is not None:
                await self.database.release(connection)
            if isinstance(error, FichesError) and not isinstance(error, Busy):
                return Operation(self, None, error)
            raise
        return Operation(self, viewer, reader=Reader(self.database, viewer, connection))

    async def viewer(self, connection: Any = None) -> Viewer | None:
        """Who asks, by what the database says now; None for nobody. Raises Unauthenticated,
        NotFound for a company that is not the user's, Busy.
        """
        asking = self.asking()
        if asking is None:
            return None
        return await viewer_of(self.database, *asking, connection=connection)

    def asking(self) -> Asking | None:
        """What the token and the company say of who asks; None for nobody. Raises
        Unauthenticated.
        """
        if self.token is None:
            return None
        company = self.company.removeprefix("company-") if self.company else None
        digits = company is not None and company.isascii() and company.isdigit()
        if company is not None and not (digits and len(company) < 19):
            company = "0"
        acting_in = int(company) if company else None
        if self.token.startswith(PREFIX):
            return None, acting_in, None, digest(self.token)
        claims = self.tokens.read(self.token)
        return claims.user_id, acting_in, claims.session_id, None

    async def as_last_time(self) -> Operation | None:
        """An operation of who asked last time by the same token, if they did: nothing that it reads
        may be answered unless the database says that rights are `UNCHANGED`. Raises Busy.
        """
        try:
            asking = self.asking()
        except FichesError:
            return None
        kept = self.database.viewers.get(asking) if asking else None
        if asking is None or kept is None:
            return None
        reader = Reader(self.database, kept.viewer, await self.database.acquire())
        user, _, by_session, by_key = asking
        last = (user, by_session, by_key, kept.snapshot)
        return Operation(self, kept.viewer, reader=reader, last=last)


class Operation:
    """One GraphQL operation. Its reads see one snapshot; a mutation's field begins a new one.

    `last`: the parameters of `UNCHANGED` (db/accounts.py) for one of who asked last time.
    """

    def __init__(
        self,
        session: Session,
        viewer: Viewer | None,
        refusal: FichesError | None = None,
        reader: Reader | None = None,
        last: tuple[Any, ...] | None = None,
    ) -> None:
        self.session = session
        self.last = last
        self.database = session.database
        self._viewer = viewer
        self._refusal = refusal
        self._reader = reader
        self._loaders: Loaders | None = None
        self._statements = 0
        self._rows = 0
        self._works: list[Work] = []
        self.requested = 0
        self.in_turn = False
        """Whether it is a mutation, whose fields are resolved one after the other."""

    @property
    def viewer(self) -> Viewer:
        """Who asks. Raises Unauthenticated."""
        if self._viewer is None:
            raise self._refusal or Unauthenticated()
        return self._viewer

    @property
    def user_id(self) -> int | None:
        """Who asks, if they are known."""
        return self._viewer.id if self._viewer else None

    @property
    def reads_only(self) -> bool:
        """Whether an API key acts that may not write."""
        return self._viewer is not None and not self._viewer.credential.writes

    @property
    def language(self) -> str:
        """The language to answer in: what the request asks for, else the viewer's own."""
        return self.session.language or (self._viewer.language if self._viewer else "fr")

    @cached_property
    def style(self) -> Style:
        """How values are shown to who asks."""
        return style_of(self.viewer, self.language)

    @property
    def suite(self) -> Suite:
        return self.database.suite

    @property
    def cursors(self) -> Cursors:
        return self.database.cursors

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self.database, self.viewer)
        return self._reader

    @property
    def loaders(self) -> Loaders:
        if self._loaders is None:
            self._loaders = Loaders(self.reader, self.suite)
        return self._loaders

    def writing(self, origin: Origin = Origin.MANUAL) -> Work:
        """The unit of work of one mutation field; what a key does by hand, it does by API."""
        if origin is Origin.MANUAL and self.viewer.credential.key_id is not None:
            origin = Origin.API
        # Fields of a query are resolved at the same time: what one holds, others may be using.
        idle = self._reader.idle if self._reader and self.in_turn else None
        work = Work(self.database, self.viewer, origin, connection=idle)
        self._works.append(work)
        return work

    async def begin_field(self) -> None:
        """Forget what was read for the field before: what follows sees what that has written. The
        connection is kept, if one is held.
        """
        reader = self._forget()
        if reader is not None:
            connection = await reader.leave()
            if connection is not None:
                self._reader = Reader(self.database, self.viewer, connection)

    async def renew(self) -> None:
        """Forget what was read, and hold no connection."""
        reader = self._forget()
        if reader is not None:
            await reader.close()

    def _forget(self) -> Reader | None:
        reader, self._reader, self._loaders = self._reader, None, None
        if reader is not None:
            self._statements += reader.statements
            self._rows += reader.rows
        return reader

    async def apart(self) -> Database:
        """The database, for what takes a connection of its own: who waits for one holds none."""
        await self.renew()
        return self.database

    async def recognise(self) -> None:
        """Read anew who asks. Raises as Session.viewer does."""
        self._viewer = await self.session.viewer(self._reader.idle if self._reader else None)
        if self._reader is not None:
            self._reader.viewer = self.viewer
        self.__dict__.pop("style", None)

    async def begin_again(self) -> None:
        """Forget everything, who asks included: what follows is the next event of a stream.

        Raises as Session.viewer does.
        """
        await self.renew()
        self._statements = self._rows = 0
        self._works.clear()
        await self.recognise()

    @property
    def statements(self) -> int:
        written = sum(work.statements for work in self._works)
        return self._statements + written + (self._reader.statements if self._reader else 0)

    @property
    def rows(self) -> int:
        return self._rows + (self._reader.rows if self._reader else 0)


def operation(info: Info[Any, Any]) -> Operation:
    """The operation a resolver works for."""
    found: Operation = info.context
    return found
