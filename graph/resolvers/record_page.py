"""The parts of a record's page, in the order of its layout. Nothing here knows a module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from strawberry import UNSET, Info

from db.customs import layout_of
from db.declare import Label
from db.layouts import Block, Layout
from graph.context import Operation, operation
from graph.resolvers import lists, records
from graph.resolvers.field_values import FieldOfRecord, field_of
from graph.resolvers.totals import totals as document_totals

KEY_FIELDS: Final = Label("Champs clés", "Key fields")
COMMENTS: Final = Label("Commentaires", "Comments")
LAST_COMMENTS: Final = 3


@dataclass(frozen=True)
class Page:
    """One record's row, who reads it, and how it is laid out for them."""

    own: Operation
    row: Any

    @property
    def layout(self) -> Layout:
        return layout_of(self.own.viewer, self.row.module)

    def fields(self, chosen: tuple[str, ...]) -> list[FieldOfRecord]:
        return [field_of(self.own, self.row, name) for name in chosen]

    @property
    def title(self) -> str | None:
        return self.row["title"]  # type: ignore[no-any-return]

    @property
    def number(self) -> str | None:
        return self.row["number"]  # type: ignore[no-any-return]

    @property
    def module_label(self) -> str:
        label: str = self.row.module.singular.into(self.own.language)
        return label

    @property
    def key_fields(self) -> list[FieldOfRecord]:
        return self.fields(self.layout.key)


@dataclass(frozen=True)
class SummaryBlock:
    """A block of the summary; `kind` is its GraphQL type."""

    page: Page
    kind: str
    name: str
    text: Label

    @property
    def label(self) -> str:
        return self.text.into(self.page.own.language)

    @property
    def fields(self) -> list[FieldOfRecord]:
        return self.page.key_fields


@dataclass(frozen=True)
class DetailsBlock:
    page: Page
    block: Block

    @property
    def name(self) -> str:
        return self.block.name

    @property
    def label(self) -> str:
        return self.block.label.into(self.page.own.language)

    @property
    def collapsed(self) -> bool:
        return self.block.collapsed

    @property
    def fields(self) -> list[FieldOfRecord]:
        return self.page.fields(self.block.fields)


async def page(root: Any, info: Info) -> Page:
    return Page(operation(info), await records.full(root, info))


def itself(root: Any) -> Any:
    return root


def header_fields(root: Page) -> list[FieldOfRecord]:
    return root.fields(root.layout.header)


def summary_blocks(root: Page) -> list[SummaryBlock]:
    return [
        SummaryBlock(root, "KeyFieldsBlock", "keyFields", KEY_FIELDS),
        SummaryBlock(root, "CommentsBlock", "comments", COMMENTS),
    ]


def details_blocks(root: Page) -> list[DetailsBlock]:
    return [DetailsBlock(root, block) for block in root.layout.blocks]


async def block_comments(
    root: SummaryBlock,
    info: Info,
    roll_up: bool = False,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    return await records.comments(root.page.row, info, roll_up, first, after, last, before)


async def last_comments(root: Page, info: Info, first: int = LAST_COMMENTS) -> Any:
    return await records.comments(root.row, info, False, first)


async def line_items(
    root: Page,
    info: Info,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    row = root.row
    if not row.module.declared.lines:
        return None
    # Lines show amounts in their document's currency: it is read, and need not be again.
    root.own.loaders.documents[row["id"]] = row
    return lists.connect(info, records.lines(row), row["id"], first, after, last, before)


async def totals(root: Page, info: Info) -> Any:
    return await document_totals(root.row, info) if root.row.module.declared.lines else None


async def line_fields(root: Any, info: Info) -> list[FieldOfRecord]:
    own = operation(info)
    layout = layout_of(own.viewer, root.module)
    document = await _document(own, root["document_id"])
    currency = None if document is None else document.get("currency")
    return [field_of(own, root, name, currency) for name in layout.key]


async def _document(own: Operation, id: int) -> Any:
    """The row of a line's document: read, where it was not the way to the line."""
    if id in own.loaders.documents:
        return own.loaders.documents[id]
    registered = await own.loaders.registered.load(id)
    return None if registered is None else await own.loaders.record(registered.module).load(id)
