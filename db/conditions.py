"""Filters: from what a client asks to a condition in SQL, in two steps.

`parse` checks a filter against its module and splits it in a *shape* (hashable: what is compared,
and how) and the *values*. `condition` turns a shape into SQL with parameters. Statements are so
compiled once per shape, whatever the values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any, Final

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    String,
    Text,
    and_,
    any_,
    bindparam,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy import cast as sql_cast

from db.access import Scope, visible
from db.customs import CHOICE, PREFIX, TYPES, Having, declared, place_of
from db.declare import Choice, Column, Relation, snake_case
from db.errors import BadFilter
from db.kinds import Invalid, kind_of, text
from db.suite import Module, Tab
from db.tables import custom_value, link
from db.tags import OPERATORS, tagged
from db.text import between_folded, fold, starts_with

MAX_CONDITIONS: Final = 100
MAX_LISTED: Final = 1000
"""How many values `in` and `notIn` take."""
MAX_DEPTH: Final = 2
"""How many relations a filter may cross, one after the other."""
MAX_TEXT: Final = 2000
"""Characters of a text to compare with."""

EQUAL: Final = ("eq", "ne", "in", "not_in", "is_null")
ORDERED: Final = ("lt", "lte", "gt", "gte")
TEXT: Final = ("starts_with", "contains")

PEOPLE: Final = ("owner", "created_by", "updated_by")
PREFIXES: Final = {
    "record": ("",),
    "line": ("", "line-"),
    "tag": ("tag-",),
    "principal": ("", "user-", "team-", "system-"),
}
"""What may stand before the number in an id."""

Shape = tuple[Any, ...]


@dataclass(frozen=True)
class Filter:
    """A checked filter. `values` go with the parameters that `condition` makes of `shape`."""

    shape: Shape = ("all", ())
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    digest: str = ""

    @property
    def empty(self) -> bool:
        return self.shape == ("all", ())


EVERYTHING: Final = Filter()


def parse(module: Module, given: Mapping[str, Any] | None, having: Having = declared) -> Filter:
    """Check a filter, its names in snake case; `having` says which custom fields there are.

    Raises BadFilter naming the first wrong place.
    """
    if not given:
        return EVERYTHING
    parser = Parser(having)
    shape = parser.every(module, given, ("filter",), 0)
    digest = blake2b(
        orjson.dumps([repr(shape), parser.values], default=str), digest_size=12
    ).hexdigest()
    return Filter(shape, parser.values, digest)


def operators(column: Column) -> tuple[str, ...]:
    """What may be asked of a column."""
    if column.choice:
        return EQUAL
    kind = kind_of(column.type)
    if kind.name in ("Address", "JSON"):
        return ("is_null",)
    return (
        *EQUAL,
        *(ORDERED if kind.ordered or kind.text else ()),
        *(TEXT if kind.text else ()),
    )


class Parser:
    """Takes a filter apart, and keeps its values."""

    def __init__(self, having: Having = declared) -> None:
        self.having = having
        self.values: dict[str, Any] = {}
        self.count = 0

    def every(self, module: Module, given: Any, path: tuple[str, ...], depth: int) -> Shape:
        if not isinstance(given, Mapping):
            raise BadFilter(path, accepted="{…}")
        return ("all", tuple(self.one(module, *each, path, depth) for each in given.items()))

    def one(
        self, module: Module, name: str, given: Any, path: tuple[str, ...], depth: int
    ) -> Shape:
        here = (*path, name)
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise BadFilter(here, "filter_too_large", maximum=MAX_CONDITIONS)
        if given is None:
            raise BadFilter(here, accepted="isNull: true")
        if name in self.having(module).hidden:
            raise BadFilter(here, "hidden_field", name=name)
        if name in ("and", "or"):
            members = _listed(given, here, MAX_CONDITIONS)
            parts = tuple(
                self.every(module, each, (*here, str(i)), depth) for i, each in enumerate(members)
            )
            return ("all" if name == "and" else "any", parts)
        if name == "not":
            return ("not", self.every(module, given, here, depth))
        if name == "id":
            return self.compare("id", "line" if module.part else "record", EQUAL[:4], given, here)
        if name == "tags" and not module.part:
            return self.tagged(given, here)
        if name in PEOPLE and not module.part:
            return self.compare(f"{name}_id", "principal", EQUAL[:4], given, here)
        if name in module.all_columns:
            column = module.all_columns[name]
            return self.compare(name, column, operators(column), given, here)
        if name in module.relations:
            self.cross(here, depth)
            target = module.target(module.relations[name])
            return ("relation", name, self.every(target, given, here, depth + 1))
        if name in module.tabs:
            self.cross(here, depth)
            return ("all", tuple(self.quantified(module.tabs[name], given, here, depth)))
        if name == "custom" and not module.part:
            members = _listed(given, here, MAX_CONDITIONS)
            found = (self.custom(module, each, (*here, str(i))) for i, each in enumerate(members))
            return ("all", tuple(found))
        raise BadFilter(here, "bad_filter_name", name=name, accepted=", ".join(names_of(module)))

    def cross(self, path: tuple[str, ...], depth: int) -> None:
        if depth >= MAX_DEPTH:
            raise BadFilter(path, "filter_too_deep", maximum=MAX_DEPTH)

    def quantified(self, tab: Tab, given: Any, path: tuple[str, ...], depth: int) -> list[Shape]:
        if not isinstance(given, Mapping):
            raise BadFilter(path, accepted="{…}")
        found: list[Shape] = []
        for quantifier, inner in given.items():
            if quantifier not in ("some", "none"):
                raise BadFilter(
                    (*path, quantifier), "bad_filter_name", name=quantifier, accepted="some, none"
                )
            condition = self.every(tab.module, inner, (*path, quantifier), depth + 1)
            found.append((quantifier, tab.name, condition))
        return found

    def custom(self, module: Module, given: Any, path: tuple[str, ...]) -> Shape:
        """One condition on a custom field, which is named beside how it is compared."""
        if not isinstance(given, Mapping):
            raise BadFilter(path, accepted="{name, …}")
        known = self.having(module).custom
        written = given.get("name")
        field = known.get(f"{PREFIX}{snake_case(written)}") if isinstance(written, str) else None
        if field is None:
            accepted = [each.name for each in known.values()]
            raise BadFilter(
                (*path, "name"), "bad_filter_name", name=str(written)[:80], accepted=accepted
            )
        self.count += 1
        if self.count > MAX_CONDITIONS:
            raise BadFilter(path, "filter_too_large", maximum=MAX_CONDITIONS)
        operands = {name: value for name, value in given.items() if name != "name"}
        shape = self.compare(field.name, field.column, operators(field.column), operands, path)
        return ("custom", field.type, field.id if field.indexed else 0, shape[1])

    def compare(
        self, column: str, of: Any, allowed: Sequence[str], given: Any, path: tuple[str, ...]
    ) -> Shape:
        if not isinstance(given, Mapping):
            raise BadFilter(path, accepted="{…}")
        found: list[Shape] = []
        for operator, operand in given.items():
            here = (*path, operator)
            if operator not in allowed:
                raise BadFilter(here, "bad_filter_name", name=operator, accepted=", ".join(allowed))
            if operand is None:
                raise BadFilter(here, accepted="isNull: true")
            slot = f"p{len(self.values)}"
            self.values[slot] = self.operand(of, operator, operand, here)
            found.append(("compare", column, operator, slot))
        return ("all", tuple(found))

    def tagged(self, given: Any, path: tuple[str, ...]) -> Shape:
        if not isinstance(given, Mapping):
            raise BadFilter(path, accepted="{…}")
        found: list[Shape] = []
        for operator, operand in given.items():
            here = (*path, operator)
            if operator not in OPERATORS:
                accepted = ", ".join(OPERATORS)
                raise BadFilter(here, "bad_filter_name", name=operator, accepted=accepted)
            listed = _listed(operand, here, MAX_LISTED)
            ids = {self.value("tag", each, (*here, str(i))) for i, each in enumerate(listed)}
            slot = f"p{len(self.values)}"
            self.values[slot] = sorted(ids)
            if operator == "all":
                # None is on every record; else one of them leads to where all may be.
                found += [("tags", "in", slot), ("tags", "all", slot)] if ids else []
            else:
                found.append(("tags", operator, slot))
        return ("all", tuple(found))

    def operand(self, of: Any, operator: str, given: Any, path: tuple[str, ...]) -> Any:
        if operator == "is_null":
            if not isinstance(given, bool):
                raise BadFilter(path, accepted="true, false")
            return given
        if operator in ("in", "not_in"):
            listed = _listed(given, path, MAX_LISTED)
            return [self.value(of, each, (*path, str(i))) for i, each in enumerate(listed)]
        return self.value(of, given, path)

    def value(self, of: Any, given: Any, path: tuple[str, ...]) -> Any:
        if given is None:
            raise BadFilter(path, accepted="isNull: true")
        if of in PREFIXES:
            prefix, dash, number = str(given).rpartition("-")
            if prefix + dash not in PREFIXES[of] or not _is_number(number):
                raise BadFilter(path, accepted="ID")
            return int(number)
        if of.choice:
            try:
                return of.choice(_stored(of.choice, given)).value
            except ValueError:
                known = ", ".join(member.value for member in of.choice)
                raise BadFilter(path, accepted=known) from None
        parse = kind_of(of.type).parse
        if kind_of(of.type).text:
            # Any text: one searches for parts of an e-mail, and for white space.
            parse = partial(text, limit=MAX_TEXT)
        try:
            parsed = parse(given)
        except Invalid as wrong:
            raise BadFilter(path, wrong.code, **{"label": of.label, **wrong.params}) from None
        if parsed is None:
            raise BadFilter(path, accepted="isNull: true")
        return parsed


def _listed(given: Any, path: tuple[str, ...], maximum: int) -> Sequence[Any]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise BadFilter(path, accepted="[…]")
    if len(given) > maximum:
        raise BadFilter(path, "filter_too_large", maximum=maximum)
    return given


def _stored(choice: type[Choice], given: Any) -> Any:
    """A value of a list as it is stored: filters in JSON call it as the schema does."""
    return choice[given] if isinstance(given, str) and given in choice.__members__ else given


def _is_number(written: str) -> bool:
    """Whether this may be the number in an id: PostgreSQL's bigint holds any of 18 digits."""
    return written.isascii() and written.isdigit() and len(written) < 19


def names_of(module: Module) -> tuple[str, ...]:
    """What a filter of the module may name."""
    people = () if module.part else PEOPLE
    facts = (*module.all_columns, *module.relations, *module.tabs)
    beside = () if module.part else ("custom", "tags")
    return ("id", *people, *facts, *beside, "and", "or", "not")


def condition(module: Module, rows: FromClause, shape: Shape, scope: Scope) -> ColumnElement[bool]:
    """The condition on `rows` of the module's table that `shape` asks for.

    Relations are crossed under the viewer's rights: a record they may not see is not there.
    """
    match shape:
        case ("all", parts):
            return and_(true(), *(condition(module, rows, each, scope) for each in parts))
        case ("any", parts):
            return or_(false(), *(condition(module, rows, each, scope) for each in parts))
        case ("not", part):
            # What is unknown, for want of a value, does not hold either.
            return condition(module, rows, part, scope).is_not(true())
        case ("compare", name, operator, slot):
            return _comparison(module, rows, name, operator, slot)
        case ("custom", type_, field_id, comparisons):
            return and_(
                true(),
                *(_of_custom(rows, type_, field_id, *compared) for _, *compared in comparisons),
            )
        case ("tags", operator, slot):
            return tagged(rows.c.id, operator, slot)
        case ("relation", name, part):
            relation = module.relations[name]
            target = module.target(relation)
            other = target.table.alias()
            return exists(select(literal(1)).select_from(other)).where(
                other.c.id == rows.c[relation.foreign_key],
                visible(target, other, scope),
                condition(target, other, part, scope),
            )
        case (quantifier, name, part):
            tab = module.tabs[name]
            other = tab.module.table.alias()
            found = exists(select(literal(1)).select_from(other)).where(
                within(tab, other, rows.c.id),
                visible(tab.module, other, scope),
                condition(tab.module, other, part, scope),
            )
            return found if quantifier == "some" else not_(found)
    raise AssertionError(shape)


def within(tab: Tab, rows: FromClause, host: Any) -> ColumnElement[bool]:
    """Whether `rows` of the tab's module are neighbours of the record whose id is `host`."""
    if isinstance(tab.fact, Relation):
        owned: ColumnElement[bool] = rows.c[tab.fact.foreign_key] == host
        return owned
    joint = link.alias()
    ends = (joint.c.from_id, joint.c.to_id)
    near, far = ends if tab.forward else ends[::-1]
    linked = select(literal(1)).where(
        joint.c.relation == literal(tab.key, Text), near == host, far == rows.c.id
    )
    # By itself SQLAlchemy takes only the nearest query around for where `host` comes from.
    return exists(linked.correlate_except(joint))


def _comparison(
    module: Module, rows: FromClause, name: str, operator: str, slot: str
) -> ColumnElement[bool]:
    column: ColumnElement[Any] = rows.c[name]
    known = module.all_columns.get(name)
    kind = kind_of(known.type) if known and not known.choice else None
    type_: Any = kind.sql if kind else (String() if known else BigInteger())
    return _compared(column, type_, kind is not None and kind.text, operator, slot)


def _of_custom(
    rows: FromClause, type_: str, field_id: int, name: str, operator: str, slot: str
) -> ColumnElement[bool]:
    """A condition on a custom field of `type_`. Where it is indexed (`field_id`), what asks for a
    value is asked of the index; what asks for none looks at the record.
    """
    kind = kind_of(TYPES[type_]) if type_ != CHOICE else None
    folds = kind is not None and kind.text
    sql: Any = kind.sql if kind else String()
    if not field_id or operator in ("ne", "not_in", "is_null"):
        held: ColumnElement[Any] = rows.c.custom[name].astext
        own = held if isinstance(sql, String) else sql_cast(held, sql)
        return _compared(own, sql, folds, operator, slot)
    found = custom_value.alias()
    own = found.c[place_of(type_)]
    if place_of(type_) == "text":
        # What is kept there is folded; so is what a choice or a code is compared with.
        compared = _compared(own, Text(), True, operator, slot, folded=True)
    else:
        compared = _compared(own, sql, False, operator, slot)
    # The id is written literally: each field has its own plan.
    mine = found.c.field_id == literal_column(str(field_id))
    return exists(
        select(literal(1)).select_from(found).where(mine, found.c.record_id == rows.c.id, compared)
    )


def _compared(
    column: ColumnElement[Any],
    type_: Any,
    folds: bool,
    operator: str,
    slot: str,
    *,
    folded: bool = False,
) -> ColumnElement[bool]:
    """A comparison with the value of `slot`; where it `folds`, without regard to case and accents.
    The column may be `folded` as it is.
    """
    if operator == "is_null":
        return column.is_(None) == bindparam(slot, type_=Boolean)
    left: ColumnElement[Any] = fold(column) if folds and not folded else column
    if folded:
        left = column.collate("C")
    if operator in ("in", "not_in"):
        listed: Any = bindparam(slot, type_=ARRAY(Text if folds else type_))
        found: ColumnElement[bool] = left == any_(listed)
        if folds:
            each = func.unnest(listed).column_valued("each")
            found = left.in_(select(fold(each)))
        return found if operator == "in" else or_(column.is_(None), not_(found))
    given: Any = bindparam(slot, type_=Text() if folds else type_)
    if operator == "starts_with":
        return between_folded(left, given) if folded else starts_with(column, given)
    if operator == "contains":
        return func.strpos(left, fold(given)) > 0
    right = fold(given) if folds else given
    comparisons: dict[str, Callable[[], ColumnElement[bool]]] = {
        "eq": lambda: left == right,
        "ne": lambda: left.is_distinct_from(right),
        "lt": lambda: left < right,
        "lte": lambda: left <= right,
        "gt": lambda: left > right,
        "gte": lambda: left >= right,
    }
    return comparisons[operator]()
