"""Who sees which record: one predicate, part of every statement that reads records.

A viewer sees the records of the company acted in that are not deleted and that are theirs, their
teams', of those below them, or shared: with everyone, by a rule, or one by one (db/rights.py);
administrators see all. `Scope` is what of this changes the *shape* of a statement, and so keys what
is compiled; the rest travels as parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Text,
    all_,
    and_,
    any_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import array

from db.credentials import Credential
from db.errors import Action
from db.preferences import Preferences
from db.rights import Rights
from db.tables import record

if TYPE_CHECKING:
    from db.customs import Customised, Customs
    from db.suite import Module, Tab


@dataclass(frozen=True)
class Scope:
    """What a viewer's rights change in a statement.

    `everything`, or the modules of which they see all records (`shared`), those of some owners more
    than of others (`ruled`), or none (`hidden`); `records`: whether they see some one by one.
    """

    everything: bool
    shared: frozenset[str] = frozenset()
    ruled: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    records: bool = False
    masked: frozenset[tuple[str, str]] = frozenset()
    """Fields that read as null, by module and name."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # It is part of the key of everything that is kept.
        return hash(tuple(getattr(self, each.name) for each in fields(self)))

    @property
    def whole(self) -> Scope:
        """The same, of records with all their fields: for the service itself, as it writes."""
        return replace(self, masked=frozenset()) if self.masked else self

    def crosses(self, tab: Tab) -> bool:
        """Whether the viewer may know what is in the tab: they may read the field that it is the
        other side of.
        """
        declaring = tab.host if tab.forward else tab.module
        return (declaring.name, tab.fact.name) not in self.masked

    def sees_all(self, module: Module) -> bool:
        return self.everything or module.name in self.shared


@dataclass(frozen=True)
class Viewer:
    """Who asks, the company acted in, and what they may do there. Read afresh per operation."""

    id: int
    name: str
    email: str
    company_id: int
    administrator: bool
    principals: tuple[int, ...]
    """The user, their role, and the teams they are in, by whatever way."""
    shared: frozenset[str]
    language: str
    time_zone: str
    preferences: Preferences = field(default_factory=Preferences)
    customs: Customs = field(default_factory=dict, compare=False)
    """What the company has made of the modules, by name."""
    rights: Rights = field(default_factory=Rights, compare=False)
    configures: bool = False
    """Whether they set up modules: layouts and custom fields. Administrators do."""
    credential: Credential = field(default_factory=Credential, compare=False)
    """By what they are known."""

    @cached_property
    def roll_up_flags(self) -> frozenset[tuple[str, bool]]:
        """The relations that roll up comments otherwise than declared, by `Module.field`."""
        return frozenset(flag for each in self.customs.values() for flag in each.roll_up_flags)

    @cached_property
    def scope(self) -> Scope:
        if self.administrator:
            return Scope(True)
        rights = self.rights
        shared, ruled = self.shared - rights.hidden, frozenset(rights.ruled)
        masked = frozenset((name, each) for name, own in rights.masked.items() for each in own)
        return Scope(False, shared, ruled, rights.hidden, bool(rights.widening), masked)

    @property
    def fixed(self) -> Mapping[str, frozenset[str]]:
        """By module, the fields that their profile lets the viewer read only."""
        return {} if self.administrator else self.rights.fixed

    @cached_property
    def limited(self) -> dict[str, Customised]:
        """Modules as the viewer's profile leaves them, kept as they are asked for."""
        return {}

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """The values that statements leave to parameters: of `visible`, and the viewer's clock."""
        rights = self.rights
        pairs = [(name, id) for name, ids in sorted(rights.ruled.items()) for id in sorted(ids)]
        return {
            "viewer_id": self.id,
            "viewer_company": self.company_id,
            "viewer_owners": sorted(self.owners),
            "viewer_shared": sorted(self.shared - rights.hidden),
            "viewer_hidden": [] if self.administrator else sorted(rights.hidden),
            "viewer_ruled": [name for name, _ in pairs],
            "viewer_ruled_owners": [id for _, id in pairs],
            "viewer_records": [id for id, _ in rights.widening],
            "viewer_record_modules": [module for _, module in rights.widening],
            "viewer_lists": sorted(rights.lists),
            "viewer_tags": sorted(rights.tags),
            "viewer_time_zone": self.preferences.time_zone or self.time_zone,
            **{
                ruled_owners(name): sorted(self.owners | owners)
                for name, owners in rights.ruled.items()
            },
        }

    @cached_property
    def owners(self) -> frozenset[int]:
        """Those whose records the viewer has as their own: they, their teams, who is below them."""
        return self.rights.below.union(self.principals)

    def granted(self, action: Action, module: Module) -> bool:
        """Whether their profile lets the viewer do this to records of the module at all."""
        return self.administrator or self.rights.granted(action, module.name)

    def may(self, action: Action, module: Module, row: Mapping[str, Any]) -> bool:
        """Whether the viewer may do this to a record they see: it needs its id and owner."""
        if self.administrator:
            return True
        return self.rights.granted(action, module.name) and (
            action not in WRITING or self._writes(module.name, row)
        )

    def _writes(self, module: str, row: Mapping[str, Any]) -> bool:
        owner, rights = row["owner_id"], self.rights
        return (
            owner in self.owners
            or module in rights.written
            or owner in rights.ruled_writing.get(module, ())
            or rights.records.get(row["id"], False)
        )


def shown(module: Module, rows: FromClause, scope: Scope) -> list[ColumnElement[Any]]:
    """The columns of `rows` of the module's table as the viewer may read them: null for others."""
    masked = {name for of, name in scope.masked if of == module.name}
    if not masked:
        return list(rows.c)
    keys = {each.foreign_key for name, each in module.relations.items() if name in masked}
    custom = sorted(name.removeprefix("custom.") for name in masked if name.startswith("custom."))

    def read(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
        if name in masked or name in keys:
            return sql_cast(null(), column.type).label(name)
        if name == "custom" and custom:
            return column.op("-")(sql_cast(array(custom), ARRAY(Text))).label(name)
        return column

    return [read(column, name) for name, column in rows.c.items()]


WRITING: Final = ("edit", "delete")
"""What takes more than seeing a record."""

VIEWER: Any = bindparam("viewer_id", type_=BigInteger)
COMPANY: Any = bindparam("viewer_company", type_=BigInteger)
OWNERS: Any = bindparam("viewer_owners", type_=ARRAY(BigInteger))
SHARED: Any = bindparam("viewer_shared", type_=ARRAY(Text))
HIDDEN: Any = bindparam("viewer_hidden", type_=ARRAY(Text))
RULED: Any = bindparam("viewer_ruled", type_=ARRAY(Text))
RULED_OWNERS: Any = bindparam("viewer_ruled_owners", type_=ARRAY(BigInteger))
RECORDS: Any = bindparam("viewer_records", type_=ARRAY(BigInteger))
RECORD_MODULES: Any = bindparam("viewer_record_modules", type_=ARRAY(Text))
LISTS: Any = bindparam("viewer_lists", type_=ARRAY(BigInteger))
TAGS: Any = bindparam("viewer_tags", type_=ARRAY(BigInteger))
ASKED: Any = bindparam("modules", type_=ARRAY(Text))
TIME_ZONE: Any = bindparam("viewer_time_zone", type_=Text)


def ruled_owners(module: str) -> str:
    """The parameter of all whose records of a module the viewer sees, where rules share some."""
    return f"viewer_owners_{module}"


def visible(
    module: Module, rows: FromClause, scope: Scope, *, deleted: bool = False
) -> ColumnElement[bool]:
    """Which `rows` of the module's table the viewer may see; of the recycle bin if `deleted`.

    Rows of a part are seen with the document they belong to.
    """
    if module.part:
        document = record.alias()
        return exists().where(
            document.c.id == rows.c.document_id, visible_register(document, scope)
        )
    return and_(
        rows.c.company_id == COMPANY,
        rows.c.deleted_at.is_not(None) if deleted else rows.c.deleted_at.is_(None),
        _seen(module, rows, scope),
    )


def _seen(module: Module, rows: FromClause, scope: Scope) -> ColumnElement[bool]:
    if module.name in scope.hidden:
        return false()
    if scope.sees_all(module):
        return true()
    seen: ColumnElement[bool] = rows.c.owner_id == any_(_owners(module, scope))
    return or_(seen, rows.c.id == any_(RECORDS)) if scope.records else seen


def _owners(module: Module, scope: Scope) -> Any:
    """The parameter of those whose records of a module the viewer sees."""
    if module.name in scope.ruled:
        return bindparam(ruled_owners(module.name), type_=ARRAY(BigInteger))
    return OWNERS


def visible_register(
    rows: FromClause, scope: Scope, *, deleted: bool | None = False
) -> ColumnElement[bool]:
    """Which `rows` of the register, of any module, the viewer may see; of the recycle bin if
    `deleted`, in it or out of it (purged ones too) if None.
    """
    if deleted is None:
        return ever_visible(rows, scope)
    if deleted:
        there = and_(rows.c.deleted_at.is_not(None), rows.c.purged_at.is_(None))
    else:
        there = rows.c.deleted_at.is_(None)
    return and_(there, ever_visible(rows, scope))


def ever_visible(rows: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Which `rows` of the register the viewer may see or might have seen, were they not deleted or
    purged: those whose history may be told to them.
    """
    if scope.everything:
        return and_(rows.c.company_id == COMPANY, true())
    ways: list[ColumnElement[bool]] = [rows.c.owner_id == any_(OWNERS)]
    if scope.shared:
        ways.append(rows.c.module == any_(SHARED))
    if scope.ruled:
        pairs = select(func.unnest(RULED), func.unnest(RULED_OWNERS))
        ways.append(tuple_(rows.c.module, rows.c.owner_id).in_(pairs))
    if scope.records:
        ways.append(rows.c.id == any_(RECORDS))
    readable = [rows.c.module != all_(HIDDEN)] if scope.hidden else []
    return and_(rows.c.company_id == COMPANY, or_(*ways), *readable)


@dataclass(frozen=True)
class Run:
    """Rows that an index has together in the order of their ids: for each row of `over`, those
    `within` it, of the viewer's company and not deleted.
    """

    over: FromClause
    within: ColumnElement[bool]


def runs(module: Module, rows: FromClause, scope: Scope) -> list[Run]:
    """All that the viewer may see of `rows` of the module's table, as runs of which none is a part
    of another; none for a module of which they see everything, or nothing.
    """
    if module.part or module.name in scope.hidden or scope.sees_all(module):
        return []
    owners = _unnested(_owners(module, scope), "owner")
    found = [Run(owners, and_(rows.c.owner_id == owners.c.id, _beside(rows)))]
    if scope.records:
        single = _unnested(RECORDS, "single")
        found.append(Run(single, and_(rows.c.id == single.c.id, _beside(rows))))
    return found


def _beside(rows: FromClause) -> ColumnElement[bool]:
    """That rows of a run are of the viewer's company and not deleted, said so that no index on the
    company answers it. Among many companies of few rows any company looks as if it had next to
    none, and reading all of one, however many it has, cheaper than an owner's own.
    """
    return and_(rows.c.company_id + literal_column("0") == COMPANY, rows.c.deleted_at.is_(None))


def register_runs(rows: FromClause, scope: Scope, *, modules: bool = False) -> list[Run]:
    """The same of `rows` of the register; with `modules` of those in the parameter of this name,
    also for who sees everything.
    """
    if scope.everything:
        return [_of_modules(rows, ASKED, ())] if modules else []
    asked = [rows.c.module == any_(ASKED)] if modules else []
    owners = _unnested(OWNERS, "owner")
    own = [rows.c.owner_id == owners.c.id, _beside(rows), *asked]
    found = []
    if scope.shared:
        own.append(rows.c.module != all_(SHARED))
        found.append(_of_modules(rows, SHARED, (ASKED,) if modules else ()))
    if scope.hidden:
        own.append(rows.c.module != all_(HIDDEN))
    found.append(Run(owners, and_(*own)))
    if scope.ruled:
        pairs = func.unnest(RULED, RULED_OWNERS).table_valued("module", "id").render_derived("pair")
        of_pair = (rows.c.owner_id == pairs.c.id, rows.c.module == pairs.c.module)
        found.append(Run(pairs, and_(*of_pair, _beside(rows), *asked)))
    if scope.records:
        single = _unnested(RECORDS, "single")
        found.append(Run(single, and_(rows.c.id == single.c.id, _beside(rows), *asked)))
    return found


def _of_modules(rows: FromClause, names: Any, among: Sequence[Any]) -> Run:
    """The rows of modules. Those not wanted are left out before: else all their rows were read."""
    listed = func.unnest(names).table_valued("module").render_derived("listed")
    wanted = select(listed.c.module).where(*(listed.c.module == any_(each) for each in among))
    modules = wanted.distinct().subquery("shared")
    kept = (rows.c.company_id == COMPANY, rows.c.deleted_at.is_(None))
    return Run(modules, and_(rows.c.module == modules.c.module, *kept))


def _unnested(ids: Any, name: str) -> FromClause:
    """Ids given as an array, as rows with an `id`."""
    return func.unnest(ids).table_valued(sql_column("id", BigInteger)).render_derived(name)


class By(Enum):
    """What beside its company and module bounds a run of an index."""

    MODULE = "module"
    OWNER = "owner_id"
    RECORD = "record_id"


def spans(scope: Scope) -> Iterator[tuple[FromClause, By]]:
    """What the viewer may see of the modules in the parameter `modules`, as runs of an index that
    hold nothing hidden, none of them twice: rows of `module`, and of an owner or a record where
    that is so. Read one by one they never walk over what the viewer may not see, however much of
    it there is.
    """
    asked = func.unnest(ASKED).table_valued("module")
    modules = asked.render_derived("asked")
    if scope.everything or scope.shared:
        whole = select(modules.c.module)
        if not scope.everything:
            whole = whole.where(modules.c.module == any_(SHARED))
        yield whole.subquery("span"), By.MODULE
    if scope.everything:
        return
    owners = func.unnest(OWNERS).table_valued("id").render_derived("owner")
    own = select(modules.c.module, owners.c.id.label("owner_id")).select_from(
        modules.join(owners, true())
    )
    if scope.shared:
        own = own.where(modules.c.module != all_(SHARED))
    if scope.hidden:
        own = own.where(modules.c.module != all_(HIDDEN))
    yield own.subquery("span"), By.OWNER
    if scope.ruled:
        yield _listed(modules, RULED, RULED_OWNERS, By.OWNER), By.OWNER
    if scope.records:
        yield _listed(modules, RECORD_MODULES, RECORDS, By.RECORD), By.RECORD


def _listed(modules: FromClause, of: Any, ids: Any, by: By) -> FromClause:
    """Spans given as two arrays: their modules, and what bounds them besides."""
    listed = func.unnest(of, ids).table_valued("module", "id").render_derived("listed")
    return (
        select(listed.c.module, listed.c.id.label(by.value))
        .select_from(listed.join(modules, listed.c.module == modules.c.module))
        .subquery("span")
    )


def within_span(rows: FromClause, span: FromClause, by: By) -> ColumnElement[bool]:
    """Which `rows` of search keys are in a span."""
    return and_(
        rows.c.company_id == COMPANY,
        rows.c.module == span.c.module,
        true() if by is By.MODULE else rows.c[by.value] == span.c[by.value],
    )
