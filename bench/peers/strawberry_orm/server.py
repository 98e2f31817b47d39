"""The twin that one writes by hand: Strawberry types, DataLoaders, and SQLAlchemy's ORM.

The same documents as the service, on the same tables. As both documentations advise for
production: one AsyncSession a batch, one statement a level, columns named by `load_only`, documents
parsed and validated once. DATABASE_URL and COMPANY_ID come from the environment; run by
`uvicorn server:app` with uvloop and httptools, as the service is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

import orjson
import strawberry
from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    ForeignKey,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    aliased,
    joinedload,
    load_only,
    mapped_column,
    relationship,
)
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

COMPANY = int(os.environ["COMPANY_ID"])
LAST = 2**63 - 1

engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://"),
    pool_size=10,
    max_overflow=0,
    connect_args={"server_settings": {"jit": "off"}},
)
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[Any] = {int: BigInteger, datetime: DateTime(timezone=True)}


class Record:
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    deleted_at: Mapped[datetime | None]


class AccountRow(Record, Base):
    __tablename__ = "customer_account"

    name: Mapped[str]
    email: Mapped[str | None]


class InvoiceRow(Record, Base):
    __tablename__ = "customer_invoice"

    status: Mapped[str]
    issued_on: Mapped[date]
    due_on: Mapped[date]
    total_incl_tax: Mapped[Decimal | None]
    balance_due: Mapped[Decimal | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("customer_account.id"))


class EntryRow(Record, Base):
    __tablename__ = "accounting_entry"

    entry_number: Mapped[str | None]
    label: Mapped[str]
    debit: Mapped[Decimal | None]
    credit: Mapped[Decimal | None]
    entry_date: Mapped[date]
    customer_invoice_id: Mapped[int | None] = mapped_column(ForeignKey("customer_invoice.id"))


class PrincipalRow(Base):
    __tablename__ = "principal"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class CommentRow(Base):
    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("customer_account.id"))
    parent_id: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("principal.id"))
    body: Mapped[str]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    reply_count: Mapped[int]
    author: Mapped[PrincipalRow] = relationship()


ACCOUNT = (AccountRow.id, AccountRow.number, AccountRow.title, AccountRow.name, AccountRow.email)
INVOICE = (
    InvoiceRow.id,
    InvoiceRow.number,
    InvoiceRow.title,
    InvoiceRow.status,
    InvoiceRow.issued_on,
    InvoiceRow.due_on,
    InvoiceRow.total_incl_tax,
    InvoiceRow.balance_due,
)
ENTRY = (
    EntryRow.id,
    EntryRow.entry_number,
    EntryRow.label,
    EntryRow.debit,
    EntryRow.credit,
    EntryRow.entry_date,
)
COMMENT = (CommentRow.id, CommentRow.body, CommentRow.created_at)


def seen(table: Any) -> Any:
    return and_(table.company_id == COMPANY, table.deleted_at.is_(None))


async def pages(
    ids: Sequence[int], size: int, wanted: Any, row: Any, read: Sequence[Any], *options: Any
) -> list[list[Any]]:
    """The first rows of each parent: `wanted` says which, given the parent's id.

    `options`: what to read beside, and the order again where that would lose it.
    """
    parents = (
        func.unnest(bindparam("parents", ids, type_=ARRAY(BigInteger)))
        .table_valued("id")
        .render_derived("parent")
    )
    each = wanted(parents.c.id).limit(size).lateral("page")
    entity = aliased(row, each)
    columns = load_only(*(getattr(entity, column.key) for column in read))
    statement = (
        select(parents.c.id, entity).select_from(parents.join(each, true())).options(columns)
    )
    for option in options:
        statement = option(statement, entity)
    found: dict[int, list[Any]] = {id: [] for id in ids}
    async with sessions() as session:
        for id, made in await session.execute(statement):
            found[id].append(made)
    return [found[id] for id in ids]


def invoices_of(size: int) -> DataLoader[int, list[InvoiceRow]]:
    async def load(ids: list[int]) -> list[list[Any]]:
        def wanted(parent: Any) -> Any:
            return (
                select(InvoiceRow)
                .where(InvoiceRow.account_id == parent, seen(InvoiceRow))
                .order_by(InvoiceRow.id.desc())
            )

        return await pages(ids, size, wanted, InvoiceRow, INVOICE)

    return DataLoader(load)


def entries_of(size: int) -> DataLoader[int, list[EntryRow]]:
    async def load(ids: list[int]) -> list[list[Any]]:
        def wanted(parent: Any) -> Any:
            return (
                select(EntryRow)
                .where(EntryRow.customer_invoice_id == parent, seen(EntryRow))
                .order_by(EntryRow.id.desc())
            )

        return await pages(ids, size, wanted, EntryRow, ENTRY)

    return DataLoader(load)


def comments_of(size: int) -> DataLoader[int, list[CommentRow]]:
    async def load(ids: list[int]) -> list[list[Any]]:
        def wanted(parent: Any) -> Any:
            return (
                select(CommentRow)
                .where(
                    CommentRow.record_id == parent,
                    CommentRow.parent_id.is_(None),
                    or_(CommentRow.deleted_at.is_(None), CommentRow.reply_count > 0),
                )
                .order_by(CommentRow.created_at.desc(), CommentRow.id.desc())
            )

        def with_author(statement: Any, each: Any) -> Any:
            order = each.created_at.desc(), each.id.desc()
            return statement.options(joinedload(each.author)).order_by(*order)

        return await pages(ids, size, wanted, CommentRow, COMMENT, with_author)

    return DataLoader(load)


class Loaders:
    """Those of one request: one for each list and size of its pages."""

    def __init__(self) -> None:
        self.made: dict[Any, DataLoader[int, list[Any]]] = {}

    def of(self, make: Callable[[int], DataLoader[int, Any]], size: int) -> DataLoader[int, Any]:
        key = (make, size)
        if key not in self.made:
            self.made[key] = make(size)
        return self.made[key]


Info = strawberry.Info[Any, None]


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: strawberry.ID | None


@strawberry.type
class Actor:
    name: str


@strawberry.type
class Comment:
    row: strawberry.Private[CommentRow]
    id: strawberry.ID
    body: str
    created_at: datetime

    @strawberry.field
    def author(self) -> Actor:
        return Actor(name=self.row.author.name)


@strawberry.type
class CommentConnection:
    nodes: list[Comment]
    page_info: PageInfo


@strawberry.type
class AccountingEntry:
    id: strawberry.ID
    entry_number: str | None
    label: str
    debit: Decimal | None
    credit: Decimal | None
    entry_date: date


@strawberry.type
class AccountingEntryConnection:
    nodes: list[AccountingEntry]
    page_info: PageInfo


@strawberry.type
class CustomerInvoice:
    id: strawberry.ID
    number: str
    title: str
    status: str
    issued_on: date
    due_on: date
    total_incl_tax: Decimal | None
    balance_due: Decimal | None

    @strawberry.field
    async def accounting_entries(self, info: Info, first: int = 20) -> AccountingEntryConnection:
        loader = info.context["loaders"].of(entries_of, first + 1)
        return connection(AccountingEntryConnection, entry, await loader.load(int(self.id)), first)


@strawberry.type
class CustomerInvoiceConnection:
    nodes: list[CustomerInvoice]
    page_info: PageInfo


@strawberry.type
class CustomerAccount:
    id: strawberry.ID
    number: str
    title: str
    name: str
    email: str | None

    @strawberry.field
    async def invoices(self, info: Info, first: int = 20) -> CustomerInvoiceConnection:
        loader = info.context["loaders"].of(invoices_of, first + 1)
        return connection(
            CustomerInvoiceConnection, invoice, await loader.load(int(self.id)), first
        )

    @strawberry.field
    async def comments(self, info: Info, first: int = 20) -> CommentConnection:
        loader = info.context["loaders"].of(comments_of, first + 1)
        return connection(CommentConnection, comment, await loader.load(int(self.id)), first)


@strawberry.type
class CustomerAccountConnection:
    nodes: list[CustomerAccount]
    page_info: PageInfo


def account(row: AccountRow) -> CustomerAccount:
    return CustomerAccount(
        id=strawberry.ID(str(row.id)),
        number=row.number,
        title=row.title,
        name=row.name,
        email=row.email,
    )


def invoice(row: InvoiceRow) -> CustomerInvoice:
    return CustomerInvoice(
        id=strawberry.ID(str(row.id)),
        number=row.number,
        title=row.title,
        status=row.status,
        issued_on=row.issued_on,
        due_on=row.due_on,
        total_incl_tax=row.total_incl_tax,
        balance_due=row.balance_due,
    )


def entry(row: EntryRow) -> AccountingEntry:
    return AccountingEntry(
        id=strawberry.ID(str(row.id)),
        entry_number=row.entry_number,
        label=row.label,
        debit=row.debit,
        credit=row.credit,
        entry_date=row.entry_date,
    )


def comment(row: CommentRow) -> Comment:
    return Comment(row=row, id=strawberry.ID(str(row.id)), body=row.body, created_at=row.created_at)


T = TypeVar("T")


def connection(
    kind: Callable[..., T], node: Callable[[Any], Any], rows: Sequence[Any], first: int
) -> T:
    shown = rows[:first]
    cursor = strawberry.ID(str(shown[-1].id)) if shown else None
    return kind(
        nodes=[node(row) for row in shown],
        page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=cursor),
    )


async def newest(row: Any, read: Sequence[Any], first: int, after: str | None) -> list[Any]:
    statement = (
        select(row)
        .options(load_only(*read))
        .where(seen(row), row.id < (int(after) if after else LAST))
        .order_by(row.id.desc())
        .limit(first + 1)
    )
    async with sessions() as session:
        return list(await session.scalars(statement))


@strawberry.type
class Query:
    @strawberry.field
    async def customer_account(self, id: strawberry.ID) -> CustomerAccount | None:
        statement = (
            select(AccountRow)
            .options(load_only(*ACCOUNT))
            .where(AccountRow.id == int(id), seen(AccountRow))
        )
        async with sessions() as session:
            row = await session.scalar(statement)
        return account(row) if row else None

    @strawberry.field
    async def customer_accounts(
        self, first: int = 20, after: strawberry.ID | None = None
    ) -> CustomerAccountConnection:
        rows = await newest(AccountRow, ACCOUNT, first, after)
        return connection(CustomerAccountConnection, account, rows, first)

    @strawberry.field
    async def customer_invoices(
        self, first: int = 20, after: strawberry.ID | None = None
    ) -> CustomerInvoiceConnection:
        rows = await newest(InvoiceRow, INVOICE, first, after)
        return connection(CustomerInvoiceConnection, invoice, rows, first)


class Server(GraphQL[Any, None]):
    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        return {"request": request, "response": response, "loaders": Loaders()}

    def encode_json(self, data: object) -> str | bytes:
        return orjson.dumps(data)


schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
app = Server(schema, graphql_ide=None)
