"""Who sees which record: one predicate, part of every statement that reads records.

A viewer sees the records of the company acted in that are not deleted and that are theirs, their
teams', or of a module which the company shares; administrators see all. `Scope` is what of this
changes the *shape* of a statement, and so keys what is compiled; the rest travels as parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

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
    func,
    or_,
    select,
    true,
)

from db.credentials import Credential
from db.preferences import Preferences
from db.tables import record

if TYPE_CHECKING:
    from db.customs import Customs
    from db.suite import Module


@dataclass(frozen=True)
class Scope:
    """What a viewer's rights change in a statement: `everything`, or the modules shared."""

    everything: bool
    shared: frozenset[str] = frozenset()

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
    shared: frozenset[str]
    language: str
    time_zone: str
    preferences: Preferences = field(default_factory=Preferences)
    customs: Customs = field(default_factory=dict, compare=False)
    """What the company has made of the modules, by name."""
    credential: Credential = field(default_factory=Credential, compare=False)
    """By what they are known."""

    @cached_property
    def roll_up_flags(self) -> frozenset[tuple[str, bool]]:
        """The relations that roll up comments otherwise than declared, by `Module.field`."""
        return frozenset(flag for each in self.customs.values() for flag in each.roll_up_flags)

    @cached_property
    def scope(self) -> Scope:
        return Scope(True) if self.administrator else Scope(False, self.shared)

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """The values that statements leave to parameters: of `visible`, and the viewer's clock."""
        return {
            "viewer_id": self.id,
            "viewer_company": self.company_id,
            "viewer_principals": list(self.principals),
            "viewer_shared": sorted(self.shared),
            "viewer_time_zone": self.preferences.time_zone or self.time_zone,
        }

    def owns(self, row: Any) -> bool:
        """Whether the viewer, or a team of theirs, owns the record."""
        return self.administrator or row["owner_id"] in self.principals


VIEWER: Any = bindparam("viewer_id", type_=BigInteger)
COMPANY: Any = bindparam("viewer_company", type_=BigInteger)
PRINCIPALS: Any = bindparam("viewer_principals", type_=ARRAY(BigInteger))
SHARED: Any = bindparam("viewer_shared", type_=ARRAY(Text))
TIME_ZONE: Any = bindparam("viewer_time_zone", type_=Text)


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
        true() if scope.sees_all(module) else rows.c.owner_id == any_(PRINCIPALS),
    )


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
        seen: ColumnElement[bool] = true()
    else:
        seen = rows.c.owner_id == any_(PRINCIPALS)
        if scope.shared:
            seen = or_(seen, rows.c.module == any_(SHARED))
    return and_(rows.c.company_id == COMPANY, seen)


def spans(scope: Scope) -> Iterator[tuple[FromClause, bool]]:
    """What the viewer may see of the modules in the parameter `modules`, as runs of an index that
    hold nothing hidden: rows of `module`, and of `owner_id` where that is so. Read one by one they
    never walk over what the viewer may not see, however much of it there is.
    """
    asked = func.unnest(bindparam("modules", type_=ARRAY(Text))).table_valued("module")
    modules = asked.render_derived("asked")
    if scope.everything or scope.shared:
        whole = select(modules.c.module)
        if not scope.everything:
            whole = whole.where(modules.c.module == any_(SHARED))
        yield whole.subquery("span"), False
    if not scope.everything:
        owners = func.unnest(PRINCIPALS).table_valued("id").render_derived("owner")
        own = select(modules.c.module, owners.c.id.label("owner_id")).select_from(
            modules.join(owners, true())
        )
        if scope.shared:
            own = own.where(modules.c.module != all_(SHARED))
        yield own.subquery("span"), True


def within_span(rows: FromClause, span: FromClause, owned: bool) -> ColumnElement[bool]:
    """Which `rows` of search keys are in a span."""
    return and_(
        rows.c.company_id == COMPANY,
        rows.c.module == span.c.module,
        rows.c.owner_id == span.c.owner_id if owned else true(),
    )
