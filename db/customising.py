"""What administrators make of the modules: custom fields and layouts, written and kept.

Each change is counted on the company (`customised`), so that every process reads them anew with the
next operation (db/customs.py). A layout given to a module is a version more: those before it stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from db.customs import (
    CHOICE,
    SEARCHED,
    TYPES,
    UNINDEXED,
    CustomField,
    Customised,
    column_of,
    made,
)
from db.declare import Column, Fact, Label, Links, Relation
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Path, Problem
from db.kinds import Invalid, kind_of
from db.layouts import SYSTEM, default_layout
from db.suite import Module
from db.validation import dumped
from db.writing import Work

FIELD: Final = Label("Champ personnalisé", "Custom field")
LAYOUT: Final = Label("Mise en page", "Layout")
NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
VALUE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
LONGEST_NAME: Final = 40
LONGEST_LABEL: Final = 100
MOST_FIELDS: Final = 200
"""Custom fields of one module."""
MOST_CHOICES: Final = 200
MOST_LISTED: Final = 500
"""Names in one part of a layout."""
BATCH: Final = 10_000
"""Records looked at by one statement when a field comes to be indexed."""

COUNT: Final = "UPDATE company SET customised = customised + 1 WHERE id = $1"
OWN: Final = """
SELECT * FROM custom_field WHERE company_id = $1 AND module = $2 AND deleted_at IS NULL ORDER BY id
"""
TAKEN: Final = "SELECT name FROM custom_field WHERE company_id = $1 AND module = $2"
INSERT: Final = """
INSERT INTO custom_field
    (company_id, module, name, type, label_fr, label_en, choices, "default", required, indexed,
    searched)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *
"""
HELD: Final = """
SELECT * FROM custom_field WHERE id = $1 AND company_id = $2 AND deleted_at IS NULL FOR UPDATE
"""
UPDATE: Final = """
UPDATE custom_field SET label_fr = $2, label_en = $3, choices = $4, "default" = $5, required = $6,
    indexed = $7, searched = $8
WHERE id = $1 RETURNING *
"""
DELETE: Final = "UPDATE custom_field SET deleted_at = now() WHERE id = $1"
UNINDEX: Final = "DELETE FROM custom_value WHERE field_id = $1"
INDEX: Final = """
WITH page AS (
    SELECT id, custom FROM "{table}" WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT $3
), indexed AS (
    INSERT INTO custom_value (field_id, record_id, text, number, moment)
    SELECT $4, page.id, value.* FROM page, indexed_value($5, page.custom -> $6::text) value
    WHERE jsonb_typeof(page.custom -> $6::text) <> 'null'
)
SELECT max(id) FROM page
"""
UNSEARCH: Final = """
DELETE FROM search_key WHERE company_id = $1 AND module = $2 AND field = 'custom.' || $3
"""
SEARCH: Final = """
WITH page AS (
    SELECT * FROM "{table}" WHERE company_id = $1 AND id > $2 ORDER BY id LIMIT $3
), found AS (
    INSERT INTO search_key (record_id, company_id, owner_id, module, key, rank, field, text)
    SELECT page.id, page.company_id, page.owner_id, $4, each.* FROM page,
        search_keys(page.number, page.title, with_customs(to_jsonb(page)), $5) each
    WHERE page.deleted_at IS NULL AND page.custom ? $6 AND each.field = 'custom.' || $6
    ON CONFLICT DO NOTHING
)
SELECT max(id) FROM page
"""
LAST: Final = """
SELECT version, layout FROM layout WHERE company_id = $1 AND module = $2
ORDER BY version DESC LIMIT 1
"""
KEEP: Final = """
INSERT INTO layout (company_id, module, version, layout, by_id) VALUES ($1, $2, $3, $4, $5)
"""


async def create_field(work: Work, module: Module, given: Mapping[str, Any]) -> CustomField:
    """Add a field to a module; its type stays what it is. Raises Forbidden, InvalidInput."""
    await _begin(work, module)
    known = await work.connection.fetch(TAKEN, work.viewer.company_id, module.name)
    taken = {row["name"] for row in known}
    problems: list[Problem] = []
    name = _name(module, taken, given.get("name"), problems)
    type_ = given.get("type")
    if type_ != CHOICE and type_ not in TYPES:
        accepted = ", ".join((*TYPES, CHOICE))
        about = {"label": Label("Type", "Type"), "value": str(type_)[:80], "accepted": accepted}
        problems.append(Problem(("type",), ErrorCode.INVALID, "not_a_choice", about))
        raise InvalidInput(problems)
    values = _checked(name, str(type_), given, problems)
    if len(await _own(work, module)) >= MOST_FIELDS:
        most = {"label": FIELD, "maximum": MOST_FIELDS}
        problems.append(Problem(("name",), ErrorCode.INVALID, "too_many_custom", most))
    if problems:
        raise InvalidInput(problems)
    row = await work.connection.fetchrow(
        INSERT, work.viewer.company_id, module.name, name, type_, *values
    )
    field = CustomField.of(row)
    if field.indexed:
        await _index(work, module, field)
    if field.searched:
        await _search(work, module, field)
    await _show(work, module, field)
    return field


async def update_field(work: Work, id: int, given: Mapping[str, Any]) -> CustomField:
    """Change a field's labels, list of values, default or flags. Raises Forbidden, NotFound,
    InvalidInput.
    """
    before = await _held(work, id)
    module, problems = work.suite[before.module], list[Problem]()
    for name in ("name", "type"):
        if name in given and given[name] != getattr(before, name):
            problems.append(Problem((name,), ErrorCode.READ_ONLY, "fixed_custom", {"label": FIELD}))
    default = before.column.default
    now: dict[str, Any] = {
        "label": {"fr": before.label.fr, "en": before.label.en},
        "choices": [
            {"value": value, "label": {"fr": label.fr, "en": label.en}}
            for value, label in before.choices
        ],
        "default": None if not isinstance(default, str | int | bool | list | dict) else default,
        "required": before.required,
        "indexed": before.indexed,
        "searched": before.searched,
    }
    values = _checked(before.name, before.type, {**now, **given}, problems)
    if problems:
        raise InvalidInput(problems)
    field = CustomField.of(await work.connection.fetchrow(UPDATE, id, *values))
    if field.indexed and not before.indexed:
        await _index(work, module, field)
    elif before.indexed and not field.indexed:
        await work.connection.execute(UNINDEX, id)
    if field.searched and not before.searched:
        await _search(work, module, field)
    elif before.searched and not field.searched:
        await _unsearch(work, field)
    return field


async def delete_field(work: Work, id: int) -> CustomField:
    """Take a field from its module: no record shows it any more, and its name is not given again.
    Raises Forbidden, NotFound.
    """
    field = await _held(work, id)
    await work.connection.execute(DELETE, id)
    await work.connection.execute(UNINDEX, id)
    await _unsearch(work, field)
    return field


async def _held(work: Work, id: int) -> CustomField:
    if not work.viewer.configures:
        raise Forbidden(LAYOUT, "edit")
    row = await work.connection.fetchrow(HELD, id, work.viewer.company_id)
    if row is None or row["module"] not in work.suite:
        raise NotFound(FIELD, f"field-{id}", ("id",))
    await _begin(work, work.suite[row["module"]])
    return CustomField.of(row)


async def _begin(work: Work, module: Module) -> None:
    """Hold the company's customs against others who change them, and count the change.

    Raises Forbidden, also of a module that a profile does not show whole: who does not see a field
    would take it from everyone's pages.
    """
    whole = work.viewer.granted("read", module) and not work.having(module).hidden
    if not (work.viewer.configures and whole):
        raise Forbidden(LAYOUT, "edit")
    await work.connection.execute(COUNT, work.viewer.company_id)


async def _own(work: Work, module: Module) -> list[CustomField]:
    rows = await work.connection.fetch(OWN, work.viewer.company_id, module.name)
    return [CustomField.of(row) for row in rows]


def _name(module: Module, taken: Collection[str], name: Any, problems: list[Problem]) -> str:
    label = Label("Nom", "Name")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        about = {"label": label, "maximum": LONGEST_NAME}
        problems.append(Problem(("name",), ErrorCode.INVALID, "not_a_name", about))
        return ""
    if name in {*module.facts, *module.tabs, *taken, *SYSTEM}:
        about = {"label": label, "value": name}
        problems.append(Problem(("name",), ErrorCode.NOT_UNIQUE, "not_unique", about))
    return name


def _checked(
    name: str, type_: str, given: Mapping[str, Any], problems: list[Problem]
) -> tuple[Any, ...]:
    """The labels, choices, default and flags of a field as they are stored."""
    label = _label(given.get("label"), ("label",), problems)
    choices = _choices(given.get("choices"), problems) if type_ == CHOICE else None
    indexed = bool(given.get("indexed"))
    if indexed and type_ in UNINDEXED:
        about = {"label": FIELD, "accepted": ", ".join(UNINDEXED)}
        problems.append(Problem(("indexed",), ErrorCode.INVALID, "not_indexable", about))
    default = None
    if given.get("default") is not None and not problems:
        values = tuple((each["value"], Label(each["fr"], each["en"])) for each in choices or ())
        column = column_of(name, type_, label, values, False, None)
        try:
            default = dumped(column, _parsed(column, given["default"]))
        except Invalid as wrong:
            problems.append(Problem.of(("default",), label, wrong))
    searched = bool(given.get("searched"))
    if searched and type_ not in SEARCHED:
        known = {"label": FIELD, "accepted": ", ".join(SEARCHED)}
        problems.append(Problem(("searched",), ErrorCode.INVALID, "not_searchable", known))
    required = bool(given.get("required"))
    return label.fr, label.en, choices, default, required, indexed, searched


def _parsed(column: Column, value: Any) -> Any:
    if column.choice is None:
        return kind_of(column.type).parse(value)
    if value not in column.choice.__members__:
        accepted = ", ".join(column.choice.__members__)
        raise Invalid("not_a_choice", value=str(value)[:80], accepted=accepted)
    return value


def _label(given: Any, path: Path, problems: list[Problem]) -> Label:
    """A label in both languages; one stands for the other where that is left out."""
    said = given if isinstance(given, Mapping) else {}
    fr, en = ((said.get(language) or "").strip() for language in ("fr", "en"))
    about = {"label": Label("Libellé", "Label"), "maximum": LONGEST_LABEL}
    if not fr and not en:
        problems.append(Problem(path, ErrorCode.REQUIRED, "required", about))
    if len(fr) > LONGEST_LABEL or len(en) > LONGEST_LABEL:
        problems.append(Problem(path, ErrorCode.TOO_LONG, "too_long", about))
    return Label(fr or en, en or fr)


def _choices(given: Any, problems: list[Problem]) -> list[dict[str, str]]:
    listed = given if isinstance(given, list) else []
    label = Label("Valeurs", "Values")
    if not listed:
        problems.append(Problem(("choices",), ErrorCode.REQUIRED, "required", {"label": label}))
    if len(listed) > MOST_CHOICES:
        about = {"argument": "choices", "maximum": MOST_CHOICES}
        problems.append(Problem(("choices",), ErrorCode.INVALID, "too_many", about))
    found: dict[str, dict[str, str]] = {}
    for i, each in enumerate(listed[:MOST_CHOICES]):
        path, value = ("choices", str(i)), str(each.get("value") or "")
        said = _label(each.get("label"), (*path, "label"), problems)
        about = {"label": label, "value": value[:80], "maximum": LONGEST_NAME}
        if len(value) > LONGEST_NAME or not VALUE.fullmatch(value):
            problems.append(Problem((*path, "value"), ErrorCode.INVALID, "not_a_value", about))
        elif value in found:
            problems.append(Problem((*path, "value"), ErrorCode.NOT_UNIQUE, "not_unique", about))
        found[value] = {"value": value, "fr": said.fr, "en": said.en}
    return list(found.values())


async def _index(work: Work, module: Module, field: CustomField) -> None:
    """Put what records hold of a field in the index, some at a time."""
    sql, last = INDEX.format(table=module.table.name), 0
    while last is not None:
        last = await work.connection.fetchval(
            sql, work.viewer.company_id, last, BATCH, field.id, field.type, field.name
        )


async def _search(work: Work, module: Module, field: CustomField) -> None:
    """Let records be found by what they hold of a field, some at a time."""
    sql, last = SEARCH.format(table=module.table.name), 0
    columns = [name for each in module.searched for name in (each, "String")]
    columns += [field.column.name, field.type]
    while last is not None:
        last = await work.connection.fetchval(
            sql, work.viewer.company_id, last, BATCH, module.name, columns, field.name
        )


async def _unsearch(work: Work, field: CustomField) -> None:
    await work.connection.execute(UNSEARCH, work.viewer.company_id, field.module, field.name)


async def _show(work: Work, module: Module, field: CustomField) -> None:
    """Let a new field stand in the details, where the company chose their blocks by itself."""
    stored = await work.connection.fetchrow(LAST, work.viewer.company_id, module.name)
    given = (stored["layout"] if stored else None) or {}
    if "blocks" not in given:
        return
    blocks = [dict(each) for each in given["blocks"]]
    last = next((each for each in reversed(blocks) if each["name"] != "system"), None)
    if last is None:
        return
    last["fields"] = [*last["fields"], field.column.name]
    await _keep(work, module, stored["version"], {**given, "blocks": blocks})


async def set_layout(
    work: Work, module: Module, given: Mapping[str, Any], expected: int | None = None
) -> Customised:
    """Give a module a layout: the parts given in place of those it has; None for one as declared.

    Raises Forbidden, InvalidInput; CONFLICT where another was given since version `expected`.
    """
    await _begin(work, module)
    stored = await work.connection.fetchrow(LAST, work.viewer.company_id, module.name)
    version = stored["version"] if stored else 0
    if expected is not None and expected != version:
        about = {"label": LAYOUT, "version": version}
        raise InvalidInput(
            [Problem(("expectedVersion",), ErrorCode.CONFLICT, "layout_changed", about)]
        )
    fields = await _own(work, module)
    now = made(module, fields, stored)
    problems: list[Problem] = []
    parts = _parts(now, given, problems)
    if problems:
        raise InvalidInput(problems)
    layout = {**((stored["layout"] if stored else None) or {}), **parts}
    layout = {name: part for name, part in layout.items() if part is not None}
    await _keep(work, module, version, layout)
    return made(module, fields, {"version": version + 1, "layout": layout})


async def reset_layout(work: Work, module: Module) -> Customised:
    """Lay a module out as it is declared. Raises Forbidden."""
    await _begin(work, module)
    stored = await work.connection.fetchrow(LAST, work.viewer.company_id, module.name)
    version = stored["version"] if stored else 0
    await _keep(work, module, version, None)
    return made(module, await _own(work, module), {"version": version + 1, "layout": None})


async def _keep(work: Work, module: Module, before: int, layout: Any) -> None:
    await work.connection.execute(
        KEEP, work.viewer.company_id, module.name, before + 1, layout, work.viewer.id
    )


def _parts(now: Customised, given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The parts of a layout as they are stored, by what is stored; None for those put back."""
    shown = {*now.facts, *SYSTEM}
    writable = {
        name for name, fact in now.facts.items() if name not in default_layout(now.module).readonly
    }
    known = {
        "header": shown,
        "key": shown,
        "quick": writable,
        "tabs": {*default_layout(now.module).tabs},
        "required": {name for name in writable if not isinstance(now.facts[name], Links)},
        "readonly": writable,
    }
    parts: dict[str, Any] = {}
    for part, value in given.items():
        if value is None:
            parts[part] = None
        elif part in known:
            parts[part] = _listed(value, known[part], (part,), problems)
        elif part == "blocks":
            parts[part] = _blocks(value, shown, problems)
        elif part == "roll_up":
            parts[part] = _rolled(now, value, problems)
        elif part == "labels":
            parts[part] = _labels(now, value, problems)
    both = {*(parts.get("required") or ()), *now.layout.required} & {*(parts.get("readonly") or ())}
    for name in sorted(both):
        about = {"label": _label_of(now, name)}
        problems.append(Problem(("readonly",), ErrorCode.INVALID, "required_and_readonly", about))
    return parts


def _listed(
    value: Iterable[str], known: Collection[str], path: Path, problems: list[Problem]
) -> list[str]:
    names = list(dict.fromkeys(value))
    if len(names) > MOST_LISTED:
        about: dict[str, Any] = {"argument": path[0], "maximum": MOST_LISTED}
        problems.append(Problem(path, ErrorCode.INVALID, "too_many", about))
    for name in names:
        if name not in known:
            about = {"name": name, "accepted": ", ".join(sorted(known))}
            problems.append(Problem(path, ErrorCode.BAD_USER_INPUT, "unknown_field", about))
    return names


def _blocks(
    value: Sequence[Mapping[str, Any]], known: Collection[str], problems: list[Problem]
) -> list[dict[str, Any]]:
    blocks, placed, called = [], set[str](), set[str]()
    for i, each in enumerate(value):
        path = ("blocks", str(i))
        label = _label(each.get("label"), (*path, "label"), problems)
        name = str(each.get("name") or "")
        if len(name) > LONGEST_NAME or not NAME.fullmatch(name) or name in called:
            about = {"label": Label("Nom", "Name"), "maximum": LONGEST_NAME}
            problems.append(Problem((*path, "name"), ErrorCode.INVALID, "not_a_name", about))
        called.add(name)
        fields = _listed(each.get("fields") or (), known, (*path, "fields"), problems)
        for twice in placed.intersection(fields):
            about = {"label": Label("Champs", "Fields"), "value": twice}
            path_of = (*path, "fields")
            problems.append(Problem(path_of, ErrorCode.NOT_UNIQUE, "not_unique", about))
        placed.update(fields)
        blocks.append(
            {
                "name": name,
                "label": [label.fr, label.en],
                "fields": fields,
                "collapsed": bool(each.get("collapsed")),
            }
        )
    return blocks


def _rolled(
    now: Customised, value: Sequence[Mapping[str, Any]], problems: list[Problem]
) -> dict[str, bool]:
    """The flags of relations, on the module that declares them."""
    module = now.module
    known = {
        name
        for name, fact in module.facts.items()
        if isinstance(fact, Relation | Links) and not module.target(fact).part
    }
    names = [each["relation"] for each in value]
    _listed(names, known, ("rollUp",), problems)
    return {each["relation"]: bool(each["on"]) for each in value}


def _labels(
    now: Customised, value: Sequence[Mapping[str, Any]], problems: list[Problem]
) -> dict[str, list[str]]:
    """Labels of declared fields and tabs; custom fields have their own."""
    found = {}
    known = {*now.module.facts, *now.module.tabs}
    for i, each in enumerate(value):
        path = ("labels", str(i))
        _listed([each["name"]], known, (*path, "name"), problems)
        said = _label(each.get("label"), (*path, "label"), problems)
        found[each["name"]] = [said.fr, said.en]
    return found


def _label_of(now: Customised, name: str) -> object:
    fact: Fact | None = now.facts.get(name)
    return fact.label if fact else name
