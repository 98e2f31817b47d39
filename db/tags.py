"""Tags as reads see them: the company's, those shared with the viewer, their own; no other."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    and_,
    any_,
    bindparam,
    distinct,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from db.access import COMPANY, TAGS, VIEWER
from db.tables import tag, tagging

OPERATORS: Final = ("in", "all", "none")
"""What a filter may ask of the tags of records."""


def known(tags: FromClause) -> ColumnElement[bool]:
    """Which of the `tags` there are for the viewer. An administrator's eyes see no more."""
    # Each way is one of an index, `uq_tag_private` for their own: others' tags are not walked over.
    own = and_(not_(tags.c.shared), tags.c.owner_id == VIEWER)
    ways = or_(tags.c.shared, own, tags.c.id == any_(TAGS))
    return and_(tags.c.company_id == COMPANY, ways)


def tagged(record_id: Any, operator: str, slot: str) -> ColumnElement[bool]:
    """Whether a record has one of the tags whose ids `slot` holds, all of them, or none."""
    ids: Any = bindparam(slot, type_=ARRAY(BigInteger))
    tags, joint = tag.alias(), tagging.alias()
    # The ids stand at the taggings themselves: so the server tells a rare tag from a common one.
    seen = exists(select(literal(1)).where(tags.c.id == joint.c.tag_id, known(tags)))
    here = (joint.c.record_id == record_id, joint.c.tag_id == any_(ids), seen)
    if operator == "all":
        # A tag that is not there for the viewer is on no record.
        found = select(func.count(distinct(joint.c.tag_id))).where(*here)
        return found.correlate_except(joint).scalar_subquery() == func.cardinality(ids)
    some = exists(select(literal(1)).where(*here).correlate_except(joint))
    return not_(some) if operator == "none" else some
