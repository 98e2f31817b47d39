"""From what a client sends to what is stored: every value checked, every problem told at once.

`check` needs no database; it parses and notes which records are pointed at. db/lookups.py then
looks all of them up, one statement a module, under the writer's rights.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from db.customs import PREFIX, Customised, Having, declared
from db.declare import UNSET, Column, Label, Links, Relation, snake_case
from db.errors import ErrorCode, Path, Problem
from db.kinds import Invalid, kind_of
from db.layouts import default_layout
from db.suite import Module

MAX_LINES: Final = 1000
MAX_LINKED: Final = 1000
MAX_NEW: Final = 2
"""How deep new records may stand in one another."""
COMMON_LABELS: Final = {
    "owner": Label("Propriétaire", "Owner"),
    "number": Label("Numéro", "Number"),
    "line_items": Label("Lignes", "Line items"),
}
"""What is written of every record, or of documents, beside its own facts."""
PRINCIPAL: Final = re.compile(r"(?:user-|team-)?([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True)
class Before:
    """A record as it was: its row, and those of its lines and links that a save would write."""

    row: Any
    lines: Sequence[Any] = ()
    links: Mapping[str, Sequence[int]] = field(default_factory=dict)


NOT_THERE: Final = Before({})
"""A record before it was created."""


@dataclass
class Checked:
    """One record's (or line's) values: columns, and foreign keys, as they will be stored.

    `pointed` are the relations among them, to be looked up: fact, id and path; `new` the records
    to be created first, by the relation that is to point at them. `lines` is None where none were
    sent; `line_id` names a line that is kept. `path` leads to the line, or to the new record;
    `title` is what the record is called once it is written; `custom` what was sent of its custom
    fields, in JSON form, without the prefix of their names.
    """

    module: Module
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pointed: list[tuple[Relation | Links, int, Path]] = field(default_factory=list)
    lines: list[Checked] | None = None
    links: dict[str, list[int]] = field(default_factory=dict)
    new: dict[str, Checked] = field(default_factory=dict)
    owner: int | None = None
    line_id: int | None = None
    path: Path = ()
    before: Before = NOT_THERE
    title: str = ""
    custom: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The id of the record, once a new one has been given its own."""
        id: int = self.values["id"] if self.before is NOT_THERE else self.before.row["id"]
        return id

    def refuse(self, path: Path, code: ErrorCode, key: str, **params: object) -> None:
        self.problems.append(Problem(path, code, key, params))

    def everything(self) -> Iterable[Checked]:
        """Itself and its lines."""
        return (self, *(self.lines or ()))

    def records(self) -> Iterator[Checked]:
        """Itself, and all that are to be created with it."""
        yield self
        for each in self.new.values():
            yield from each.records()

    @property
    def all_problems(self) -> list[Problem]:
        """Its own, and those of what is to be created with it."""
        return [problem for each in self.records() for problem in each.problems]


def check(
    module: Module,
    given: Mapping[str, Any],
    *,
    creating: bool,
    by_service: bool = False,
    path: Path = (),
    depth: int = 0,
    having: Having = declared,
) -> Checked:
    """Parse what was sent. `by_service` may write what is read-only to everyone else, or leave out
    what a layout alone requires; `depth` is that of a record in those it is created with; `having`
    says how the writer's company has a module.
    """
    done, own = Checked(module, path=path), having(module)
    sent = _named(done, own, given, path)
    for name, (here, value) in sent.items():
        fact = own.facts.get(name)
        if name == "line_items" and module.declared.lines:
            _lines(done, value, by_service, here, having)
        elif name == "owner" and not module.part:
            _owner(done, value, here)
        elif name == "id" and module.part:
            if value is not None:
                done.line_id = _id(done, value, here, module.singular)
        elif name == "label" and module.part and value is None and _named_by_item(given):
            continue
        elif isinstance(fact, Column):
            if _writable(done, own, fact, by_service, here, value):
                _column(done, fact, value, here)
        elif creating and name in module.creatable:
            _new(done, module.creatable[name], given, by_service, here, depth, having)
        elif isinstance(fact, Relation):
            if value is None and creating and given.get(fact.new) is not None:
                continue
            if _writable(done, own, fact, by_service, here):
                _relation(done, fact, value, here)
        elif isinstance(fact, Links):
            _links(done, fact, value, here)
        else:
            accepted = ", ".join(own.facts)
            done.refuse(
                here, ErrorCode.BAD_USER_INPUT, "unknown_field", name=name, accepted=accepted
            )
    if creating:
        _defaults(done, own)
        _required(done, own, given, sent, path)
    if not by_service:
        _required_here(done, own, sent, creating=creating)
    if creating and not module.part:
        done.values["custom"] = filled(done.custom)
    if module.part and given.get("product") and given.get("service"):
        labels = [module.facts[name].label for name in ("product", "service")]
        done.refuse((*path, "service"), ErrorCode.INVALID, "not_both", labels=labels)
    return done


def _named(
    done: Checked, own: Customised, given: Mapping[str, Any], path: Path
) -> dict[str, tuple[Path, Any]]:
    """What was sent by name, each with its place; custom fields, which come as a list of names and
    values, by their own.
    """
    sent: dict[str, tuple[Path, Any]] = {}
    for name, value in given.items():
        if name != "custom" or done.module.part:
            sent[name] = (*path, name), value
            continue
        if not isinstance(value, Sequence | None) or isinstance(value, str):
            done.refuse((*path, name), ErrorCode.INVALID, "not_custom")
            continue
        for i, each in enumerate(value or ()):
            here = (*path, name, str(i))
            if not isinstance(each, Mapping) or not isinstance(each.get("name"), str):
                done.refuse(here, ErrorCode.INVALID, "not_custom")
            elif (key := f"{PREFIX}{snake_case(each['name'])}") in own.custom:
                sent[key] = (*here, "value"), each.get("value")
            else:
                about = {"name": each["name"], "accepted": [f.name for f in own.custom.values()]}
                done.refuse((*here, "name"), ErrorCode.BAD_USER_INPUT, "unknown_field", **about)
    return sent


def filled(custom: Mapping[str, Any]) -> dict[str, Any]:
    """The custom fields that hold something."""
    return {name: value for name, value in custom.items() if value is not None}


def _writable(
    done: Checked,
    own: Customised,
    fact: Column | Relation,
    by_service: bool,
    path: Path,
    value: Any = None,
) -> bool:
    if by_service:
        return True
    if fact.readonly:
        done.refuse(path, ErrorCode.READ_ONLY, "read_only", label=fact.label)
        return False
    declared = done.module.declared
    closing = bool(declared.closed) and value == declared.closed
    if fact.name == "status" and (declared.edited_in or closing):
        action = "convert" if closing else "validate" if declared.accounting else "submit"
        done.refuse(
            path,
            ErrorCode.READ_ONLY,
            "written_by_action",
            label=fact.label,
            accepted=f"{action}{done.module.name}",
        )
        return False
    if fact.name in own.layout.readonly:
        done.refuse(path, ErrorCode.READ_ONLY, "read_only_here", label=fact.label)
        return False
    return True


def _column(done: Checked, column: Column, value: Any, path: Path) -> None:
    try:
        parsed = _chosen(column, value) if column.choice else kind_of(column.type).parse(value)
    except Invalid as wrong:
        done.problems.append(Problem.of(path, column.label, wrong))
        return
    if parsed is None and not column.optional and not column.readonly:
        done.refuse(path, ErrorCode.REQUIRED, "required", label=column.label)
        return
    if column.name.startswith(PREFIX):
        done.custom[column.name.removeprefix(PREFIX)] = dumped(column, parsed)
        return
    done.values[column.name] = parsed


def dumped(column: Column, parsed: Any) -> Any:
    """A value in JSON form."""
    if parsed is None or column.choice:
        return parsed
    return kind_of(column.type).dump(parsed)


def _chosen(column: Column, value: Any) -> str | None:
    if value is None or column.choice is None:
        return None
    try:
        return str(column.choice(value).value)
    except ValueError:
        accepted = ", ".join(member.value for member in column.choice)
        raise Invalid("not_a_choice", value=str(value)[:80], accepted=accepted) from None


def _relation(done: Checked, relation: Relation, value: Any, path: Path) -> None:
    if value is None or value == "":
        if not relation.optional:
            done.refuse(path, ErrorCode.REQUIRED, "required", label=relation.label)
        else:
            done.values[relation.foreign_key] = None
        return
    id = _id(done, value, path, relation.label)
    if id is not None:
        done.values[relation.foreign_key] = id
        done.pointed.append((relation, id, path))


def _new(
    done: Checked,
    relation: Relation,
    given: Mapping[str, Any],
    by_service: bool,
    path: Path,
    depth: int,
    having: Having,
) -> None:
    value, target = given[relation.new], done.module.target(relation)
    if value is None:
        return
    if depth >= MAX_NEW:
        done.refuse(path, ErrorCode.BAD_USER_INPUT, "new_too_deep", maximum=MAX_NEW)
        return
    if given.get(relation.name) is not None:
        done.refuse(path, ErrorCode.INVALID, "id_or_new", label=relation.label)
    done.new[relation.name] = check(
        target,
        value,
        creating=True,
        by_service=by_service,
        path=path,
        depth=depth + 1,
        having=having,
    )


def _links(done: Checked, links: Links, value: Any, path: Path) -> None:
    given = [] if value is None else value
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MAX_LINKED:
        done.refuse(path, ErrorCode.INVALID, "not_a_list", label=links.label, maximum=MAX_LINKED)
        return
    places: dict[int, Path] = {}
    for i, each in enumerate(given):
        here = (*path, str(i))
        id = _id(done, each, here, links.label)
        if id is not None:
            places.setdefault(id, here)
    done.links[links.name] = sorted(places)
    done.pointed += [(links, id, here) for id, here in places.items()]


def _owner(done: Checked, value: Any, path: Path) -> None:
    written = PRINCIPAL.fullmatch(str(value))
    if written:
        done.owner = int(written[1])
    elif value is None or value == "":
        done.refuse(path, ErrorCode.REQUIRED, "required", label=COMMON_LABELS["owner"])
    else:
        done.refuse(path, ErrorCode.NOT_FOUND, "not_an_owner", id=str(value)[:80])


def _id(done: Checked, value: Any, path: Path, label: object) -> int | None:
    text = str(value).removeprefix("line-") if done.module.part else str(value)
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    done.refuse(path, ErrorCode.NOT_FOUND, "no_such_target", label=label, id=str(value)[:80])
    return None


def _lines(done: Checked, value: Any, by_service: bool, path: Path, having: Having) -> None:
    part = done.module.suite["LineItem"]
    given = [] if value is None else value
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MAX_LINES:
        done.refuse(path, ErrorCode.INVALID, "not_a_list", label=part.plural, maximum=MAX_LINES)
        return
    for i, each in enumerate(given):
        if not isinstance(each, Mapping):
            done.refuse((*path, str(i)), ErrorCode.INVALID, "not_a_line", label=part.plural)
    # A line that is kept is updated: what is left out of it stays.
    done.lines = [
        check(
            part,
            each,
            creating=each.get("id") is None,
            by_service=by_service,
            path=(*path, str(i)),
            having=having,
        )
        for i, each in enumerate(given)
        if isinstance(each, Mapping)
    ]
    for line in done.lines:
        done.problems += line.problems


def _defaults(done: Checked, own: Customised) -> None:
    for column in _defaulted(own):
        held, name = done.values, column.name
        if name.startswith(PREFIX):
            held, name = done.custom, name.removeprefix(PREFIX)
        if name not in held:
            held[name] = column.default.value if column.choice else column.default


@lru_cache(maxsize=1024)
def _defaulted(own: Customised) -> tuple[Column, ...]:
    """The columns that hold something where nothing is said of them."""
    columns = (each for each in own.facts.values() if isinstance(each, Column))
    return tuple(each for each in columns if each.default is not UNSET)


@lru_cache(maxsize=1024)
def _needed(own: Customised) -> tuple[Column | Relation, ...]:
    """What a new record must hold."""
    # What the writer's profile hides is required all the same: they can't create such records.
    facts = {**own.module.facts, **own.facts}.values()
    return tuple(each for each in facts if not isinstance(each, Links) and each.required)


def _required(
    done: Checked, own: Customised, given: Mapping[str, Any], sent: Mapping[str, Any], path: Path
) -> None:
    for fact in _needed(own):
        if fact.name in sent:
            continue
        if done.module.part and fact.name == "label" and _named_by_item(given):
            continue
        if isinstance(fact, Relation) and given.get(fact.new) is not None:
            continue
        done.refuse((*path, fact.name), ErrorCode.REQUIRED, "required", label=fact.label)


def _required_here(
    done: Checked, own: Customised, sent: Mapping[str, tuple[Path, Any]], *, creating: bool
) -> None:
    """Refuse to leave empty what the company's layout requires beyond the declaration."""
    for name in own.layout.required - default_layout(done.module).required:
        fact = own.facts[name]
        if fact.required if not isinstance(fact, Links) else name.startswith(PREFIX):
            continue
        if name in sent and sent[name][1] not in (None, "", []):
            continue
        if isinstance(fact, Column) and _held(done, fact) is not None:
            continue  # its default
        if isinstance(fact, Relation) and fact.new in sent:
            continue
        if creating or name in sent:
            here = sent[name][0] if name in sent else (*done.path, name)
            done.refuse(here, ErrorCode.REQUIRED, "required", label=fact.label)


def _held(done: Checked, column: Column) -> Any:
    if column.name.startswith(PREFIX):
        return done.custom.get(column.name.removeprefix(PREFIX))
    return done.values.get(column.name)


def _named_by_item(line: Mapping[str, Any]) -> bool:
    """Whether a line may do without a label: it is then called like its product or service."""
    return bool(line.get("product") or line.get("service"))


def pointed_at(rows: Iterable[Checked]) -> dict[Module, set[int]]:
    """The ids that rows and their lines point at, by module."""
    found: dict[Module, set[int]] = defaultdict(set)
    for row in rows:
        for each in row.everything():
            for fact, id, _ in each.pointed:
                found[each.module.target(fact)].add(id)
    return found


def refuse_missing(row: Checked, known: Mapping[Module, Mapping[int, Any]]) -> None:
    """Tell of each record pointed at that is not among the `known` ones."""
    for each in row.everything():
        for fact, id, path in each.pointed:
            if id not in known.get(each.module.target(fact), {}):
                row.refuse(
                    path, ErrorCode.NOT_FOUND, "no_such_target", label=fact.label, id=str(id)
                )
