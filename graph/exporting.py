"""Exports as they are asked for, over HTTP and on the command line: one meaning for both."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from db import exporting, list_columns, reading
from db.acting import acting
from db.database import Database
from db.errors import BadUserInput, Forbidden, NotFound, Problem
from db.exporting import DELIMITERS, Export, Form
from db.listings import COUNT
from db.saved_lists import LIST, SavedList, by_name
from db.settings import Settings, secret
from db.start_errors import StartError
from db.suite import Module
from db.tokens import Tokens
from graph import names
from graph.context import Operation, Session
from graph.resolvers import saved_lists
from graph.resolvers.list_columns import check, columns, spelt
from graph.resolvers.naming import module_named
from graph.resolvers.saved_lists import list_of
from graph.schema import suite

MOST_COLUMNS: Final = 300
BOM: Final = "\ufeff"
TRUE: Final = ("true", "1")
FALSE: Final = ("false", "0")


@dataclass(frozen=True)
class Asked:
    """What to export, and how to write it; what is None is as the list or the viewer has it.

    `list_` is an id or a name. `header`: labels or names; `values`: machine or display.
    """

    module: str
    list_: str | None = None
    filter: Any = None
    order_by: Any = None
    search: str | None = None
    columns: list[str] | None = None
    delimiter: str | None = None
    header: str = "labels"
    values: str = "machine"
    bom: bool = False
    ids: bool = False


Step = Callable[[str, int, int], None]
"""What is exported, how many of its rows are, and how many there are."""

OPTIONS: Final = {names.camel(each.name): each.name for each in fields(Asked)[1:]}


def asked_of(module: str, given: Mapping[str, Any]) -> Asked:
    """What parameters ask for: each as text, or as JSON has it. Raises BadUserInput."""
    taken: dict[str, Any] = {}
    for name, value in given.items():
        if name not in OPTIONS:
            raise BadUserInput((name,), accepted=", ".join(OPTIONS))
        if value is not None:
            taken[OPTIONS[name]] = _read(name, value)
    return Asked(module, **taken)


def _read(name: str, given: Any) -> Any:
    match name, given:
        case (("filter" | "orderBy"), str()):
            try:
                return orjson.loads(given)
            except orjson.JSONDecodeError:
                raise BadUserInput((name,), accepted="JSON") from None
        case (("filter" | "orderBy"), _):
            return given
        case "columns", str():
            return [each.strip() for each in given.split(",") if each.strip()]
        case "columns", list() if all(isinstance(each, str) for each in given):
            return given
        case (("bom" | "ids"), bool()):
            return given
        case (("bom" | "ids"), str()) if given in (*TRUE, *FALSE):
            return given in TRUE
        case "delimiter", "tab":
            return "\t"
        case "delimiter", _ if given not in DELIMITERS:
            raise BadUserInput((name,), accepted=", ; | tab")
        case "header", _ if given not in ("labels", "names"):
            raise BadUserInput((name,), accepted="labels, names")
        case "values", _ if given not in ("machine", "display"):
            raise BadUserInput((name,), accepted="machine, display")
        case (("columns" | "bom" | "ids"), _):
            accepted = "a,b" if name == "columns" else "true, false"
            raise BadUserInput((name,), accepted=accepted)
        case _, str():
            return given
    raise BadUserInput((name,), accepted="String")


async def export_of(own: Operation, asked: Asked) -> Export:
    """What is asked for, checked under the viewer's rights. Raises what db/errors.py has."""
    module = module_named(own.suite, asked.module)
    if not own.viewer.granted("export", module):
        raise Forbidden(module.plural, "export", ("module",))
    of = SavedList(module) if asked.list_ is None else await _named(own, module, asked.list_)
    wanted = saved_lists.wanted(own.viewer, of, asked.filter, asked.order_by, asked.search)
    problems: list[Problem] = []
    check(own.viewer, module, asked.columns, problems, MOST_COLUMNS)
    for first in problems:
        raise BadUserInput(first.path, first.message_key, code=first.code, **first.params)
    if asked.columns is not None:
        shown = columns(own.viewer, module, asked.columns)
    elif asked.list_ is not None:
        shown = saved_lists.columns(own, of)
    else:
        every = list_columns.everything(own.viewer, module)
        shown = columns(own.viewer, module, map(spelt, every))
    if asked.ids:
        shown = list_columns.with_ids(shown)
    named = asked.header == "names"
    header = [spelt(each.path) if named else each.label(own.language) for each in shown]
    delimiter = asked.delimiter or (";" if own.language == "fr" else ",")
    form = Form(delimiter, asked.values == "display", own.style)
    return Export(wanted, shown, header, form)


async def _named(own: Operation, module: Module, name: str) -> SavedList:
    """The list of the module with this id, else of this name: the viewer's own, else the one that
    is shared with them. Raises NotFound, and BadUserInput where several are.
    """
    found = await list_of(own, name)
    if found is None:
        called = await by_name(own.reader, module, name)
        owned = [each for each in called if each.owner_id == own.viewer.id]
        if len(owned or called) > 1:
            accepted = ", ".join(map(saved_lists.list_id, called))
            raise BadUserInput(("list",), "several_lists", name=name, accepted=accepted)
        found = next(iter(owned or called), None)
    if found is None or found.module is not module:
        raise NotFound(LIST, name, ("list",))
    return found


async def exported(own: Operation, asked: Asked) -> AsyncGenerator[tuple[str, int], None]:
    """The text of an export in parts, each with the rows in it: what is refused is refused before
    the first. Ends the operation's snapshot.
    """
    try:
        export = await export_of(own, asked)
        mark = BOM if asked.bom else ""
        async with aclosing(exporting.written(own.reader, export)) as parts:
            async for text, rows in parts:
                yield f"{mark}{text}", rows
                mark = ""
    finally:
        await own.renew()


async def run(
    settings: Settings,
    url: str,
    asked: Asked,
    *,
    email: str,
    output: Path | None,
    stream: BinaryIO,
    step: Step,
) -> int:
    """Export as the user with this address, unless one is named the first administrator, to a
    file, whole or not at all, else to `stream`; how many rows. Raises StartError.
    """
    key = secret(settings).encode()
    database = await Database.open(
        url,
        suite(),
        secret=key,
        pool_size=2,
        statement_timeout=settings.statement_timeout,
    )
    try:
        own = Operation(Session(database, Tokens(key)), await acting(database, email))
        try:
            return await _to(output, own, asked, stream, step)
        finally:
            await own.renew()
    finally:
        await database.close()


async def _to(
    output: Path | None, own: Operation, asked: Asked, stream: BinaryIO, step: Step
) -> int:
    if output is None:
        return await _write(own, asked, stream, step)
    draft = output.with_name(f"{output.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            rows = await _write(own, asked, file, step)
        draft.replace(output)
    except OSError as error:
        told = f"{output} cannot be written ({error.strerror})"
        raise StartError(told, "name another file") from error
    finally:
        draft.unlink(missing_ok=True)
    return rows


async def _write(own: Operation, asked: Asked, stream: BinaryIO, step: Step) -> int:
    export = await export_of(own, asked)
    counted = await reading.aggregates(own.reader, export.wanted, [COUNT], None)
    done, total = 0, int(counted[None][COUNT])
    async with aclosing(exported(own, asked)) as parts:
        async for text, rows in parts:
            stream.write(text.encode())
            done += rows
            step(asked.module, done, total)
    stream.flush()
    return done
